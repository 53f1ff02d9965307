import type { Listener, ParentRef, Proxy as ProxyValues, Route } from '../../schema/generated/values.ts'
import { doorKind, type RouteKind } from '../../schema/kinds.ts'
import { anyName } from './host-names.ts'

/** A Gateway that routes hang on, and that is not of the values themselves. */
export interface GatewayPlan {
  namespace: string
  name: string
  listeners: Record<string, Pick<Listener, 'port' | 'protocol'>>
}

/** One way by a route to App2, with a request that its rules let through. */
export interface RoutePlan {
  /** `NAMESPACE/NAME` of the Gateway. */
  gateway: string
  port: number
  /** `tcp`: whatever App2 speaks there. */
  protocol: 'http' | 'https' | 'tcp' | 'udp'
  hostName: string | undefined
  path: string
  targetPort: number
}

interface Found {
  routes: RoutePlan[]
  gateways: GatewayPlan[]
  /** Which routes are not tried, and why. */
  skipped: { what: string; why: string }[]
}

/** The Gateways that values make, by `NAMESPACE/NAME`, with their listeners. */
export type OwnGateways = Record<string, Record<string, Pick<Listener, 'port' | 'protocol'>>>

/**
 * What there is to try of a proxy's routes. Gateways that the values name and do not make are planned too: with the
 * listeners that the routes ask for, HTTPS where a section's name or port says so.
 */
export function routesOf(values: ProxyValues, release: { namespace: string }, own: OwnGateways): Found {
  const found = Object.entries(values.routes ?? {})
    .filter(([, route]) => route.enabled !== false)
    .map(([name, route]) => routeOf(name, route, values, release, own))
  return {
    routes: found.flatMap(({ routes }) => routes),
    gateways: found.flatMap(({ gateways }) => gateways),
    skipped: found.flatMap(({ skipped }) => skipped),
  }
}

// --- utils ---

function routeOf(
  name: string,
  route: Route,
  values: ProxyValues,
  release: { namespace: string },
  own: OwnGateways,
): Found {
  const why = reasonNotToTry(route, values)
  const path = pathOf(route)
  const port = portOf(route, values)
  if (why || path === undefined || !port) {
    const skipped = {
      what: `route ${name}`,
      why: why ?? 'its rules let no plain request through to this proxy',
    }
    return { routes: [], gateways: [], skipped: [skipped] }
  }
  const targetPort = port.targetPort ?? port.port ?? 0
  const hostNames = route.hostnames?.length ? route.hostnames.map(anyName) : [undefined]
  const parents = (route.parentRefs ?? []).map((parent) => {
    const namespace = parent.namespace || route.namespace || release.namespace
    const gateway = `${namespace}/${parent.name}`
    const listeners = own[gateway] ?? wanted(parent, route, port.port)
    const ways = listenersFor(listeners, parent, route).flatMap((listener) =>
      hostNames.map((hostName) => ({
        gateway,
        port: listener.port,
        protocol: speech[listener.protocol],
        hostName,
        path,
        targetPort,
      })),
    )
    const at = [gateway, parent.sectionName, parent.port].filter(Boolean).join(' ')
    return { parent: at, ways, gateways: own[gateway] ? [] : [{ namespace, name: parent.name, listeners }] }
  })
  return {
    routes: parents.flatMap(({ ways }) => ways),
    gateways: parents.flatMap(({ gateways }) => gateways),
    skipped: parents.flatMap(({ parent, ways }) =>
      ways.length > 0
        ? []
        : {
            what: `route ${name} at ${parent}`,
            why: `no listener of it takes ${route.kind ?? 'HTTPRoute'}s there`,
          },
    ),
  }
}

/** What is spoken to a listener. */
const speech = { HTTP: 'http', HTTPS: 'https', TLS: 'https', TCP: 'tcp', UDP: 'udp' } as const

/** Those of a Gateway's listeners that a parentRef means and that take a route of this kind. */
const listenersFor = (listeners: OwnGateways[string], { sectionName, port }: ParentRef, { kind }: Route) =>
  Object.entries(listeners)
    .filter(
      ([section, listener]) =>
        (!sectionName || sectionName === section) &&
        (!port || port === listener.port) &&
        kindsHere[kind ?? 'HTTPRoute'].listeners.includes(listener.protocol),
    )
    .map(([, listener]) => listener)

type Protocol = Listener['protocol']

/** The listeners that take a kind, the one without TLS first, and why it is not tried where it is not. */
const kindsHere: Record<RouteKind, { listeners: readonly [Protocol, ...Protocol[]]; why?: string }> = {
  HTTPRoute: { listeners: ['HTTP', 'HTTPS'] },
  GRPCRoute: { listeners: ['HTTP', 'HTTPS'], why: 'App2 speaks no gRPC here' },
  TLSRoute: { listeners: ['TLS'], why: 'App2 shows no certificate here' },
  TCPRoute: { listeners: ['TCP'] },
  UDPRoute: { listeners: ['UDP'] },
}

function reasonNotToTry({ kind = 'HTTPRoute', ...route }: Route, { backend }: ProxyValues) {
  const { controller = 'none' } = route
  const protocol = backend?.protocol ?? 'http'
  if (!['none', 'envoy-gateway'].includes(controller)) return `no ${controller} runs here, only Envoy Gateway`
  const { why } = kindsHere[kind]
  if (why) return why
  if (kind === 'HTTPRoute' && protocol !== 'http') return `App2 speaks http here, and not ${protocol}`
  if (route.parentRefs?.some((parent) => parent.kind === 'ListenerSet')) return 'no ListenerSet is tried here'
  if ((route.apiVersion ?? 'v1') !== 'v1' && kind !== 'HTTPRoute')
    return `${route.apiVersion} of ${kind} is not served here, only v1`
  return undefined
}

/** A path that leads to this proxy alone by the first rule that says no more than a path. */
function pathOf({ rules = [] }: Route): string | undefined {
  if (rules.length === 0) return '/'
  const plain = rules.find(
    ({ filters = [], backendRefs = [], matches = [{}] }) =>
      backendRefs.length === 0 &&
      !filters.some(({ type }) => type === 'RequestRedirect') &&
      matches.some(
        ({ path, ...more }) => Object.keys(more).length === 0 && path?.type !== 'RegularExpression',
      ),
  )
  return plain && ((plain.matches ?? []).find(({ path }) => path)?.path?.value ?? '/')
}

function portOf({ kind = 'HTTPRoute', port }: Route, { ports = {} }: ProxyValues) {
  const { protocol } = doorKind(kind)
  return Object.entries(ports).find(
    ([name, spec]) => (!port || port === name) && (spec.protocol ?? 'TCP') === protocol,
  )?.[1]
}

/** The listener that a route asks for of a Gateway that is not there. */
function wanted({ sectionName, port }: ParentRef, { kind = 'HTTPRoute' }: Route, servicePort = 80) {
  const secure = port === 443 || port === 8443 || /https|tls/.test(sectionName ?? '')
  const [plain, overTls = plain] = kindsHere[kind].listeners
  const protocol = secure ? overTls : plain
  const usual = { HTTP: 80, HTTPS: 443, TLS: 443, TCP: servicePort, UDP: servicePort }[protocol]
  const number = port ?? usual
  return { [sectionName || `${protocol.toLowerCase()}-${number}`]: { port: number, protocol } }
}
