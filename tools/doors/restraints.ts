import { createHash } from 'node:crypto'
import { startsPods } from './arguments.ts'
import { difference, intersection, isNobody, type Who, whoOf } from './cidr.ts'
import { controllerSettings } from './controller-settings.ts'
import { contour } from './controllers/contour.ts'
import { envoyGateway } from './controllers/envoy-gateway.ts'
import { haproxy } from './controllers/haproxy.ts'
import { isAmong, leavingOut, notAccepted } from './controllers/held.ts'
import { istio, istioSpecFor } from './controllers/istio.ts'
import { nginx } from './controllers/nginx.ts'
import { traefik } from './controllers/traefik.ts'
import { type Restraint, unique } from './door.ts'
import { mayBeNamed } from './kinds.ts'
import { type KnownFields, knownFields, nothing } from './known-fields.ts'
import { isPlacing, isWithoutPlace } from './load-balancer-annotations.ts'
import { at, fields, indexed, isMap, list, type Thing, text, type World } from './things.ts'

/** A part of an object that a door goes through: the object but for its spec, or what stands at a path. */
export interface Part {
  thing: Thing
  /** Without it the annotations and labels are meant. */
  path?: string
  value?: unknown
  /** Its sections that the door goes through; without them policies for any of them are meant. */
  sections?: readonly (string | undefined)[]
  /** Is it the Service or configuration of a controller, which the judge doesn't read? */
  ofController?: boolean
  /** Is it an Ingress beside the door's, with which that shares what is of their host? */
  isBeside?: boolean
  /** Is it of the only object of its kind that may be in force? */
  isOne?: boolean
  /** What it may do, where that is not known by its field. */
  may?: Restraint['may']
  /** Whose it is, where that is not its kind's alone. */
  of?: string | undefined
}

/** An object as a whole. */
export const whole = (thing: Thing): Part[] => [
  { thing },
  ...Object.entries(fields(thing.raw)).flatMap(([path, value]) =>
    ['apiVersion', 'immutable', 'kind', 'metadata', 'status', 'type'].includes(path)
      ? []
      : [{ thing, path, value }],
  ),
]

/** What a controller reads of what a door leads to: of a Service its annotations, since it dials the endpoints itself. */
export const backendParts = (backends: readonly Thing[]): Part[] =>
  backends.flatMap((thing) => (thing.kind === 'Service' && thing.group === '' ? [{ thing }] : whole(thing)))

/** The namespaces of objects, where they are here. */
export const namespaceParts = (things: readonly Thing[], world: World): Part[] => {
  const names = new Set(things.map(({ namespace }) => namespace))
  return world.ofKind('Namespace', '').flatMap((thing) => (names.has(thing.name) ? [{ thing }] : []))
}

/** What becomes of restraints from one reading to another, each as `KEY of OBJECT`. */
export interface Loosened {
  /** They are gone, or in force no more. */
  gone: string[]
  /** They say something else, which the judge can't compare. */
  changed: string[]
  /** They came to others, and may undo them. */
  new: string[]
}

/**
 * The restraints of a door.
 * @param parts what the door goes through; policies that mean these objects, and what either names, are found here
 * @param way the door's
 * @param host the door's, where it has one
 * @param beside what is a restraint only where there are these
 */
export function restraintsOf(
  parts: readonly Part[],
  way: string,
  world: World,
  host?: string,
  beside: (found: readonly Restraint[]) => readonly Part[] = () => [],
): Restraint[] {
  const pieces = new Pieces(way, world, host)
  for (const part of parts) pieces.add(part)
  for (const part of parts.filter(({ path }) => path === undefined))
    for (const { policy, isOne } of meaning(part, world)) pieces.addPolicy(policy, '', isOne)
  const around = ofServices.includes(way) ? [] : controllerSettings(world)
  // Where nobody sees the controller, it may be in any namespace.
  const isAnywhere = !ofServices.includes(way) && !around.some(({ thing }) => thing.kind === 'Service')
  const namespaces = new Set([...parts, ...around].map(({ thing }) => thing.namespace))
  for (const policy of lone(world)) {
    if (isAnywhere || !isOfNamespace(policy) || namespaces.has(policy.namespace))
      pieces.addPolicy(policy, policy.namespace)
  }
  for (const part of around) pieces.add({ ...part, ofController: true })
  const found = pieces.restraints()
  const more = beside(found)
  for (const part of more) pieces.add(part)
  return more.length > 0 ? pieces.restraints() : found
}

