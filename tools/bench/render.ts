import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { findHelm } from '../chart/helm.ts'
import { chart, objectsOf } from '../chart/render.ts'
import { root } from '../root.ts'
import { type Measured, measure } from './measure.ts'
import { tableOf, writeFigures } from './page.ts'

const flat = join(root, 'tools', 'bench', 'flat')

/** Values by what they are like: how one of their proxies differs from the others. */
export const shapes: Readonly<Record<string, (key: string, index: number) => object>> = {
  'alike but for name and address': () => ({
    ports: { http: { port: 80, targetPort: 8080 } },
    sourceRanges: ['1.2.3.4/32'],
    service: { type: 'LoadBalancer' },
  }),
  'other ports and ranges': (_, index) => ({
    ports: {
      http: { port: 1000 + index, targetPort: 20_000 + index },
      admin: { port: 30_000 + index, targetPort: 40_000 + index },
    },
    sourceRanges: [`${addressOf(index, 172)}/32`, '192.0.2.0/24'],
    service: { type: 'LoadBalancer' },
  }),
  'an Ingress each': (key) => ({
    ports: { http: { port: 80, targetPort: 8080 } },
    sourceRanges: ['1.2.3.4/32'],
    service: { type: 'ClusterIP' },
    ingress: { controller: 'contour', hosts: [`${key}.example.com`] },
  }),
  'a route each': (key) => ({
    ports: { http: { port: 80, targetPort: 8080 } },
    sourceRanges: ['1.2.3.4/32'],
    service: { type: 'ClusterIP' },
    routes: {
      web: { controller: 'envoy-gateway', parentRefs: [{ name: 'edge' }], hostnames: [`${key}.example.com`] },
    },
  }),
}

/** Values of so many proxies of a shape. */
export function valuesOf(shape: string, count: number): object {
  const proxies = Array.from({ length: count }, (_, index) => {
    const key = `app-${String(index).padStart(5, '0')}`
    return [key, { addresses: [addressOf(index, 10)], ...shapes[shape]?.(key, index) }]
  })
  return { proxies: Object.fromEntries(proxies) }
}

/** One line of what is printed. */
interface Row {
  shape: string
  proxies: number
  flat: Measured
  chart: Measured
}

/**
 * Renders the same values by the chart and by a flat one, in turn, and gives the least of three of each.
 * @throws Error where the two give other objects
 */
export async function compare(shape: string, proxies: number, times = 3): Promise<Row> {
  const input = `${JSON.stringify(valuesOf(shape, proxies))}\n`
  const helm = await findHelm()
  const template = (folder: string) =>
    measure(helm, ['template', 'release', folder, '--kube-version=1.37.0', '--values=-'], input)
  const runs: { flat: Measured; chart: Measured }[] = []
  for (let time = 0; time < times; time += 1) {
    runs.push({ flat: await template(flat), chart: await template(chart) })
  }
  const flatly = least(runs.map((run) => run.flat))
  const charts = least(runs.map((run) => run.chart))
  if (!isSame(flatly.stdout, charts.stdout)) {
    throw new Error(`of ${proxies} proxies, ${shape}, the flat chart gives other objects than the chart`)
  }
  return { shape, proxies, flat: flatly, chart: charts }
}

/**
 * Prints a row as soon as it is there.
 * @param write writes those of most proxies into docs/performance.md, too
 * @param quick few proxies, once
 */
export async function bench(write: boolean, quick: boolean): Promise<void> {
  console.log(
    'Processor seconds and MiB of the flat chart and of the chart, and how many times as much that is.\n',
  )
  const most: Row[] = []
  for (const shape of Object.keys(shapes)) {
    const rows: Row[] = []
    for (const proxies of quick ? [1, 10] : [1, 100, 1000, 10_000]) {
      const row = await compare(shape, proxies, quick ? 1 : 3)
      console.log(lineOf(row))
      rows.push(row)
    }
    most.push(...rows.slice(-1))
    if (write) await writeFigures('render', tableOf(head, most.map(cellsOf)))
  }
}

// --- utils ---

export const addressOf = (index: number, first: number) =>
  `${first}.${index >> 16}.${(index >> 8) & 255}.${index & 255}`

/** The least time and the least memory: what else runs only ever adds to them. */
const least = (runs: readonly Measured[]): Measured => ({
  seconds: Math.min(...runs.map(({ seconds }) => seconds)),
  mebibytes: Math.min(...runs.map(({ mebibytes }) => mebibytes)),
  stdout: runs[0]?.stdout ?? '',
})

/** Both write the same, but for the file that Helm says it is of; where not, it may still mean the same. */
function isSame(one: string, other: string): boolean {
  const [ones, others] = [one, other].map((text) => text.replaceAll(/^# Source: .*$/gm, ''))
  return ones === others || isDeepStrictEqual(objectsOf(one), objectsOf(other))
}

const head = ['proxies', 'flat chart', 'this chart', 'time', 'memory']

const cellsOf = ({ shape, proxies, flat, chart }: Row) => [
  `${proxies.toLocaleString('en')}, ${shape}`,
  ...[flat, chart].map(({ seconds, mebibytes }) => `${seconds.toFixed(1)} s, ${mebibytes.toFixed(0)} MiB`),
  `×${(chart.seconds / flat.seconds).toFixed(2)}`,
  `×${(chart.mebibytes / flat.mebibytes).toFixed(2)}`,
]

function lineOf({ shape, proxies, flat, chart }: Row): string {
  const pair = (before: number, after: number, digits: number) =>
    `${before.toFixed(digits).padStart(7)} ${after.toFixed(digits).padStart(7)} ×${(after / before).toFixed(2).padEnd(5)}`
  const seconds = pair(flat.seconds, chart.seconds, 2)
  const memory = pair(flat.mebibytes, chart.mebibytes, 0)
  return `${shape.padEnd(31)} ${proxies.toLocaleString('en').padStart(6)}  ${seconds} ${memory}`
}
