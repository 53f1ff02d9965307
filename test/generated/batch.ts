import type { Arbitrary } from 'fast-check'
import { values as schema } from '../../schema/index.ts'
import { RefusedError, type Rendered, render } from '../../tools/chart/render.ts'
import { fc } from '../fast-check.ts'
import { rootOf, type Sample, sampleOf } from './arbitraries.ts'
import { own } from './pools.ts'

/** Many samples that one render takes at once, since starting Helm costs more than what it does with a sample. */
export interface Batch {
  /** The root's other fields, which all share. */
  root: object
  samples: Sample[]
}

/** @param samples how many a batch holds */
export const batchOf = (samples: number): Arbitrary<Batch> =>
  fc.record({
    root: rootOf(schema),
    // Without bias, which would make most batches small.
    samples: fc.noBias(fc.array(sampleOf(schema), { minLength: 1, maxLength: samples, size: 'max' })),
  })

/** What Helm accepted of a batch. */
export interface Accepted {
  /** The values of the accepted samples, all together. */
  values: Sample
  /** How many samples that is. */
  count: number
  rendered: Rendered
}

/**
 * Renders a batch; the samples that the chart refuses are left out, each by the paths of its problems, and so is the root.
 * @returns nothing where no sample is left
 */
export async function acceptedOf({ root, samples }: Batch): Promise<Accepted | undefined> {
  let shared = root
  let left = new Map(samples.map((sample, index) => [`s${index}-`, named(sample, `s${index}-`)]))
  for (;;) {
    if (left.size === 0) return undefined
    const values = {
      ...named(shared, 'root-'),
      proxies: Object.assign({}, ...[...left.values()].map(({ proxies }) => proxies)),
      gateways: Object.assign({}, ...[...left.values()].map(({ gateways }) => gateways)),
    }
    try {
      return { values, count: left.size, rendered: await render(values) }
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error
      const refused = new Set(
        error.problems.map(({ path }) => /^(?:proxies|gateways)\.(s\d+-)/.exec(path)?.[1]),
      )
      if (refused.has(undefined) && shared !== none) shared = none
      else if (refused.has(undefined)) return undefined
      else left = new Map([...left].filter(([name]) => !refused.has(name)))
    }
  }
}

// --- utils ---

const none = {}

const named = <T extends object>(sample: T, name: string): T =>
  JSON.parse(JSON.stringify(sample).replaceAll(own, name))
