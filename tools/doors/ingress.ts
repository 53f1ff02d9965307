import { type Backend, otherBackend, serviceBackend } from './backends.ts'
import { haproxyIngress, passesTlsOn } from './controllers/haproxy.ts'
import { ingressServedBy } from './controllers/index.ts'
import { nginxIngress } from './controllers/nginx.ts'
import { traefikIngress, traefikProblems } from './controllers/traefik.ts'
import { door, literalOf, open, type Path, type Problem, unique, type Verdict } from './door.ts'
import { at, isMap, list, number, type Thing, text, texts, type World } from './things.ts'

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
  return all.map(({ host, path, type, backend }) => {
    const taken = {
      server: 'Ingress',
      className: classOf(ingress) ?? '',
      host,
      path,
      match: matchOf(type, path),
      conditions: [],
    }
    const found = backendOf(ingress, backend, world)
    if (!found) return { ...taken, door: undefined }
    const protocol = host !== undefined && secure.includes(host) ? 'https' : 'http'
    const where = { protocol, path, ...(host !== undefined && { host }) }
    const verdict = ingressVerdict(ingress, found.things, world)
    const made = door('Ingress', ingress, found.service, where, {
      to: found.to,
      ...withConditions(verdict, found.conditions),
    })
    return { ...taken, door: made }
  })
}

/** What is wrong with the Ingresses together. */
export function ingressProblems(world: World): Problem[] {
  const all = ingresses(world)
  const ofTraefik = all.filter((one) => ingressServedBy(classOf(one) ?? '', world) === 'traefik')
  return [
    ...all.filter(passesTlsOn).map(({ title }) => ({
      code: 'haproxy-ssl-passthrough',
      object: title,
      message: 'up to HAProxy 3.2.12 this opens every list of its controller over HTTPS',
    })),
    ...traefikProblems(ofTraefik, world),
  ]
}

export const ingresses = (world: World): readonly Thing[] =>
  world.ofKind('Ingress', 'networking.k8s.io', 'extensions')

/** A verdict with more that must be so. */
export const withConditions = (verdict: Verdict, conditions: readonly string[]): Verdict => ({
  ...verdict,
  conditions: [...conditions, ...verdict.conditions],
})

// --- utils ---

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

const byPlace = new WeakMap<World, Map<string, Thing[]>>()

/** Other Ingresses of the same class that have a host of its. */
function besideOf(ingress: Thing, world: World): Thing[] {
  const index = byPlace.get(world) ?? new Map<string, Thing[]>()
  if (!byPlace.has(world)) {
    byPlace.set(world, index)
    for (const one of ingresses(world)) {
      for (const place of placesOf(one)) index.set(place, [...(index.get(place) ?? []), one])
    }
  }
  return unique(placesOf(ingress).flatMap((place) => index.get(place) ?? [])).filter((one) => one !== ingress)
}

/** An Ingress's class with each of its hosts. */
const placesOf = (ingress: Thing) =>
  unique(
    list(at(ingress.raw, 'spec', 'rules')).map((rule) => `${classOf(ingress)} ${text(at(rule, 'host'))}`),
  )

const classOf = ({ raw, annotations }: Thing) =>
  text(at(raw, 'spec', 'ingressClassName')) ?? annotations['kubernetes.io/ingress.class']

/** Who reads lists in annotations of an Ingress. */
const readers: Partial<Record<string, { title: string; read: typeof nginxIngress }>> = {
  nginx: { title: "ingress-nginx (not NGINX Inc.'s)", read: nginxIngress },
  haproxy: { title: 'haproxytech (not the project HAProxy Ingress)', read: haproxyIngress },
  traefik: { title: 'Traefik', read: traefikIngress },
}

function ingressVerdict(ingress: Thing, services: readonly Thing[], world: World): Verdict {
  if (ingress.twice) return open('assumed', `${ingress.title} is there twice, and either may be installed`)
  const field = text(at(ingress.raw, 'spec', 'ingressClassName'))
  const annotation = ingress.annotations['kubernetes.io/ingress.class']
  const className = classOf(ingress)
  if (className === undefined)
    return open('read', 'it has no class: any controller may take it, and an Ingress has no list')
  if (field !== undefined && annotation !== undefined && field !== annotation) {
    return open('assumed', `it has two classes, ${field} and ${annotation}`)
  }
  const served = ingressServedBy(className, world)
  if (served === undefined)
    return open('assumed', `nobody says who serves class ${className}: it may heed no list`)
  const reader = readers[served]
  if (!reader) {
    return open(served === 'contour' ? 'seen' : 'read', 'an Ingress has no list that its controller heeds')
  }
  const classes = world.ofKind('IngressClass', 'networking.k8s.io').filter(({ name }) => name === className)
  const verdict = reader.read({ ingress, services, classes, beside: besideOf(ingress, world) }, world)
  if (verdict.heldBy.length === 0) return verdict
  return withConditions(verdict, [`class ${className} is served by ${reader.title}`])
}
