import { families, isAnyone, isNobody } from '../doors/cidr.ts'
import { type Door, type Judgement, unique } from '../doors/door.ts'
import { elsewhere } from '../doors/endpoints.ts'
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
/** Of more lines than these the rest is a number. */
const mostLines = 4

/** What the judge says, as a graph: proxies that are alike but for names, hosts and addresses are drawn as one. */
export function graphOf({ doors }: Judgement): Graph {
  const ofServices = grouped(doors, ({ service }) => service)
  const isMany = ofServices.size > mostAlone
  const alike = grouped([...ofServices.values()], (own) => (isMany ? shapeOf(own) : (own[0]?.service ?? '')))
  const parts = [...alike.values()].map(partOf)
  const nodes = new Map(parts.flatMap((part) => part.nodes).map((node) => [node.id, node]))
  return { nodes: [...nodes.values()], edges: parts.flatMap(({ edges }) => edges) }
}

/** How a door stands. */
export const stateOf = (door: Door): State => {
  const { who } = door
  if (isNobody(who)) return 'closed'
  if (targetsOf(door).length === 0) return 'drained'
  return families.some((family) => isAnyone(who, family)) ? 'open' : 'held'
}

/** Not more lines than a box holds; the rest is a number. */
export const shortened = (lines: readonly string[]) =>
  lines.length > mostLines
    ? [...lines.slice(0, mostLines - 1), `and ${lines.length - mostLines + 1} more`]
    : [...lines]

// --- utils ---

/** What the judge says of a Service whose addresses are all drained is nowhere to lead to. */
const targetsOf = ({ to }: Door) => to.filter((target) => target !== elsewhere)

/** A door without what is a proxy's own. */
const doorKey = (door: Door) =>
  [door.way, door.where.protocol, door.where.port, stateOf(door), whoText(door.who)].join(' ')

const shapeOf = (doors: readonly Door[]) => unique(doors.map(doorKey)).sort().join('\n')

function partOf(proxies: readonly Door[][]): Graph {
  const all = proxies.flat()
  const names = unique(all.map(({ service }) => service))
  const proxy: Node = { id: `proxy ${names[0]}`, kind: 'proxy', lines: titled('proxy', names) }
  const targets = unique(all.flatMap(targetsOf))
  const app2: Node = { id: `app2 ${targets.join(' ')}`, kind: 'app2', lines: titled('App2', targets) }
  const isDrained = targets.length === 0
  const leads: Edge[] = isDrained ? [] : [{ from: proxy.id, to: app2.id, state: 'held' }]
  const groups = [...grouped(all, (door) => `${doorKey(door)} ${proxies.length > 1 ? '' : door.id}`).values()]
  const ways = groups.flatMap((same) => wayOf(same, proxy.id))
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
  const who = whoText(first.who)
  const app1: Node = { id: `app1 ${who}`, kind: 'app1', lines: titled('App1', who.split(', ')) }
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
