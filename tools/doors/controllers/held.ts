import { argumentsOf, startsPods } from '../arguments.ts'
import { families, intersection, isAnyone, isNobody, whoOf } from '../cidr.ts'
import { open, type Sure, unique, type Verdict } from '../door.ts'
import { isKnownPolicy } from '../kinds.ts'
import { at, list, type Thing, text, type World } from '../things.ts'
import type { RouteVisit } from './index.ts'

/** What a controller is to the judge. */
export interface Controller {
  title: string
  /** Under which condition the address that it judges is the client's own. */
  clientAddress: string
  sure: Sure
  /** The groups of its own kinds, and those of them that undo no list; another kind may. */
  groups?: RegExp
  kinds?: readonly string[]
  /** Keys of its ConfigMap that change whom it takes for the client, or bring configuration of one's own. */
  settings?: readonly string[]
  /** Arguments of its, as `FLAG=VALUE` in small letters, by which it heeds no such list, or believes anyone's word for the client. */
  arguments?: RegExp
  /** Arguments of its, by their flags in small letters, that list whose word it believes for the client. */
  trusting?: RegExp
  /** Keys that mean nothing for a list where they stand on a Namespace. */
  ofNamespaces?: readonly string[]
  /** The beginnings of the annotations and labels that it reads. */
  prefixes: readonly string[]
  /** Those of their keys, without the prefix, that change neither who gets in nor where they get. `*` ends a beginning. */
  harmless: readonly string[]
  /** Those that keep people out, and let nobody past a list. */
  holding?: readonly string[]
  /** Those that keep people out, too, but of which it is not known that they let nobody past a list. */
  logins?: readonly string[]
  /** Those that are the lists which the judge reads. */
  lists?: readonly string[]
}

/**
 * A verdict that a controller's list gives.
 * @param ranges the list
 * @param by what holds it, by kind and name
 * @param things what the controller reads: an annotation or label of its own there that is not known to be harmless
 * opens the door, since it may undo the list, and so does whatever else {@link doubtsOf} finds
 */
export function heldByList(
  controller: Controller,
  ranges: readonly string[],
  by: string,
  things: readonly Thing[],
  world: World,
): Verdict {
  const { options } = world
  const { who, unreadable } = whoOf(ranges)
  if (unreadable.length > 0)
    return open('assumed', `${unreadable.join(', ')} of ${by} can't be read as a range`)
  const doubts = doubtsOf(controller, things, world)
  if (doubts.length > 0) return open('assumed', ...doubts)
  const inside = intersection(who, whoOf(options.nodes ?? []).who)
  if (!isNobody(inside) && !families.every((family) => isAnyone(who, family))) {
    const nodes = families.flatMap((family) => inside[family]).join(', ')
    return open(
      'seen',
      `${nodes} of the nodes and their pods are in the ranges: whoever comes by ${controller.title}'s own ClusterIP or node port looks like a node`,
    )
  }
  const conditions = [
    `${controller.title} sees the client's own address: ${controller.clientAddress}`,
    ...(options.nodes
      ? []
      : [
          `no node's address is in the ranges: whoever comes by ${controller.title}'s own ClusterIP or node port looks like a node`,
        ]),
  ]
  return { who, heldBy: [by], conditions, reasons: [], sure: controller.sure }
}

/** What a route's controller reads, besides a policy: the route, what it hangs on, what it leads to. */
export const around = ({ route, gateway, services }: RouteVisit): Thing[] => [
  route,
  ...gateway.things,
  ...services,
]

/** Is a key, without its prefix, one of these? */
export const isAmong = (keys: readonly string[], own: string): boolean =>
  keys.some((one) => (one.endsWith('*') ? own.startsWith(one.slice(0, -1)) : own === one))

/** Keys by which Helm, Argo CD, Flux and kustomize leave an object out, take it away, or apply it at another time. */
export const leavingOut =
  /^(helm\.sh\/hook|argocd\.argoproj\.io\/(hook|sync-options)|kustomize\.toolkit\.fluxcd\.io\/(reconcile|ssa)|config\.kubernetes\.io\/local-config)/

