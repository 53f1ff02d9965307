import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { root } from '../../tools/root.ts'
import { fc, seed } from '../fast-check.ts'
import { type Kept, keepAccepted } from './accepted.ts'
import { acceptedOf, type Batch, batchOf } from './batch.ts'
import { comingUp, expected } from './coverage.ts'
import { brokenPromises } from './promise.ts'

/** How many accepted samples are looked at. */
const goal = Number(process.env.GENERATED_SAMPLES ?? 5000)
const once = join(import.meta.dirname, 'counterexamples')

it(`no door by accident, in ${goal} samples of values that Helm accepts`, {
  timeout: 1_800_000,
}, async () => {
  console.log(`seed ${seed}: GENERATED_SEED=${seed} npm run test:generated tries the same again`)
  const kept: Kept[] = []
  const accepted = () => kept.reduce((sum, { count }) => sum + count, 0)
  const seen = new Set<string>()
  const property = fc.asyncProperty(batchOf(120), async (batch) => {
    const found = await acceptedOf(batch)
    if (!found) return
    expect(brokenPromises(found.values, found.rendered.objects)).toEqual([])
    kept.push({ seed, values: found.values, count: found.count })
    for (const one of comingUp(found.values)) seen.add(one)
  })
  // In rounds, since fast-check makes every value of a run, and values cost more than what is done with them.
  for (let round = 0; accepted() < goal; round += 1) {
    const { failed, counterexample, errorInstance } = await fc.check(property, {
      seed: seed + round,
      numRuns: 10,
    })
    if (failed) throw new Error(`${await noted(counterexample?.[0])}\n${errorInstance}`)
  }
  await keepAccepted(kept)
  console.log(`${accepted()} samples were accepted and looked at`)
  // A few samples need not have them all.
  if (goal >= 5000) expect(expected.filter((one) => !seen.has(one))).toEqual([])
})

const files = (await readdir(once)).filter((file) => file.endsWith('.json'))
it.each(files)('once found, mended: %s', async (file) => {
  const batch: Batch = JSON.parse(await readFile(join(once, file), 'utf8'))
  const found = await acceptedOf(batch)
  expect(found ? brokenPromises(found.values, found.rendered.objects) : []).toEqual([])
})

/** Writes down the smallest batch that breaks the promise, and says where. */
async function noted(batch: Batch | undefined): Promise<string> {
  const folder = join(root, '.cache', 'counterexamples')
  await mkdir(folder, { recursive: true })
  const file = join(folder, `${seed}.json`)
  await writeFile(file, `${JSON.stringify(batch, null, 2)}\n`)
  return `${file}: once mended, keep it in test/generated/counterexamples under a name that says what it shows`
}
