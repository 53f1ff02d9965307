import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { inserted } from '../generate/inserted.ts'
import { root } from '../root.ts'
import { type Fault, faults, fewFaults } from './faults/faults.ts'
import { type Scene, startScene } from './faults/scene.ts'
import { doors, kindsOf, run, type Stream, type Suffered } from './faults/streams.ts'
import { tableOf, writePicture } from './page.ts'
import { bars } from './plot.ts'

/** What each stream lost while something was broken. */
interface Row {
  fault: Fault
  suffered: readonly (Suffered & Pick<Stream, 'door' | 'what'>)[]
}

/**
 * Breaks one thing after another, in a sandbox, under load; prints what was lost.
 * @param write writes it into docs/faults.md and its picture, too
 * @param quick few faults
 * @throws Error where requests were lost, twice, by what no packet needs
 */
export async function bench(write: boolean, quick: boolean): Promise<void> {
  const scene = await startScene()
  const rows: Row[] = []
  try {
    for (const fault of quick ? fewFaults : faults) {
      let row = await suffer(scene, fault)
      // A machine that stood still loses requests, too: then it is no fault's, and is not lost again.
      if (isBroken(row)) row = await suffer(scene, fault)
      rows.push(row)
      print(row)
    }
  } finally {
    await scene.cluster.stop()
  }
  if (write) await writePage(rows)
  const broken = rows.filter(isBroken).map(({ fault }) => fault.name)
  if (broken.length > 0)
    throw new Error(`requests are lost that no packet's way explains: ${broken.join(', ')}`)
}

// --- utils ---

async function suffer({ cluster, streams, address }: Scene, fault: Fault): Promise<Row> {
  const { name, seconds = 3, strike } = fault
  const load = run(streams)
  await sleep(2000)
  const mend = await strike({ cluster, streams, address })
  await sleep(seconds * 1000)
  await mend()
  const mended = performance.now()
  const well = async () => load.isWell(mended) || undefined
  await cluster.until(`App2 answers again: ${name}`, well, { seconds: 120 })
  await sleep(2000)
  const suffered = await load.stop()
  return {
    fault,
    suffered: streams.flatMap(({ door, what }, index) => {
      const own = suffered[index]
      return own ? [{ door, what, ...own }] : []
    }),
  }
}

const failedIn = ({ suffered }: Row) => suffered.reduce((sum, { failed }) => sum + failed, 0)
const isBroken = (row: Row) => row.fault.bound === undefined && failedIn(row) > 0

function print({ fault, suffered }: Row): void {
  const kinds = [...kindsOf(suffered)].map(([kind, count]) => `${count} ${kind}`)
  console.log(kinds.length > 0 ? `${fault.name}: ${kinds.join(', ')}` : fault.name)
  for (const { door, what, sent, failed, gap, instead } of suffered) {
    console.log(
      `  ${`${door}, ${what}`.padEnd(32)} ${String(failed).padStart(5)} of ${sent}, ${gap.toFixed(2)} s`,
    )
    for (const [words, count] of instead) console.log(`    ${count}: ${words.slice(0, 200)}`)
  }
}

/** The whole of each fault, then what it was at each door. */
async function writePage(rows: readonly Row[]): Promise<void> {
  const page = join(root, 'docs', 'faults.md')
  const tables = doors.map((door) => {
    const heads = rows[0]?.suffered.filter((one) => one.door === door).map(({ what }) => what) ?? []
    const cells = rows.map(({ fault, suffered }) => [
      fault.name,
      ...suffered
        .filter((one) => one.door === door)
        .map(({ sent, failed, gap }) => `${failed} of ${sent}, ${gap.toFixed(1)} s`),
    ])
    return `### ${door}\n\n${tableOf(['broken', ...heads], cells)}`
  })
  const whole = rows.map((row) => [
    row.fault.name,
    `${failedIn(row)} of ${row.suffered.reduce((sum, { sent }) => sum + sent, 0)}`,
    `${Math.max(...row.suffered.map(({ gap }) => gap)).toFixed(1)} s`,
    row.fault.bound ?? 'nothing may fail',
  ])
  const head = tableOf(['broken', 'failed', 'longest gap', 'bound, and what shortens it'], whole)
  await writeFile(page, inserted(await readFile(page, 'utf8'), [head, ...tables].join('\n\n')))
  const gaps = rows.flatMap(({ fault, suffered }) =>
    doors.map((series) => ({
      row: fault.name,
      series,
      value: Math.max(...suffered.filter(({ door }) => door === series).map(({ gap }) => gap)),
    })),
  )
  await writePicture('faults', await bars(gaps, 'longest time without an answer, in seconds'))
}
