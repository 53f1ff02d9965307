import { chart } from '../chart/render.ts'
import { isAnswered, type Load, load } from '../cluster/machines/load.ts'
import { app2, plainTo, releaseName, type Scene, startPlainScene } from './faults/scene.ts'
import { fill } from './fill.ts'
import { tableOf, writeFigures, writePicture } from './page.ts'
import { type Bar, bars } from './plot.ts'

/** What a change meant to one way; times in seconds after `helm upgrade` began. */
interface Change {
  /** When it returned. */
  helm: number
  /** The first answer of the new address. */
  first: number
  /** The last one of the old. */
  last: number
  sent: number
  lost: number
}

/**
 * Moves App2 from one address to another and back, by `helm upgrade`, while App1 asks; prints when the new one was
 * first heard, and the old one last.
 * @param write writes it into docs/performance.md, too
 * @param quick two changes
 */
export async function bench(write: boolean, quick: boolean): Promise<void> {
  const scene = await startPlainScene(app2.slice(0, 1))
  const rows: string[][] = []
  const arrived: Bar[] = []
  try {
    let there = 0
    let moves = 0
    for (const count of quick ? [0, 10] : [0, 1000, 5000]) {
      await fill(scene.cluster, there, count)
      there = count
      const changes: Change[][] = []
      for (let time = 0; time < (quick ? 2 : 50); time += 1) changes.push(await move(scene, ++moves))
      for (const [index, { door }] of scene.streams.entries()) {
        const own = changes.map((ways) => ways[index]).filter((change) => change !== undefined)
        rows.push([door, count.toLocaleString('en'), ...cellsOf(own)])
        console.log(rows.at(-1)?.join('  '))
        const row = `${door}, ${count.toLocaleString('en')} more Services`
        for (const [series, share] of Object.entries(shares))
          arrived.push({
            row,
            series,
            value: quantile(
              own.map(({ first }) => first),
              share,
            ),
          })
      }
      if (write) await writeFigures('convergence', tableOf(headings, rows))
    }
    if (write) await writePicture('convergence', await bars(arrived, arrivedTitle))
  } finally {
    await scene.cluster.stop()
  }
}

// --- utils ---

/** Moves App2 to its other address, once each way is answered from there alone. */
async function move({ cluster, streams }: Scene, time: number): Promise<Change[]> {
  const [old = '', next = ''] = time % 2 === 0 ? app2.toReversed() : app2
  const loads = streams.flatMap(({ ask }) => (ask ? [load(ask)] : []))
  const heard = async (since: number, address: string) =>
    loads.every(({ asked }) => {
      const last = asked.filter(({ at }) => at > since).slice(-10)
      return last.length === 10 && last.every((one) => addressOf(one) === address)
    }) || undefined
  const wait = (address: string, since: number) =>
    cluster.until(`App2 answers from ${address} alone`, () => heard(since, address), { seconds: 120 })
  try {
    await wait(old, performance.now())
    const began = performance.now()
    await cluster.helm(['upgrade', releaseName, chart, '--values=-'], {
      input: JSON.stringify(plainTo([next])),
    })
    const returned = performance.now()
    await wait(next, returned)
    return loads.map((one) => changeOf(one, { began, returned, old, next }))
  } finally {
    await Promise.all(loads.map((one) => one.stop()))
  }
}

type Asked = Load['asked'][number]

const addressOf = ({ outcome }: Asked): string | undefined =>
  'echo' in outcome ? outcome.echo?.local.address : undefined

/** @throws Error where App2 never answered from one of the two: then nothing was measured */
function changeOf(
  { asked }: Load,
  { began, returned, old, next }: { began: number; returned: number; old: string; next: string },
): Change {
  const first = asked.find((one) => addressOf(one) === next)
  const last = asked.findLast((one) => addressOf(one) === old)
  if (!first || !last) throw new Error(`App2 was not heard at ${first ? old : next}`)
  const during = asked.filter(({ at }) => at > began)
  return {
    helm: (returned - began) / 1000,
    first: (first.at - began) / 1000,
    last: (last.at - began) / 1000,
    sent: during.length,
    lost: during.filter(({ outcome }) => !isAnswered(outcome)).length,
  }
}

const shares = { median: 0.5, '99th percentile': 0.99 }
const arrivedTitle = 'seconds until the new address answers, Helm included'

/** The number that this share of the numbers is not above. */
function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((one, other) => one - other)
  return sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN
}

const headings = [
  'way',
  'more Services',
  'changes',
  '`helm upgrade` returns',
  'first answer of the new address',
  'last of the old',
  'last of the old, after the return',
  'lost, of all requests',
]

function cellsOf(changes: readonly Change[]): string[] {
  const spread = (of: (change: Change) => number) => {
    const both = Object.values(shares).map((share) => quantile(changes.map(of), share).toFixed(2))
    return `${both.join(', ')} s`
  }
  const sum = (of: (change: Change) => number) => changes.reduce((all, change) => all + of(change), 0)
  return [
    String(changes.length),
    spread(({ helm }) => helm),
    spread(({ first }) => first),
    spread(({ last }) => last),
    spread(({ last, helm }) => last - helm),
    `${sum(({ lost }) => lost)} of ${sum(({ sent }) => sent)}`,
  ]
}
