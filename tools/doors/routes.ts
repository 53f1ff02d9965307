import type { RouteKind } from '../../schema/kinds.ts'
import { type Backend, otherBackend, serviceBackend } from './backends.ts'
import { envoyGatewayRoute } from './controllers/envoy-gateway.ts'
import { type GatewayRef, gatewayServedBy, type RouteVisit } from './controllers/index.ts'
import { istioRoute } from './controllers/istio.ts'
import { traefikRoute } from './controllers/traefik.ts'
import { door, either, open, type Path, type Verdict } from './door.ts'
import { gatewaysOf, group } from './gateways.ts'
import { withConditions } from './ingress.ts'
import { routeKindNames, routeKinds, speaksHttp } from './kinds.ts'
import { at, fields, list, number, type Thing, text, texts, type World } from './things.ts'

/**
 * The paths of the Gateway API's routes, for each Gateway and host name, each with the door that it leads to. A route
 * has no list of its own: it is held by a policy of the controller that serves its Gateway.
 */
export function routePaths(world: World): Path[] {
  return routeKindNames.flatMap((kind) =>
    world.ofKind(kind, group).flatMap((route) =>
      waysOf(route, world).flatMap(({ backend, ...visit }): Path[] => {
        const paths = takenBy(kind, visit)
        if (!backend) return paths.map((taken) => ({ ...taken, door: undefined }))
        const verdict = withConditions(routeVerdict(visit, world), backend.conditions)
        return paths.map((taken) => ({
          ...taken,
          door: door(kind, route, backend.service, whereOf(kind, visit, taken.path), {
            to: backend.to,
            ...verdict,
          }),
        }))
      }),
    ),
  )
}

/** What a rule sends to. */
export const backendRefs = (rule: unknown): unknown[] =>
  list(at(rule, 'backendRefs')).filter((backend) => at(backend, 'weight') !== 0)

// --- utils ---

/** Each backend of each rule of a route, if it has any, by each of its Gateways and host names. */
function waysOf(route: Thing, world: World): (RouteVisit & { backend: Backend | undefined })[] {
  const gateways = gatewaysOf(route, world)
  const hostnames = texts(at(route.raw, 'spec', 'hostnames'))
  const hosts = hostnames.length > 0 ? hostnames : [undefined]
  const places = gateways.flatMap((gateway) => hosts.map((host) => ({ gateway, host })))
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

/** The requests that a rule takes at a Gateway: those of each of its matches. */
function takenBy(kind: RouteKind, { rule, host, gateway }: RouteVisit): Omit<Path, 'door'>[] {
  const [title = '', ...listener] = gateway.place.split(/(?=[#:][^#:]*$)/)
  const matches = list(at(rule, 'matches'))
  return (matches.length > 0 ? matches : [{}]).map((match) => {
    const { path, ...others } = fields(match)
    const asked = Object.entries(others).flatMap(([field, value]) =>
      (Array.isArray(value) ? value : [value]).map((one) => JSON.stringify([field, one])),
    )
    return {
      server: `${kind} ${title}`,
      className: '',
      host,
      path: text(at(path, 'value')) ?? '/',
      match: types[text(at(path, 'type')) ?? ''] ?? 'segments',
      conditions: [...listener, ...asked],
    }
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
