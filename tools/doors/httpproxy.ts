import { type Backend, serviceBackend } from './backends.ts'
import { contourList } from './controllers/contour.ts'
import { type Door, door, ofClasses, open, type Path, type Problem, unique, type Verdict } from './door.ts'
import { classParts, withConditions } from './ingress.ts'
import { backendParts, namespaceParts, type Part, restraintsOf } from './restraints.ts'
import { at, fields, isMap, list, number, type Thing, text, type World } from './things.ts'

/**
 * The paths of Contour's HTTPProxies: those of a virtual host, with what it includes. Beside them the doors that no
 * request's path leads to: what carries bytes, and what nobody here includes.
 */
export function httpProxyDoors(world: World): { paths: Path[]; others: Door[] } {
  const all = world.ofKind('HTTPProxy', group)
  const roots = all.filter((proxy) => isMap(at(proxy.raw, 'spec', 'virtualhost')))
  const included = new Set<Thing>()
  const hosts = roots.map((root) => hostDoors(root, world, included))
  // What nobody here includes, somebody elsewhere may.
  const orphans = all.filter((proxy) => !roots.includes(proxy) && !included.has(proxy))
  return {
    paths: hosts.flatMap(({ paths }) => paths),
    others: [
      ...hosts.flatMap(({ others }) => others),
      ...all.filter((proxy) => !roots.includes(proxy)).flatMap((proxy) => tcpDoors(proxy, {}, world)),
      ...orphans.flatMap((proxy) =>
        routesOf(proxy, everything, world, new Set()).flatMap(({ taken: { path }, route, backends }) =>
          backends.map((backend) =>
            door(
              'HTTPProxy',
              proxy,
              backend.service,
              { protocol: 'http', path },
              {
                to: backend.to,
                restraints: restrained([proxy], 'routes', route, backend, world),
                ...open('assumed', 'no virtual host here includes it, and one elsewhere may hold nothing'),
              },
            ),
          ),
        ),
      ),
    ],
  }
}

/** Contour serves neither of two HTTPProxies of one host. */
export function httpProxyProblems(world: World): Problem[] {
  const roots = world.ofKind('HTTPProxy', group).map((proxy) => ({ proxy, fqdn: hostOf(proxy) }))
  return roots
    .filter(({ fqdn }, index) => fqdn !== undefined && roots.findIndex((one) => one.fqdn === fqdn) < index)
    .map(({ proxy, fqdn }) => ({
      code: 'fqdn-twice',
      object: proxy.title,
      message: `another HTTPProxy has fqdn ${fqdn} too: Contour serves neither`,
    }))
}

// --- utils ---

const group = 'projectcontour.io'

const hostOf = ({ raw }: Thing) => text(at(raw, 'spec', 'virtualhost', 'fqdn'))

function hostDoors(root: Thing, world: World, included: Set<Thing>): { paths: Path[]; others: Door[] } {
  const virtualHost = at(root.raw, 'spec', 'virtualhost')
  const host = hostOf(root)
  const protocol = isMap(at(virtualHost, 'tls')) ? 'https' : 'http'
  const where = { protocol, ...(host !== undefined && { host }) }
  const verdictOf = (route: unknown, by: Thing, backend: Backend): Verdict => {
    const own = list(at(route, 'ipAllowPolicy'))
    if (own.length === 0 && list(at(route, 'ipDenyPolicy')).length > 0) {
      return open('read', "a route's ipDenyPolicy stands in the place of the virtual host's list")
    }
    if (at(virtualHost, 'tls', 'enableFallbackCertificate') === true) {
      return open('assumed', 'a fallback certificate serves it by another way, which may have no list')
    }
    const policy = own.length > 0 ? own : at(virtualHost, 'ipAllowPolicy')
    return withConditions(
      contourList(policy, own.length > 0 ? by : root, [root, by, ...backend.things], world),
      backend.conditions,
    )
  }
  const className = classOf(root)
  const paths = routesOf(root, everything, world, included).flatMap(
    ({ taken, route, proxy, backends }): Path[] => {
      const path = { server: ofClasses, kind: 'HTTPProxy', tables: ['contour'], className, host, ...taken }
      const doors = backends.map((backend) =>
        door(
          'HTTPProxy',
          root,
          backend.service,
          { ...where, path: taken.path },
          {
            to: backend.to,
            restraints: restrained([root, proxy], 'routes', route, backend, world),
            ...verdictOf(route, proxy, backend),
          },
        ),
      )
      return doors.length > 0 ? doors.map((one) => ({ ...path, door: one })) : [{ ...path, door: undefined }]
    },
  )
  return { paths, others: tcpDoors(root, where, world) }
}

