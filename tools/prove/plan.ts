import type { Proxy as ProxyValues } from '../../schema/generated/values.ts'
import { type Rendered, render } from '../chart/render.ts'
import { type AddOnName, addOnsFor } from '../cluster/addons/addons.ts'
import type { EchoServer } from '../cluster/machines/echo.ts'
import { type Network, networkOf } from '../cluster/network/network.ts'
import { nodeNames } from '../cluster/network/nodes.ts'
import { type Client, clientsOf } from './clients.ts'
import { type GatewayPlan, type OwnGateways, type RoutePlan, routesOf } from './gateways.ts'
import { hostsOf } from './ingress.ts'
import { proxyValues, type Source } from './values.ts'

/** One proxy: what its values open, and to whom. */
export interface ProxyPlan {
  /** The Service's name. */
  name: string
  sourceRanges: string[]
  clients: Client[]
  /** App2's addresses that are to be sent to, and those that are drained. */
  ready: string[]
  drained: string[]
  ports: { port: number; targetPort: number; protocol: 'TCP' | 'UDP' }[]
  /** Is there a load balancer to try? Do the values, or the platform, give it or the Service node ports? */
  loadBalancer: boolean
  nodePort: boolean
  /** May anyone who can reach it use the ClusterIP? Undefined for a headless Service, which has none. */
  clusterIP: boolean | undefined
  sessionAffinity: boolean
  /** The host names that a controller here leads to App2, with a path that does. */
  hosts: ReturnType<typeof hostsOf>['hosts']
  /** The ways by routes. */
  routes: RoutePlan[]
}

/** What is not tried, and why. */
export interface NotTried {
  proxy: string
  what: string
  why: string
}

export interface Plan {
  proxies: ProxyPlan[]
  notTried: NotTried[]
  network: Network
  /** What App2's addresses answer on. */
  echoServer: EchoServer
  /** Secrets of certificates, and Gateways, that the objects expect to be there. */
  certificates: { namespace: string; secretName: string; hosts: string[] }[]
  gateways: GatewayPlan[]
  /** Namespaces and classes that they name, beside the release's own. */
  namespaces: string[]
  classNames: string[]
  /** The cluster's add-ons that the objects need. */
  addOns: AddOnName[]
  /** Kinds of controllers that don't run here, which the objects need. */
  foreignKinds: string[]
}

/** Where the release is installed. */
const release = { namespace: 'default' }

/**
 * Reads values, and plans who tries which door of which proxy.
 * @param only the names of the proxies to try; all where it is empty
 * @throws RefusedError where the chart refuses the values
 * @throws Error where there is nothing to try, or no proxy of a name that `only` has
 */
export async function planOf(source: Source, only: readonly string[]): Promise<Plan> {
  const rendered = await render(source.files, source)
  const all = await proxyValues(source)
  const unknown = only.filter((name) => !all[name])
  if (unknown.length > 0) {
    throw new Error(`no enabled proxy is called ${unknown.join(' or ')}, only ${Object.keys(all).join(', ')}`)
  }
  const tried = Object.entries(all).filter(([name]) => only.length === 0 || only.includes(name))
  const plans = tried.map(([name, values]) => proxyPlan(name, values, rendered))
  if (plans.length === 0) throw new Error('the values have no enabled proxy: there is nothing to try')
  const proxies = plans.flatMap(({ plan }) => plan ?? [])
  const gateways = merged(plans.flatMap((one) => one.gateways))
  const app2 = unique(proxies.flatMap(({ ready, drained }) => [...ready, ...drained]))
  const clients = proxies.flatMap((proxy) => proxy.clients)
  const app1 = unique(clients.filter(({ who }) => who === 'App1').map(({ address }) => address))
  const others = unique(clients.map(({ address }) => address)).filter((address) => !app1.includes(address))
  const clusterIPs = Object.values(all).flatMap(({ service }) => service?.clusterIP ?? [])
  const ports = (protocol: string) =>
    proxies.flatMap((proxy) => proxy.ports.filter((port) => port.protocol === protocol))
  return {
    proxies,
    notTried: plans.flatMap(({ notTried }) => notTried),
    network: networkOf(
      [
        { name: 'app1', segment: 'front', addresses: app1 },
        { name: 'intruder', segment: 'front', addresses: others },
        { name: 'app2', segment: 'back', addresses: app2 },
      ],
      clusterIPs,
    ),
    echoServer: {
      machine: 'app2',
      tcp: unique(ports('TCP').map(({ targetPort }) => targetPort)),
      udp: unique(ports('UDP').map(({ targetPort }) => targetPort)).flatMap((port) =>
        app2.map((address) => ({ address, port })),
      ),
    },
    certificates: unique([
      ...plans.flatMap((one) => one.certificates.map((found) => ({ ...release, ...found }))),
      ...listenerCertificates(rendered),
    ]),
    gateways,
    namespaces: unique(
      [
        ...rendered.objects.map(({ metadata }) => metadata?.namespace ?? ''),
        ...gateways.map(({ namespace }) => namespace),
      ].filter((namespace) => namespace && namespace !== release.namespace),
    ),
    classNames: unique(rendered.list('Gateway').map(({ spec }) => spec.gatewayClassName)),
    addOns: addOnsFor(rendered.objects),
    foreignKinds: unique(rendered.objects.map(({ kind = '' }) => kind)).filter((kind) =>
      foreign.includes(kind),
    ),
  }
}

