import type { Listener, ParentRef, Port, Proxy as ProxyValues, Route } from '../../schema/generated/values.ts'
import { doorKind, type RouteKind } from '../../schema/kinds.ts'
import type { DoorRef } from './door-ref.ts'
import { anyName } from './host-names.ts'
import { type RuleRequest, requestsOf } from './requests.ts'
import type { Skipped } from './skipped.ts'

/** What there is to know of a Gateway's listener. */
export type ListenerPlan = Pick<Listener, 'port' | 'protocol' | 'hostname'>

/** The listeners of Gateways by their names, by `NAMESPACE/NAME` of the Gateway. */
export type Gateways = Record<string, Record<string, ListenerPlan>>

/** A route that can be tried, with the port of the Service that it leads to. */
export interface RouteAndPort {
  name: string
  route: Route
  port: Port
}

/** One way by a route to App2, with a request that one of its rules takes. */
export interface RoutePlan extends Omit<RuleRequest, 'rulePath'> {
  /** `NAMESPACE/NAME` of the Gateway. */
  gateway: string
  port: number
  /** `tcp`: whatever App2 speaks there. */
  protocol: 'http' | 'https' | 'tcp' | 'udp'
  hostName: string | undefined
  targetPort: number
  of: DoorRef
}

interface Found {
  routes: RoutePlan[]
  /** Which routes are not tried, and why. */
  skipped: Skipped[]
}

/** The routes of a proxy that there is a listener and a request for. */
export const routesToTry = (values: ProxyValues): RouteAndPort[] =>
  enabledRoutes(values).flatMap(([name, route]) => {
    const port = portOf(route, values)
    return port && whyNot(route, values) === undefined ? [{ name, route, port }] : []
  })

/** What a proxy's routes are installed into. */
interface Around {
  /** The proxy's own key in the values, and its Service's name. */
  key: string
  name: string
  release: { namespace: string }
  /** Those that the values make, and those that are made up. */
  gateways: Gateways
  /** Every host name of the values. */
  hostNames?: readonly string[]
}

/** What there is to try of a proxy's routes. */
export function routesOf(values: ProxyValues, around: Around): Found {
  const skipped = enabledRoutes(values).flatMap(([name, route]) => {
    const why = whyNot(route, values)
    const of = { object: `${around.name}.${name}` }
    return why ? [{ what: `route ${name}`, why, of, foreign: isForeign(route) }] : []
  })
  const found = routesToTry(values).map((one) => routeOf(one, around))
  return {
    routes: found.flatMap(({ routes }) => routes),
    skipped: [...skipped, ...found.flatMap((one) => one.skipped)],
  }
}

/** Those of a Gateway's listeners that a parentRef means and that take a route of this kind. */
export const listenersOf = (
  listeners: Gateways[string],
  { sectionName, port }: { sectionName?: string | undefined; port?: number | undefined },
  kind: RouteKind,
): ListenerPlan[] =>
  Object.entries(listeners)
    .filter(
      ([section, listener]) =>
        (!sectionName || sectionName === section) &&
        (!port || port === listener.port) &&
        doorKind(kind).route?.listeners.includes(listener.protocol),
    )
    .map(([, listener]) => listener)

// --- utils ---

const enabledRoutes = ({ routes = {} }: ProxyValues) =>
  Object.entries(routes).filter(([, { enabled }]) => enabled !== false)

function routeOf(
  { name, route, port }: RouteAndPort,
  { key, name: proxy, release, gateways, hostNames = [] }: Around,
): Found {
  const object = `${proxy}.${name}`
  const { requests, skipped } = requestsOf(route.rules ?? [], key)
  const found = (route.parentRefs ?? []).map((parent) => {
    const gateway = `${parent.namespace || route.namespace || release.namespace}/${parent.name}`
    const at = [gateway, parent.sectionName, parent.port].filter(Boolean).join(' ')
    return waysBy(parent, gateway, `route ${name} at ${at}`, {
      route,
      port,
      requests,
      listeners: gateways[gateway] ?? {},
      hostNames,
      object,
    })
  })
  return {
    routes: found.flatMap(({ routes }) => routes),
    skipped: [
      ...skipped.map(({ what, rulePath: path, ...one }) => ({
        ...one,
        what: `route ${name}, ${what}`,
        of: { object, path },
      })),
      ...found.flatMap((one) => one.skipped),
    ],
  }
}

