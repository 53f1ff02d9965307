import { families, isAnyone, isNobody } from '../doors/cidr.ts'
import { type Door, type Judgement, unique } from '../doors/door.ts'
import { whoText } from '../doors/table.ts'

/** How a door stands: to anyone, to a list, to nobody, or to somebody but leading nowhere, as with all drained. */
export type State = 'open' | 'held' | 'closed' | 'drained'

export interface Node {
  id: string
  kind: 'app1' | 'door' | 'proxy' | 'app2'
  /** The first says what it is. */
  lines: string[]
  state?: State
}

interface Edge {
  from: string
  to: string
  state: State
}

/** Who knocks, doors, proxies, and where they lead, from left to right. */
export interface Graph {
  nodes: Node[]
  edges: Edge[]
}

/** Of more proxies than these, those that are alike are one. */
const mostAlone = 6
/** Of more that are not alike, less is asked of those that are. */
const mostDrawn = 12
/** Of more lines than these the rest is a number. */
const mostLines = 4

/**
 * What the judge says, as a graph: of many, proxies that are alike but for names, hosts and addresses are drawn as one; of
 * still too many those that differ in ports, then those that differ in lists as well, never an open one with one that is
 * not.
 */
export function graphOf({ doors }: Judgement): Graph {
  const ofServices = [...grouped(doors, ({ service }) => service).values()]
  const parts = drawnOf(ofServices).map(partOf)
  const nodes = new Map(parts.flatMap((part) => part.nodes).map((node) => [node.id, node]))
  return { nodes: [...nodes.values()], edges: parts.flatMap(({ edges }) => edges) }
}

/** How a door stands. */
export const stateOf = (door: Door): State => {
  const { who } = door
  if (isNobody(who)) return 'closed'
  if (door.to.length === 0) return 'drained'
  return families.some((family) => isAnyone(who, family)) ? 'open' : 'held'
}

/** Not more lines than a box holds; the rest is a number. */
export const shortened = (lines: readonly string[]) =>
  lines.length > mostLines
    ? [...lines.slice(0, mostLines - 1), `and ${lines.length - mostLines + 1} more`]
    : [...lines]

// --- utils ---

type Key = (door: Door) => string

const stanceOf: Key = (door) => [door.way, door.where.protocol, stateOf(door)].join(' ')

/** What a door is without what is a proxy's own, from much to little. */
const keys: readonly Key[] = [
  (door) => [stanceOf(door), door.where.port, whoText(door.who)].join(' '),
  (door) => [stanceOf(door), whoText(door.who)].join(' '),
  stanceOf,
]

/** The proxies of each part, and by what their doors are one: as much as leaves no more parts than can be looked at. */
function drawnOf(proxies: readonly Door[][]): { own: readonly Door[][]; key: Key }[] {
  const alone: Key = ({ id }) => id
  if (proxies.length <= mostAlone) return proxies.map((one) => ({ own: [one], key: alone }))
  const drawn = keys.map((key) => {
    const shapeOf = (doors: readonly Door[]) => unique(doors.map(key)).sort().join('\n')
    const groups = [...grouped(proxies, shapeOf).values()]
    return groups.map((own) => ({ own, key: own.length > 1 ? key : alone }))
  })
  return drawn.find(({ length }) => length <= mostDrawn) ?? drawn.at(-1) ?? []
}

function partOf({ own: proxies, key }: { own: readonly Door[][]; key: Key }): Graph {
  const all = proxies.flat()
  const names = unique(all.map(({ service }) => service))
  const proxy: Node = { id: `proxy ${names[0]}`, kind: 'proxy', lines: titled('proxy', names) }
  const targets = unique(all.flatMap(({ to }) => to))
  const app2: Node = { id: `app2 ${targets.join(' ')}`, kind: 'app2', lines: titled('App2', targets) }
  const isDrained = targets.length === 0
  const leads: Edge[] = isDrained ? [] : [{ from: proxy.id, to: app2.id, state: 'held' }]
  const ways = [...grouped(all, key).values()].flatMap((same) => wayOf(same, proxy.id))
  return {
    nodes: [...ways.flatMap(({ nodes }) => nodes), proxy, ...(isDrained ? [] : [app2])],
    edges: [...ways.flatMap(({ edges }) => edges), ...leads],
  }
}

/** A door, with who knocks at it. */
function wayOf(same: readonly Door[], proxy: string): Graph[] {
  const [first] = same
  if (!first) return []
  const state = stateOf(first)
  const places = unique(same.map(placeOf).filter((place) => place !== ''))
  const door: Node = {
    id: `door ${first.id}`,
    kind: 'door',
    lines: [`${first.way}: ${state}`, ...shortened(places)],
    state,
  }
  if (state === 'closed') return [{ nodes: [door], edges: [{ from: door.id, to: proxy, state }] }]
  const who = unique(same.flatMap((one) => whoText(one.who).split(', ')))
  const app1: Node = { id: `app1 ${who.join(', ')}`, kind: 'app1', lines: titled('App1', who) }
  const edges = [
    { from: app1.id, to: door.id, state },
    { from: door.id, to: proxy, state },
  ]
  return [{ nodes: [app1, door], edges }]
}

const placeOf = ({ where: { protocol, port, host, path } }: Door) =>
  host ? `${host}${path ?? ''}` : port === undefined ? '' : `${protocol} ${port}`

const titled = (title: string, lines: readonly string[]) => [
  lines.length > 1 ? `${title} (${lines.length})` : title,
  ...shortened(lines),
]

function grouped<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const value of values) groups.set(keyOf(value), [...(groups.get(keyOf(value)) ?? []), value])
  return groups
}
