import { type Backend, otherBackend, serviceBackend } from './backends.ts'
import { haproxy, haproxyIngress, passesTlsOn } from './controllers/haproxy.ts'
import { ingressServedBy, programOf, routersOf } from './controllers/index.ts'
import { nginxIngress } from './controllers/nginx.ts'
import { traefikIngress, traefikPriorities, traefikProblems } from './controllers/traefik.ts'
import { door, literalOf, ofClasses, open, type Path, type Problem, unique, type Verdict } from './door.ts'
import { backendParts, namespaceParts, ofHost, type Part, restraintsOf, whole } from './restraints.ts'
import { at, indexed, isMap, list, number, type Thing, text, texts, type World } from './things.ts'

/**
 * The paths of an Ingress, each with the door that it leads to. An Ingress has no list of its own: it is held where its
 * class is served by a controller whose annotations hold it.
 */
export function ingressPaths(ingress: Thing, world: World): Path[] {
  const spec = at(ingress.raw, 'spec')
  const secure = list(at(spec, 'tls')).flatMap((one) => texts(at(one, 'hosts')))
  const rules = list(at(spec, 'rules')).flatMap((rule) =>
    list(at(rule, 'http', 'paths')).map((path) => ({
      host: text(at(rule, 'host')),
      path: text(at(path, 'path')) ?? '/',
      type: text(at(path, 'pathType')),
      backend: at(path, 'backend'),
    })),
  )
  const whole = at(spec, 'defaultBackend')
  const all = isMap(whole)
    ? [...rules, { host: undefined, path: '/', type: 'Prefix', backend: whole }]
    : rules
  const tables = routersOf('IngressClass', classOf(ingress), world)
  return all.map(({ host, path, type, backend }) => {
    const taken = {
      server: ofClasses,
      kind: 'Ingress',
      tables,
      ...(tables.join() === 'traefik' && { priorities: traefikPriorities(ingress, host, path, type) }),
      className: classOf(ingress) ?? '',
      program: programOf(classOf(ingress), world),
      host,
      path,
      match: matchOf(type, path),
      conditions: [],
    }
    const found = backendOf(ingress, backend, world)
    if (!found) return { ...taken, door: undefined }
    const protocol = host !== undefined && secure.includes(host) ? 'https' : 'http'
    const where = { protocol, ...(host !== undefined && { host }), path }
    const verdict = ingressVerdict(ingress, found.things, world)
    const made = door('Ingress', ingress, found.service, where, {
      to: found.to,
      restraints: restrained(ingress, host, found.things, world),
      ...withConditions(verdict, found.conditions),
    })
    return { ...taken, door: made }
  })
}

/** What is wrong with the Ingresses together. */
export function ingressProblems(world: World): Problem[] {
  return [
    ...ingresses(world)
      .filter(passesTlsOn)
      .map(({ title }) => ({
        code: 'haproxy-ssl-passthrough',
        object: title,
        message: 'up to HAProxy 3.2.12 this opens every list of its controller over HTTPS',
      })),
    ...traefikProblems(ingressesOfTraefik(world), world),
  ]
}

export const ingresses = (world: World): readonly Thing[] =>
  world.ofKind('Ingress', 'networking.k8s.io', 'extensions')

export const ingressesOfTraefik = (world: World): readonly Thing[] =>
  ingresses(world).filter((one) => ingressServedBy(classOf(one) ?? '', world) === 'traefik')

/**
 * What a class says of who serves an object: of a controller that serves other kinds by their classes, too, the same by
 * each kind.
 * @param names the class's, or several of which either may be meant
 * @param programs which may serve it
 */
export const classParts = (
  thing: Thing,
  names: readonly string[],
  programs: readonly string[],
  world: World,
): Part[] => [
  {
    thing,
    path: 'class',
    value: names.join(' or ') || undefined,
    ...(programs.join() === 'contour' && { of: 'contour' }),
  },
  ...world
    .ofKind('IngressClass', 'networking.k8s.io')
    .filter(({ name }) => name === names[0])
    .flatMap(whole),
]

/** What is said of a door that leads through ClusterIPs: where one drops all, it keeps everybody out. */
export const droppedParts = (thing: Thing, services: readonly Thing[]): Part[] =>
  services.some(({ raw }) => at(raw, 'spec', 'internalTrafficPolicy') === 'Local')
    ? [{ thing, path: 'ClusterIP that drops all', value: true }]
    : []

/** A verdict with more that must be so. */
export const withConditions = (verdict: Verdict, conditions: readonly string[]): Verdict => ({
  ...verdict,
  conditions: [...conditions, ...verdict.conditions],
})

