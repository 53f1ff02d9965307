import { argumentsOf, startsPods } from './arguments.ts'
import { isController } from './controller-settings.ts'
import { traefikServicesOf } from './controllers/traefik.ts'
import { type Door, door, open, unique } from './door.ts'
import { anyEndpointsOf, hostsOf, leadsOutside } from './endpoints.ts'
import { isKnown, isOfDeployers } from './kinds.ts'
import { isAlone } from './load-balancer-annotations.ts'
import { backendParts, restraintsOf } from './restraints.ts'
import { at, fields, indexed, isMap, type Thing, text, type World } from './things.ts'

/**
 * Doors that the judge can't judge: whatever names a Service that leads to App2, or App2's own address, may lead there.
 * That is a kind that it doesn't know (Istio's VirtualService, a ConfigMap of tcp-services, and
 * what is yet to come), one of the Service's own name (ServiceExport), an annotation that names it (a default backend,
 * a snippet), an argument of a controller's (its default backend), or a key by which a Service asks for another way (Tailscale's, Skupper's).
 * @param read what other doors lead through, and is judged there
 */
export function unknownDoors(world: World, read: ReadonlySet<Thing>): Door[] {
  const services = new Map(
    world
      .ofKind('Service', '')
      .filter((service) => leadsOutside(service, world))
      .map((service) => [`${service.namespace}/${service.name}`, service]),
  )
  if (services.size === 0) return []
  const byAddress = ofAddresses([...services.values()], world)
  return world.things.flatMap((thing) => {
    const said = [
      ...(isKnown(thing) || read.has(thing) ? ofArguments(thing, services) : namedBy(thing)),
      ...namedByAnnotations(thing),
    ]
    const names = withThoseBehind(said, world).flatMap((name) => [
      name,
      ...(byAddress.get(name.split('/').at(-1) ?? '') ?? []),
    ])
    const exposed = thing.kind === 'Service' && thing.group === '' ? exposingKeys(thing) : []
    return [
      ...unique(names).flatMap((name) =>
        doorOf(
          thing,
          services.get(name),
          `${thing.title} names ${name}, and nobody says what it does`,
          world,
        ),
      ),
      ...exposed.flatMap((key) =>
        doorOf(
          thing,
          services.get(`${thing.namespace}/${thing.name}`),
          `${key} asks for a way that is not judged`,
          world,
          key,
        ),
      ),
    ]
  })
}

// --- utils ---

function doorOf(
  thing: Thing,
  service: Thing | undefined,
  why: string,
  world: World,
  way = thing.kind,
): Door[] {
  if (!service) return []
  const to = anyEndpointsOf(service, world).map(({ address }) => address)
  const name = `${service.namespace}/${service.name}`
  const where = { protocol: 'any', host: thing.title }
  // Of a workload, a new image is none.
  const own = startsPods(thing) ? [service] : unique([thing, service])
  const restraints = restraintsOf(backendParts(own), way, world)
  const leads = { to: to.length > 0 ? unique(to) : [name], restraints }
  return [door(way, thing, name, where, { ...leads, ...open('assumed', why) })]
}

/** Which Services lead to an address. */
function ofAddresses(services: readonly Thing[], world: World): Map<string, string[]> {
  const groups = indexed(services, (service) => hostsOf(service, world))
  const namesOf = (those: readonly Thing[]) => those.map(({ namespace, name }) => `${namespace}/${name}`)
  return new Map([...groups].map(([address, those]) => [address, namesOf(those)]))
}

/** Names, and what stands behind those of TraefikServices: whoever leads to one leads to what that names. */
function withThoseBehind(names: readonly string[], world: World): string[] {
  const all = new Set(names)
  for (const name of all) {
    const [namespace = '', ...own] = name.split('/')
    for (const one of traefikServicesOf(own.join('/'), namespace, world))
      for (const inner of namedBy(one)) all.add(inner)
  }
  return [...all]
}

/** What a kind that is not known may lead to. */
function namedBy(thing: Thing): string[] {
  if (thing.kind === 'ConfigMap') return ofConfigMap(thing)
  const own = isOfDeployers(thing) ? [] : [`${thing.namespace}/${thing.name}`]
  return [...own, ...namesIn(body(thing), thing.namespace)]
}

/**
 * What a controller leads to as it is told: `NAMESPACE/NAME` of its default backend, or a name in DNS; where a variable's
 * value is not here, whatever it may make of it.
 */
