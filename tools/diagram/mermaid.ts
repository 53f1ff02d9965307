import type { Graph, Node } from './graph.ts'
import type { Direction } from './svg.ts'

/** A graph in Mermaid's words, which GitHub and many others draw. */
export function mermaidOf({ nodes, edges }: Graph, direction: Direction): string {
  const names = new Map(nodes.map(({ id }, index) => [id, `n${index}`]))
  const drawn = nodes.map((node) => {
    const [open, close] = shapes[node.kind]
    const label = node.lines.map(escaped).join('<br>')
    return `  ${names.get(node.id)}${open}"${label}"${close}${node.state ? `:::${node.state}` : ''}`
  })
  const lines = edges.map(
    ({ from, to, state }) => `  ${names.get(from)} ${state === 'closed' ? '-.-x' : '-->'} ${names.get(to)}`,
  )
  return [`flowchart ${direction === 'down' ? 'TB' : 'LR'}`, ...drawn, ...lines, ...styles].join('\n')
}

// --- utils ---

const shapes: Record<Node['kind'], [string, string]> = {
  app1: ['([', '])'],
  door: ['[', ']'],
  proxy: ['[[', ']]'],
  app2: ['([', '])'],
}

/** Dark on light in either theme. */
const styles = [
  '  classDef open fill:#fde2e0,stroke:#b3261e,color:#410e0b,stroke-width:3px',
  '  classDef held fill:#dff3e4,stroke:#146c2e,color:#0a3818',
  '  classDef closed fill:#ececec,stroke:#5f6368,color:#3c4043,stroke-dasharray:4 3',
  '  classDef drained fill:#fff1d6,stroke:#8a5a00,color:#4a3000,stroke-dasharray:2 2',
]

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('#', '&num;')
