import { type Cluster, startCluster } from '../cluster/cluster.ts'
import { networkOf } from '../cluster/network/network.ts'
import { fillRelease } from './fill.ts'
import { childrensSeconds, memoryOf } from './measure.ts'
import { tableOf, writeFigures } from './page.ts'

/** So many proxies at least fit into one release: that they don't is a broken measurement. */
const sure = 1000

/**
 * Installs ever more proxies by Helm 4, in one release and in several, each on a cluster of its own; prints what that
 * took, or what refused it.
 * @param write writes it into docs/performance.md, too
 * @param quick few proxies
 */
export async function bench(write: boolean, quick: boolean): Promise<void> {
  const releases = quick
    ? [[1], [5, 5]]
    : [[1], [100], [1000], [5000], [10_000], Array.from({ length: 10 }, () => 1000)]
  const rows: string[][] = []
  for (const counts of releases) {
    rows.push(await rowOf(counts))
    console.log(rows.at(-1)?.join('  '))
    if (write) await writeFigures('install', tableOf(headings, rows))
  }
}

// --- utils ---

const headings = ['proxies', 'helm install', "Helm's processor time", "API server's memory, most"]

async function rowOf(counts: readonly number[]): Promise<string[]> {
  const total = counts.reduce((sum, count) => sum + count, 0)
  const name = `${total.toLocaleString('en')}${counts.length > 1 ? `, ${counts.length} releases` : ''}`
  const cluster = await startCluster(networkOf([]), [])
  try {
    return [name, ...(await cellsOf(cluster, counts, total))]
  } finally {
    await cluster.stop()
  }
}

async function cellsOf(cluster: Cluster, counts: readonly number[], total: number): Promise<string[]> {
  const before = { at: performance.now(), processor: childrensSeconds() }
  try {
    let first = 0
    for (const count of counts) {
      await fillRelease(cluster, first, count)
      first += count
    }
  } catch (error) {
    if (!(error instanceof Error) || Math.max(...counts) <= sure) throw error
    const words = error.message.trim().split('\n').at(-1) ?? ''
    return [`refused after ${since(before.at)}: ${words.slice(0, 300)}`, '', memory()]
  }
  const installed = { at: performance.now(), processor: childrensSeconds() }
  await countAll(cluster, total)
  return [
    `${((installed.at - before.at) / 1000).toFixed(1)} s`,
    `${(installed.processor - before.processor).toFixed(1)} s`,
    memory(),
  ]
}

const since = (at: number) => `${((performance.now() - at) / 1000).toFixed(0)} s`
const memory = () => `${memoryOf('kube-apiserver').toFixed(0)} MiB`

/** @throws Error where not all are there: then nothing was measured */
async function countAll(cluster: Cluster, total: number): Promise<void> {
  const label = '--selector=app.kubernetes.io/managed-by=Helm'
  const found = await cluster.kubectl(['get', 'services,endpointslices', label, '--output=name'])
  const count = found.split('\n').filter(Boolean).length
  if (count !== 2 * total) throw new Error(`of ${total} proxies there are ${count} objects, and not two each`)
}
