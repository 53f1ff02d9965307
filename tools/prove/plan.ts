import type { KubernetesObject } from '../chart/objects.ts'
import { type Rendered, render } from '../chart/render.ts'
import type { Certificate } from './ingress.ts'
import { type Knock, knocksAt } from './knocks.ts'
import { type ProxyPlan, proxyPlan, type Skipped } from './proxy.ts'
import type { GatewayPlan, OwnGateways } from './routes.ts'
import { type Source, valuesOf } from './values.ts'

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
  echoServer: {
    machine: string
    tcp: number[]
    /** Where it speaks first. */
    greeting: number[]
    udp: { address: string; port: number }[]
    /** One of its TCP ports to which no door leads: there it is asked what it has accepted. */
    asked: number
  }
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
  /** The proxies to try, by their keys in the values; all where it is empty. */
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
  const { platform, proxies: all } = await valuesOf(source)
  const around = { platform, release, nodes, ownGateways: ownGateways(rendered) }
  const found = chosen(all, only).map(({ name, values }) => ({ name, ...proxyPlan(name, values, around) }))
  const proxies = found.flatMap(({ plan }) => plan ?? [])
  const greeting = greetingPorts(proxies)
  const gateways = merged(found.flatMap((one) => one.gateways))
  return {
    proxies,
    knocks: proxies.flatMap((proxy) => knocksAt(proxy, greeting)),
    notTried: found.flatMap(({ name, skipped }) => skipped.map((one) => ({ proxy: name, ...one }))),
    machines: machinesFor(proxies),
    clusterIPs: Object.values(all).flatMap(({ values }) => values.service?.clusterIP ?? []),
    echoServer: echoServerFor(proxies, greeting),
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

/** The proxies to try. */
function chosen<Values>(all: Record<string, Values>, only: readonly string[]): Values[] {
  const unknown = only.filter((name) => !all[name])
  if (unknown.length > 0) {
    throw new Error(`no enabled proxy is called ${unknown.join(' or ')}, only ${Object.keys(all).join(', ')}`)
  }
  const found = Object.entries(all).flatMap(([key, one]) =>
    only.length === 0 || only.includes(key) ? [one] : [],
  )
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

/** Ports of protocols in which the server speaks first: FTP, SSH, SMTP, POP3, IMAP, MySQL. */
const greeters = [21, 22, 25, 110, 143, 587, 3306]

/** App2's ports on which it speaks first: those of such protocols that nothing leads to by HTTP. */
function greetingPorts(proxies: readonly ProxyPlan[]): number[] {
  const byHttp = proxies.flatMap(({ hostNames, routes }) => [
    ...hostNames.map(({ targetPort }) => targetPort),
    ...routes.flatMap(({ protocol, targetPort }) => (protocol === 'tcp' ? [] : targetPort)),
  ])
  const greeting = tcpPorts(proxies).filter((one) =>
    greeters.some((port) => Object.values(one).includes(port)),
  )
  return unique(greeting.map(({ targetPort }) => targetPort)).filter((port) => !byHttp.includes(port))
}

const tcpPorts = (proxies: readonly ProxyPlan[]) =>
  proxies.flatMap(({ ports }) => ports.filter(({ protocol }) => protocol === 'TCP'))

function echoServerFor(proxies: readonly ProxyPlan[], greeting: number[]): Plan['echoServer'] {
  const taken = unique(tcpPorts(proxies).map(({ targetPort }) => targetPort))
  const asked = [4000, ...taken.map((port) => port + 1)].find((port) => !taken.includes(port)) ?? 4000
  const udp = proxies.flatMap((proxy) =>
    proxy.ports.flatMap(({ protocol, targetPort }) => (protocol === 'UDP' ? targetPort : [])),
  )
  const addresses = app2Addresses(proxies)
  return {
    machine: 'app2',
    tcp: [...taken.filter((port) => !greeting.includes(port)), asked],
    greeting,
    udp: unique(udp).flatMap((port) => addresses.map((address) => ({ address, port }))),
    asked,
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
