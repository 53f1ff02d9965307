import type { RouteKind } from '../../schema/kinds.ts'
import { type Backend, otherBackend, serviceBackend } from './backends.ts'
import { envoyGatewayRoute } from './controllers/envoy-gateway.ts'
import { type GatewayRef, gatewayServedBy, type RouteVisit, routersOf } from './controllers/index.ts'
import { istioRoute } from './controllers/istio.ts'
import { traefikRoute, traefikRoutePriorities } from './controllers/traefik.ts'
import { door, either, open, type Path, type Restraint, unique, type Verdict } from './door.ts'
import { gatewaysOf, group } from './gateways.ts'
import { hostsTaken } from './host-names.ts'
import { withConditions } from './ingress.ts'
import { routeKindNames, routeKinds, speaksHttp } from './kinds.ts'
import { backendParts, namespaceParts, type Part, restraintsOf } from './restraints.ts'
import { at, fields, list, number, type Thing, text, texts, type World } from './things.ts'

/**
 * The paths of the Gateway API's routes, for each Gateway and host name, each with the door that it leads to. A route
 * has no list of its own: it is held by a policy of the controller that serves its Gateway.
 */
export function routePaths(world: World): Path[] {
  return routeKindNames.flatMap((kind) =>
    world.ofKind(kind, group).flatMap((route) =>
      waysOf(kind, route, world).flatMap(({ backend, ...visit }): Path[] => {
        const paths = takenBy(kind, visit, world)
        if (!backend) return paths.map((taken) => ({ ...taken, door: undefined }))
        const verdict = withConditions(routeVerdict(visit, world), backend.conditions)
        return restraintsOfListeners(kind, visit, world).flatMap((restraints) =>
          paths.map((taken) => ({
            ...taken,
            door: door(kind, route, backend.service, whereOf(kind, visit, taken.path), {
              to: backend.to,
              restraints,
              ...verdict,
            }),
          })),
        )
      }),
    ),
  )
}

/** What a rule sends to. */
export const backendRefs = (rule: unknown): unknown[] =>
  list(at(rule, 'backendRefs')).filter((backend) => at(backend, 'weight') !== 0)

// --- utils ---

/** The restraints of a route's door by each listener on which it hangs, since whoever one lets in gets in. */
function restraintsOfListeners(kind: RouteKind, visit: RouteVisit, world: World): Restraint[][] {
  const { gateway, host } = visit
  const serving = servingAt(kind, host, gateway)
  if (serving.length === 0) return [restraintsOf(partsOf(visit, world), kind, world, host)]
  return serving.map((listener) => {
    const sections = texts([at(listener, 'name')])
    const found = restraintsOf(
      partsOf({ ...visit, gateway: { ...gateway, sections } }, world, listener),
      kind,
      world,
      host,
    )
    return at(listener, 'protocol') === 'HTTP' ? found.filter(({ id }) => !ofTls.test(id)) : found
  })
}

/** The listeners that may serve a kind of route and a host of its. */
const servingAt = (kind: RouteKind, host: string | undefined, { listeners }: GatewayRef) =>
  listeners.filter(
    (one) => maySpeak(one, kind) && (host === undefined || hostsTaken([host], [one])?.length !== 0),
  )

/** May a listener speak what a kind of route does? What is not said may be anything. */
function maySpeak(listener: unknown, kind: RouteKind): boolean {
  const protocol = text(at(listener, 'protocol'))
  return (
    protocol === undefined || !/^(HTTPS?|TLS|TCP|UDP)$/.test(protocol) || protocols[kind].includes(protocol)
  )
}

const protocols: Readonly<Record<RouteKind, readonly string[]>> = {
  HTTPRoute: ['HTTP', 'HTTPS'],
  GRPCRoute: ['HTTP', 'HTTPS'],
  TLSRoute: ['TLS'],
  TCPRoute: ['TCP', 'TLS'],
  UDPRoute: ['UDP'],
}

/** What asks for a client's certificate, as no listener in plain text does. */
const ofTls = /^(Gateway|ListenerSet|ClientTrafficPolicy)\.\S+ spec\.(listeners\.)?tls(\.|$)/

/** A Gateway's setting of TLS for a listener's port, in the place of the one for all (Gateway API 1.4, GatewayTLSConfig). */
function tlsAt(port: unknown, tls: unknown): unknown {
  const frontend = at(tls, 'frontend')
  if (frontend === undefined) return tls
  const own = list(at(frontend, 'perPort')).find((one) => at(one, 'port') === port)
  return { ...fields(tls), frontend: own ? at(own, 'tls') : at(frontend, 'default') }
}

/**
 * What a route's door goes through: of the route one rule, of the Gateway the listeners on which it hangs.
 * @param listener the one alone, where it is known
 */
