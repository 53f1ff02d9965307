import { intersection } from '../cidr.ts'
import { open, type Problem, unique, type Verdict } from '../door.ts'
import { gatewaysOf, group } from '../gateways.ts'
import { httpRouteKinds, speaksHttp } from '../kinds.ts'
import { at, isMap, list, type Thing, text, texts, type World } from '../things.ts'
import { around, type Controller, heldByList } from './held.ts'
import { gatewayServedBy, type IngressVisit, type RouteVisit } from './index.ts'

/** Traefik (read in 3.7: pkg/provider/kubernetes/{ingress,gateway,crd}, pkg/middlewares/ipallowlist). */
const traefik: Controller = {
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
  prefixes: ['traefik.ingress.kubernetes.io/', 'traefik.io/'],
  harmless: [
    'router.entrypoints',
    'router.middlewares',
    'router.observability.*',
    'router.pathmatcher',
    'router.priority',
    'router.tls',
    'router.tls.*',
    'service.nativelb',
    'service.passhostheader',
    'service.serversscheme',
    'service.serverstransport',
    'service.sticky.*',
  ],
}

/** The annotation names Middlewares as NAMESPACE-NAME@kubernetescrd, in which two may have one name. */
export function traefikIngress({ ingress, services, classes }: IngressVisit, world: World): Verdict {
  const named = (ingress.annotations['traefik.ingress.kubernetes.io/router.middlewares'] ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name.endsWith('@kubernetescrd'))
    .map((name) => name.slice(0, -'@kubernetescrd'.length))
  const middlewares = named.map((name) =>
    world
      .ofKind('Middleware', 'traefik.io')
      .filter((one) => normalized(`${one.namespace}-${one.name}`) === name),
  )
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
 * Hosts that lose their TLS options, client certificates among them: where its routers differ in them, all take the
 * default ones, and a Gateway's have none (3.7: pkg/server/aggregator.go, findConflictingRouters). By rules of v2's
 * syntax a host with `*` takes none.
 * @param ingresses those that Traefik serves
 */
export function traefikProblems(ingresses: readonly Thing[], world: World): Problem[] {
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
  ]
  const byHost = new Map(asked.map(({ host }): [string, typeof asked] => [host, []]))
  for (const one of asked) byHost.get(one.host)?.push(one)
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

// --- utils ---

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

/** provider.Normalize: what is neither a letter nor a digit becomes one dash. */
const normalized = (name: string) =>
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
  const verdicts = named.flatMap((middlewares) => {
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
  return {
    ...first,
    who: verdicts.map(({ who }) => who).reduce(intersection),
    heldBy: verdicts.flatMap(({ heldBy }) => heldBy),
    reasons: verdicts.flatMap(({ reasons }) => reasons),
  }
}
