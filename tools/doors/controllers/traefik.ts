import { intersection } from '../cidr.ts'
import { open, type Problem, unique, type Verdict } from '../door.ts'
import { gatewaysOf, group } from '../gateways.ts'
import { httpRouteKinds, speaksHttp } from '../kinds.ts'
import { at, fields, isMap, list, type Thing, text, texts, type World } from '../things.ts'
import { around, type Controller, heldByList } from './held.ts'
import { gatewayServedBy, type IngressVisit, type RouteVisit } from './index.ts'

/** Traefik (read in 3.7: pkg/provider/kubernetes/{ingress,gateway,crd}, pkg/middlewares/ipallowlist). */
export const traefik: Controller = {
  title: 'Traefik',
  clientAddress:
    'its Service has externalTrafficPolicy Local, or PROXY protocol from what its entry point trusts',
  sure: 'read',
  groups: /^traefik\.io$/,
  kinds: [
    'IngressRoute',
    'IngressRouteTCP',
    'IngressRouteUDP',
    'Middleware',
    'MiddlewareTCP',
    'ServersTransport',
    'ServersTransportTCP',
    'TLSOption',
    'TLSStore',
    'TraefikService',
  ],
  arguments: /^entrypoints\.[^.]+\.proxyprotocol\.insecure=(1|t|true)$/,
  trusting: /^entrypoints\.[^.]+\.proxyprotocol\.trustedips(\[\d+\])?$/,
  prefixes: ['traefik.ingress.kubernetes.io/', 'traefik.io/'],
  harmless: [
    'router.observability.*',
    'router.pathmatcher',
    'router.priority',
    'service.nativelb',
    'service.passhostheader',
    'service.serversscheme',
    'service.serverstransport',
    'service.sticky.*',
  ],
  holding: ['router.entrypoints', 'router.middlewares', 'router.tls', 'router.tls.*'],
}

/** The annotation names Middlewares as NAMESPACE-NAME@kubernetescrd, in which two may have one name. */
export function traefikIngress({ ingress, services, classes }: IngressVisit, world: World): Verdict {
  const named = (ingress.annotations['traefik.ingress.kubernetes.io/router.middlewares'] ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name.endsWith('@kubernetescrd'))
    .map((name) => name.slice(0, -'@kubernetescrd'.length))
  const middlewares = named.map((name) => byWholeName(name, world))
  return heldByMiddlewares(middlewares, [ingress, ...services, ...classes], world)
}

/** A rule's filters of type ExtensionRef name Middlewares of the route's namespace. */
export function traefikRoute(visit: RouteVisit, world: World): Verdict | undefined {
  const { route, rule } = visit
  if (!speaksHttp(route)) return undefined
  const middlewares = list(at(rule, 'filters')).flatMap((filter) => {
    const reference = at(filter, 'extensionRef')
    if (at(reference, 'group') !== 'traefik.io' || at(reference, 'kind') !== 'Middleware') return []
    return [world.named('traefik.io', 'Middleware', route.namespace, text(at(reference, 'name')) ?? '')]
  })
  if (middlewares.length === 0) return undefined
  return heldByMiddlewares(middlewares, around(visit), world)
}

/**
 * A route of an IngressRoute, or of an IngressRouteTCP, names Middlewares of its namespace, or of another, and as an
 * Ingress's annotations do. Those of TCP judge a connection before App2 is dialled (pkg/middlewares/tcp/ipallowlist).
 */
export function traefikIngressRoute(
  ingressRoute: Thing,
  route: unknown,
  services: readonly Thing[],
  world: World,
): Verdict {
  const kind = ingressRoute.kind === 'IngressRouteTCP' ? 'MiddlewareTCP' : 'Middleware'
  return heldByMiddlewares(
    middlewaresOf(at(route, 'middlewares'), ingressRoute, world, kind),
    [ingressRoute, ...services],
    world,
  )
}