/** What both of two ways have, since whoever is not kept out of one gets in. */
export const shared = (one: readonly Restraint[], other: readonly Restraint[]): Restraint[] =>
  one.filter(({ id, says }) => other.some((its) => its.id === id && its.says === says))

interface Restrained {
  restraints: readonly Restraint[]
  heldBy: readonly string[]
  who: Who
}

/**
 * What became of the restraints of ways that lead to one door.
 * @param was the ways before, of which each may have been taken: whoever gets in now by one that is no wider than one
 * of these got in before
 * @param is the ways now
 * @returns undefined where whoever was kept out before still is, as far as can be seen
 */
export function loosened(was: readonly Restrained[], is: readonly Restrained[]): Loosened | undefined {
  if (was.length === 0) return undefined
  // A list that is in force is compared by whom it lets in.
  const isOpen = was.some(({ heldBy }) => heldBy.length === 0)
  const before = was.map(({ restraints, heldBy }) => ({
    restraints: restraints.filter(({ isList }) => isOpen || !isList),
    isHeld: heldBy.length > 0,
  }))
  const all = is.flatMap((one) => {
    if (was.some((its) => isAsBefore(its, one))) return []
    const [least] = before
      .map(({ restraints, isHeld }) =>
        loosenedAt(restraints.filter(keepsOutOf(one.who)), one.restraints, isHeld),
      )
      .sort((these, those) => weightOf(these) - weightOf(those))
    return least ?? []
  })
  const found = {
    gone: unique(all.flatMap(({ gone }) => gone)),
    changed: unique(all.flatMap(({ changed }) => changed)),
    new: unique(all.flatMap((one) => one.new)),
  }
  return Object.values(found).some((one) => one.length > 0) ? found : undefined
}

// --- utils ---

const isAsBefore = (was: Restrained, is: Restrained) =>
  was.restraints.length === is.restraints.length &&
  was.restraints.every(
    ({ id, says }, index) => id === is.restraints[index]?.id && says === is.restraints[index]?.says,
  )

/** Does a restraint keep somebody of these out, as far as is known? */
const keepsOutOf =
  (who: Who) =>
  ({ lets }: Restraint): boolean =>
    lets === undefined || !isNobody(difference(who, lets))

/** What is gone weighs more than what is to be looked at. */
const weightOf = ({ gone, changed, new: added }: Loosened) =>
  gone.length * 1000 + changed.length + added.length

function loosenedAt(
  before: readonly Restraint[],
  restraints: readonly Restraint[],
  isHeld: boolean,
): Loosened {
  const now = new Map(restraints.map((one) => [one.id, one]))
  const old = new Set(before.map(({ id }) => id))
  const words = (those: readonly Restraint[]) => those.map(({ key, object }) => `${key} of ${object}`)
  const keeping = before.filter(({ may }) => ['hold', 'either', 'place'].includes(may))
  // How somebody is judged matters where he is.
  const isJudged = isHeld || keeping.some(({ may }) => may !== 'place')
  return {
    gone: words(keeping.filter(({ id }) => !now.has(id))),
    changed: words(
      before.filter(({ id, may, says }) => {
        if (may === 'judge') return isJudged && now.get(id)?.says !== says
        return now.has(id) && now.get(id)?.says !== says
      }),
    ),
    new: words(
      restraints.filter(({ id, may }) => {
        if (old.has(id) || may === 'hold' || may === 'choose') return false
        if (may === 'judge') return isJudged
        return keeping.some((one) => (one.may === 'place') === (may === 'place'))
      }),
    ),
  }
}