// --- utils ---

const unique = <T>(values: readonly T[]) => [...new Set(values)]

/** Kinds of controllers that don't run here. */
const foreign = ['Middleware', 'ServersTransport', 'AuthorizationPolicy']

/** The listeners that the values' own Gateways have. */
const ownGateways = (rendered: Rendered): OwnGateways =>
  Object.fromEntries(
    rendered
      .list('Gateway')
      .map(({ metadata, spec }) => [
        `${metadata.namespace}/${metadata.name}`,
        Object.fromEntries(spec.listeners.map((listener) => [listener.name, listener])),
      ]),
  )

/** The Secrets that the values' own Gateways show. */
const listenerCertificates = (rendered: Rendered) =>
  rendered.list('Gateway').flatMap(({ spec }) =>
    spec.listeners.flatMap(({ hostname = 'any', tls }) =>
      (tls?.certificateRefs ?? []).map(({ name: secretName, namespace = release.namespace }) => ({
        ...{ namespace, secretName, hosts: [hostname] },
      })),
    ),
  )

/** One plan for each Gateway, with the listeners of all. */
function merged(gateways: readonly GatewayPlan[]): GatewayPlan[] {
  const found = new Map<string, GatewayPlan>()
  for (const one of gateways) {
    const key = `${one.namespace}/${one.name}`
    found.set(key, { ...one, listeners: { ...found.get(key)?.listeners, ...one.listeners } })
  }
  return [...found.values()]
}

function proxyPlan(name: string, values: ProxyValues, rendered: Rendered) {
  const { service = {}, sourceRanges = [] } = values
  const notTried: NotTried[] = []
  const skip = (what: string, why: string) => notTried.push({ proxy: name, what, why })
  if (values.externalName) {
    skip(
      'all',
      `externalName ${values.externalName} is a name in DNS only: nothing of the cluster carries a packet`,
    )
    return { plan: undefined, notTried, certificates: [], gateways: [] }
  }
  const addresses = (values.addresses ?? []).map((one) => (typeof one === 'string' ? { ip: one } : one))
  const ready = addresses.filter((one) => one.ready !== false).map(({ ip }) => ip)
  const drained = addresses.filter((one) => one.ready === false).map(({ ip }) => ip)

  const ports = Object.entries(values.ports ?? {}).flatMap(([port, { port: number = 0, ...written }]) => {
    const { targetPort = number, protocol = 'TCP' } = written
    if (protocol !== 'SCTP') return [{ name: port, port: number, targetPort, protocol }]
    skip(`port ${port}`, 'SCTP is not tried here')
    return []
  })

  const type = service.type ?? 'LoadBalancer'
  const strangers = addresses.flatMap(({ nodeName = '' }) =>
    nodeNames.some((node) => node === nodeName) ? [] : nodeName,
  )
  const local = service.externalTrafficPolicy === 'Local' && strangers.length > 0
  if (local) {
    const why = `externalTrafficPolicy Local sends on ${unique(strangers).join(', ')} alone, and the nodes here are ${nodeNames.join(', ')}`
    skip('load balancer and NodePort', why)
  }
  if (type === 'LoadBalancer' && service.loadBalancerClass) {
    skip('load balancer', `no controller of loadBalancerClass ${service.loadBalancerClass} runs here`)
  }

  const { hosts, certificates, why } = hostsOf(name, values)
  if (why) skip('host names', why)
  const { routes, gateways, skipped } = routesOf(values, release, ownGateways(rendered))
  for (const one of skipped) skip(one.what, one.why)

  const allocated = rendered.get('Service', name).spec?.allocateLoadBalancerNodePorts !== false
  return {
    ...{ notTried, certificates, gateways },
    plan: {
      name,
      sourceRanges,
      clients: clientsOf(sourceRanges, [...ready, ...drained]),
      ...{ ready, drained, ports },
      loadBalancer: type === 'LoadBalancer' && !service.loadBalancerClass && !local,
      nodePort:
        !local &&
        (type === 'NodePort' ||
          (type === 'LoadBalancer' && (service.allocateLoadBalancerNodePorts ?? allocated))),
      clusterIP: service.clusterIP === 'None' ? undefined : (service.inCluster ?? type !== 'LoadBalancer'),
      sessionAffinity: service.sessionAffinity === 'ClientIP',
      ...{ hosts, routes },
    },
  }
}
