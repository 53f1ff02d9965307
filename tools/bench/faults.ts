import { setTimeout as sleep } from 'node:timers/promises'
import { type Fault, faults } from './faults/faults.ts'
import { type Scene, startScene } from './faults/scene.ts'
import { run, type Suffered } from './faults/streams.ts'

/** What each stream lost while something was broken. */
interface Row {
  fault: string
  suffered: readonly Suffered[]
}

/** Breaks one thing after another, in a sandbox, under load; prints what was lost. */
export async function bench(): Promise<void> {
  const scene = await startScene()
  console.log(`Failed of sent, and the longest time without an answer:\n`)
  try {
    for (const fault of faults) print(scene, await suffer(scene, fault))
  } finally {
    await scene.cluster.stop()
  }
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
