import { type Graph, type Node, shortened } from './graph.ts'

/** A graph for a column, as on a phone: each proxy stands by itself, and its closed doors are one. */
export function narrowed(graph: Graph): Graph {
  const parts = graph.nodes.filter(({ kind }) => kind === 'proxy').map((proxy) => columnOf(graph, proxy))
  return { nodes: parts.flatMap(({ nodes }) => nodes), edges: parts.flatMap(({ edges }) => edges) }
}

// --- utils ---

/** From above: each door below who knocks at it, then the proxy, and where it leads. */
function columnOf({ nodes, edges }: Graph, proxy: Node): Graph {
  const own = (id: string) => `${id} of ${proxy.id}`
  const found = (id: string) => nodes.filter((node) => node.id === id)
  const doors = edges.filter(({ to }) => to === proxy.id).flatMap(({ from }) => found(from))
  const closed = doors.filter(({ state }) => state === 'closed')
  const others = doors.filter((door) => !closed.includes(door))
  const knocks = edges.filter(({ to }) => others.some(({ id }) => id === to))
  const leads = edges.filter(({ from }) => from === proxy.id)
  const ways = others.flatMap((door) => [
    ...knocks.filter(({ to }) => to === door.id).flatMap(({ from }) => found(from)),
    door,
  ])
  const shut: Node[] = closed.length > 0 ? [together(closed, own('closed'))] : []
  const named = (some: readonly Node[]) => [...new Set(some)].map((node) => ({ ...node, id: own(node.id) }))
  const lines = [
    ...knocks,
    ...edges.filter(({ from, to }) => to === proxy.id && !isOf(closed, from)),
    ...leads,
  ]
  return {
    nodes: [...named(ways), ...shut, ...named([proxy, ...leads.flatMap(({ to }) => found(to))])],
    edges: [
      ...shut.map(({ id }) => ({ from: id, to: own(proxy.id), state: 'closed' as const })),
      ...lines.map(({ from, to, state }) => ({ from: own(from), to: own(to), state })),
    ],
  }
}

const isOf = (nodes: readonly Node[], id: string) => nodes.some((node) => node.id === id)

/** Closed doors as one. */
const together = (doors: readonly Node[], id: string): Node => ({
  id,
  kind: 'door',
  state: 'closed',
  lines: [
    'closed',
    ...shortened(
      doors.map(({ lines: [title = '', ...places] }) =>
        [title.replace(/: closed$/, ''), ...places].join(' '),
      ),
    ),
  ],
})