/**
 * Hosts that lose their TLS options, client certificates among them: where its routers differ in them, all take the
 * default ones, and a Gateway's have none (3.7: pkg/server/aggregator.go, findConflictingRouters). By rules of v2's
 * syntax a host with `*` takes none.
 * @param ingresses those that Traefik serves
 */
export function traefikProblems(ingresses: readonly Thing[], world: World): Problem[] {
  const byHost = askedByHost(ingresses, world)
  return [...byHost].flatMap(([host, those]) => {
    const [first, ...others] = unique(those.map(({ options }) => options))
    if (others.length === 0 && (first === 'default' || !host.startsWith('*'))) return []
    const why = others.length === 0 ? 'may take none for *' : 'takes the default ones where they differ'
    return [
      {
        code: 'traefik-tls-options',
        object: unique(those.map(({ thing }) => thing.title)).join(', '),
        message: `host ${host} has TLS options ${[first, ...others].join(' and ')}: Traefik ${why}, and asks for no client certificate`,
      },
    ]
  })
}

/**
 * Does a route of an IngressRoute lose the TLS options that it asks for, since what else has a host of its asks for others?
 * @param ingresses those that Traefik serves
 */
export function losesTlsOptions(
  ingresses: readonly Thing[],
  ingressRoute: Thing,
  route: unknown,
  world: World,
): boolean {
  if (at(ingressRoute.raw, 'spec', 'tls', 'options') === undefined) return false
  const byHost = askedByHost(ingresses, world)
  return hostsOfRule(route).some((host) =>
    byHost.get(host)?.some(({ options }) => options !== optionsOfRoute(ingressRoute)),
  )
}

/**
 * When Traefik asks an Ingress's path: by its annotation, else by the length of the rule that it makes, so a host's
 * wildcard may go before the host, and a prefix before the same path as a whole (pkg/muxer/http, GetRulePriority).
 * @returns where versions differ, as those that write wildcards as expressions, and as later ones
 */
export function traefikPriorities(
  { annotations }: Thing,
  host: string | undefined,
  path: string,
  type: string | undefined,
): number[] {
  const said = Number(annotations[`${ofTraefik}router.priority`] ?? 0)
  if (said !== 0 && Number.isInteger(said)) return [said]
  const matcher = type === 'Exact' ? 'Path' : type === 'Prefix' ? 'PathPrefix' : undefined
  const rule = `${matcher ?? annotations[`${ofTraefik}router.pathmatcher`] ?? 'PathPrefix'}("${path}")`
  if (host === undefined) return [rule.length]
  const later = `Host("${host}") && ${rule}`
  if (!host.startsWith('*.')) return [later.length]
  const wildcard = host.slice(1).replaceAll('.', String.raw`\.`)
  return [`HostRegexp("^[a-zA-Z0-9-]+${wildcard}$") && ${rule}`.length, later.length]
}

/** When Traefik asks for a match of an HTTPRoute (3.7: pkg/provider/kubernetes/gateway/httproute.go, buildMatchRule). */
export function traefikRoutePriorities({ raw }: Thing, match: unknown): number[] {
  const [path, type] = [text(at(match, 'path', 'value')) ?? '/', text(at(match, 'path', 'type'))]
  const hosts = texts(at(raw, 'spec', 'hostnames')).map(({ length }) => length)
  const ofPath =
    type === 'Exact' ? 100_000 : path === '/' && type !== 'RegularExpression' ? 1 : 10_000 + path.length * 100
  const others =
    (at(match, 'method') === undefined ? 0 : 1000) +
    list(at(match, 'headers')).length * 100 +
    list(at(match, 'queryParams')).length * 10
  return [ofPath + others + Math.max(0, ...hosts)]
}

// --- utils ---

interface Asked {
  thing: Thing
  host: string
  options: string
}

const askedFor = new WeakMap<World, Map<string, Asked[]>>()