// --- utils ---

/** The restraints of an Ingress's door; where it has some itself, what has another path take its requests is one. */
function restrained(ingress: Thing, host: string | undefined, backends: readonly Thing[], world: World) {
  const parts = partsOf(ingress, backends, world)
  const beside = sharing(ingress, world)
  const together = [ingress, ...beside]
  const isOfHAProxy = ingressServedBy(classOf(ingress) ?? '', world) === 'haproxy'
  const isAsked = isOfHAProxy
    ? world.ofKind('ConfigMap', '').some(({ raw }) => at(raw, 'data', 'client-ca') !== undefined)
    : together.some(({ annotations }) => Object.keys(annotations).some((key) => ofHost.test(key)))
  if (isAsked)
    parts.push({
      thing: ingress,
      path: 'https alone',
      value: isHttpsAlone(ingress, together, host, isOfHAProxy) || undefined,
    })
  const isUsual = world
    .ofKind('ConfigMap', '')
    .some(({ raw }) => isOn(text(at(raw, 'data', 'service-upstream')), false))
  const byClusterIP = ({ annotations }: Thing) =>
    isOn(ingress.annotations[`${ofNginx}service-upstream`] ?? String(isUsual), false) ||
    isOn(annotations['traefik.ingress.kubernetes.io/service.nativelb'], false)
  parts.push(...droppedParts(ingress, backends.filter(byClusterIP)))
  return restraintsOf(parts, 'Ingress', world, undefined, (found) => {
    const isHeld = found.some(
      ({ object, may }) => ['hold', 'either'].includes(may) && object.split(', ').includes(ingress.title),
    )
    if (!isHeld) return []
    const others = beside.map(choosing).filter((one) => one !== '')
    const value = JSON.stringify([choosing(ingress), others.sort()])
    return [{ thing: ingress, path: 'choice of the path', value }]
  })
}

/** Annotations by which a path takes what another would: see Traefik's rules, and ingress-nginx's location.go. */
const choosingKeys = ['router.pathmatcher', 'router.priority'].map(
  (key) => `traefik.ingress.kubernetes.io/${key}`,
)

/** What an Ingress says of which path takes a request: with ingress-nginx a rewrite makes expressions of all its host's. */
function choosing({ annotations, raw }: Thing): string {
  const target = annotations[`${ofNginx}rewrite-target`] ?? ''
  const paths = list(at(raw, 'spec', 'rules')).flatMap((rule) => list(at(rule, 'http', 'paths')))
  const isRewritten = target !== '' && paths.some((path) => at(path, 'path') !== target)
  const isExpression = isOn(annotations[`${ofNginx}use-regex`], false) || isRewritten
  const keys = choosingKeys.flatMap((key) =>
    annotations[key] === undefined ? [] : [`${key}=${annotations[key]}`],
  )
  return [...keys, ...(isExpression ? ['expressions'] : [])].join(' ')
}

/** Is plain text sent on to HTTPS, where alone a certificate is asked for: by ingress-nginx, or by HAProxy? */
function isHttpsAlone(
  { annotations }: Thing,
  ofServer: readonly Thing[],
  host = '',
  isOfHAProxy = false,
): boolean {
  const isSecure = ofServer
    .flatMap(({ raw }) => list(at(raw, 'spec', 'tls')))
    .some((one) => {
      const hosts = texts(at(one, 'hosts'))
      return hosts.length === 0 || hosts.includes(host) || hosts.includes(host.replace(/^[^.]*/, '*'))
    })
  if (isOfHAProxy) {
    const said = haproxy.prefixes.map((prefix) => annotations[`${prefix}ssl-redirect`])
    return isOn(
      said.find((value) => value !== undefined),
      isSecure,
    )
  }
  return (
    isOn(annotations[`${ofNginx}force-ssl-redirect`], false) ||
    (isSecure && isOn(annotations[`${ofNginx}ssl-redirect`], true))
  )
}

const ofNginx = 'nginx.ingress.kubernetes.io/'

/** As Go reads it (strconv.ParseBool); what it can't read is as if it were not there. */
const isOn = (value: string | undefined, otherwise: boolean) =>
  /^(1|t|true)$/i.test(value ?? '') || (otherwise && !/^(0|f|false)$/i.test(value ?? ''))

/** What an Ingress's door goes through. Those of its host and class share its server with ingress-nginx. */
const partsOf = (ingress: Thing, backends: readonly Thing[], world: World): Part[] => [
  ...whole(ingress),
  ...classParts(ingress, classNames(ingress), routersOf('IngressClass', classOf(ingress), world), world),
  ...sharing(ingress, world).map((thing) => ({ thing, isBeside: true })),
  ...backendParts(backends),
  ...namespaceParts([ingress, ...backends], world),
]

