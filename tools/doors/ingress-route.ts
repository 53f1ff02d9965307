import { type Backend, otherBackend, serviceBackend } from './backends.ts'
import {
  losesTlsOptions,
  middlewaresOf,
  servicesNamed,
  traefikIngressRoute,
  traefikServicesOf,
} from './controllers/traefik.ts'
import { type Door, door, open, type Path, unique, type Verdict } from './door.ts'
import { classParts, droppedParts, ingressesOfTraefik, withConditions } from './ingress.ts'
import { backendParts, namespaceParts, type Part, restraintsOf, whole } from './restraints.ts'
import { at, fields, isMap, list, number, type Thing, text, texts, type World } from './things.ts'

/**
 * The paths of Traefik's IngressRoutes, of TCP and UDP too (3.7: pkg/provider/kubernetes/crd). Beside them the doors of
 * routes whose rule is not understood, or which hang on another's: where these are, nobody says. And the TraefikServices
 * that they lead through, each of which is judged with them.
 */
export function ingressRouteDoors(world: World): { paths: Path[]; others: Door[]; read: Set<Thing> } {
  const read: Read = new Map()
  const found = kinds.flatMap((kind) =>
    world
      .ofKind(kind, 'traefik.io')
      .flatMap((thing) =>
        list(at(thing.raw, 'spec', 'routes')).map((route) => doorsOfRoute(kind, thing, route, world, read)),
      ),
  )
  return {
    paths: found.flatMap(({ paths }) => paths),
    others: found.flatMap(({ others }) => others),
    read: new Set([...read].flatMap(([one, isWhole]) => (isWhole ? [one] : []))),
  }
}

// --- utils ---

const kinds = ['IngressRoute', 'IngressRouteTCP', 'IngressRouteUDP'] as const
type Kind = (typeof kinds)[number]

/** TraefikServices that are led through, and whether each way through them was read. */
type Read = Map<Thing, boolean>

/** How a kind is spoken to, in plain text and by TLS. */
const protocols: Readonly<Record<Kind, readonly [string, string]>> = {
  IngressRoute: ['http', 'https'],
  IngressRouteTCP: ['tcp', 'tls'],
  IngressRouteUDP: ['udp', 'udp'],
}

