import { type Family, families, familyOf, isNobody, only } from './cidr.ts'
import { balancing } from './controller-settings.ts'
import { closed, type Door, door, open, unique, type Verdict } from './door.ts'
import {
  areElsewhere,
  type Endpoint,
  elsewhere,
  endpointsOf,
  portsOf,
  type ServicePort,
} from './endpoints.ts'
import { loadBalancerVerdict } from './load-balancer.ts'
import { restraintsOf } from './restraints.ts'
import { at, fields, list, type Thing, text, texts, type World } from './things.ts'

/**
 * The doors that a Service is itself: its load balancer, external IPs, node ports and ClusterIP (or DNS, where it has
 * none). Sources: kubernetes/kubernetes, pkg/proxy/nftables/proxier.go, serviceport.go, topology.go.
 */
export function serviceDoors(service: Thing, world: World): Door[] {
  const title = `${service.namespace}/${service.name}`
  const spec = at(service.raw, 'spec')
  if (at(spec, 'type') === 'ExternalName') {
    const to = text(at(spec, 'externalName')) ?? ''
    return [
      door(
        'ExternalName',
        service,
        title,
        { protocol: 'any' },
        {
          to: [to],
          from: 'pods, which connect by themselves',
          restraints: restraintsOf([{ thing: service }], 'ExternalName', world),
          ...open('read', 'DNS gives the name to every pod'),
        },
      ),
    ]
  }
  return portsOf(service).flatMap((port) => {
    const visit: Visit = { service, title, port, world, endpoints: endpointsOf(service, port, world) }
    return [...loadBalancer(visit), ...externalIPs(visit), ...nodePort(visit), ...clusterIP(visit)]
  })
}

// --- utils ---

interface Visit {
  service: Thing
  title: string
  port: ServicePort
  world: World
  endpoints: readonly Endpoint[]
}

const type = ({ service }: Visit) => text(at(service.raw, 'spec', 'type')) ?? 'ClusterIP'

/** Labels that take a Service away from kube-proxy (pkg/proxy/apis/well_known_labels.go, core/v1's IsHeadlessService). */
const awayFromKubeProxy = ['service.kubernetes.io/service-proxy-name', 'service.kubernetes.io/headless']

/** Read in cilium issue 12940, and in GKE's documentation. */
const byKubeProxy =
  "kube-proxy serves the Services: Cilium lets pods past the ranges, GKE's Dataplane V2 past internalTrafficPolicy"

/** What kube-proxy, or nobody, is right about a Service: lets anyone in where it is another's, or lost. */
function ofKubeProxy({ service }: Visit, verdict: Verdict): Verdict {
  const label = awayFromKubeProxy.find((name) => name in service.labels)
  if (label)
    return open(
      'assumed',
      `label ${label} takes the Service away from kube-proxy: whoever serves it may hold nothing`,
    )
  if (service.twice) return open('assumed', `${service.title} is there twice, and either may be installed`)
  return verdict
}

/**
 * The families in which a Service can have addresses: what it says, or both where the cluster may give it either.
 */
function familiesOf(service: Thing): readonly Family[] {
  const spec = at(service.raw, 'spec')
  const addresses = [text(at(spec, 'clusterIP')), ...texts(at(spec, 'clusterIPs'))]
  const said = [...texts(at(spec, 'ipFamilies')), ...addresses.flatMap((one) => familyOf(one ?? '') ?? [])]
  const policy = text(at(spec, 'ipFamilyPolicy')) ?? (isDualByItself(service) ? undefined : 'SingleStack')
  const single = policy === 'SingleStack'
  const known = families.filter((family) => said.includes(family))
  return known.length > 0 && (single || at(spec, 'clusterIPs') !== undefined) ? known : families
}

/** Without a policy only a Service without ClusterIP and selector has both families (initIPFamilyFields). */
const isDualByItself = ({ raw }: Thing) =>
  at(raw, 'spec', 'clusterIP') === 'None' && Object.keys(fields(at(raw, 'spec', 'selector'))).length === 0

