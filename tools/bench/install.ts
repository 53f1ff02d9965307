import { type Cluster, startCluster } from '../cluster/cluster.ts'
import { networkOf } from '../cluster/network/network.ts'
import { fillRelease } from './fill.ts'
import { childrensSeconds, memoryOf } from './measure.ts'
import { tableOf, writeFigures, writePicture } from './page.ts'
import { type Bar, bars } from './plot.ts'

/** So many proxies at least fit into one release: that they don't is a broken measurement. */
const sure = 1000

/**
 * Helm 4 sends all objects of a kind at once (`batchPerform` in pkg/kube/client.go of v4.1.4), and the API server ends
 * what it can't answer within 34 seconds. Applied by the client they are sent one by one (`createMutex`, there); `--qps`
 * changes nothing, since each object has a client of its own.
 */
const oneByOne = ['--server-side=false']

interface Install {
  /** How many proxies each release has. */
  counts: readonly number[]
  args?: readonly string[]
}

/**
 * Installs ever more proxies by Helm 4, in one release and in several, each on a cluster of its own; prints what that
 * took, or what refused it.
 * @param write writes it into docs/performance.md, too
 * @param quick few proxies
 */
export async function bench(write: boolean, quick: boolean): Promise<void> {
  const installs: Install[] = quick
    ? [{ counts: [1] }, { counts: [5, 5], args: oneByOne }]
    : [
        { counts: [1] },
        { counts: [100] },
        { counts: [1000] },
        { counts: [5000] },
        { counts: [5000], args: oneByOne },
        { counts: [10_000], args: oneByOne },
        { counts: Array.from({ length: 10 }, () => 1000), args: oneByOne },
      ]
  const rows: string[][] = []
  const taken: Bar[] = []
  for (const { counts, args = [] } of installs) {
    const cluster = await startCluster(networkOf([]), [])
    const name = [nameOf(counts, 'releases'), ...args.map((arg) => `\`${arg}\``)].join(', ')
    try {
      const { cells, seconds } = await installed(cluster, counts, args)
      rows.push([name, ...cells])
      if (seconds !== undefined) taken.push({ row: name, series: 'helm install', value: seconds })
    } finally {
      await cluster.stop()
    }
    console.log(rows.at(-1)?.join('  '))
    if (write) await writeFigures('install', tableOf(headings, rows))
  }
  if (write) await writePicture('install', await bars(taken, 'seconds until all proxies are installed'))
}

/** How many proxies they are together, in how many parts. */
export function nameOf(counts: readonly number[], parts: string): string {
  const name = sumOf(counts).toLocaleString('en')
  return counts.length > 1 ? `${name}, ${counts.length} ${parts}` : name
}

/** The most memory that the API server has held. */
export const installMemory = () => `${memoryOf('kube-apiserver').toFixed(0)} MiB`

/** The names of the Services and slices of all releases. */
export async function namesOf({ kubectl }: Cluster, ...where: string[]): Promise<string[]> {
  const label = '--selector=app.kubernetes.io/name=external-service-proxy'
  const found = await kubectl(['get', 'services,endpointslices', label, '--output=name', ...where])
  return found.split('\n').filter(Boolean)
}

/** @throws Error where not all are there: then nothing was measured */
export async function countAll(
  cluster: Cluster,
  counts: readonly number[],
  ...where: string[]
): Promise<void> {
  const { length } = await namesOf(cluster, ...where)
  const total = sumOf(counts)
  if (length !== 2 * total)
    throw new Error(`of ${total} proxies there are ${length} objects, and not two each`)
}

export const sumOf = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0)

// --- utils ---

const headings = ['proxies', 'helm install', "Helm's processor time", "API server's memory, most"]

/** A row's cells, and how many seconds it took where nothing was refused. */
async function installed(
  cluster: Cluster,
  counts: readonly number[],
  args: readonly string[],
): Promise<{ cells: string[]; seconds?: number }> {
  const before = { at: performance.now(), processor: childrensSeconds() }
  try {
    let first = 0
    for (const count of counts) {
      await fillRelease(cluster, first, count, args)
      first += count
    }
  } catch (error) {
    if (!(error instanceof Error) || Math.max(...counts) <= sure) throw error
    const words = error.message.trim().split('\n').at(-1) ?? ''
    return { cells: [`refused after ${since(before.at)}: ${words.slice(0, 300)}`, '', installMemory()] }
  }
  const seconds = (performance.now() - before.at) / 1000
  const processor = childrensSeconds() - before.processor
  await countAll(cluster, counts)
  return { cells: [`${seconds.toFixed(1)} s`, `${processor.toFixed(1)} s`, installMemory()], seconds }
}

const since = (at: number) => `${((performance.now() - at) / 1000).toFixed(0)} s`