const controllers = [contour, envoyGateway, haproxy, istio, nginx, traefik]

/** Keys of Kubernetes, of deployers and of those who describe, make certificates, names in DNS or copies: they hold nobody. */
const bystanders =
  /^(app\.kubernetes\.io|(acme\.)?cert-manager\.io|external-dns(\.alpha)?\.kubernetes\.io|helm\.sh|meta\.helm\.sh|kubectl\.kubernetes\.io|(.+\.)?argocd\.argoproj\.io|argocd-image-updater\.argoproj\.io|(.+\.)?fluxcd\.io|(.+\.)?k14s\.io|config\.kubernetes\.io|kubernetes\.io\/metadata\.name$|pod-security\.kubernetes\.io|backstage\.io|forecastle\.stakater\.com|gethomepage\.dev|(ignore-check\.)?kube-linter\.io|kube-score(\.com)?|prometheus\.io|((configmap|secret)\.)?reloader\.stakater\.com|(ad|tags)\.datadoghq\.com|field\.cattle\.io)(\/|$)|^kubernetes\.io\/(ingress\.class|change-cause|created-by|description|tls-acme|metadata\.name)$|^projectcontour\.io\/ingress\.class$/

/** Annotations without a prefix by which people describe: HAProxy reads such, too, so any other may be one of its. */
const describing =
  /^(description|owner|owners|contact|team|email|note|notes|comment|checksum|revision|version|url|docs)$/i

/** What may let somebody past another, by its name. */
const undoing = /allow|white|skip|bypass|exempt|satisfy|disable|off$/i

/** A value that lets people past what the key, or the field, would keep out. */
const switchedOff =
  /^(off|false|none|any|optional\w*)$|"(disabled|failOpen|optional\w*|skip\w*|permitInsecure)":true/i

type Said = Pick<Restraint, 'may' | 'isList' | 'lets'>

/** What an annotation or label may do at a door; undefined where it holds nobody. */
function ofKey(
  key: string,
  value: string,
  { annotations, kind, group }: Thing,
  way: string,
): Said | undefined {
  if (leavingOut.test(key)) return { may: 'undo', isList: false }
  if (bystanders.test(key)) return undefined
  const isService = kind === 'Service' && group === ''
  if (isService && isPlacing(key))
    return way === 'load balancer' ? { may: 'place', isList: false } : undefined
  const [controller, own] = readerOf(key)
  if (controller) {
    const { harmless, holding = [], logins = [], lists = [], ofNamespaces = [] } = controller
    // A list of an Ingress's is read there alone (haproxytech's pkg/ingress, ingress-nginx's annotations).
    if (isAmong(lists, own) && isService) return undefined
    if (isAmong(lists, own)) {
      // Of two that differ either may be in force, so the verdict takes them together.
      const isOne = Object.entries(annotations).every(([other, its]) => {
        const [reader, name] = readerOf(other)
        return reader !== controller || !isAmong(lists, name) || its === value
      })
      const { who: lets, unreadable } = whoOf(value.split(','))
      return { may: 'hold', isList: isOne, ...(unreadable.length === 0 && { lets }) }
    }
    if (isAmong([...holding, ...logins], own))
      return { may: undoing.test(own) || switchedOff.test(value) ? 'either' : 'hold', isList: false }
    return isAmong([...harmless, ...(kind === 'Namespace' ? ofNamespaces : [])], own) ? undefined : either
  }
  if (isService && isWithoutPlace(key)) return undefined
  // A Namespace's keys are its readers' alone.
  if (kind === 'Namespace' && group === '') return undefined
  if (key.includes('/')) return either
  return !(key in annotations) || describing.test(key) ? undefined : either
}

const either: Said = { may: 'either', isList: false }