/** Which TLS options the routers of each host ask for. */
function askedByHost(ingresses: readonly Thing[], world: World): Map<string, Asked[]> {
  const known = askedFor.get(world)
  if (known) return known
  const routes = httpRouteKinds.flatMap((kind) => world.ofKind(kind, group)).filter(isRouter(world))
  const asked = [
    ...ingresses.flatMap((thing) =>
      list(at(thing.raw, 'spec', 'rules')).map((rule) => ({
        thing,
        host: text(at(rule, 'host')) ?? '',
        options: optionsOf(thing),
      })),
    ),
    ...routes.flatMap((thing) =>
      texts(at(thing.raw, 'spec', 'hostnames')).map((host) => ({ thing, host, options: 'default' })),
    ),
    ...world
      .ofKind('IngressRoute', 'traefik.io')
      .filter(({ raw }) => isMap(at(raw, 'spec', 'tls')))
      .flatMap((thing) =>
        list(at(thing.raw, 'spec', 'routes'))
          .flatMap(hostsOfRule)
          .map((host) => ({ thing, host, options: optionsOfRoute(thing) })),
      ),
  ]
  const byHost = new Map(asked.map(({ host }): [string, Asked[]] => [host, []]))
  for (const one of asked) byHost.get(one.host)?.push(one)
  askedFor.set(world, byHost)
  return byHost
}

/** Every host that a rule names (pkg/muxer/http, ParseDomains). */
const hostsOfRule = (route: unknown): string[] =>
  [...(text(at(route, 'match')) ?? '').matchAll(/\bHost\(([^)]*)\)/g)].flatMap(([, names = '']) =>
    [...names.matchAll(/[`"]([^`"]+)[`"]/g)].map(([, name = '']) => name.toLowerCase()),
  )

/** As an Ingress's annotation calls them. */
function optionsOfRoute({ raw, namespace }: Thing): string {
  const options = at(raw, 'spec', 'tls', 'options')
  const name = text(at(options, 'name')) ?? 'default'
  if (name === 'default' || name.includes('@')) return name
  return `${normalized(`${text(at(options, 'namespace')) ?? namespace}-${name}`)}@kubernetescrd`
}

const ofTraefik = 'traefik.ingress.kubernetes.io/'

/** Is it a router that speaks TLS to Traefik, as far as is known? */
const isRouter = (world: World) => (route: Thing) =>
  gatewaysOf(route, world).some(
    ({ className, protocols }) =>
      className !== undefined &&
      gatewayServedBy(className, world) === 'traefik' &&
      (protocols.length === 0 || protocols.includes('HTTPS')),
  )

/** Keys are read in any case; `router.tls` at another value than true turns off what stands below it. */
function optionsOf({ annotations }: Thing): string {
  const tls = new Map(
    Object.entries(annotations).map(([key, value]) => [
      key.toLowerCase().replace('traefik.ingress.kubernetes.io/router.', ''),
      value,
    ]),
  )
  const isOff = !/^(true)?$/i.test(tls.get('tls') ?? '')
  return (!isOff && tls.get('tls.options')) || 'default'
}

/** Middlewares that are named by their namespace with their name: two may have one. */
const byWholeName = (name: string, world: World, kind = 'Middleware') =>
  world.ofKind(kind, 'traefik.io').filter((one) => normalized(`${one.namespace}-${one.name}`) === name)

/** What a list of references to Middlewares means, for each. */
export const middlewaresOf = (
  references: unknown,
  { namespace }: Pick<Thing, 'namespace'>,
  world: World,
  kind = 'Middleware',
): (readonly Thing[])[] =>
  list(references).map((reference) => {
    const name = text(at(reference, 'name')) ?? ''
    return name.endsWith('@kubernetescrd')
      ? byWholeName(name.slice(0, -'@kubernetescrd'.length), world, kind)
      : world.named('traefik.io', kind, text(at(reference, 'namespace')) ?? namespace, name)
  })

/** What a reference to a TraefikService means: by its name with its namespace, or as Traefik calls it with the provider. */
export const traefikServicesOf = (name: string, namespace: string, world: World): readonly Thing[] => {
  const [own = '', provider] = name.split('@')
  if (provider === undefined) return world.named('traefik.io', 'TraefikService', namespace, name)
  const names = [own, `${namespace}-${own}`].map(normalized)
  return world
    .ofKind('TraefikService', 'traefik.io')
    .filter((one) => names.includes(normalized(`${one.namespace}-${one.name}`)))
}