/** What may keep somebody out of a route or tcpproxy of an HTTPProxy, and of those that include it. */
function restrained(
  proxies: readonly Thing[],
  field: 'routes' | 'tcpproxy',
  route: unknown,
  backend: Backend,
  world: World,
) {
  const own = unique(proxies).flatMap((thing): Part[] => {
    const { routes: _, tcpproxy: _tcp, ...spec } = fields(at(thing.raw, 'spec'))
    return [{ thing }, { thing, path: 'spec', value: spec }]
  })
  const root = proxies.slice(0, 1).flatMap((thing) => classParts(thing, [classOf(thing)], ['contour'], world))
  const last = proxies.slice(-1).map((thing) => ({ thing, path: `spec.${field}`, value: route }))
  const others = [...backendParts(backend.things), ...namespaceParts(proxies, world)]
  return restraintsOf([...root, ...own, ...last, ...others], 'HTTPProxy', world)
}

/**
 * Its annotations go before its field, and who is told no class serves contour and what has none (internal/annotation,
 * internal/ingressclass).
 */
const classOf = ({ raw, annotations }: Thing): string =>
  annotations['projectcontour.io/ingress.class'] ??
  annotations['kubernetes.io/ingress.class'] ??
  text(at(raw, 'spec', 'ingressClassName')) ??
  'contour'

/** By its own, or in the place of the one that includes it: an ipAllowPolicy holds HTTP alone. */
const tcpDoors = (proxy: Thing, where: { host?: string }, world: World): Door[] =>
  backendsOf(proxy, at(proxy.raw, 'spec', 'tcpproxy'), world).map((backend) =>
    door(
      'HTTPProxy',
      proxy,
      backend.service,
      { ...where, protocol: 'tls' },
      {
        to: backend.to,
        restraints: restrained([proxy], 'tcpproxy', at(proxy.raw, 'spec', 'tcpproxy'), backend, world),
        ...open('read', 'an ipAllowPolicy holds no tcpproxy'),
      },
    ),
  )

type Taken = Pick<Path, 'path' | 'match' | 'conditions'>

interface Route {
  taken: Taken
  route: unknown
  /** The HTTPProxy that has the route. */
  proxy: Thing
  backends: Backend[]
}

const everything: Taken = { path: '', match: 'start', conditions: [] }

/** An HTTPProxy's routes, and those of the HTTPProxies that it includes, each with its whole path. */
function routesOf(
  proxy: Thing,
  before: Taken,
  world: World,
  included: Set<Thing>,
  above: readonly Thing[] = [proxy],
): Route[] {
  const own = list(at(proxy.raw, 'spec', 'routes')).map((route) => ({
    taken: takenBy(route, before),
    route,
    proxy,
    backends: backendsOf(proxy, route, world),
  }))
  const inner = list(at(proxy.raw, 'spec', 'includes')).flatMap((include) =>
    world
      .named(
        group,
        'HTTPProxy',
        text(at(include, 'namespace')) ?? proxy.namespace,
        text(at(include, 'name')) ?? '',
      )
      // One that includes itself is none; one that is included twice is there by each.
      .filter((child) => !above.includes(child))
      .flatMap((child) => {
        included.add(child)
        return routesOf(child, takenBy(include, before), world, included, [...above, child])
      }),
  )
  return [...own, ...inner]
}

const backendsOf = (proxy: Thing, route: unknown, world: World): Backend[] =>
  list(at(route, 'services')).flatMap(
    (service) =>
      serviceBackend(proxy.namespace, text(at(service, 'name')) ?? '', number(at(service, 'port')), world) ??
      [],
  )

/** What the conditions of a route ask for; a prefix goes before those of what it includes. */
function takenBy(route: unknown, before: Taken): Taken {
  const conditions = list(at(route, 'conditions')).flatMap((one) => Object.entries(fields(one)))
  const [kind = '', found] = conditions.find(([field]) => Object.hasOwn(matches, field)) ?? []
  const others = conditions.filter(([field]) => !Object.hasOwn(matches, field))
  return {
    path: `${before.path.replace(/\/$/, '')}${text(found) ?? '/'}`,
    match: matches[kind] ?? 'start',
    conditions: [...before.conditions, ...others.map((one) => JSON.stringify(one))],
  }
}

const matches: Readonly<Record<string, Path['match']>> = { prefix: 'start', exact: 'exact', regex: 'regex' }
