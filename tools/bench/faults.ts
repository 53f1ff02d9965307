import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { inserted } from '../generate/inserted.ts'
import { root } from '../root.ts'
import { type Fault, faults } from './faults/faults.ts'
import { type Scene, startScene } from './faults/scene.ts'
import { run, type Suffered } from './faults/streams.ts'
import { bars } from './plot.ts'

/** What each stream lost while something was broken. */
interface Row {
  fault: string
  suffered: readonly Suffered[]
}

/**
 * Breaks one thing after another, in a sandbox, under load; prints what was lost.
 * @param write writes it into docs/faults.md and its picture, too
 */
export async function bench(write: boolean): Promise<void> {
  const scene = await startScene()
  const rows: Row[] = []
  try {
    for (const fault of faults) {
      const row = await suffer(scene, fault)
      rows.push(row)
      print(scene, row)
    }
  } finally {
    await scene.cluster.stop()
  }
  if (write) await writePage(scene, rows)
}

// --- utils ---

async function suffer(scene: Scene, { name, seconds = 3, strike }: Fault): Promise<Row> {
  const load = run(scene.streams)
  await sleep(2000)
  const mend = await strike(scene)
  await sleep(seconds * 1000)
  await mend()
  const mended = performance.now()
  const well = async () => load.isWell(mended) || undefined
  await scene.cluster.until(`App2 answers again: ${name}`, well, { seconds: 120 })
  await sleep(2000)
  return { fault: name, suffered: await load.stop() }
}

function print({ streams }: Scene, { fault, suffered }: Row): void {
  console.log(fault)
  for (const [index, { name }] of streams.entries()) {
    const { sent = 0, failed = 0, gap = 0 } = suffered[index] ?? {}
    console.log(`  ${name.padEnd(32)} ${String(failed).padStart(5)} of ${sent}, ${gap.toFixed(2)} s`)
  }
}

async function writePage({ streams }: Scene, rows: readonly Row[]): Promise<void> {
  const page = join(root, 'docs', 'faults.md')
  const names = streams.map(({ name }) => name)
  const lines = rows.map(({ fault, suffered }) => {
    const cells = suffered.map(({ sent, failed, gap }) => `${failed} of ${sent}, ${gap.toFixed(1)} s`)
    return `| ${[fault, ...cells].join(' | ')} |`
  })
  const table = [`| broken | ${names.join(' | ')} |`, `|${'---|'.repeat(names.length + 1)}`, ...lines]
  await writeFile(page, inserted(await readFile(page, 'utf8'), table.join('\n')))
  const gaps = rows.flatMap(({ fault, suffered }) =>
    suffered.map(({ gap }, index) => ({ row: fault, series: names[index] ?? '', value: gap })),
  )
  await writeFile(
    join(root, 'docs', 'images', 'faults.svg'),
    await bars(gaps, 'longest time without an answer, in seconds'),
  )
}
