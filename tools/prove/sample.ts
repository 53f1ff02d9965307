import type { Knock } from './knocks.ts'

/** A random part of what could be tried. */
export interface Sample {
  /** How many knocks are picked. */
  size: number
  /** The same seed picks the same of the same values. */
  seed: number
}

/**
 * Picks knocks at random. Beside each of somebody who should not get in stands one of somebody who should, at the same
 * door where there is one: a refusal says something only where App1 gets in.
 */
export function sampled(knocks: readonly Knock[], { size, seed }: Sample): Knock[] {
  const open = new Map<string, Knock>()
  for (const knock of knocks.filter((one) => one.open)) {
    for (const place of [knock.proxy, `${knock.proxy} ${knock.door}`])
      if (!open.has(place)) open.set(place, knock)
  }
  const picked = new Set(shuffled(knocks, seed).slice(0, size))
  for (const { proxy, door } of [...picked]) {
    const beside = open.get(`${proxy} ${door}`) ?? open.get(proxy)
    if (beside) picked.add(beside)
  }
  return knocks.filter((knock) => picked.has(knock))
}

// --- utils ---

/** Fisher and Yates's shuffle. */
function shuffled<T>(values: readonly T[], seed: number): T[] {
  const next = randomNumbers(seed)
  const left = [...values]
  return values.flatMap(() => left.splice(Math.floor(next() * left.length), 1))
}

/** Numbers from 0 to below 1 that a seed gives: mulberry32. */
function randomNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
