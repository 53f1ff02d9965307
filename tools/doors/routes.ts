import { type Backend, otherBackend, serviceBackend } from './backends.ts'
import { envoyGatewayRoute } from './controllers/envoy-gateway.ts'
import { type GatewayRef, gatewayServedBy, type RouteVisit } from './controllers/index.ts'
import { istioRoute } from './controllers/istio.ts'
import { traefikRoute } from './controllers/traefik.ts'
import { type Door, door, either, open, type Problem, type Verdict } from './door.ts'
import { withConditions } from './ingress.ts'
import { isKnownPolicy } from './kinds.ts'
import { at, list, number, type Thing, text, texts, type World } from './things.ts'

const routeKinds = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'] as const

/**
 * The doors of the Gateway API's routes: one for each Gateway, host name and path that lead to App2. A route has no
 * list of its own: it is held by a policy of the controller that serves its Gateway.
 */
export function routeDoors(world: World): Door[] {
  return routeKinds.flatMap((kind) =>
    world.ofKind(kind, group).flatMap((route) => {
      const gateways = parentsOf(route).map((parent) => gatewayOf(route, parent, world))
      const hostnames = texts(at(route.raw, 'spec', 'hostnames'))
      const hosts = hostnames.length > 0 ? hostnames : [undefined]
      return list(at(route.raw, 'spec', 'rules')).flatMap((rule) =>
        backendsOf(route, rule, world).flatMap((backend) =>
          gateways.flatMap((gateway) =>
            hosts.flatMap((host) => {
              const ruleName = text(at(rule, 'name'))
              const visit: RouteVisit = { route, rule, ruleName, host, gateway, services: backend.things }
              const verdict = withConditions(routeVerdict(visit, world), backend.conditions)
              return pathsOf(rule).map((path) => {
                const where = whereOf(visit, path)
                return door(kind, route, backend.service, where, { to: backend.to, ...verdict })
              })
            }),
          ),
        ),
      )
    }),
  )
}

/** A BackendTLSPolicy covers one Service and port: what else a rule leads to is spoken to in plain text. */
export function routeProblems(world: World): Problem[] {
  const isCovered = (namespace: string, backend: unknown) =>
    world
      .targeting('Service', text(at(backend, 'namespace')) ?? namespace, text(at(backend, 'name')) ?? '')
      .some(({ policy }) => policy.kind === 'BackendTLSPolicy')
  return (['HTTPRoute', 'GRPCRoute'] as const).flatMap((kind) =>
    world.ofKind(kind, group).flatMap((route) => {
      const backends = list(at(route.raw, 'spec', 'rules')).flatMap((rule) => backendRefs(rule))
      const [covered, plain] = [true, false].map((wanted) =>
        backends.filter((backend) => tlsCovers(route.namespace, backend, world) === wanted),
      )
      if (!backends.some((backend) => isCovered(route.namespace, backend)) || !covered || !plain) return []
      const names = [
        ...new Set(plain.map((backend) => `${text(at(backend, 'name'))}:${number(at(backend, 'port'))}`)),
      ]
      return names.map((name) => ({
        code: 'plain-text',
        object: route.title,
        message: `${name} is spoken to in plain text: no BackendTLSPolicy covers it, as one covers others of this route`,
      }))
    }),
  )
}

// --- utils ---

const group = 'gateway.networking.k8s.io'

const backendRefs = (rule: unknown): unknown[] =>
  list(at(rule, 'backendRefs')).filter((backend) => at(backend, 'weight') !== 0)

/** Is there a BackendTLSPolicy for a backend's Service as a whole, or for its port by name? */
function tlsCovers(namespace: string, backend: unknown, world: World): boolean {
  const [own, name] = [text(at(backend, 'namespace')) ?? namespace, text(at(backend, 'name')) ?? '']
  const port = number(at(backend, 'port'))
  const portNames = world
    .named('Service', own, name)
    .flatMap(({ raw }) => list(at(raw, 'spec', 'ports')))
    .filter((one) => at(one, 'port') === port)
    .map((one) => text(at(one, 'name')))
  return world
    .targeting('Service', own, name)
    .some(
      ({ policy, section }) =>
        policy.kind === 'BackendTLSPolicy' && (section === undefined || portNames.includes(section)),
    )
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
    const kind = text(at(backend, 'kind')) ?? 'Service'
    if (kind !== 'Service') return [otherBackend(kind, namespace, name, world)]
    return serviceBackend(namespace, name, number(at(backend, 'port')), world) ?? []
  })
}

