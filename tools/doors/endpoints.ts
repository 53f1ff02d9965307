import { type Family, familyOf } from './cidr.ts'
import { at, grouped, list, number, type Thing, text, texts, type World } from './things.ts'

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

/** Where a Service leads whose endpoints are not among the objects. */
export const elsewhere = 'endpoints that are not here'

/** Does a Service choose pods? Then its endpoints are Kubernetes's own. */
const hasSelector = (service: Thing): boolean =>
  Object.keys(at(service.raw, 'spec', 'selector') ?? {}).length > 0

/** An address that somebody wrote for a Service, with the ports beside it. */
interface Written {
  address: string
  ports: readonly unknown[]
  nodeName: string | undefined
  drained: boolean
}

/**
 * The endpoints of a Service that somebody wrote: those of its slices, and of the Endpoints of its name, together,
 * as kube-proxy takes them. Those that Kubernetes makes of a selector's pods are left out.
 * @param port the Service's port, whose name and protocol those of the endpoints must equal (kube-proxy's
 * endpointslicecache.go)
 */
export const endpointsOf = (service: Thing, port: ServicePort, world: World): Endpoint[] =>
  writtenFor(service, world).flatMap(({ address, ports, nodeName, drained }) => {
    const family = familyOf(address)
    return family
      ? matching(ports, port).map((own) => ({ address, family, port: own, nodeName, drained }))
      : []
  })

/**
 * Whatever a controller may dial of a Service by its own rules, `ADDRESS:PORT`: of some the names of ports need not
 * match (ingress-nginx, controller/endpointslices.go), others take host names for addresses.
 */
export const anyEndpointsOf = (service: Thing, world: World): { address: string; drained: boolean }[] =>
  writtenFor(service, world).flatMap(({ address, ports, drained }) =>
    ports.map((port) => ({
      address: `${familyOf(address) === 'IPv6' ? `[${address}]` : address}:${number(at(port, 'port')) ?? 'any'}`,
      drained,
    })),
  )

/** The addresses that somebody wrote for a Service. */
export const hostsOf = (service: Thing, world: World): string[] =>
  writtenFor(service, world).map(({ address }) => address)

/** Has nobody here written endpoints of it? Then, unless all of them would be here, they are elsewhere. */
export const areElsewhere = (service: Thing, world: World): boolean =>
  world.options.live !== true &&
  world.options.hasEndpoints !== true &&
  !hasSelector(service) &&
  slicesOf(service, world).length + endpointsObjects(service, world).length === 0

/** Is it a way to somewhere outside: has it no selector, or has somebody written endpoints of it by hand? */
export const leadsOutside = (service: Thing, world: World): boolean =>
  !hasSelector(service) || slicesOf(service, world).length > 0

// --- utils ---

/** What Kubernetes's own controller of endpoints signs its slices with. */
const ofSelectors = 'endpointslice-controller.k8s.io'

/** Those of the Service's name; where it has a selector, Kubernetes writes them. */
const endpointsObjects = (service: Thing, world: World): readonly Thing[] =>
  hasSelector(service) ? [] : world.named('', 'Endpoints', service.namespace, service.name)

function writtenFor(service: Thing, world: World): Written[] {
  const slices = slicesOf(service, world).flatMap((slice) =>
    list(at(slice.raw, 'endpoints')).flatMap((endpoint) =>
      // kube-proxy uses the first address alone; others may use them all.
      texts(at(endpoint, 'addresses')).map((address) => ({
        address,
        ports: list(at(slice.raw, 'ports')),
        nodeName: nodeName(endpoint),
        drained: isDrained(endpoint),
      })),
    ),
  )
  const legacy = endpointsObjects(service, world).flatMap((object) =>
    list(at(object.raw, 'subsets')).flatMap((subset) =>
      (['addresses', 'notReadyAddresses'] as const).flatMap((field) =>
        list(at(subset, field)).map((address) => ({
          address: text(at(address, 'ip')) ?? '',
          ports: list(at(subset, 'ports')),
          nodeName: nodeName(address),
          drained: field === 'notReadyAddresses',
        })),
      ),
    ),
  )
  return [...slices, ...legacy]
}

const bySlices = new WeakMap<World, Map<string, Thing[]>>()

/** The slices that somebody wrote for a Service, by their label. */
function slicesOf(service: Thing, world: World): readonly Thing[] {
  const index =
    bySlices.get(world) ??
    grouped(
      world.ofKind('EndpointSlice', 'discovery.k8s.io'),
      ({ namespace, labels }) => `${namespace}/${labels['kubernetes.io/service-name']}`,
    )
  bySlices.set(world, index)
  const own = index.get(`${service.namespace}/${service.name}`) ?? []
  // That controller takes away what it finds under its name, but looks at Services with a selector alone.
  return hasSelector(service)
    ? own.filter(({ labels }) => labels['endpointslice.kubernetes.io/managed-by'] !== ofSelectors)
    : own
}

const matching = (ports: readonly unknown[], { name, protocol }: ServicePort): number[] =>
  ports
    .filter(
      (one) => (text(at(one, 'name')) ?? '') === name && (text(at(one, 'protocol')) ?? 'TCP') === protocol,
    )
    .flatMap((one) => number(at(one, 'port')) ?? [])

const nodeName = (endpoint: unknown) => text(at(endpoint, 'nodeName'))

/** Nil is ready; one that is not still gets traffic while it serves and terminates, if there is no other. */
function isDrained(endpoint: unknown): boolean {
  const condition = (name: string) => at(endpoint, 'conditions', name)
  return condition('ready') === false && !(condition('serving') === true && condition('terminating') === true)
}