function ofArguments(thing: Thing, services: ReadonlyMap<string, Thing>): string[] {
  if (!startsPods(thing) || !isController(thing)) return []
  return argumentsOf(thing)
    .filter(({ value }) => /[/.]|\$\(/.test(value))
    .flatMap(({ value }) => namesIn(value, /^\$\([^)]*\)$/.test(value) ? value : thing.namespace))
    .flatMap((name) => [name, ...(name.includes('$(') ? [...services.keys()].filter(isFormOf(name)) : [])])
}

/** May a name with variables be another? What stands between these comes in its order: sought once, however many there are. */
function isFormOf(name: string) {
  const [first = '', ...between] = name.split(/\$\([^)]*\)/)
  const last = between.pop() ?? ''
  return (other: string): boolean => {
    if (!other.startsWith(first)) return false
    let end = first.length
    for (const part of between) {
      const start = other.indexOf(part, end)
      if (start < 0) return false
      end = start + part.length
    }
    return end <= other.length - last.length && other.endsWith(last)
  }
}

/** Annotations that a copy of the object, or words of its deployer, fill. */
const told = /^(kubectl\.kubernetes\.io|meta\.helm\.sh|argocd\.argoproj\.io|.*fluxcd\.io|kapp\.k14s\.io)\//

/** Names of annotations whose value may be a Service's bare name. */
const leading =
  /^(?!.*(vhost|protocol)).*(backend|upstream|service|target|mirror|snippet|errors|route|forward|proxy-pass)/i

/** What annotations name, of whatever kind: a Service by its name in DNS or with its namespace, or by its bare name. */
const namedByAnnotations = ({ annotations, namespace }: Thing): string[] =>
  Object.entries(annotations)
    .filter(([key]) => !told.test(key))
    .flatMap(([key, value]) =>
      value
        .split(/[\s"'`,;{}()=]+/)
        .filter((word) => /[./:]/.test(word) || leading.test(key.split('/').at(-1) ?? ''))
        .flatMap((word) => namesIn(word, namespace)),
    )

/** Keys by which a Service asks to be reached from elsewhere, by their makers' documentation. */
const exposing =
  /^(tailscale\.com|skupper\.io|(k8s\.)?ngrok\.com|inlets\.dev|consul\.hashicorp\.com|mirror\.linkerd\.io|multicluster\.linkerd\.io|getambassador\.io|konghq\.com|configuration\.konghq\.com)\/|^(service\.cilium\.io|io\.cilium)\/(global|shared|global-service|shared-service|type)$|^networking\.istio\.io\/exportTo$/

const exposingKeys = ({ annotations, labels }: Thing): string[] =>
  Object.entries({ ...annotations, ...labels })
    .filter(([key, value]) => exposing.test(key) && value !== 'false' && !isAlone(key, value))
    .map(([key]) => key)

const body = ({ raw }: Thing): unknown[] =>
  Object.entries(fields(raw)).flatMap(([field, value]) =>
    ['apiVersion', 'kind', 'metadata', 'status'].includes(field) ? [] : [value],
  )

/**
 * `NAMESPACE/NAME` of whatever a text may name: alone, with its namespace beside or behind it, as in DNS.
 * @param namespaces in which it may be: what stands below a reference to another may be of that one's, or of its own
 */
function namesIn(value: unknown, ...namespaces: readonly string[]): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => namesIn(one, ...namespaces))
  if (isMap(value)) {
    const said = text(value.namespace)
    const own = said === undefined ? namespaces : [said]
    return Object.values(value).flatMap((one) =>
      typeof one === 'object' ? namesIn(one, ...unique([...own, ...namespaces])) : namesIn(one, ...own),
    )
  }
  const [host = ''] = (text(value) ?? '').replace(/^\w+:\/\//, '').split(/[:?#]/)
  if (host === '') return []
  const [name = '', second] = host.split('/')
  const labels = name.split('.')
  return [
    ...namespaces.map((namespace) => `${namespace}/${name}`),
    ...(second === undefined ? [] : [`${name}/${second}`]),
    ...(labels.length > 1 ? [`${labels[1]}/${labels[0]}`] : []),
  ]
}

/**
 * ingress-nginx's tcp-services and udp-services, and HAProxy's alike: `NAMESPACE/NAME:PORT`; and in a file of Traefik's
 * `NAMESPACE-NAME@kubernetescrd`.
 */
const ofConfigMap = ({ raw, namespace }: Thing): string[] =>
  Object.values(fields(at(raw, 'data'))).flatMap((value) => {
    const file = text(value) ?? ''
    const found = /^([a-z0-9.-]+\/[a-z0-9.-]+):\w+/.exec(file)
    const ofTraefik = file.match(/[\p{L}\p{N}._-]+@kubernetescrd/gu) ?? []
    return [...(found?.[1] ? [found[1]] : []), ...ofTraefik.map((name) => `${namespace}/${name}`)]
  })