function doorsOfRoute(
  kind: Kind,
  thing: Thing,
  route: unknown,
  world: World,
  read: Read,
): { paths: Path[]; others: Door[] } {
  const rule = text(at(route, 'match')) ?? ''
  const asked = list(at(thing.raw, 'spec', 'parentRefs')).length > 0 ? undefined : askedBy(kind, rule)
  const through = new Map<Thing, number>()
  const backends = list(at(route, 'services')).flatMap((one) =>
    backendsOf(one, thing.namespace, world, through),
  )
  for (const [one, times] of through)
    read.set(one, (read.get(one) ?? true) && isUnderstood(one) && times <= mostWays)
  const [protocol, secured] = protocols[kind]
  if (asked === undefined) {
    const why = `nobody says which requests ${rule} of ${thing.title} takes`
    const where = { protocol: 'any', host: `${thing.title} ${rule}` }
    return {
      paths: [],
      others: backends.map((backend) => doorTo(kind, thing, route, backend, where, why, world)),
    }
  }
  const { host, path, match, conditions } = asked
  const where = {
    protocol: at(thing.raw, 'spec', 'tls') ? secured : protocol,
    ...(host !== undefined && { host }),
    ...(kind === 'IngressRoute' && { path }),
  }
  const doors = backends.map((backend) => doorTo(kind, thing, route, backend, where, undefined, world))
  const entryPoints = texts(at(thing.raw, 'spec', 'entryPoints')).map((name) => [`entry point ${name}`])
  const paths = (entryPoints.length > 0 ? entryPoints : [[]]).flatMap((entry) =>
    (doors.length > 0 ? doors : [undefined]).map((one) => ({
      server: kind,
      kind,
      tables: kind === 'IngressRouteUDP' ? [] : ['traefik'],
      priorities: prioritiesOf(kind, rule, number(at(route, 'priority'))),
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

/**
 * By the rule's length, and of TCP what is for any name last (pkg/muxer). Of one entry point versions differ in whether
 * TCP goes before HTTP (pkg/server/router/tcp/router.go).
 */
function prioritiesOf(kind: Kind, rule: string, said: number | undefined): number[] {
  const own = said || rule.length
  if (kind === 'IngressRoute') return [own]
  const ofTcp = !said && isForAnyName.test(rule) ? -1 : own
  return [ofTcp + apart, ofTcp - apart]
}

const isForAnyName = /^HostSNI\([`"]\*[`"]\)$/

/** More than any priority that somebody gives. */
const apart = 2 ** 52

/** @param why it can't be said where it is, or undefined */
function doorTo(
  kind: Kind,
  thing: Thing,
  route: unknown,
  backend: TraefikBackend,
  where: Door['where'],
  why: string | undefined,
  world: World,
): Door {
  const { routes: _, tls, ...spec } = fields(at(thing.raw, 'spec'))
  const isLost = losesTlsOptions(ingressesOfTraefik(world), thing, route, world)
  // Who passes TLS on asks for no certificate (pkg/server/router/tcp/manager.go).
  const options = at(tls, 'passthrough') === true ? undefined : at(tls, 'options')
  const parts = [
    { thing },
    {
      thing,
      path: 'spec',
      value: {
        ...spec,
        ...(isMap(tls) && { tls: { ...tls, options: isLost ? { ...fields(options), isLost } : options } }),
      },
    },
    { thing, path: 'spec.routes', value: route },
    ...classParts(thing, classNames(thing), [], world),
    ...parentParts(thing, world),
    ...backend.parts,
    ...droppedParts(thing, backend.byClusterIP),
    ...backendParts(backend.things),
    ...namespaceParts([thing, ...backend.things], world),
  ]
  const verdict = verdictOf(kind, thing, route, backend, world)
  return door(kind, thing, backend.service, where, {
    to: backend.to,
    restraints: restraintsOf(parts, kind, world),
    ...withConditions(
      why === undefined ? verdict : { ...verdict, reasons: [...verdict.reasons, why] },
      backend.conditions,
    ),
  })
}

function verdictOf(kind: Kind, thing: Thing, route: unknown, { things }: Backend, world: World): Verdict {
  if (thing.twice) return open('assumed', `${thing.title} is there twice, and either may be installed`)
  if (list(at(thing.raw, 'spec', 'parentRefs')).length > 0)
    return open('assumed', `${thing.title} hangs on another, and nobody says what of that is in force`)
  if (kind === 'IngressRouteUDP') return open('read', 'an IngressRouteUDP has no list')
  return traefikIngressRoute(thing, route, things, world)
}

/**
 * What is said above one that hangs on others, whose Middlewares go first, and which requests they leave to it (3.7:
 * pkg/server/router/router.go); of those that are not here, their names.
 */
function parentParts(thing: Thing, world: World, below: readonly Thing[] = []): Part[] {
  const all = list(at(thing.raw, 'spec', 'parentRefs')).map((reference) => {
    const [name, namespace] = [text(at(reference, 'name')) ?? '', text(at(reference, 'namespace'))]
    return { name, found: world.named('traefik.io', 'IngressRoute', namespace ?? thing.namespace, name) }
  })
  if (all.length === 0) return []
  const rules = all.flatMap(({ name, found }) =>
    found.length === 0
      ? [name]
      : found.flatMap(({ raw }) =>
          list(at(raw, 'spec', 'routes')).map((route) => text(at(route, 'match')) ?? ''),
        ),
  )
  const parents = unique(all.flatMap(({ found }) => found)).filter((one) => ![thing, ...below].includes(one))
  return [
    { thing, path: 'what it hangs on', value: rules.sort() },
    ...parents.flatMap((parent) => [
      ...whole(parent),
      ...namespaceParts([parent], world),
      ...parentParts(parent, world, [thing, ...below]),
    ]),
  ]
}

const classNames = ({ raw, annotations }: Thing): string[] =>
  unique(
    [annotations['kubernetes.io/ingress.class'], text(at(raw, 'spec', 'ingressClassName'))].flatMap(
      (name) => name ?? [],
    ),
  )

interface TraefikBackend extends Backend {
  /** What is said on the way to it: TraefikServices, and Middlewares of a Service. */
  parts: readonly Part[]
  /** Itself, where Traefik sends to its ClusterIP. */
  byClusterIP: readonly Thing[]
}

/**
 * What a reference to a Service, or to a TraefikService, leads to; one of itself leads nowhere more.
 * @param through how often each TraefikService is gone through
 */
function backendsOf(
  reference: unknown,
  inside: string,
  world: World,
  through: Map<Thing, number>,
  above: readonly Thing[] = [],
): TraefikBackend[] {
  const [name, port] = [text(at(reference, 'name')) ?? '', at(reference, 'port')]
  const namespace = text(at(reference, 'namespace')) ?? inside
  const kind = text(at(reference, 'kind')) ?? 'Service'
  const parts = middlewaresOf(at(reference, 'middlewares'), { namespace: inside }, world)
    .flat()
    .flatMap(whole)
    // Versions before 3.7 don't read them, so no list among them is taken to be in force.
    .map((part): Part => ({ ...part, isOne: false }))
  const made = (backend: Backend): TraefikBackend => ({
    ...backend,
    parts,
    byClusterIP: at(reference, 'nativeLB') === true ? backend.things : [],
  })
  const named = traefikServicesOf(name, namespace, world)
  const inner = named
    .filter((one) => !above.includes(one))
    .flatMap((one) => {
      const times = (through.get(one) ?? 0) + 1
      through.set(one, times)
      if (times > mostWays) return []
      return referencesIn(one).flatMap((other) =>
        backendsOf(other, one.namespace, world, through, [...above, one]).map((backend) => ({
          ...backend,
          parts: [...parts, ...whole(one), ...backend.parts],
        })),
      )
    })
  const services = name.includes('@')
    ? servicesNamed(name, world).flatMap(
        (one) => serviceBackend(one.namespace, one.name, undefined, world) ?? [],
      )
    : kind === 'Service'
      ? (serviceBackend(namespace, name, number(port) ?? text(port), world) ?? [])
      : named.length === 0 && !world.options.live
        ? otherBackend({ ...fields(reference), group: 'traefik.io' }, inside, world)
        : []
  return [...(kind === 'Service' && !name.includes('@') ? [] : inner), ...[services].flat().map(made)]
}

/** Of one that is led through by more ways from one route they are not all read: each of a few may lead to the next twice. */
const mostWays = 100

/** What a TraefikService stands for, mirrors among it (3.7: WeightedRoundRobin, Mirroring). */
const referencesIn = ({ raw }: Thing): unknown[] => [
  ...list(at(raw, 'spec', 'weighted', 'services')),
  ...list(at(raw, 'spec', 'highestRandomWeight', 'services')),
  ...[at(raw, 'spec', 'mirroring')].filter(isMap),
  ...list(at(raw, 'spec', 'mirroring', 'mirrors')),
]

/** Is no more said than what is read? Else it is a door of its own, too, which nobody knows. */
const isUnderstood = ({ raw }: Thing) =>
  Object.keys(fields(at(raw, 'spec'))).every((field) =>
    ['weighted', 'highestRandomWeight', 'mirroring'].includes(field),
  )

type Asked = Pick<Path, 'host' | 'path' | 'match' | 'conditions'>

/**
 * What a rule asks for: matchers that all must be so, among them at most one host and one path.
 * @returns undefined where it is anything else
 */
function askedBy(kind: Kind, rule: string): Asked | undefined {
  // UDP has no rules.
  if (kind === 'IngressRouteUDP') return { host: undefined, path: '/', match: 'start', conditions: [] }
  const matchers = rule
    .split('&&')
    .map((one) => /^([A-Za-z]+)\(([`"])([^`"]*)\2((?:,\s*[`"][^`"]*[`"])*)\)$/.exec(one.trim()))
  const read = matchers.flatMap((one) =>
    one ? [{ whole: one[0], name: one[1] ?? '', value: one[3] ?? '', more: one[4] }] : [],
  )
  const ofPath = read.filter(({ name }) => name.startsWith('Path'))
  const ofHost = read.filter(({ name }) => name.startsWith('Host'))
  const [path, host] = [ofPath[0], ofHost[0]]
  const isAny = kind === 'IngressRouteTCP' && host?.value === '*'
  const isPlain = [...ofPath, ...ofHost].every(
    ({ name, value, more }) =>
      more === '' && (isAny || !/[{*]/.test(value)) && Object.hasOwn(matches[kind], name),
  )
  if (read.length < matchers.length || ofPath.length > 1 || ofHost.length > 1 || !isPlain) return undefined
  return {
    host: isAny ? undefined : host?.value.toLowerCase(),
    path: path?.value ?? '/',
    match: matches[kind][path?.name ?? ''] ?? 'start',
    conditions: read.filter((one) => one !== path && one !== host).map(({ whole }) => whole),
  }
}

/** Matchers of a host or a path that are understood, with how a path is compared. */
const matches: Readonly<Record<Exclude<Kind, 'IngressRouteUDP'>, Readonly<Record<string, Path['match']>>>> = {
  IngressRoute: { Host: 'start', Path: 'exact', PathPrefix: 'start' },
  IngressRouteTCP: { HostSNI: 'start' },
}