function partsOf(
  { route, rule, ruleName, gateway, services }: RouteVisit,
  world: World,
  listener?: unknown,
): Part[] {
  const { rules: _, ...spec } = fields(at(route.raw, 'spec'))
  const above = gateway.things.flatMap((thing): Part[] => {
    const { listeners, tls, ...others } = fields(at(thing.raw, 'spec'))
    const own = list(listeners).filter(
      (one) => gateway.sections.length === 0 || gateway.sections.some((name) => name === at(one, 'name')),
    )
    const sections = gateway.sections.length > 0 && thing.kind === gateway.kind ? gateway.sections : undefined
    return [
      { thing, ...(sections && { sections }) },
      {
        thing,
        path: 'spec',
        value: { ...others, tls: listener ? tlsAt(at(listener, 'port'), tls) : tls, listeners: own },
      },
    ]
  })
  return [
    { thing: route, sections: [ruleName] },
    { thing: route, path: 'spec', value: spec },
    { thing: route, path: 'spec.rules', value: rule },
    ...above,
    ...backendParts(services),
    ...namespaceParts([route, ...gateway.things, ...services], world),
  ]
}

/** Each backend of each rule of a route, if it has any, by each of its Gateways and host names. */
function waysOf(
  kind: RouteKind,
  route: Thing,
  world: World,
): (RouteVisit & { backend: Backend | undefined })[] {
  const gateways = gatewaysOf(route, world)
  const places = gateways.flatMap((gateway) =>
    hostsAt(kind, route, gateway).map((host) => ({ gateway, host })),
  )
  return list(at(route.raw, 'spec', 'rules')).flatMap((rule) => {
    const backends = backendsOf(route, rule, world)
    return (backends.length > 0 ? backends : [undefined]).flatMap((backend) =>
      places.map((place) => ({
        ...place,
        route,
        rule,
        ruleName: text(at(rule, 'name')),
        services: backend?.things ?? [],
        backend,
      })),
    )
  })
}

/**
 * The hosts by which a route is reached at a Gateway: none where no listener that is known speaks what it does, or
 * takes one of its; undefined for any.
 */
function hostsAt(kind: RouteKind, { raw }: Thing, { listeners }: GatewayRef): (string | undefined)[] {
  const own = texts(at(raw, 'spec', 'hostnames'))
  const written = own.length > 0 ? own : [undefined]
  // TCP and UDP know no names, as no listener for them does.
  if (['TCPRoute', 'UDPRoute'].includes(kind)) return written
  const speaking = listeners.filter((one) => maySpeak(one, kind))
  if (listeners.length > 0 && speaking.length === 0) return []
  return hostsTaken(own, speaking) ?? written
}

/** What a rule leads to: its backends, those of its filters that mirror, and whatever else it names. */
function backendsOf(route: Thing, rule: unknown, world: World): Backend[] {
  const mirrors = list(at(rule, 'filters')).flatMap(
    (filter) => at(filter, 'requestMirror', 'backendRef') ?? [],
  )
  const inner = backendRefs(rule).flatMap((backend) =>
    list(at(backend, 'filters')).flatMap((filter) => at(filter, 'requestMirror', 'backendRef') ?? []),
  )
  return [...backendRefs(rule), ...mirrors, ...inner].flatMap((backend) => {
    const namespace = text(at(backend, 'namespace')) ?? route.namespace
    const name = text(at(backend, 'name')) ?? ''
    const isService = (text(at(backend, 'kind')) ?? 'Service') === 'Service' && !text(at(backend, 'group'))
    if (!isService) return [otherBackend(backend, route.namespace, world)]
    const found = serviceBackend(namespace, name, number(at(backend, 'port')), world)
    if (!found) return []
    const granted = namespace === route.namespace ? [] : [grantedTo(route, found.service)]
    return [{ ...found, conditions: [...found.conditions, ...granted] }]
  })
}

/** What a ReferenceGrant allows (GEP-709): it names a kind and a namespace, never one route. */
const grantedTo = ({ kind, namespace }: Thing, service: string) =>
  `nobody else writes a ${kind} in namespace ${namespace}: the ReferenceGrant lets any of them lead to ${service}`

/**
 * Where the requests of a route come in: who is asked, and by which listeners, where it names one. Traefik has the
 * routes of all its Gateways at its own entry points, of which a listener's port chooses one, and each is reached at
 * any Gateway's address (3.7: pkg/provider/kubernetes/gateway/kubernetes.go, entryPointName, gatewayAddresses).
 */