interface Asked {
  requests: readonly RuleRequest[]
  listeners: Gateways[string]
  hostNames: readonly string[]
  /** The route's own name. */
  object: string
}

/** The ways by one of a route's parents, and its host names to which none leads. */
function waysBy(
  parent: ParentRef,
  gateway: string,
  what: string,
  { route, port, requests, listeners, hostNames, object }: Pick<RouteAndPort, 'route' | 'port'> & Asked,
): Found {
  const { kind = 'HTTPRoute', hostnames = [] } = route
  const fitting = listenersOf(listeners, parent, kind)
  const section = parent.sectionName ? `#${parent.sectionName}` : parent.port ? `:${parent.port}` : ''
  const of = { object, gateway: `${gateway}${section}` }
  if (fitting.length === 0)
    return { routes: [], skipped: [{ what, why: `no listener of it takes ${kind}s there`, of }] }
  const wanted = hostnames.length > 0 ? hostnames : [undefined]
  const ways = fitting.flatMap((listener) =>
    wanted.flatMap((hostname) => {
      const shared = sharedHostname(hostname, listener.hostname)
      return shared === null ? [] : [{ listener, hostname, shared }]
    }),
  )
  const unheard = hostnames.filter((one) => !ways.some(({ hostname }) => hostname === one))
  return {
    routes: ways.flatMap(({ listener, hostname = '', shared }) =>
      requests.map(({ rulePath, ...request }) => ({
        gateway,
        port: listener.port,
        protocol: speech[listener.protocol],
        hostName: shared === undefined ? undefined : anyName(shared, hostNames),
        ...request,
        targetPort: port.targetPort ?? port.port ?? 0,
        of: { ...of, hosts: [...new Set([hostname, shared ?? ''])], path: rulePath },
      })),
    ),
    skipped: unheard.map((one) => ({
      what: `${what}, ${one}`,
      why: 'no listener of it is for that host name',
      of: { ...of, hosts: [one] },
    })),
  }
}

/**
 * The host names for which a route is reached by a listener: those that both are for, as Gateway API's
 * `Listener.hostname` says.
 * @returns undefined for any; null where there is none
 */
function sharedHostname(route: string | undefined, listener: string | undefined): string | undefined | null {
  if (!route || !listener || route === listener) return route || listener || undefined
  const isBelow = (name: string, wildcard: string) =>
    wildcard.startsWith('*.') && name.endsWith(wildcard.slice(1))
  if (isBelow(route, listener)) return route
  return isBelow(listener, route) ? listener : null
}

/** What is spoken to a listener. */
const speech = { HTTP: 'http', HTTPS: 'https', TLS: 'https', TCP: 'tcp', UDP: 'udp' } as const

/** Why a kind is not tried. */
const notHere: Partial<Record<RouteKind, string>> = {
  GRPCRoute: 'App2 speaks no gRPC here',
  TLSRoute: 'App2 shows no certificate here',
}

const isForeign = ({ controller = 'none' }: Route) => !['none', 'envoy-gateway'].includes(controller)

/** Why a route is not tried; undefined where it is. */
function whyNot(whole: Route, values: ProxyValues): string | undefined {
  const { kind = 'HTTPRoute', ...route } = whole
  const { backend } = values
  const protocol = backend?.protocol ?? 'http'
  if (isForeign(route)) return `no ${route.controller} runs here, only Envoy Gateway`
  if (notHere[kind]) return notHere[kind]
  if (kind === 'HTTPRoute' && protocol !== 'http') return `App2 speaks http here, and not ${protocol}`
  if (route.parentRefs?.some((parent) => parent.kind === 'ListenerSet')) return 'no ListenerSet is tried here'
  if ((route.apiVersion ?? 'v1') !== 'v1' && kind !== 'HTTPRoute')
    return `${route.apiVersion} of ${kind} is not served here, only v1`
  return portOf(whole, values) ? undefined : 'no port of this proxy is for it'
}

function portOf({ kind = 'HTTPRoute', port }: Route, { ports = {} }: ProxyValues) {
  const { protocol } = doorKind(kind)
  return Object.entries(ports).find(
    ([name, spec]) => (!port || port === name) && (spec.protocol ?? 'TCP') === protocol,
  )?.[1]
}
