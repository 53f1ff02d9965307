import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { render } from '../../tools/chart/render.ts'
import { writeWhole } from '../../tools/files.ts'
import { root } from '../../tools/root.ts'
import { fc } from '../fast-check.ts'
import { type Accepted, acceptedOf, batchOf } from './batch.ts'

const file = join(root, '.cache', 'accepted.jsonl')

/** Samples that Helm accepted together, and the seed that they came from. */
export type Kept = Pick<Accepted, 'values' | 'count'> & { seed: number }

/** Keeps what Helm accepted for {@link acceptedSamples}, in the place of what was kept before. */
export const keepAccepted = (all: readonly Kept[]): Promise<void> =>
  writeWhole(file, all.map((one) => `${JSON.stringify(one)}\n`).join(''))

/**
 * Values that Helm accepts, made from the schema, with what the chart makes of them: those that `npm run
 * test:generated` looked at last, so that nobody makes them again, or, where it was not run, some of their own.
 * @param count how many are made where none are kept
 * @throws RefusedError where the chart was changed since, and refuses one: `npm run test:generated` keeps others
 */
export async function* acceptedSamples(count: number, seed: number): AsyncGenerator<Accepted & Kept> {
  const kept = await readFile(file, 'utf8').catch(() => '')
  for (const line of kept.split('\n').filter(Boolean)) {
    const one: Kept = JSON.parse(line)
    yield { ...one, rendered: await render(one.values) }
  }
  if (kept) return
  for (let [round, made] = [seed, 0]; made < count; round++) {
    const [batch] = fc.sample(batchOf(120), { numRuns: 1, seed: round })
    const found = batch && (await acceptedOf(batch))
    if (!found) continue
    made += found.count
    yield { ...found, seed: round }
  }
}
