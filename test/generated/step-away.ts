import type { Arbitrary } from 'fast-check'
import { fc } from '../fast-check.ts'
import type { Sample } from './arbitraries.ts'

/** What people write in the place of something else. */
const slips = [
  '',
  'no',
  '1',
  0,
  -1,
  1.5,
  65536,
  1e21,
  true,
  [],
  {},
  ['a'],
  { a: 1 },
  'a b',
  'Ü',
  '2.3.4.5/33',
]

/** Samples of which every other has one value that is another, or one more key. */
export const stepAway = (sample: Arbitrary<Sample>): Arbitrary<Sample> =>
  fc.tuple(sample, fc.boolean(), fc.nat(), fc.constantFrom(...slips)).map(([values, away, where, slip]) => {
    if (!away) return values
    const copy = structuredClone(values)
    const places = [...within(copy.proxies), ...within(copy.gateways)]
    const [holder, key] = places[where % places.length] ?? []
    if (holder && key !== undefined) holder[key] = structuredClone(slip)
    return copy
  })

// --- utils ---

type Holder = Record<string, unknown>

/** Every place in values where something stands, or where an unknown key could; not the names of proxies. */
function* within(value: unknown, depth = 0): Generator<[Holder, string]> {
  if (typeof value !== 'object' || value === null) return
  const holder = value as Holder
  if (depth > 0 && !Array.isArray(value)) yield [holder, 'unknown']
  for (const [key, inner] of Object.entries(holder)) {
    if (depth > 0) yield [holder, key]
    yield* within(inner, depth + 1)
  }
}
