import { colors } from '../colors.ts'
import type { Graph, State } from './graph.ts'

/** A graph for a terminal: each proxy with its doors, and who comes in by them. */
export function textOf({ nodes, edges }: Graph): string {
  const linesOf = (id: string) => nodes.find((node) => node.id === id)?.lines ?? []
  const says = (id: string) => linesOf(id).slice(1).join(', ')
  const proxies = nodes.filter(({ kind }) => kind === 'proxy')
  return proxies
    .map(({ id }) => {
      const to = edges.filter(({ from }) => from === id).map((edge) => says(edge.to))
      const doors = edges
        .filter((edge) => edge.to === id)
        .map(({ from, state }) => {
          const [title = ''] = linesOf(from)
          const who = edges.filter((edge) => edge.to === from).map((edge) => says(edge.from))
          return `  ${paint[state](`${signs[state]} ${title.padEnd(24)}`)} ${says(from)}${who.length > 0 ? ` ← ${who.join(', ')}` : ''}`
        })
      return [`${colors.bold(says(id))} → ${to.join(', ') || 'nowhere'}`, ...doors].join('\n')
    })
    .join('\n\n')
}

// --- utils ---

const signs: Record<State, string> = { open: '!', held: '+', closed: 'x', drained: 'o' }
const paint: Record<State, (text: string) => string> = {
  open: colors.red,
  held: colors.green,
  closed: colors.dim,
  drained: colors.yellow,
}