/** The Services that a name with its provider behind it may mean: as Traefik calls what it makes of them. */
export const servicesNamed = (name: string, world: World): Thing[] =>
  world
    .ofKind('Service', '')
    .filter((one) => `${normalized(name)}-`.startsWith(`${normalized(`${one.namespace}-${one.name}`)}-`))

/** provider.Normalize: what is neither a letter nor a digit becomes one dash. */
export const normalized = (name: string) =>
  name
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .join('-')

/**
 * Whoever every list lets in.
 * @param named the Middlewares of each name: more than one where a name is not clear
 */
function heldByMiddlewares(
  named: readonly (readonly Thing[])[],
  things: readonly Thing[],
  world: World,
): Verdict {
  const all = named.flatMap((middlewares) => chained(middlewares, world))
  const strange = unique(all.flat().filter((one) => !isKnownMiddleware(one)))
  const verdicts = all.flatMap((middlewares) => {
    const [middleware] = middlewares
    const allow = at(middleware?.raw, 'spec', 'ipAllowList')
    if (!middleware || !isMap(allow)) return []
    if (middlewares.length > 1) {
      return [
        open('assumed', `${middlewares.map(({ title }) => title).join(' and ')} have one name to Traefik`),
      ]
    }
    if (allow.ipStrategy !== undefined) {
      return [open('assumed', `${middleware.title} has an ipStrategy: it may believe a header`)]
    }
    const ranges = texts(allow.sourceRange)
    if (ranges.length === 0) return [open('assumed', `${middleware.title} has no sourceRange`)]
    return [heldByList(traefik, ranges, middleware.title, [middleware, ...things], world)]
  })
  const [first] = verdicts
  if (!first) return open('read', 'no Middleware of its own here has an ipAllowList')
  if (strange.length > 0)
    return open(
      'assumed',
      `${strange.map(({ title }) => title).join(', ')} may change whom a list takes for the client`,
    )
  return {
    ...first,
    who: verdicts.map(({ who }) => who).reduce(intersection),
    heldBy: verdicts.flatMap(({ heldBy }) => heldBy),
    reasons: verdicts.flatMap(({ reasons }) => reasons),
  }
}

/** A chain stands for those that it names; a chain of itself for nothing more. */
function chained(
  middlewares: readonly Thing[],
  world: World,
  above: readonly Thing[] = [],
): (readonly Thing[])[] {
  const [middleware] = middlewares
  const chain = at(middleware?.raw, 'spec', 'chain', 'middlewares')
  const isChain = middleware?.kind === 'Middleware' && chain !== undefined
  if (!middleware || middlewares.length > 1 || !isChain || above.includes(middleware)) return [middlewares]
  return middlewaresOf(chain, middleware, world).flatMap((inner) =>
    chained(inner, world, [...above, middleware]),
  )
}

/** Those that leave the connection's address as it is (pkg/middlewares; a plugin may write another). */
const knownMiddlewares = new Set([
  'addPrefix',
  'basicAuth',
  'buffering',
  'chain',
  'circuitBreaker',
  'compress',
  'contentType',
  'digestAuth',
  'errors',
  'forwardAuth',
  'grpcWeb',
  'headers',
  'inFlightReq',
  'ipAllowList',
  'ipWhiteList',
  'passTLSClientCert',
  'rateLimit',
  'redirectRegex',
  'redirectScheme',
  'replacePath',
  'replacePathRegex',
  'retry',
  'stripPrefix',
  'stripPrefixRegex',
])

const knownMiddlewaresTCP = new Set(['inFlightConn', 'ipAllowList', 'ipWhiteList'])

const isKnownMiddleware = ({ kind, raw }: Thing) => {
  const known = kind === 'Middleware' ? knownMiddlewares : knownMiddlewaresTCP
  return Object.keys(fields(at(raw, 'spec'))).every((field) => known.has(field))
}
