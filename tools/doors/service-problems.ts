import type { Door, Problem } from './door.ts'
import { portsOf } from './endpoints.ts'
import { at, type Thing, text, texts, type World } from './things.ts'

/**
 * What is wrong with a Service that is no one door's.
 * @param doors its own
 */
export function serviceProblems(service: Thing, { options }: World, doors: readonly Door[]): Problem[] {
  const spec = at(service.raw, 'spec')
  const serviceType = text(at(spec, 'type')) ?? 'ClusterIP'
  const ports = portsOf(service)
  const shared = ports.filter(({ port }, index) => ports.findIndex((other) => other.port === port) < index)
  const leadsNowhere = doors.every(({ to }) => to.length === 0)
  const isUnused = serviceType !== 'LoadBalancer' && texts(at(spec, 'loadBalancerSourceRanges')).length > 0
  const problem = (code: string, message: string): Problem => ({ code, object: service.title, message })
  return [
    ...shared.map(({ port }) =>
      problem(
        'port-number-twice',
        `port ${port} is there by two protocols: Helm 3 and client-side apply take ports of one number for the same, ` +
          'so an upgrade may keep a node port open that is gone from here, or lose a port (kubernetes issue 105610)',
      ),
    ),
    ...(isUnused
      ? [
          problem(
            'ranges-unused',
            `loadBalancerSourceRanges hold nothing of a Service of type ${serviceType}`,
          ),
        ]
      : []),
    ...(options.live && leadsNowhere
      ? [
          problem(
            'no-endpoints',
            'it leads nowhere: it has no EndpointSlice with an address that is ready (Argo CD leaves them out by default)',
          ),
        ]
      : []),
  ]
}
