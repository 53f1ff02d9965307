import type { Proxy as ProxyValues } from '../../schema/generated/values.ts'
import type { KubernetesObject } from '../chart/objects.ts'
import { type Rendered, render } from '../chart/render.ts'
import type { Asked } from '../cluster/network/addressing.ts'
import { askedOf } from './asked.ts'
import { takenOutClients } from './clients.ts'
import { type EchoServerPlan, echoServersFor, greetingPorts } from './echo-servers.ts'
import type { Certificate } from './ingress.ts'
import { type GatewayPlan, inventedGateways } from './invented.ts'
import { type Knock, knocksAt } from './knocks.ts'
import { type MachinePlan, machinesFor } from './machines.ts'
import { type ProxyPlan, proxyPlan } from './proxy.ts'
import type { Gateways } from './routes.ts'
import { type Sample, sampled } from './sample.ts'
import type { Skipped } from './skipped.ts'
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
  /** What is installed first, where an upgrade from other values is proved. */
  before?: Pick<Plan, 'proxies' | 'knocks' | 'objects'>
}

/** Everything that is ever installed. */
export const allObjects = ({ objects, before }: Pick<Plan, 'objects' | 'before'>): KubernetesObject[] => [
  ...(before?.objects ?? []),
  ...objects,
]

/** What a plan is made for. */
export interface Scope {
  /** The proxies to try, by their keys in the values; all where it is empty. */
  only?: readonly string[]
  /** The names of the cluster's nodes. */
  nodes: readonly string[]
  /** A random part to try; all where it is left out. */
  sample?: Sample | undefined
  /** The values from which a release is upgraded, where it is not installed anew. */
  from?: Source | undefined
}

/** What is installed, and where. */
export const release = { name: 'prove', namespace: 'default' }

/**
 * Reads values, and plans who tries which door of which proxy.
 * @throws RefusedError where the chart refuses the values
 * @throws Error where there is nothing to try, or no proxy of a name that `only` has
 */
export async function planOf(source: Source, { only = [], nodes, sample, from }: Scope): Promise<Plan> {
  const [now, then] = await Promise.all([readingOf(source), from && readingOf(from)])
  const readings = then ? [then, now] : [now]
  const all = togetherOf(readings)
  const { asked, gateways, around } = aroundOf(readings, all, nodes)
  const found = foundIn(now, around)
  const tried = chosen(found, only)
  const before = readings
    .filter((reading) => reading !== now)
    .flatMap((reading) => foundIn(reading, around))
    .filter(({ key }) => only.length === 0 || only.includes(key))
  const were = before.flatMap(({ plan }) => plan ?? [])
  const planned = tried.flatMap(({ plan }) => plan ?? []).map((proxy) => withTakenOut(proxy, were))
  const greeting = greetingPorts([...planned, ...were])
  const knocksOf = (some: readonly ProxyPlan[]) => some.flatMap((proxy) => knocksAt(proxy, greeting))
  const possible = knocksOf(planned)
  const knocks = sample ? sampled(possible, sample) : possible
  const knocking = new Set(knocks.map(({ proxy }) => proxy))
  const proxies = planned.filter(({ name }) => !sample || knocking.has(name))
  // Nobody looks at what a proxy that the sample leaves out lets in now: so nothing of it is taken to be closed.
  const old = were.filter(({ name }) => !planned.some((one) => one.name === name && !proxies.includes(one)))
  const machines = machinesFor([...proxies, ...old])
  return {
    proxies,
    knocks,
    notTried: [
      ...tried.flatMap(({ name, skipped }) => skipped.map((one) => ({ proxy: name, ...one }))),
      ...leftOut(possible.length - knocks.length, sample),
    ],
    machines,
    asked,
    echoServers: echoServersFor(machines, [...proxies, ...old], greeting),
    certificates: [...certificatesOf([...found, ...before]), ...listenerCertificates(all)],
    gateways,
    namespaces: namespacesOf(all, gateways),
    classNames: unique(all.list('Gateway').map(({ spec }) => spec.gatewayClassName)),
    objects: now.rendered.objects,
    ...(from && {
      before: { proxies: old, knocks: knocksOf(old), objects: readings[0]?.rendered.objects ?? [] },
    }),
  }
}

// --- utils ---

/** What a source asks for, and what the chart makes of it. */
interface Reading {
  rendered: Rendered
  asked: Awaited<ReturnType<typeof valuesOf>>
}

