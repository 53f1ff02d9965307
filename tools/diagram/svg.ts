import { createRequire } from 'node:module'
import type Elk from 'elkjs/lib/elk.bundled.js'
import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk.bundled.js'
import { wrapped } from '../doors/text-table.ts'
import { Html, html } from '../html.ts'
import type { Graph, Node } from './graph.ts'
import { narrowed } from './narrow.ts'

/** Required, and not imported: to look through so much for what it exports takes Node longer than to load it. */
const ELK: typeof Elk = createRequire(import.meta.url)('elkjs/lib/elk.bundled.js')

/** Where App2 is, seen from App1: down is for narrow places. */
export type Direction = 'right' | 'down'

/** A graph as a picture, laid out by ELK; it follows light and dark, and prints. */
export async function svgOf(graph: Graph, direction: Direction = 'right'): Promise<Html> {
  const isDown = direction === 'down'
  const { nodes: whole, edges } = isDown ? narrowed(graph) : graph
  const nodes = whole.map((node) => ({
    ...node,
    lines: node.lines.flatMap((one) => wrapped(one, isDown ? 44 : 64)),
  }))
  const elk = new ELK.default()
  const laid: ElkNode & { edges?: ElkExtendedEdge[] } = await elk.layout({
    id: 'root',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': direction.toUpperCase(),
      'elk.edgeRouting': 'ORTHOGONAL',
      'elk.layered.spacing.nodeNodeBetweenLayers': isDown ? '20' : '48',
      'elk.spacing.nodeNode': '16',
      'elk.partitioning.activate': 'true',
      ...(isDown && { 'elk.aspectRatio': '0.01' }), // Proxies one below the other.
    },
    children: nodes.map((node, index) => ({
      id: node.id,
      ...sizeOf(node),
      layoutOptions: { 'elk.partitioning.partition': `${isDown ? index : columns.indexOf(node.kind)}` },
    })),
    edges: edges.map(({ from, to }, index) => ({ id: `${index}`, sources: [from], targets: [to] })),
  })
  const [width, height] = [Math.ceil(laid.width ?? 0), Math.ceil(laid.height ?? 0)]
  const boxes = nodes.map((node) =>
    box(
      node,
      laid.children?.find(({ id }) => id === node.id),
    ),
  )
  const lines = (laid.edges ?? []).map((edge) => line(edge, edges[Number(edge.id)]?.state ?? 'held'))
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" style="max-width:100%;height:auto" role="img" aria-label="Who gets in by which door">
<style>${style}</style>
${[...lines, ...boxes]}
</svg>`
}

// --- utils ---

const columns: readonly Node['kind'][] = ['app1', 'door', 'proxy', 'app2']
const lineHeight = 18

/** Monospaced letters are 0.6 of their height, so that no font need be measured. */
const sizeOf = ({ lines }: Node) => ({
  width: Math.max(...lines.map((text) => text.length)) * 7.9 + 24,
  height: lines.length * lineHeight + 14,
})

function box({ lines, kind, state }: Node, at: ElkNode | undefined): Html {
  const { x = 0, y = 0, width = 0, height = 0 } = at ?? {}
  const round = kind === 'app1' || kind === 'app2' ? 16 : 3
  const texts = lines.map(
    (text, index) =>
      html`<text x="${x + 12}" y="${y + 20 + index * lineHeight}"${index === 0 ? html` class="title"` : ''}>${text}</text>`,
  )
  return html`<g class="${state ?? kind}"><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${round}"/>${texts}</g>\n`
}

function line({ sections = [] }: ElkExtendedEdge, state: string): Html[] {
  const paths = sections.map(({ startPoint, bendPoints = [], endPoint }) =>
    [startPoint, ...bendPoints, endPoint].map(({ x, y }) => `${x},${y}`).join(' L'),
  )
  return paths.map((path) => html`<path class="line ${state}" d="M${path}"/>\n`)
}

const style = new Html(`
text{font:13px ui-monospace,monospace;fill:#1f2328}.title{font-weight:bold}
rect{fill:#f6f8fa;stroke:#57606a;stroke-width:1.5}
.open rect{fill:#fde2e0;stroke:#b3261e;stroke-width:3}.held rect{fill:#dff3e4;stroke:#146c2e}
.closed rect{fill:#ececec;stroke:#5f6368;stroke-dasharray:5 3}.drained rect{fill:#fff1d6;stroke:#8a5a00;stroke-dasharray:2 2}
.line{fill:none;stroke:#57606a;stroke-width:1.5}.line.open{stroke:#b3261e;stroke-width:3}.line.held{stroke:#146c2e}
.line.closed{stroke-dasharray:5 3}.line.drained{stroke:#8a5a00;stroke-dasharray:2 2}
@media screen and (prefers-color-scheme:dark){text{fill:#e6edf3}rect{fill:#161b22;stroke:#8b949e}
.open rect{fill:#4a1512;stroke:#ff8a80}.held rect{fill:#0f3319;stroke:#56d364}.closed rect{fill:#2d333b;stroke:#adbac7}.drained rect{fill:#3d2c00;stroke:#e3b341}
.line{stroke:#8b949e}.line.open{stroke:#ff8a80}.line.held{stroke:#56d364}.line.drained{stroke:#e3b341}}
`)