const classesOf = (className: string | undefined, world: World) =>
  world.ofKind('IngressClass', 'networking.k8s.io').filter(({ name }) => name === className)

/** As its controller sees fit it may be an expression, as nginx reads it. */
function matchOf(type: string | undefined, path: string): Path['match'] {
  if (type === 'Exact') return 'exact'
  if (type === 'Prefix') return 'segments'
  return literalOf(path) === path ? 'start' : 'regex'
}

/** What an Ingress's backend leads to: a Service, or another resource, of which nobody says where it leads. */
function backendOf(ingress: Thing, backend: unknown, world: World): Backend | undefined {
  const resource = at(backend, 'resource')
  if (isMap(resource)) return otherBackend(resource, ingress.namespace, world)
  // Group extensions, which was served up to Kubernetes 1.21, has serviceName and servicePort.
  const name = text(at(backend, 'service', 'name')) ?? text(at(backend, 'serviceName'))
  const port = at(backend, 'service', 'port', 'number') ?? at(backend, 'service', 'port', 'name')
  const said = port ?? at(backend, 'servicePort')
  return name === undefined
    ? undefined
    : serviceBackend(ingress.namespace, name, number(said) ?? text(said), world)
}

const byHost = new WeakMap<World, Map<string, Thing[]>>()

/** Other Ingresses that have a host of its, whosever they are. */
function besideOf(ingress: Thing, world: World): Thing[] {
  const index = byHost.get(world) ?? indexed(ingresses(world), hostsOf)
  byHost.set(world, index)
  return unique(hostsOf(ingress).flatMap((host) => index.get(host) ?? [])).filter((one) => one !== ingress)
}

/** Those beside it of its class, whose restraints are its own. */
const sharing = (ingress: Thing, world: World) =>
  besideOf(ingress, world).filter((one) => classOf(one) === classOf(ingress))

/** Those beside it that its controller may serve, and that may undo its list: it may serve several classes, and none. */
function mayShare(ingress: Thing, world: World): Thing[] {
  const [served, ...theirs] = [ingress, ...besideOf(ingress, world)].map((one) => ({
    one,
    by: ingressServedBy(classOf(one) ?? '', world),
  }))
  return theirs.flatMap(({ one, by }) =>
    by === undefined || by === served?.by || classOf(one) === classOf(ingress) ? [one] : [],
  )
}

/** The hosts of an Ingress. */
const hostsOf = (ingress: Thing) =>
  unique(list(at(ingress.raw, 'spec', 'rules')).map((rule) => text(at(rule, 'host')) ?? ''))

/** By its field and its annotation, of which controllers differ in what goes before. */
const classNames = ({ raw, annotations }: Thing) =>
  unique(
    [
      text(at(raw, 'spec', 'ingressClassName')) ?? [],
      annotations['kubernetes.io/ingress.class'] ?? [],
    ].flat(),
  )

const classOf = (ingress: Thing): string | undefined => classNames(ingress)[0]

/** Who reads lists in annotations of an Ingress. */
const readers: Partial<Record<string, { title: string; read: typeof nginxIngress }>> = {
  nginx: { title: "ingress-nginx (not NGINX Inc.'s)", read: nginxIngress },
  haproxy: { title: 'haproxytech (not the project HAProxy Ingress)', read: haproxyIngress },
  traefik: { title: 'Traefik', read: traefikIngress },
}

function ingressVerdict(ingress: Thing, services: readonly Thing[], world: World): Verdict {
  if (ingress.twice) return open('assumed', `${ingress.title} is there twice, and either may be installed`)
  const [className, other] = classNames(ingress)
  if (className === undefined)
    return open('read', 'it has no class: any controller may take it, and an Ingress has no list')
  if (other !== undefined) return open('assumed', `it has two classes, ${className} and ${other}`)
  const served = ingressServedBy(className, world)
  if (served === undefined)
    return open('assumed', `nobody says who serves class ${className}: it may heed no list`)
  const reader = readers[served]
  if (!reader) {
    return open(served === 'contour' ? 'seen' : 'read', 'an Ingress has no list that its controller heeds')
  }
  const classes = classesOf(className, world)
  const verdict = reader.read({ ingress, services, classes, beside: mayShare(ingress, world) }, world)
  if (verdict.heldBy.length === 0) return verdict
  return withConditions(verdict, [`class ${className} is served by ${reader.title}`])
}