function entriesOf(
  kind: RouteKind,
  { host, gateway }: RouteVisit,
  routers: readonly string[],
): { server: string; listeners: string[][] } {
  const [title = '', ...listener] = gateway.place.split(/(?=[#:][^#:]*$)/)
  if (routers.join() !== 'traefik') return { server: `${kind} ${title}`, listeners: [listener] }
  const ports = unique(servingAt(kind, host, gateway).flatMap((one) => number(at(one, 'port')) ?? []))
  const unknown = listener.map(() => gateway.place)
  return {
    server: `${kind} traefik`,
    listeners: ports.length > 0 ? ports.map((port) => [`entry point ${port}`]) : [unknown],
  }
}

/** The requests that a rule takes at a Gateway: those of each of its matches, by each of its entries. */
function takenBy(kind: RouteKind, visit: RouteVisit, world: World): Omit<Path, 'door'>[] {
  const { route, rule, host, gateway } = visit
  const gateways = gateway.things.filter((thing) => thing.kind === 'Gateway')
  const routers = routersOf('GatewayClass', gateway.className, world)
  // What is not HTTP is another listener's.
  const tables = speaksHttp(route)
    ? [...routers, `${gateway.kind} ${gateway.title}`, ...gateways.map((one) => one.title)]
    : []
  const matches = list(at(rule, 'matches'))
  const { server, listeners } = entriesOf(kind, visit, routers)
  return (matches.length > 0 ? matches : [{}]).flatMap((match) => {
    const { path, ...others } = fields(match)
    const asked = Object.entries(others).flatMap(([field, value]) =>
      (Array.isArray(value) ? value : [value]).map((one) => JSON.stringify([field, one])),
    )
    return listeners.map((listener) => ({
      server,
      kind,
      tables: unique(tables),
      ...(routers.join() === 'traefik' &&
        kind === 'HTTPRoute' && { priorities: traefikRoutePriorities(route, match) }),
      className: '',
      host,
      path: text(at(path, 'value')) ?? '/',
      match: types[text(at(path, 'type')) ?? ''] ?? 'segments',
      conditions: [...listener, ...asked],
    }))
  })
}

const types: Readonly<Record<string, Path['match']>> = { Exact: 'exact', RegularExpression: 'regex' }

function whereOf(kind: RouteKind, { route, gateway, host }: RouteVisit, path: string) {
  const isSecure = gateway.protocols.length > 0 && gateway.protocols.every((protocol) => protocol === 'HTTPS')
  const { protocol } = routeKinds[kind]
  return {
    protocol: protocol === 'http' && isSecure ? 'https' : protocol,
    gateway: gateway.place,
    ...(host !== undefined && { host }),
    ...(speaksHttp(route) && { path }),
  }
}

const readers = {
  'envoy-gateway': ({ title }: GatewayRef) => `Gateway ${title} is served by Envoy Gateway`,
  istio: ({ title }: GatewayRef) => `Gateway ${title} is served by Istio`,
  traefik: ({ title }: GatewayRef) => `Gateway ${title} is served by Traefik`,
} as const
type Reader = keyof typeof readers

function read(reader: Reader, visit: RouteVisit, world: World): Verdict | undefined {
  if (reader === 'envoy-gateway') return envoyGatewayRoute(visit, world)
  if (reader === 'istio') return istioRoute(visit, world)
  return traefikRoute(visit, world)
}

/**
 * Who gets in by a route. Where nobody says who serves its Gateway, a policy there speaks for the controller whose
 * kind it is, and that is a condition.
 */
function routeVerdict(visit: RouteVisit, world: World): Verdict {
  const { route, gateway } = visit
  if (route.twice) return open('assumed', `${route.title} is there twice, and either may be installed`)
  if (gateway.group !== group || !['Gateway', 'ListenerSet'].includes(gateway.kind)) {
    return open('assumed', `it hangs on ${gateway.kind} ${gateway.title}, which may hold nothing`)
  }
  const extension = extensionsOf(visit.rule).find((one) => !isKnownExtension(one))
  if (extension) return open('assumed', `its filter is a ${kindOf(extension)}, and nobody says what it does`)
  const served = gateway.className === undefined ? undefined : gatewayServedBy(gateway.className, world)
  if (served !== undefined) {
    const verdict = served in readers ? read(served as Reader, visit, world) : undefined
    if (!verdict)
      return open('read', `no policy that the controller of Gateway ${gateway.title} heeds means it`)
    const condition = `class ${gateway.className} is what its name says, ${served}`
    return verdict.heldBy.length > 0 && !isSaid(gateway.className, world)
      ? withConditions(verdict, [condition])
      : verdict
  }
  const found = (Object.keys(readers) as Reader[]).flatMap((reader) => {
    const verdict = read(reader, visit, world)
    if (!verdict) return []
    return verdict.heldBy.length > 0 ? [withConditions(verdict, [readers[reader](gateway)])] : [verdict]
  })
  const [first = open('read', 'no policy means it: a route has no list'), ...others] = found
  return others.reduce(either, first)
}

/** What a rule's own filters, and those of its backends, refer to. */
const extensionsOf = (rule: unknown): unknown[] =>
  [rule, ...backendRefs(rule)].flatMap((one) =>
    list(at(one, 'filters')).flatMap((filter) => at(filter, 'extensionRef') ?? []),
  )

const kindOf = (reference: unknown) => `${text(at(reference, 'group'))}/${text(at(reference, 'kind'))}`

const isKnownExtension = (reference: unknown) =>
  ['gateway.envoyproxy.io/HTTPRouteFilter', 'traefik.io/Middleware'].includes(kindOf(reference))

/** Does somebody say who serves a class, rather than its name? */
const isSaid = (className: string | undefined, { options, ofKind }: World) =>
  className !== undefined &&
  (options.controllers?.[className] !== undefined ||
    ofKind('GatewayClass', group).some(({ name }) => name === className))
