import type { Proxy as ProxyValues } from '../../schema/generated/values.ts'
import type { Rendered } from '../chart/render.ts'
import { type Client, clientsOf, isForAnyone } from './clients.ts'
import { type Certificate, type HostNamePlan, hostNamesOf } from './ingress.ts'
import { type GatewayPlan, type OwnGateways, type RoutePlan, routesOf } from './routes.ts'

/** One proxy: what its values open, and to whom. */
export interface ProxyPlan {
  /** The Service's name. */
  name: string
  sourceRanges: string[]
  clients: Client[]
  /** App2's addresses that are to be sent to, and those that are drained. */
  ready: string[]
  drained: string[]
  ports: PortPlan[]
  /** Is there a load balancer to try? Do the values, or the platform, give it or the Service node ports? */
  loadBalancer: boolean
  nodePort: boolean
  /** May anyone who can reach it use the ClusterIP? Undefined for a headless Service, which has none. */
  clusterIP: boolean | undefined
  sessionAffinity: boolean
  /** The host names that a controller here leads to App2, with a path that does. */
  hostNames: HostNamePlan[]
  /** The ways by routes. */
  routes: RoutePlan[]
}

interface PortPlan {
  port: number
  targetPort: number
  protocol: 'TCP' | 'UDP'
}

/** Something that is not tried, and why. */
export interface Skipped {
  what: string
  why: string
}

/** What a proxy adds to a plan. */
interface Found {
  /** Nothing where no packet of it goes through the cluster. */
  plan?: ProxyPlan
  skipped: Skipped[]
  certificates: Certificate[]
  gateways: GatewayPlan[]
}

/** What a proxy's values are installed into. */
interface Around {
  rendered: Rendered
  release: { namespace: string }
  ownGateways: OwnGateways
  /** The names of the cluster's nodes. */
  nodes: readonly string[]
}

/** Plans what there is to try of one proxy. */
export function proxyPlan(name: string, values: ProxyValues, around: Around): Found {
  const { service = {}, sourceRanges = [], externalName } = values
  if (externalName) {
    const why = `externalName ${externalName} is a name in DNS only: nothing of the cluster carries a packet`
    return { skipped: [{ what: 'all', why }], certificates: [], gateways: [] }
  }
  const { ready, drained } = addressesOf(values)
  const elsewhere = whyNoNodeSendsOn(values, around.nodes)
  const ingress = hostNamesOf(name, values)
  const routes = routesOf(values, around.release, around.ownGateways)
  return {
    plan: {
      name,
      sourceRanges,
      clients: clientsOf(sourceRanges, [...ready, ...drained]),
      ready,
      drained,
      ports: portsOf(values),
      loadBalancer: typeOf(values) === 'LoadBalancer' && !service.loadBalancerClass && !elsewhere,
      nodePort: !elsewhere && hasNodePorts(name, values, around.rendered),
      clusterIP: service.clusterIP === 'None' ? undefined : isInCluster(values),
      sessionAffinity: service.sessionAffinity === 'ClientIP',
      hostNames: ingress.hostNames,
      routes: routes.routes,
    },
    skipped: [
      ...sctpPorts(values),
      ...(elsewhere ? [{ what: 'load balancer and NodePort', why: elsewhere }] : []),
      ...foreignLoadBalancer(values),
      ...(ingress.why ? [{ what: 'host names', why: ingress.why }] : []),
      ...routes.skipped,
    ],
    certificates: ingress.certificates,
    gateways: routes.gateways,
  }
}

// --- utils ---

/** Closed by default where a list is to be held, which no ClusterIP heeds. */
const isInCluster = (values: ProxyValues) =>
  values.service?.inCluster ??
  (typeOf(values) === 'NodePort' ||
    (typeOf(values) === 'ClusterIP' && (!values.sourceRanges?.length || isForAnyone(values.sourceRanges))))

const typeOf = ({ service = {} }: ProxyValues) => service.type ?? 'LoadBalancer'

const endpoints = ({ addresses = [] }: ProxyValues) =>
  addresses.map((one) => (typeof one === 'string' ? { ip: one } : one))

function addressesOf(values: ProxyValues): { ready: string[]; drained: string[] } {
  const of = (ready: boolean) =>
    endpoints(values)
      .filter((one) => (one.ready !== false) === ready)
      .map(({ ip }) => ip)
  return { ready: of(true), drained: of(false) }
}

function portsOf({ ports = {} }: ProxyValues): PortPlan[] {
  return Object.values(ports).flatMap(({ port = 0, targetPort = port, protocol = 'TCP' }) =>
    protocol === 'SCTP' ? [] : [{ port, targetPort, protocol }],
  )
}

function sctpPorts({ ports = {} }: ProxyValues): Skipped[] {
  const names = Object.keys(ports).filter((name) => ports[name]?.protocol === 'SCTP')
  return names.map((name) => ({ what: `port ${name}`, why: 'SCTP is not tried here' }))
}

/** Why no node here sends on what comes to it from outside; undefined where they do. */
function whyNoNodeSendsOn(values: ProxyValues, nodes: readonly string[]): string | undefined {
  if (values.service?.externalTrafficPolicy !== 'Local') return undefined
  const names = endpoints(values).flatMap(({ nodeName = '' }) => (nodes.includes(nodeName) ? [] : nodeName))
  if (names.length === 0) return undefined
  const strangers = [...new Set(names)].join(', ')
  return `externalTrafficPolicy Local sends on ${strangers} alone, and the nodes here are ${nodes.join(', ')}`
}

function foreignLoadBalancer(values: ProxyValues): Skipped[] {
  const { loadBalancerClass } = values.service ?? {}
  if (typeOf(values) !== 'LoadBalancer' || !loadBalancerClass) return []
  const why = `no controller of loadBalancerClass ${loadBalancerClass} runs here`
  return [{ what: 'load balancer', why }]
}

/** Does the Service have node ports? Where the values leave it open, the platform's way is in the Service. */
function hasNodePorts(name: string, values: ProxyValues, rendered: Rendered): boolean {
  const type = typeOf(values)
  const allocated = rendered.get('Service', name).spec?.allocateLoadBalancerNodePorts !== false
  return (
    type === 'NodePort' ||
    (type === 'LoadBalancer' && (values.service?.allocateLoadBalancerNodePorts ?? allocated))
  )
}