function readerOf(key: string) {
  for (const controller of controllers) {
    const prefix = controller.prefixes.find((one) => key.startsWith(one))
    if (prefix !== undefined) return [controller, key.slice(prefix.length)] as const
  }
  return [undefined, key] as const
}

interface Piece extends Said {
  key: string
  value: unknown
}

/** The fields at a path and below that may hold somebody. Of what stands in a list the list is compared, since a rule may be what another was. */
function piecesAt(
  known: KnownFields,
  path: string,
  value: unknown,
  inside?: unknown,
  isRead = true,
): Piece[] {
  const { harmless, lists = [], holding = [], placing = [], choosing = [] } = known
  if (value === undefined || value === null || harmless.includes(path)) return []
  if (known !== nothing && isEmpty(value)) return []
  const isCompared = isRead && (known.read?.[path]?.(value) ?? true)
  const classed = [lists, holding, placing]
  const isClassed = classed.some((paths) => paths.includes(path))
  const above = `${path}.`
  const goesOn = [harmless, ...classed].some((paths) => paths.some((one) => one.startsWith(above)))
  if (goesOn && !isClassed) {
    if (Array.isArray(value))
      return value.flatMap((one) => piecesAt(known, path, one, inside ?? value, isCompared))
    if (isMap(value))
      return Object.entries(value).flatMap(([field, one]) =>
        piecesAt(known, `${path}.${field}`, one, inside, isCompared),
      )
  }
  const isList = lists.includes(path)
  const isHolding = isList || (holding.includes(path) && !switchedOff.test(JSON.stringify(value)))
  const isOther = placing.includes(path) ? 'place' : choosing.includes(path) ? 'choose' : undefined
  const may = isOther ?? (isHolding ? 'hold' : 'either')
  return [{ key: path, value: inside ?? value, may, isList: isList && isCompared }]
}

/** Of what is known, an empty list or map is as good as none; of what is not, it may keep out everybody. */
const isEmpty = (value: unknown) =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0

/** A kind with its group: a stranger's of the same name is another. An Ingress is of two. */
const kindOf = ({ group, kind }: Thing) => (kind === 'Ingress' || group === '' ? kind : `${kind}.${group}`)

interface Had extends Omit<Said, 'lets'> {
  lets: Who | undefined
  objects: Set<string>
  values: string[]
}

/** What a door's objects say, by their kinds. */
class Pieces {
  private readonly byId = new Map<string, Had & { key: string }>()
  private readonly added = new Set<Thing>()
  private readonly policies = new Map<string, string[]>()

  private readonly way: string
  private readonly world: World
  private readonly host: string | undefined

  constructor(way: string, world: World, host: string | undefined) {
    this.way = way
    this.world = world
    this.host = host
  }

  add({ thing, path, value, ofController = false, isBeside = false, isOne = true, may, of }: Part): void {
    const way = ofController ? 'load balancer' : this.way
    const pieces = path === undefined ? ofMetadata(thing, way) : piecesAt(knownFields(thing), path, value)
    for (const piece of pieces) {
      if (isBeside && piece.may === 'hold' && !ofHost.test(piece.key)) continue
      // A class of an object's name is none, and an argument names Middlewares alone.
      const isPlain = piece.may === 'place' || (startsPods(thing) && !isOfMiddlewares(piece.value))
      const [value, named] = isPlain ? [piece.value, []] : this.withoutNames(piece.value, path === undefined)
      for (const one of named) this.addWhole(one)
      this.put(thing, {
        ...piece,
        value,
        ...(may && { may }),
        isList: piece.isList && isOne && !ofController,
        of,
      })
    }
  }

  /**
   * Another policy of its kind may stand in its place, or let in whom it keeps out, so they are counted.
   * @param at where it holds, if it names nothing that it holds
   * @param isOne is it the only one of its kind that may be in force?
   */
  addPolicy(policy: Thing, at = '', isOne = true): void {
    if (this.world.options.live && notAccepted(policy).length > 0) return
    if (this.addWhole(policy, isOne))
      this.policies.set(kindOf(policy), [...(this.policies.get(kindOf(policy)) ?? []), at].sort())
  }