/** The families by which traffic comes to an endpoint: kube-proxy sends each to addresses of its own. */
function reached({ service, endpoints, world }: Visit): { leading: readonly Family[]; to: string[] } {
  const own = familiesOf(service)
  const ready = endpoints.filter(({ drained }) => !drained)
  const leading = own.filter((family) => ready.some((endpoint) => endpoint.family === family))
  if (areElsewhere(service, world)) return { leading: own, to: [elsewhere] }
  const to = ready.filter(({ family }) => leading.includes(family)).map(written)
  return { leading: to.length > 0 ? leading : own, to: unique(to) }
}

const written = ({ address, port, family }: Endpoint) =>
  `${family === 'IPv6' ? `[${address}]` : address}:${port}`

/** A verdict of those families alone in which there is a way. */
const within = (verdict: Verdict, kept: readonly Family[]): Verdict => ({
  ...verdict,
  who: only(verdict.who, kept),
})

function loadBalancer(visit: Visit): Door[] {
  const { service, title, port, world } = visit
  if (type(visit) !== 'LoadBalancer') return []
  const { leading, to } = reached(visit)
  const ingress = list(at(service.raw, 'status', 'loadBalancer', 'ingress'))
  const given = ingress.flatMap((one) => text(at(one, 'ip')) ?? text(at(one, 'hostname')) ?? [])
  const wanted = text(at(service.raw, 'spec', 'loadBalancerIP'))
  const addresses = given.length > 0 ? given : wanted ? [wanted] : []
  const where = { protocol: port.protocol, port: port.port, ...(addresses.length > 0 && { addresses }) }
  const found = ofKubeProxy(visit, loadBalancerVerdict(service, leading, world))
  const conditions = found.heldBy.includes('kube-proxy')
    ? [...found.conditions, byKubeProxy]
    : found.conditions
  const verdict = withExternalPolicy(visit, { ...found, conditions })
  const restraints = restraintsAt(visit, 'load balancer', balancing)
  return [door('load balancer', service, title, where, { to, restraints, ...within(verdict, leading) })]
}

/** Not held by ranges, and deprecated since 1.36 (CVE-2020-8554, KEP-5707). */
function externalIPs(visit: Visit): Door[] {
  const { service, title, port } = visit
  const { leading, to } = reached(visit)
  return texts(at(service.raw, 'spec', 'externalIPs')).map((address) => {
    const family = familyOf(address)
    const verdict = withExternalPolicy(visit, open('read', 'no list holds an external IP'))
    const kept = leading.filter((one) => one === family)
    const where = { protocol: port.protocol, port: port.port, host: address }
    const restraints = restraintsAt(visit, 'external IP')
    return door('external IP', service, title, where, { to, restraints, ...within(verdict, kept) })
  })
}

function nodePort(visit: Visit): Door[] {
  const { service, title, port } = visit
  if (!['LoadBalancer', 'NodePort'].includes(type(visit))) return []
  const { leading, to } = reached(visit)
  const verdict = nodePortVerdict(visit)
  // Its place is the Service's port, since the node's may be another each time.
  const where = {
    protocol: port.protocol,
    port: port.port,
    ...(port.nodePort && { nodePort: port.nodePort }),
  }
  return [
    door('node port', service, title, where, {
      to: isNobody(verdict.who) ? [] : to,
      from: 'whoever reaches a node',
      restraints: restraintsAt(visit, 'node port'),
      ...within(ofKubeProxy(visit, verdict), leading),
    }),
  ]
}

