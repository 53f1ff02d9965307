import type { KubernetesObject } from '../chart/objects.ts'
import { type Rendered, render } from '../chart/render.ts'
import type { Certificate } from './ingress.ts'
import { type Knock, knocksAt } from './knocks.ts'
import { type ProxyPlan, proxyPlan, type Skipped } from './proxy.ts'
import type { GatewayPlan, OwnGateways } from './routes.ts'
import { proxyValues, type Source } from './values.ts'

/** What is not tried, and why. */
export interface NotTried extends Skipped {
  proxy: string
}

/** Who knocks at which doors, what should come of it, and what must be there for it: data, made without a cluster. */
export interface Plan {
  proxies: ProxyPlan[]
  knocks: Knock[]
  notTried: NotTried[]
  /** The machines outside of the cluster, with the very addresses that the values name. */
  machines: MachinePlan[]
  /** ClusterIPs that the values name. */
  clusterIPs: string[]
  /** What App2 answers on: a TCP port of each of its addresses, a UDP port of one. */
  echoServer: { machine: string; tcp: number[]; udp: { address: string; port: number }[] }
  /** Secrets of certificates, and Gateways, that the objects expect to be there. */
  certificates: (Certificate & { namespace: string })[]
  gateways: GatewayPlan[]
  /** Namespaces and classes that they name, beside the release's own. */
  namespaces: string[]
  classNames: string[]
  /** Everything that the chart makes of the values. */
  objects: KubernetesObject[]
}

interface MachinePlan {
  name: string
  /** `front` is where clients reach the cluster, `back` where the cluster reaches App2. */
  segment: 'front' | 'back'
  addresses: string[]
}

/** What a plan is made for. */
export interface Scope {
  /** The names of the proxies to try; all where it is empty. */
  only?: readonly string[]
  /** The names of the cluster's nodes. */
  nodes: readonly string[]
}

/** Where the release is installed. */
const release = { namespace: 'default' }

/**
 * Reads values, and plans who tries which door of which proxy.
 * @throws RefusedError where the chart refuses the values
 * @throws Error where there is nothing to try, or no proxy of a name that `only` has
 */
export async function planOf(source: Source, { only = [], nodes }: Scope): Promise<Plan> {
  const rendered = await render(source.files, source)
  const all = await proxyValues(source)
  const around = { rendered, release, nodes, ownGateways: ownGateways(rendered) }
  const found = chosen(all, only).map(([name, values]) => ({ name, ...proxyPlan(name, values, around) }))
  const proxies = found.flatMap(({ plan }) => plan ?? [])
  const gateways = merged(found.flatMap((one) => one.gateways))
  return {
    proxies,
    knocks: proxies.flatMap(knocksAt),
    notTried: found.flatMap(({ name, skipped }) => skipped.map((one) => ({ proxy: name, ...one }))),
    machines: machinesFor(proxies),
    clusterIPs: Object.values(all).flatMap(({ service }) => service?.clusterIP ?? []),
    echoServer: echoServerFor(proxies),
    certificates: [
      ...found.flatMap(({ certificates }) => certificates.map((one) => ({ ...release, ...one }))),
      ...listenerCertificates(rendered),
    ],
    gateways,
    namespaces: namespacesOf(rendered, gateways),
    classNames: unique(rendered.list('Gateway').map(({ spec }) => spec.gatewayClassName)),
    objects: rendered.objects,
  }
}

// --- utils ---

const unique = <T>(values: readonly T[]) => [...new Set(values)]

/** The proxies to try, by name. */
function chosen<Values>(all: Record<string, Values>, only: readonly string[]): [string, Values][] {
  const unknown = only.filter((name) => !all[name])
  if (unknown.length > 0) {
    throw new Error(`no enabled proxy is called ${unknown.join(' or ')}, only ${Object.keys(all).join(', ')}`)
  }
  const found = Object.entries(all).filter(([name]) => only.length === 0 || only.includes(name))
  if (found.length === 0) throw new Error('the values have no enabled proxy: there is nothing to try')
  return found
}

const app2Addresses = (proxies: readonly ProxyPlan[]) =>
  unique(proxies.flatMap(({ ready, drained }) => [...ready, ...drained]))

function machinesFor(proxies: readonly ProxyPlan[]): MachinePlan[] {
  const clients = proxies.flatMap((proxy) => proxy.clients)
  const app1 = unique(clients.filter(({ who }) => who === 'App1').map(({ address }) => address))
  const others = unique(clients.map(({ address }) => address)).filter((address) => !app1.includes(address))
  return [
    { name: 'app1', segment: 'front', addresses: app1 },
    { name: 'intruder', segment: 'front', addresses: others },
    { name: 'app2', segment: 'back', addresses: app2Addresses(proxies) },
  ]
}

function echoServerFor(proxies: readonly ProxyPlan[]): Plan['echoServer'] {
  const ports = (protocol: string) =>
    unique(
      proxies.flatMap((proxy) =>
        proxy.ports.filter((port) => port.protocol === protocol).map(({ targetPort }) => targetPort),
      ),
    )
  const addresses = app2Addresses(proxies)
  return {
    machine: 'app2',
    tcp: ports('TCP'),
    udp: ports('UDP').flatMap((port) => addresses.map((address) => ({ address, port }))),
  }
}

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
      (tls?.certificateRefs ?? []).map(({ name, namespace = release.namespace }) => ({
        namespace,
        secretName: name,
        hosts: [hostname],
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

const namespacesOf = ({ objects }: Rendered, gateways: readonly GatewayPlan[]) =>
  unique([
    ...objects.map(({ metadata }) => metadata?.namespace ?? ''),
    ...gateways.map(({ namespace }) => namespace),
  ]).filter((namespace) => namespace && namespace !== release.namespace)
