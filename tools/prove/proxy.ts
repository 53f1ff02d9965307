import type { Proxy as ProxyValues } from '../../schema/generated/values.ts'
import { platforms } from '../../schema/platforms.ts'
import { type Client, clientsOf, isForAnyone, isInside } from './clients.ts'
import { type Certificate, type HostNamePlan, hostNamesOf } from './ingress.ts'
import { type Gateways, type RoutePlan, routesOf } from './routes.ts'
import type { Skipped } from './skipped.ts'

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
  /** Is there a load balancer to try? Do the values ask for node ports? */
  loadBalancer: boolean
  nodePort: boolean
  /** Where no word of the values asks for node ports and its platform opens them: what else must hold them. */
  nodePortNotHeld?: string
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

/** What a proxy adds to a plan. */
interface Found {
  /** Nothing where no packet of it goes through the cluster. */
  plan?: ProxyPlan
  skipped: Skipped[]
  certificates: Certificate[]
}

/** What a proxy's values are installed into. */
interface Around {
  /** Its key in the values. */
  key: string
  /** Whose its load balancer is. */
  platform: string
  release: { namespace: string }
  /** The Gateways that the values make, and those that are made up. */
  gateways: Gateways
  /** Every host name of the values. */
  hostNames: readonly string[]
  /** The names of the cluster's nodes. */
  nodes: readonly string[]
  /** Addresses, or ranges of one, that the cluster itself has by the values: nobody's outside of it. */
  taken: readonly string[]
}

/** Plans what there is to try of one proxy. */
export function proxyPlan(name: string, values: ProxyValues, around: Around): Found {
  const { externalName, sourceRanges = [] } = values
  if (externalName) {
    const why = `externalName ${externalName} is a name in DNS only: nothing of the cluster carries a packet`
    return { skipped: [{ what: 'all', why, of: {} }], certificates: [] }
  }
  const addresses = addressesOf(values)
  const elsewhere = whyNoNodeSendsOn(values, around.nodes)
  const ingress = hostNamesOf(name, values, around.hostNames)
  const routes = routesOf(values, { ...around, name })
  const taken = around.taken.map((one) => one.replace(/\/.*/, ''))
  const clients = clientsOf(sourceRanges, [...addresses.ready, ...addresses.drained, ...taken])
  return {
    plan: {
      name,
      sourceRanges,
      clients,
      ...addresses,
      ports: portsOf(values),
      ...serviceOf(values, around.platform, elsewhere),
      hostNames: ingress.hostNames,
      routes: routes.routes,
    },
    skipped: [
      ...sctpPorts(values),
      ...fromOutside(elsewhere),
      ...foreignLoadBalancer(values, around.platform),
      ...headless(values),
      ...names(values),
      ...nobodysRanges(sourceRanges, clients),
      ...ingress.skipped,
      ...routes.skipped,
    ],
    certificates: ingress.certificates,
  }
}

// --- utils ---

/**
 * The doors that the Service is itself.
 * @param elsewhere why no node here sends on what comes from outside
 */
function serviceOf(values: ProxyValues, platform: string, elsewhere: string | undefined) {
  const { clusterIP, sessionAffinity } = values.service ?? {}
  const nodePortNotHeld = elsewhere ? undefined : whatHoldsNodePorts(values, platform)
  return {
    loadBalancer: typeOf(values) === 'LoadBalancer' && !elsewhere,
    nodePort: !elsewhere && asksForNodePorts(values),
    ...(nodePortNotHeld && { nodePortNotHeld }),
    clusterIP: clusterIP === 'None' ? undefined : isInCluster(values),
    sessionAffinity: sessionAffinity === 'ClientIP',
  }
}

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
  return names.map((name) => ({
    what: `port ${name}`,
    why: 'SCTP is not tried here',
    of: { protocol: 'SCTP' },
  }))
}

/** Why no node here sends on what comes to it from outside; undefined where they do. */
function whyNoNodeSendsOn(values: ProxyValues, nodes: readonly string[]): string | undefined {
  if (values.service?.externalTrafficPolicy !== 'Local') return undefined
  const names = endpoints(values).flatMap(({ nodeName = '' }) => (nodes.includes(nodeName) ? [] : nodeName))
  if (names.length === 0) return undefined
  const strangers = [...new Set(names)].join(', ')
  return `externalTrafficPolicy Local sends on ${strangers} alone, and the nodes here are ${nodes.join(', ')}`
}

/** What comes from outside, where no node here sends it on. */
const fromOutside = (elsewhere: string | undefined): Skipped[] =>
  elsewhere
    ? [
        {
          what: 'load balancer and node port',
          why: elsewhere,
          of: { ways: ['load balancer', 'node port'] },
        },
      ]
    : []

/** Whose load balancers are not there themselves. */
function foreignLoadBalancer(values: ProxyValues, platform: string): Skipped[] {
  const { loadBalancerClass } = values.service ?? {}
  if (typeOf(values) !== 'LoadBalancer') return []
  const why = 'MetalLB and kube-proxy stand in for it here'
  const whose = [
    ...(platform === 'generic' ? [] : [platform]),
    ...(loadBalancerClass ? [`class ${loadBalancerClass}`] : []),
  ]
  return whose.length > 0 ? [{ what: `load balancer of ${whose.join(', ')}`, why }] : []
}

const headless = ({ service = {} }: ProxyValues): Skipped[] =>
  service.clusterIP === 'None'
    ? [
        {
          what: 'headless',
          why: 'pods connect to App2 by themselves, and none runs here',
          of: { ways: ['headless'] },
        },
      ]
    : []

/** Ranges of which no machine here has an address: nobody sees whether they are let in. */
const nobodysRanges = (ranges: readonly string[], clients: readonly Client[]): Skipped[] =>
  ranges
    .filter((range) => !clients.some(({ who, address }) => who === 'App1' && isInside(address, [range])))
    .map((range) => ({
      what: `App1 in ${range}`,
      why: 'no machine outside can have an address of it here',
    }))

/** Names in DNS lead to doors that are tried by their addresses. */
const names = ({ dns }: ProxyValues): Skipped[] =>
  dns?.hostnames?.length
    ? [{ what: 'DNS', why: `nothing writes records here: ${dns.hostnames.join(', ')}` }]
    : []

/** The contract: type NodePort, and a load balancer whose values say so. */
const asksForNodePorts = (values: ProxyValues): boolean =>
  typeOf(values) === 'NodePort' ||
  (typeOf(values) === 'LoadBalancer' && values.service?.allocateLoadBalancerNodePorts === true)

/** What holds the node ports that a platform's load balancers need, where the values leave it to the platform. */
function whatHoldsNodePorts(values: ProxyValues, platform: string): string | undefined {
  const asked = values.service?.allocateLoadBalancerNodePorts !== undefined
  if (typeOf(values) !== 'LoadBalancer' || asked || (platforms[platform]?.nodePorts ?? 'none') === 'none')
    return undefined
  return `platform ${platform} needs the node ports: the nodes' own firewall holds them, and nothing else does`
}