function nodePortVerdict(visit: Visit): Verdict {
  const { service, port, world } = visit
  const isGiven = port.nodePort !== undefined && port.nodePort > 0
  const isAsked =
    type(visit) === 'NodePort' || at(service.raw, 'spec', 'allocateLoadBalancerNodePorts') !== false
  if (isGiven || (isAsked && !world.options.live)) {
    return withExternalPolicy(visit, open('seen', 'no list holds a node port'))
  }
  if (port.nodePort === 0) return closed('seen', 'nodePort: 0')
  if (world.options.live) return closed('seen', 'none is allocated')
  return open('assumed', 'without nodePort: 0 one that was allocated before stays open')
}

function clusterIP(visit: Visit): Door[] {
  const { service, title, port, endpoints } = visit
  const { leading, to } = reached(visit)
  const spec = at(service.raw, 'spec')
  const own = [text(at(spec, 'clusterIP')), ...texts(at(spec, 'clusterIPs'))].filter((one) =>
    familyOf(one ?? ''),
  )
  const where = {
    protocol: port.protocol,
    port: port.port,
    ...(own.length > 0 && { addresses: unique(own) as string[] }),
  }
  if (at(spec, 'clusterIP') === 'None') {
    return [
      door('headless', service, title, where, {
        to,
        from: 'pods, which connect by themselves',
        restraints: restraintsAt(visit, 'headless'),
        ...within(open('read', "DNS gives App2's addresses to every pod"), leading),
      }),
    ]
  }
  const nodes = unique(endpoints.flatMap(({ nodeName, drained }) => (nodeName && !drained ? [nodeName] : [])))
  const isLocal = at(spec, 'internalTrafficPolicy') === 'Local'
  const verdict: Verdict = !isLocal
    ? open('seen', 'no list holds a ClusterIP')
    : nodes.length > 0
      ? open(
          'read',
          `internalTrafficPolicy Local keeps it open at ${nodes.join(', ')}, where an address has its nodeName`,
        )
      : {
          ...closed('seen', 'internalTrafficPolicy Local'),
          conditions: [byKubeProxy],
        }
  const from = 'pods, and machines with a route to it'
  const restraints = restraintsAt(visit, 'ClusterIP', isLocal ? ['internalTrafficPolicy'] : [])
  const held = within(ofKubeProxy(visit, verdict), leading)
  return [door('ClusterIP', service, title, where, { to, from, restraints, ...held })]
}

/** Does externalTrafficPolicy Local keep out whoever is outside of the cluster? Then no address has its nodeName. */
function isLocalNowhere({ service, endpoints }: Visit): boolean {
  const placed = endpoints.some(({ nodeName, drained }) => nodeName !== undefined && !drained)
  return at(service.raw, 'spec', 'externalTrafficPolicy') === 'Local' && !placed && endpoints.length > 0
}

/** With externalTrafficPolicy Local an address without its nodeName gets nothing from outside the cluster. */
function withExternalPolicy(visit: Visit, verdict: Verdict): Verdict {
  if (!isLocalNowhere(visit)) return verdict
  const note = 'only pods and nodes get in: externalTrafficPolicy is Local, and no address has its nodeName'
  return { ...verdict, conditions: [...verdict.conditions, note] }
}

/** Fields of a Service that are about some of its doors alone. */
const aboutSome = [...balancing, 'externalTrafficPolicy', 'internalTrafficPolicy']

/**
 * What may keep somebody out of one of a Service's doors.
 * @param about which of the fields that are about some doors alone are about this one
 */
function restraintsAt(visit: Visit, way: string, about: readonly string[] = []) {
  const { service, world } = visit
  const isFromOutside = ['load balancer', 'external IP', 'node port'].includes(way)
  const all = isFromOutside && isLocalNowhere(visit) ? [...about, 'externalTrafficPolicy'] : about
  const spec = Object.entries(fields(at(service.raw, 'spec'))).filter(
    ([field]) => all.includes(field) || !aboutSome.includes(field),
  )
  return restraintsOf(
    [{ thing: service }, { thing: service, path: 'spec', value: Object.fromEntries(spec) }],
    way,
    world,
  )
}