  restraints(): Restraint[] {
    return [...this.byId]
      .map(([id, { key, objects, values, may, isList, lets }]) => ({
        id,
        object: [...objects].sort().join(', '),
        key,
        says: digest(JSON.stringify([[...values].sort(), this.policies.get(id.split(' ')[0] ?? '')])),
        may,
        isList,
        ...(lets && { lets }),
      }))
      .sort((one, other) => (one.id < other.id ? -1 : 1))
  }

  /** @returns whether it was not there before */
  private addWhole(thing: Thing, isOne = true): boolean {
    if (this.added.has(thing)) return false
    this.added.add(thing)
    const isOfIstio = thing.kind === 'AuthorizationPolicy' && thing.group === 'security.istio.io'
    const spec = isOfIstio ? istioSpecFor(this.host, at(thing.raw, 'spec')) : undefined
    if (isOfIstio && spec === undefined) return false
    const parts = whole(thing).map((part) =>
      isOfIstio && part.path === 'spec' ? { ...part, value: spec } : part,
    )
    for (const part of parts) this.add({ ...part, isOne })
    return true
  }

  private put(thing: Thing, { key, value, may, isList, lets, of }: Piece & Pick<Part, 'of'>): void {
    const { title } = thing
    // What the verdict has read is apart from what it has not.
    const id = `${of ?? kindOf(thing)} ${key}${isList ? ' read' : ''}`
    const had = this.byId.get(id) ?? { key, objects: new Set(), values: [], may, isList, lets }
    had.lets = had.lets && lets && intersection(had.lets, lets)
    had.objects.add(title)
    had.values.push(JSON.stringify(value))
    this.byId.set(id, had)
  }

  /**
   * What is said, in one order, without the names of a maker's objects that are here, since what these say is compared;
   * and whatever objects it may name.
   * @param isAnnotation does it name objects as Traefik does alone, and else nobody knows what a word means?
   */
  private withoutNames(value: unknown, isAnnotation: boolean): [unknown, Thing[]] {
    if (Array.isArray(value)) {
      const all = value.map((one) => this.withoutNames(one, isAnnotation))
      return [all.map(([said]) => said), all.flatMap(([, named]) => named)]
    }
    if (isMap(value)) {
      const all = Object.entries(value)
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([field, one]) => [field, ...this.withoutNames(one, isAnnotation)] as const)
      return [
        Object.fromEntries(all.map(([field, said]) => [field, said])),
        all.flatMap(([, , named]) => named),
      ]
    }
    if (typeof value !== 'string') return [value, []]
    const words = value.split(',').map((word) => word.trim())
    const isName = (word: string) =>
      (!isAnnotation || word.endsWith('@kubernetescrd')) &&
      namedBy(word, this.world).some(({ group }) => group !== '')
    const said = words.some(isName) ? words.filter((word) => !isName(word)).join() : value
    const named = value.split(/[^\p{L}\p{N}./@_-]+/u).flatMap((word) => namedBy(word, this.world))
    return [said, named]
  }
}

const isOfMiddlewares = (value: unknown) => JSON.stringify(value).includes('@kubernetescrd')

/** What keeps people out of a host, and not of an Ingress's paths alone (ingress-nginx's template). */
export const ofHost = /\/auth-tls-/

/** What an object's annotations and labels may do at a door. */
const ofMetadata = (thing: Thing, way: string): Piece[] =>
  (['annotations', 'labels'] as const).flatMap((field) =>
    Object.entries(thing[field]).flatMap(([key, value]) => {
      const said = ofKey(key, value, thing, way)
      return said ? [{ key: field === 'labels' ? `label ${key}` : key, value, ...said }] : []
    }),
  )

