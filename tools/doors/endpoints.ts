import { type Family, familyOf } from './cidr.ts'
import { at, list, number, type Thing, text, texts, type World } from './things.ts'

/** An address that a Service sends to. */
export interface Endpoint {
  address: string
  family: Family
  port: number
  nodeName: string | undefined
  /** Is it drained? Kubernetes then sends it nothing, but a controller may, if there is no other. */
  drained: boolean
}

/** A port of a Service. */
export interface ServicePort {
  name: string
  protocol: string
  port: number
  targetPort: number | string | undefined
  /** Undefined where the object says nothing of it. */
  nodePort: number | undefined
}

/** The ports of a Service. */
export const portsOf = (service: Thing): ServicePort[] =>
  list(at(service.raw, 'spec', 'ports')).map((port) => {
    const target = at(port, 'targetPort')
    return {
      name: text(at(port, 'name')) ?? '',
      protocol: text(at(port, 'protocol')) ?? 'TCP',
      port: number(at(port, 'port')) ?? 0,
      targetPort: number(target) ?? text(target),
      nodePort: number(at(port, 'nodePort')),
    }
  })

/** Does a Service choose pods? Then its endpoints are Kubernetes's own. */
const hasSelector = (service: Thing): boolean =>
  Object.keys(at(service.raw, 'spec', 'selector') ?? {}).length > 0

/**
 * The endpoints of a Service that somebody wrote: those of its slices, and of the Endpoints of its name, together,
 * as kube-proxy takes them. Those that Kubernetes makes of a selector's pods are left out.
 * @param port the Service's port, whose name and protocol those of the endpoints must equal (kube-proxy's
 * endpointslicecache.go)
 */
export function endpointsOf(service: Thing, port: ServicePort, world: World): Endpoint[] {
  const slices = slicesOf(service, world).flatMap((slice) =>
    list(at(slice.raw, 'endpoints')).flatMap((endpoint) =>
      // kube-proxy uses the first address alone; others may use them all.
      texts(at(endpoint, 'addresses')).flatMap((address) =>
        endpoints(
          address,
          matching(list(at(slice.raw, 'ports')), port),
          nodeName(endpoint),
          isDrained(endpoint),
        ),
      ),
    ),
  )
  const subsets = hasSelector(service) ? [] : world.named('Endpoints', service.namespace, service.name)
  const legacy = subsets.flatMap((object) =>
    list(at(object.raw, 'subsets')).flatMap((subset) =>
      (['addresses', 'notReadyAddresses'] as const).flatMap((field) =>
        list(at(subset, field)).flatMap((address) =>
          endpoints(
            text(at(address, 'ip')) ?? '',
            matching(list(at(subset, 'ports')), port),
            nodeName(address),
            field === 'notReadyAddresses',
          ),
        ),
      ),
    ),
  )
  return [...slices, ...legacy]
}

/** Is it a way to somewhere outside: has it no selector, or has somebody written endpoints of it by hand? */
export const leadsOutside = (service: Thing, world: World): boolean =>
  !hasSelector(service) || slicesOf(service, world).length > 0

// --- utils ---

/** What Kubernetes's own controller of endpoints signs its slices with. */
const ofSelectors = 'endpointslice-controller.k8s.io'

const bySlices = new WeakMap<World, Map<string, Thing[]>>()

/** The slices that somebody wrote for a Service, by their label. */
function slicesOf(service: Thing, world: World): readonly Thing[] {
  const index = bySlices.get(world) ?? new Map<string, Thing[]>()
  if (!bySlices.has(world)) {
    bySlices.set(world, index)
    for (const slice of world.ofKind('EndpointSlice', 'discovery.k8s.io')) {
      const key = `${slice.namespace}/${slice.labels['kubernetes.io/service-name']}`
      index.set(key, [...(index.get(key) ?? []), slice])
    }
  }
  return (index.get(`${service.namespace}/${service.name}`) ?? []).filter(
    ({ labels }) => labels['endpointslice.kubernetes.io/managed-by'] !== ofSelectors,
  )
}

const matching = (ports: readonly unknown[], { name, protocol }: ServicePort): number[] =>
  ports
    .filter(
      (one) => (text(at(one, 'name')) ?? '') === name && (text(at(one, 'protocol')) ?? 'TCP') === protocol,
    )
    .flatMap((one) => number(at(one, 'port')) ?? [])

function endpoints(address: string, ports: number[], node: string | undefined, drained: boolean): Endpoint[] {
  const family = familyOf(address)
  return family ? ports.map((port) => ({ address, family, port, nodeName: node, drained })) : []
}

const nodeName = (endpoint: unknown) => text(at(endpoint, 'nodeName'))

/** Nil is ready; one that is not still gets traffic while it serves and terminates, if there is no other. */
function isDrained(endpoint: unknown): boolean {
  const condition = (name: string) => at(endpoint, 'conditions', name)
  return condition('ready') === false && !(condition('serving') === true && condition('terminating') === true)
}