async function readingOf(source: Source): Promise<Reading> {
  const [rendered, asked] = await Promise.all([
    render(source.files, { ...source, release: release.name }),
    valuesOf(source),
  ])
  return { rendered, asked }
}

/** The objects of all readings, the last one's last. */
const togetherOf = (readings: readonly Reading[]): Pick<Rendered, 'objects' | 'list'> => ({
  objects: readings.flatMap(({ rendered }) => rendered.objects),
  list: (kind) => readings.flatMap(({ rendered }) => rendered.list(kind)),
})

/** What the proxies of all readings are installed into. */
function aroundOf(
  readings: readonly Reading[],
  all: Pick<Rendered, 'objects' | 'list'>,
  nodes: readonly string[],
) {
  const everyAsked = readings.flatMap((reading) => Object.values(reading.asked))
  const values = everyAsked.map((one) => one.values)
  const own = ownGateways(all)
  const gateways = inventedGateways(values, release, own)
  const asked = { ...askedOf(all), nodesIn: unique(everyAsked.flatMap(({ nodesIn }) => nodesIn)) }
  const around = {
    release,
    nodes,
    gateways: { ...own, ...listenersByGateway(gateways) },
    hostNames: values.flatMap(hostNamesIn),
    taken: [...asked.gateways, ...asked.pools.flatMap(({ addresses }) => addresses)],
  }
  return { asked, gateways, around }
}

/** What there is to try of each proxy of a reading. */
const foundIn = ({ asked }: Reading, around: ReturnType<typeof aroundOf>['around']) =>
  Object.entries(asked).map(([key, { name, platform, values }]) => ({
    key,
    name,
    ...proxyPlan(name, values, { ...around, key, platform }),
  }))

/** A proxy that is tried also by whom its ranges of before had, and those of now have not. */
function withTakenOut(proxy: ProxyPlan, before: readonly ProxyPlan[]): ProxyPlan {
  const were = before.filter(({ name }) => name === proxy.name).flatMap(({ clients }) => clients)
  const out = takenOutClients(proxy.sourceRanges, were)
  const isOut = ({ address }: { address: string }) => out.some((one) => one.address === address)
  return { ...proxy, clients: [...proxy.clients.filter((one) => !isOut(one)), ...out] }
}

const unique = <T>(values: readonly T[]) => [...new Set(values)]

/** The first of many names, and how many more there are. */
function few(names: readonly string[]): string {
  const [shown, more] = [names.slice(0, 20), names.length - 20]
  return shown.join(', ') + (more > 0 ? ` and ${more} more` : '')
}

/** The proxies to try. */
function chosen<One extends { key: string }>(all: readonly One[], only: readonly string[]): readonly One[] {
  const keys = all.map(({ key }) => key)
  const unknown = only.filter((key) => !keys.includes(key))
  if (unknown.length > 0) {
    throw new Error(`no enabled proxy is called ${unknown.join(' or ')}, only ${few(keys)}`)
  }
  if (all.length === 0) throw new Error('the values have no enabled proxy: there is nothing to try')
  return only.length === 0 ? all : all.filter(({ key }) => only.includes(key))
}

function leftOut(knocks: number, sample: Sample | undefined): NotTried[] {
  if (!sample || knocks === 0) return []
  const why = `--sample ${sample.size} picks others at random; --seed ${sample.seed} picks the same again`
  return [{ proxy: 'any', what: `${knocks} knocks`, why }]
}

/** The listeners that the values' own Gateways have. */
const ownGateways = (rendered: Pick<Rendered, 'list'>): Gateways =>
  Object.fromEntries(
    rendered
      .list('Gateway')
      .map(({ metadata, spec }) => [
        `${metadata.namespace}/${metadata.name}`,
        Object.fromEntries(spec.listeners.map((listener) => [listener.name, listener])),
      ]),
  )

/** The Secrets that proxies' host names show. */
const certificatesOf = (found: readonly { certificates: readonly Certificate[] }[]) =>
  found.flatMap(({ certificates }) => certificates.map((one) => ({ namespace: release.namespace, ...one })))

/** The Secrets that the values' own Gateways show. */
const listenerCertificates = (rendered: Pick<Rendered, 'list'>) =>
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

const namespacesOf = ({ objects }: Pick<Rendered, 'objects'>, gateways: readonly GatewayPlan[]) =>
  unique([
    ...objects.map(({ metadata }) => metadata?.namespace ?? ''),
    ...gateways.map(({ namespace }) => namespace),
  ]).filter((namespace) => namespace && namespace !== release.namespace)
