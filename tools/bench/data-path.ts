import type { Cluster } from '../cluster/cluster.ts'
import { type Answered, load } from './data-path/load.ts'
import { startScene, type Way } from './data-path/scene.ts'
import { fill } from './fill.ts'
import { tableOf, writeFigures, writePicture } from './page.ts'
import { bars } from './plot.ts'

/** What a way can do. */
interface Rates {
  kept: Answered
  anew: Answered
  /** Of one long answer after another, over one connection. */
  stream: Answered
}

/** One that is measured, in each round after all others. */
interface Row {
  way: Way
  rounds: Rates[]
}

/**
 * Has App1 ask as fast as it can, by this chart's doors and by what people would build instead; prints what came of it.
 * @param write writes it into docs/performance.md and its pictures, too
 * @param quick one round of a second each, and nothing but the ways themselves
 */
export async function bench(write: boolean, quick: boolean): Promise<void> {
  const rounds = quick ? 1 : 3
  const show = async (place: string, first: string, rows: readonly Row[]) => {
    const table = tableOf([first, ...headings], cellsOf(rows))
    console.log(table)
    if (write) await writeFigures(place, table)
  }
  const scene = await startScene(quick ? [10] : [10, 100, 1000])
  try {
    const { cluster, direct, loadBalancer, byAddresses } = scene
    const ways = await measured(cluster, scene.ways, rounds)
    await show('data-path', 'way', ways)
    if (write) await drawPicture(ways)

    const addresses = await measured(cluster, [direct, loadBalancer, ...byAddresses.values()], quick ? 1 : 2)
    await show('data-path-addresses', 'App2 has', addresses)
    const contour = scene.ways.filter(({ name }) => name === 'Contour')
    let there = 0
    for (const count of quick ? [100] : [1000, 5000]) {
      await fill(cluster, there, count)
      there = count
      const rows = await measured(cluster, [direct, loadBalancer, ...contour], quick ? 1 : 2)
      await show(`data-path-${count}`, `with ${count.toLocaleString('en')} more Services`, rows)
    }
  } finally {
    await scene.cluster.stop()
  }
}

// --- utils ---

/** Each in turn, round by round, so that what else runs on the machine slows all of them down alike. */
async function measured(cluster: Cluster, ways: readonly Way[], rounds: number): Promise<Row[]> {
  const rows = ways.map((way): Row => ({ way, rounds: [] }))
  for (let round = 0; round < rounds; round += 1) {
    for (const { way, rounds } of rows) rounds.push(await ratesOf(cluster, way))
  }
  return rows
}

async function ratesOf(cluster: Cluster, { url, host }: Way): Promise<Rates> {
  const common = { url: `${url}/`, ...(host && { host }), connections: 16, seconds: 1 }
  return {
    kept: await load(cluster, common),
    anew: await load(cluster, { ...common, anew: true }),
    stream: await load(cluster, { ...common, url: `${url}/stream`, connections: 1 }),
  }
}

/** What each row's best rounds gave, as text: rates beside the first row's. What else runs only ever takes from them. */
function cellsOf(rows: readonly Row[]): string[][] {
  return rows.map((row) => {
    const least = (number: (rates: Rates) => number) => Math.min(...row.rounds.map(number))
    const rate = (number: (rates: Rates) => number, unit = 1) =>
      `${(most(row, number) / unit).toFixed(0)}, ×${ratio(rows, row, number).toFixed(2)}`
    const times = (of: (rates: Rates) => Answered) =>
      `${least((rates) => of(rates).p50).toFixed(2)}, ${least((rates) => of(rates).p99).toFixed(2)}`
    return [
      row.way.name,
      rate(({ kept }) => kept.perSecond),
      times(({ kept }) => kept),
      least(({ kept }) => kept.processor).toFixed(0),
      rate(({ anew }) => anew.perSecond),
      times(({ anew }) => anew),
      least(({ anew }) => anew.processor).toFixed(0),
      least(({ anew }) => anew.askedAgain).toFixed(0),
      rate(({ stream }) => stream.bytesPerSecond, 1e6),
    ]
  })
}

const most = ({ rounds }: Row, number: (rates: Rates) => number) => Math.max(...rounds.map(number))

/** How many times as much as the first row's. */
function ratio([first]: readonly Row[], row: Row, number: (rates: Rates) => number): number {
  return most(row, number) / (first ? most(first, number) : Number.NaN)
}

const headings = [
  'kept: requests/s',
  'p50, p99 ms',
  'CPU µs',
  'new: requests/s',
  'p50, p99 ms',
  'CPU µs',
  'SYNs again',
  'stream MB/s',
]

/** How the ways compare, as bars. */
async function drawPicture(ways: readonly Row[]): Promise<void> {
  const series = {
    'kept connections': ({ kept }: Rates) => kept.perSecond,
    'new connections': ({ anew }: Rates) => anew.perSecond,
    'a long stream': ({ stream }: Rates) => stream.bytesPerSecond,
  }
  const ratios = ways.slice(1).flatMap((row) =>
    Object.entries(series).map(([name, number]) => ({
      row: row.way.name,
      series: name,
      value: ratio(ways, row, number),
    })),
  )
  await writePicture('data-path', await bars(ratios, 'times as much as routed, without a proxy'))
}