const pathsOf = (rule: unknown): (string | undefined)[] => {
  const paths = list(at(rule, 'matches')).map((match) => text(at(match, 'path', 'value')) ?? '/')
  return paths.length > 0 ? [...new Set(paths)] : [undefined]
}

const spoken: Record<string, string> = {
  HTTPRoute: 'http',
  GRPCRoute: 'grpc',
  TLSRoute: 'tls',
  TCPRoute: 'tcp',
  UDPRoute: 'udp',
}

function whereOf({ route, gateway, host }: RouteVisit, path: string | undefined) {
  const isSecure = gateway.protocols.length > 0 && gateway.protocols.every((protocol) => protocol === 'HTTPS')
  const protocol = route.kind === 'HTTPRoute' && isSecure ? 'https' : (spoken[route.kind] ?? route.kind)
  const isHttp = ['HTTPRoute', 'GRPCRoute'].includes(route.kind)
  return {
    protocol,
    gateway: `${gateway.title}${gateway.section === undefined ? '' : `#${gateway.section}`}`,
    ...(host !== undefined && { host }),
    ...(isHttp && { path: path ?? '/' }),
  }
}

/** What a route hangs on: its parentRefs, and whichever Gateways the cluster has as defaults, where it asks for those. */
function parentsOf({ raw }: Thing): readonly unknown[] {
  const parents = list(at(raw, 'spec', 'parentRefs'))
  const wanted = text(at(raw, 'spec', 'useDefaultGateways')) ?? 'None'
  return wanted === 'None' ? parents : [...parents, { name: 'default Gateways' }]
}

/** What a parentRef names. A ListenerSet stands for the Gateway that it adds to. */
function gatewayOf(route: Thing, parent: unknown, world: World): GatewayRef {
  const kind = text(at(parent, 'kind')) ?? 'Gateway'
  const namespace = text(at(parent, 'namespace')) ?? route.namespace
  const name = text(at(parent, 'name')) ?? ''
  const port = number(at(parent, 'port'))
  const section = text(at(parent, 'sectionName'))
  const title = `${namespace}/${name}${section === undefined && port !== undefined ? `:${port}` : ''}`
  const [named] = world.named(kind, namespace, name)
  const above = kind === 'ListenerSet' ? at(named?.raw, 'spec', 'parentRef') : undefined
  const [gateway] =
    kind === 'ListenerSet'
      ? world.named('Gateway', text(at(above, 'namespace')) ?? namespace, text(at(above, 'name')) ?? '')
      : [named]
  const listeners = list(at(named?.raw, 'spec', 'listeners')).filter(
    (one) =>
      (section === undefined || at(one, 'name') === section) &&
      (port === undefined || at(one, 'port') === port),
  )
  return {
    kind,
    namespace,
    name,
    title,
    section,
    className: text(at(gateway?.raw, 'spec', 'gatewayClassName')),
    manual: list(at(gateway?.raw, 'spec', 'addresses')).some((one) => at(one, 'type') === 'Hostname'),
    protocols: listeners.flatMap((one) => text(at(one, 'protocol')) ?? []),
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
  return traefikRoute(visit.route, visit.rule, visit.services, world)
}

/**
 * Who gets in by a route. Where nobody says who serves its Gateway, a policy there speaks for the controller whose
 * kind it is, and that is a condition.
 */
function routeVerdict(visit: RouteVisit, world: World): Verdict {
  const { route, gateway, services } = visit
  if (route.twice) return open('assumed', `${route.title} is there twice, and either may be installed`)
  if (!['Gateway', 'ListenerSet'].includes(gateway.kind)) {
    return open('assumed', `it hangs on ${gateway.kind} ${gateway.title}, which may hold nothing`)
  }
  const targeting = [route, gateway, ...services].flatMap(({ kind, namespace, name }) =>
    world.targeting(kind, namespace, name),
  )
  const unknown = targeting.find(({ policy }) => !isKnownPolicy(policy))
  if (unknown) return open('assumed', `${unknown.policy.title} names it, and nobody says what it does`)
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

/** Does somebody say who serves a class, rather than its name? */
const isSaid = (className: string | undefined, { options, ofKind }: World) =>
  className !== undefined &&
  (options.controllers?.[className] !== undefined ||
    ofKind('GatewayClass', group).some(({ name }) => name === className))
