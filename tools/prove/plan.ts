import type { Proxy as ProxyValues } from '../../schema/generated/values.ts'
import type { KubernetesObject } from '../chart/objects.ts'
import { type Rendered, render } from '../chart/render.ts'
import type { Asked } from '../cluster/network/addressing.ts'
import { askedOf } from './asked.ts'
import { app2Addresses, type EchoServerPlan, echoServersFor, greetingPorts } from './echo-servers.ts'
import type { Certificate } from './ingress.ts'
import { type GatewayPlan, inventedGateways } from './invented.ts'
import { type Knock, knocksAt } from './knocks.ts'
import { type ProxyPlan, proxyPlan, type Skipped } from './proxy.ts'
import type { Gateways } from './routes.ts'
import { type Sample, sampled } from './sample.ts'
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
  /** What the cluster's network must have for them. */
  asked: Required<Asked>
  /** What App2 answers on, on each machine that is somebody's App2. */
  echoServers: EchoServerPlan[]
  /** Secrets of certificates, and Gateways, that the objects expect to be there: of all proxies, tried or not. */
  certificates: (Certificate & { namespace: string })[]
  gateways: GatewayPlan[]
  /** Namespaces and classes that they name, beside the release's own. */
  namespaces: string[]
  classNames: string[]
  /** Everything that the chart makes of the values. */
  objects: KubernetesObject[]
}

export interface MachinePlan {
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
  /** A random part to try; all where it is left out. */
  sample?: Sample | undefined
}

/** Where the release is installed. */
const release = { namespace: 'default' }

/**
 * Reads values, and plans who tries which door of which proxy.
 * @throws RefusedError where the chart refuses the values
 * @throws Error where there is nothing to try, or no proxy of a name that `only` has
 */
export async function planOf(source: Source, { only = [], nodes, sample }: Scope): Promise<Plan> {
  const rendered = await render(source.files, source)
  const all = await valuesOf(source)
  const own = ownGateways(rendered)
  const proxyValues = Object.values(all).map(({ values }) => values)
  const gateways = inventedGateways(proxyValues, release, own)
  const asked = askedOf(rendered)
  const around = {
    release,
    nodes,
    gateways: { ...own, ...listenersByGateway(gateways) },
    hostNames: proxyValues.flatMap(hostNamesIn),
    taken: [...asked.gateways, ...asked.pools.flatMap(({ addresses }) => addresses)],
  }
  const everyone = Object.entries(all).map(([key, { name, platform, values }]) => ({
    key,
    name,
    ...proxyPlan(name, values, { ...around, key, platform }),
  }))
  const found = chosen(everyone, only)
  const planned = found.flatMap(({ plan }) => plan ?? [])
  const greeting = greetingPorts(planned)
  const possible = planned.flatMap((proxy) => knocksAt(proxy, greeting))
  const knocks = sample ? sampled(possible, sample) : possible
  const tried = new Set(knocks.map(({ proxy }) => proxy))
  const proxies = planned.filter(({ name }) => !sample || tried.has(name))
  const machines = machinesFor(proxies)
  return {
    proxies,
    knocks,
    notTried: [
      ...found.flatMap(({ name, skipped }) => skipped.map((one) => ({ proxy: name, ...one }))),
      ...leftOut(possible.length - knocks.length, sample),
    ],
    machines,
    asked,
    echoServers: echoServersFor(machines, proxies, greeting),
    certificates: [
      ...everyone.flatMap(({ certificates }) => certificates.map((one) => ({ ...release, ...one }))),
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
function chosen<One extends { key: string }>(all: readonly One[], only: readonly string[]): readonly One[] {
  const keys = all.map(({ key }) => key)
  const unknown = only.filter((key) => !keys.includes(key))
  if (unknown.length > 0) {
    throw new Error(`no enabled proxy is called ${unknown.join(' or ')}, only ${keys.join(', ')}`)
  }
  if (all.length === 0) throw new Error('the values have no enabled proxy: there is nothing to try')
  return only.length === 0 ? all : all.filter(({ key }) => only.includes(key))
}

/**
 * The machines outside. An address may be App1 of one proxy, App2 of another and an outsider to a third: such a one has
 * a machine of its own, among the clients, and no route to the others.
 */
function machinesFor(proxies: readonly ProxyPlan[]): MachinePlan[] {
  const app2 = app2Addresses(proxies)
  const clients = proxies.flatMap((proxy) => proxy.clients)
  const both = unique(clients.map(({ address }) => address)).filter((address) => app2.includes(address))
  const app1 = unique(clients.filter(({ who }) => who === 'App1').map(({ address }) => address))
  const others = unique(clients.map(({ address }) => address)).filter((address) => !app1.includes(address))
  const alone = (addresses: string[]) => addresses.filter((address) => !both.includes(address))
  return [
    { name: 'app1', segment: 'front', addresses: alone(app1) },
    { name: 'intruder', segment: 'front', addresses: alone(others) },
    { name: 'app2', segment: 'back', addresses: alone(app2) },
    ...both.map(
      (address, index): MachinePlan => ({
        name: `both${index + 1}`,
        segment: 'front',
        addresses: [address],
      }),
    ),
  ]
}

function leftOut(knocks: number, sample: Sample | undefined): NotTried[] {
  if (!sample || knocks === 0) return []
  const why = `--sample ${sample.size} picks others at random; --seed ${sample.seed} picks the same again`
  return [{ proxy: 'any', what: `${knocks} knocks`, why }]
}

/** The listeners that the values' own Gateways have. */
const ownGateways = (rendered: Rendered): Gateways =>
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

const hostNamesIn = ({ ingress = {}, routes = {} }: ProxyValues) => [
  ...(ingress.hosts ?? []),
  ...Object.values(routes).flatMap(({ hostnames = [] }) => hostnames),
]

const listenersByGateway = (gateways: readonly GatewayPlan[]): Gateways =>
  Object.fromEntries(gateways.map(({ namespace, name, listeners }) => [`${namespace}/${name}`, listeners]))

const namespacesOf = ({ objects }: Rendered, gateways: readonly GatewayPlan[]) =>
  unique([
    ...objects.map(({ metadata }) => metadata?.namespace ?? ''),
    ...gateways.map(({ namespace }) => namespace),
  ]).filter((namespace) => namespace && namespace !== release.namespace)