/** A policy of the Gateway API's form says in its status where it is not in force. */
export const notAccepted = ({ raw, title }: Thing): string[] =>
  list(at(raw, 'status', 'ancestors'))
    .flatMap((ancestor) => list(at(ancestor, 'conditions')))
    .some((one) => at(one, 'type') === 'Accepted' && at(one, 'status') === 'False')
    ? [`${title} was not accepted, as its status says`]
    : []

// --- utils ---

/** Why a list may not be in force, or not mean what it says. */
function doubtsOf(controller: Controller, things: readonly Thing[], world: World): string[] {
  const namespaces = unique(things.map(({ namespace }) => namespace))
  const read = [...things, ...world.ofKind('Namespace', '').filter(({ name }) => namespaces.includes(name))]
  const keys = read.flatMap((thing) =>
    unknownKeys(controller, thing).map((key) => `${key} of ${thing.title}`),
  )
  const policies = read.flatMap((thing) => world.targeting(thing).map(({ policy }) => policy))
  return [
    ...read
      .filter(({ twice }) => twice)
      .map(({ title }) => `${title} is there twice, and either may be installed`),
    ...(keys.length > 0 ? [`${controller.title} may heed ${keys.join(', ')}`] : []),
    ...unique(policies.filter((policy) => !isKnownPolicy(policy))).map(
      ({ title }) => `${title} names it, and nobody says what it does`,
    ),
    ...undoing(controller, world).map(({ title }) => `${title} may undo the list`),
    ...read.flatMap((thing) => (world.options.live ? notAccepted(thing) : notApplied(thing))),
  ]
}

const found = new WeakMap<World, Map<Controller, Thing[]>>()

/** Objects of the controller's own that may undo any list of its; looked for once. */
function undoing(controller: Controller, world: World): Thing[] {
  const known = found.get(world) ?? new Map<Controller, Thing[]>()
  found.set(world, known)
  const things =
    known.get(controller) ??
    world.things.filter((thing) => {
      const { group, kind, raw } = thing
      return (
        (controller.groups?.test(group) && !controller.kinds?.includes(kind)) ||
        (group === '' &&
          kind === 'ConfigMap' &&
          controller.settings?.some(
            (key) => !['', 'false', undefined].includes(text(at(raw, 'data', key))),
          )) ||
        isToldToUndo(controller, thing)
      )
    })
  known.set(controller, things)
  return things
}

/** The widest ranges of one's own networks, where proxies are: whoever is believed beyond these may be anyone. */
const widest = { IPv4: 8, IPv6: 7 } as const

function isToldToUndo(controller: Controller, thing: Thing): boolean {
  if (!startsPods(thing)) return false
  const told = argumentsOf(thing)
  const { who, unreadable } = whoOf(
    told.flatMap(({ flag, value }) =>
      controller.trusting?.test(flag) ? value.split(',').filter(Boolean) : [],
    ),
  )
  return (
    told.some(({ flag, value }) => controller.arguments?.test(`${flag}=${value}`.toLowerCase())) ||
    unreadable.length > 0 ||
    families.some((family) => who[family].some((range) => Number(range.split('/')[1]) < widest[family]))
  )
}

const notApplied = ({ annotations, title }: Thing): string[] =>
  Object.keys(annotations)
    .filter((key) => leavingOut.test(key))
    .map((key) => `${key} may keep ${title} out of the cluster`)

function unknownKeys(
  { prefixes, harmless, holding = [], lists = [], ofNamespaces = [] }: Controller,
  { annotations, labels, kind }: Thing,
): string[] {
  const known = [...harmless, ...holding, ...lists, ...(kind === 'Namespace' ? ofNamespaces : [])]
  const keys = [...Object.keys(annotations), ...Object.keys(labels)]
  return keys.filter((key) => {
    const prefix = prefixes.find((one) => key.startsWith(one))
    if (prefix === undefined) return false
    return !isAmong(known, key.slice(prefix.length))
  })
}
