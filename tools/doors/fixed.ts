import type { Options, Problem } from './door.ts'
import { at, type Thing, text, texts, worldOf } from './things.ts'

/**
 * What an upgrade from some objects to others would be refused for, or would not change: the fields of a Service that
 * Kubernetes keeps for as long as it is there (ValidateServiceUpdate and ValidateServiceClusterIPsRelatedFields in its
 * pkg/apis/core/validation, patchAllocatedValues in pkg/registry/core/service; read in 1.37).
 */
export function fixedProblems(
  before: readonly unknown[],
  now: readonly unknown[],
  options: Options = {},
): Problem[] {
  const [old, current] = [before, now].map((objects) => worldOf(objects, options).ofKind('Service', ''))
  const was = new Map(old?.map((service) => [service.title, service]))
  return (current ?? []).flatMap((service) => {
    const then = was.get(service.title)
    return then ? changed(then, service) : []
  })
}

// --- utils ---

const spec = (service: Thing, field: string) => at(service.raw, 'spec', field)

function changed(was: Thing, is: Thing): Problem[] {
  const types = [was, is].map((one) => text(spec(one, 'type')) ?? 'ClusterIP')
  if (types.includes('ExternalName')) return []
  const first = ['ipFamilies', ...[was, is].map((one) => texts(spec(one, 'ipFamilies'))[0])]
  const address = ['clusterIP', ...[was, is].map((one) => text(spec(one, 'clusterIP')))]
  const balancer = ['loadBalancerClass', ...[was, is].map((one) => text(spec(one, 'loadBalancerClass')))]
  const areBoth = types.every((type) => type === 'LoadBalancer')
  return [
    ...(first[1] && first[2] ? [first] : []),
    // An address that is no longer written stays the one that it has.
    ...(address[2] || address[1] === 'None' ? [address] : []),
    ...(areBoth ? [balancer] : []),
  ].flatMap(([field, then, now]) => (then === now ? [] : [problem(is, field ?? '', then, now)]))
}

const problem = (
  { title }: Thing,
  field: string,
  then = 'what the cluster gave it',
  now = 'none',
): Problem => ({
  code: 'field-fixed',
  object: title,
  message: `${field} ${field === 'ipFamilies' ? 'begin with' : 'is'} ${now} and was ${then}: Kubernetes keeps it while the Service is there, so the upgrade fails or changes nothing: leave it as it was, or delete the Service first`,
})