const digest = (words: string) => createHash('sha256').update(words).digest('hex').slice(0, 16)

/** The policies that mean an object: by their targets, or by its labels. */
function meaning({ thing, sections }: Part, world: World): { policy: Thing; isOne: boolean }[] {
  const isMeant = (section: string | undefined) =>
    section === undefined || sections === undefined || sections.includes(section)
  const found = world.targeting(thing).flatMap(({ policy, group, section, byLabels }) => {
    const isNear = policy.namespace === thing.namespace || thing.kind === 'GatewayClass'
    if (!isNear || (group === 'core' ? '' : group) !== thing.group || !isMeant(section)) return []
    return !byLabels || list(at(policy.raw, 'spec', 'targetSelectors')).some((one) => chooses(one, thing))
      ? [{ policy, place: `${kindOf(policy)} ${section}` }]
      : []
  })
  // Envoy Gateway takes one of several for one target; Istio all of them.
  return found.map(({ policy, place }) => ({
    policy,
    isOne:
      policy.kind === 'AuthorizationPolicy' ||
      found.every((one) => one.policy === policy || one.place !== place),
  }))
}

function chooses(selector: unknown, { kind, labels }: Thing): boolean {
  const expressions = list(at(selector, 'matchExpressions')).map((one) => {
    const [own, values] = [labels[text(at(one, 'key')) ?? ''], list(at(one, 'values'))]
    const isIn = own !== undefined && values.includes(own)
    switch (at(one, 'operator')) {
      case 'In':
        return isIn
      case 'NotIn':
        return !isIn
      case 'Exists':
        return own !== undefined
      default:
        return own === undefined
    }
  })
  const pairs = Object.entries(fields(at(selector, 'matchLabels')))
  return (
    at(selector, 'kind') === kind &&
    pairs.every(([key, value]) => labels[key] === value) &&
    expressions.every(Boolean)
  )
}

/** Kinds that hold what they don't name: a namespace, pods by their labels, or everything; and sets of addresses that these choose. */
const holdingKinds =
  /Policy$|NetworkSet$|CIDRGroup$|Authentication$|Authorization$|^EnvoyFilter$|^WasmPlugin$|ClusterPlugin$|^ContourConfiguration$|^TLSStore$|Firewall|Waf/i

/** Does it hold pods of its own namespace alone? */
const isOfNamespace = ({ group, kind }: Thing) => kind === 'NetworkPolicy' && group === 'networking.k8s.io'

const lonePolicies = new WeakMap<World, Thing[]>()

/** Policies that name no object here by a targetRef: any door may be meant. */
function lone(world: World): Thing[] {
  const found =
    lonePolicies.get(world) ??
    world.things.filter((thing) => {
      const { kind, raw } = thing
      if (isOfNamespace(thing)) return true
      const targets = ['targetRef', 'targetRefs', 'targetSelectors'].map((field) => at(raw, 'spec', field))
      return (
        mayBeNamed(thing) &&
        (holdingKinds.test(kind) || (kind === 'TLSOption' && thing.name === 'default')) &&
        (targets.every((one) => one === undefined) || kind === 'EnvoyPatchPolicy')
      )
    })
  lonePolicies.set(world, found)
  return found
}

const ofServices = ['load balancer', 'external IP', 'node port', 'ClusterIP', 'headless', 'ExternalName']

const byNames = new WeakMap<World, Map<string, Thing[]>>()

/** What a text names: an object by its name, with its namespace before it, or as Traefik has both. */
function namedBy(word: string, world: World): Thing[] {
  const index =
    byNames.get(world) ??
    indexed(world.things.filter(mayBeNamed), ({ namespace, name }) => {
      const words = `${namespace}-${name}`.split(/[^\p{L}\p{N}]+/u).filter(Boolean)
      return [name, `${namespace}/${name}`, `${words.join('-')}@kubernetescrd`]
    })
  byNames.set(world, index)
  return index.get(word) ?? []
}
