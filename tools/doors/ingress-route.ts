import { type Backend, serviceBackend } from './backends.ts'
import { servicesNamed, traefikIngressRoute } from './controllers/traefik.ts'
import { type Door, door, open, type Path, unique, type Verdict } from './door.ts'
import { classParts, withConditions } from './ingress.ts'
import { backendParts, namespaceParts, restraintsOf } from './restraints.ts'
import { at, fields, list, number, type Thing, text, texts, type World } from './things.ts'

/**
 * The paths of Traefik's IngressRoutes (3.7: pkg/provider/kubernetes/crd/kubernetes_http.go). Beside them the doors of
 * routes whose rule is not understood, or which hang on another's: where these are, nobody says.
 */
export function ingressRouteDoors(world: World): { paths: Path[]; others: Door[] } {
  const found = world
    .ofKind('IngressRoute', 'traefik.io')
    .flatMap((thing) =>
      list(at(thing.raw, 'spec', 'routes')).map((route) => doorsOfRoute(thing, route, world)),
    )
  return { paths: found.flatMap(({ paths }) => paths), others: found.flatMap(({ others }) => others) }
}

// --- utils ---

function doorsOfRoute(thing: Thing, route: unknown, world: World): { paths: Path[]; others: Door[] } {
  const rule = text(at(route, 'match')) ?? ''
  const asked = list(at(thing.raw, 'spec', 'parentRefs')).length > 0 ? undefined : askedBy(rule)
  const backends = backendsOf(thing, route, world)
  const [protocol, priority] = [
    at(thing.raw, 'spec', 'tls') ? 'https' : 'http',
    number(at(route, 'priority')),
  ]
  if (asked === undefined) {
    const why = `nobody says which requests ${rule} of ${thing.title} takes`
    const where = { protocol: 'any', host: `${thing.title} ${rule}` }
    return {
      paths: [],
      others: backends.map((backend) => doorTo(thing, route, backend, where, why, world)),
    }
  }
  const { host, path, match, conditions } = asked
  const where = { protocol, ...(host !== undefined && { host }), path }
  const doors = backends.map((backend) => doorTo(thing, route, backend, where, undefined, world))
  const entryPoints = texts(at(thing.raw, 'spec', 'entryPoints')).map((name) => [`entry point ${name}`])
  const paths = (entryPoints.length > 0 ? entryPoints : [[]]).flatMap((entry) =>
    (doors.length > 0 ? doors : [undefined]).map((one) => ({
      server: 'IngressRoute',
      kind: 'IngressRoute',
      tables: ['traefik'],
      priorities: [priority || rule.length],
      className: classNames(thing).join(' or '),
      host,
      path,
      match,
      conditions: [...entry, ...conditions],
      door: one,
    })),
  )
  return { paths, others: [] }
}

/** @param why it can't be said where it is, or undefined */
function doorTo(
  thing: Thing,
  route: unknown,
  backend: Backend,
  where: Door['where'],
  why: string | undefined,
  world: World,
): Door {
  const { routes: _, ...spec } = fields(at(thing.raw, 'spec'))
  const parts = [
    { thing },
    { thing, path: 'spec', value: spec },
    { thing, path: 'spec.routes', value: route },
    ...classParts(thing, classNames(thing), [], world),
    ...backendParts(backend.things),
    ...namespaceParts([thing, ...backend.things], world),
  ]
  const verdict = verdictOf(thing, route, backend, world)
  return door('IngressRoute', thing, backend.service, where, {
    to: backend.to,
    restraints: restraintsOf(parts, 'IngressRoute', world),
    ...withConditions(
      why === undefined ? verdict : { ...verdict, reasons: [...verdict.reasons, why] },
      backend.conditions,
    ),
  })
}

function verdictOf(thing: Thing, route: unknown, { things }: Backend, world: World): Verdict {
  if (thing.twice) return open('assumed', `${thing.title} is there twice, and either may be installed`)
  if (list(at(thing.raw, 'spec', 'parentRefs')).length > 0)
    return open('assumed', `${thing.title} hangs on another, and nobody says what of that is in force`)
  return traefikIngressRoute(thing, route, things, world)
}

const classNames = ({ raw, annotations }: Thing): string[] =>
  unique(
    [annotations['kubernetes.io/ingress.class'], text(at(raw, 'spec', 'ingressClassName'))].flatMap(
      (name) => name ?? [],
    ),
  )

/** A TraefikService is judged by itself, as a kind that nobody knows. */
const backendsOf = (thing: Thing, route: unknown, world: World): Backend[] =>
  list(at(route, 'services')).flatMap((one) => {
    const [name, port] = [text(at(one, 'name')) ?? '', at(one, 'port')]
    const namespace = text(at(one, 'namespace')) ?? thing.namespace
    if (name.includes('@'))
      return servicesNamed(name, world).flatMap(
        (service) => serviceBackend(service.namespace, service.name, undefined, world) ?? [],
      )
    return (text(at(one, 'kind')) ?? 'Service') === 'Service'
      ? (serviceBackend(namespace, name, number(port) ?? text(port), world) ?? [])
      : []
  })

/**
 * What a rule asks for: matchers that all must be so, among them at most one host and one path.
 * @returns undefined where it is anything else
 */
function askedBy(rule: string): Pick<Path, 'host' | 'path' | 'match' | 'conditions'> | undefined {
  const matchers = rule
    .split('&&')
    .map((one) => /^([A-Za-z]+)\(([`"])([^`"]*)\2((?:,\s*[`"][^`"]*[`"])*)\)$/.exec(one.trim()))
  const read = matchers.flatMap((one) =>
    one ? [{ whole: one[0], name: one[1] ?? '', value: one[3] ?? '', more: one[4] }] : [],
  )
  const ofPath = read.filter(({ name }) => name.startsWith('Path'))
  const ofHost = read.filter(({ name }) => name.startsWith('Host'))
  const [path, host] = [ofPath[0], ofHost[0]]
  const isPlain = [...ofPath, ...ofHost].every(
    ({ name, value, more }) => more === '' && !/[{*]/.test(value) && Object.hasOwn(matches, name),
  )
  if (read.length < matchers.length || ofPath.length > 1 || ofHost.length > 1 || !isPlain) return undefined
  return {
    host: host?.value.toLowerCase(),
    path: path?.value ?? '/',
    match: matches[path?.name ?? ''] ?? 'start',
    conditions: read.filter((one) => one !== path && one !== host).map(({ whole }) => whole),
  }
}

/** Matchers of a host or a path that are understood, with how a path is compared. */
const matches: Readonly<Record<string, Path['match']>> = { Host: 'start', Path: 'exact', PathPrefix: 'start' }
