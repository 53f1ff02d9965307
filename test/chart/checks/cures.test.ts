import { describe, expect, it } from 'vitest'
import { refusals } from '../../refusals.ts'
import { adviceOf, followed } from './advice.ts'
import { everyCheck, type Row } from './check.ts'

const specified = await everyCheck()

/**
 * Each advice of each refusal, followed to the letter: by a machine where it says what to write, by the row where it
 * leaves a choice. It must lead to values that are accepted, or to other advice, never back.
 */
describe.concurrent.each(specified)('%s', (code, rows) => {
  it.each(Object.entries(rows))('%s: its advice leads on', async (_, row) => {
    const problem = `${row.says} [${code}]`
    const cures = curesOf(row, problem)
    expect(cures.length).toBeGreaterThan(0)
    const ends = cures.map(async ([advice, cured]) => [
      advice,
      JSON.stringify(cured) === JSON.stringify(row.refused)
        ? 'changes nothing'
        : await endOf(cured, [row.refused], problem),
    ])
    expect(Object.fromEntries(await Promise.all(ends))).toEqual(
      Object.fromEntries(cures.map(([advice]) => [advice, expect.stringMatching(/^(accepted|by hand)/)])),
    )
  })
})

it.concurrent.each<[string, object, string, Record<string, object>]>([
  [
    'leave it out',
    { a: { b: 1, c: 2 } },
    'a.b: 1, and so on: leave it out',
    { 'leave it out': { a: { c: 2 } } },
  ],
  ['of a list', { a: ['x', 'y'] }, 'a[0]: x is not one: leave it out', { 'leave it out': { a: ['y'] } }],
  [
    'of a key that is named',
    { a: { 'x/y': '1' } },
    'a: x/y is read by Z: leave it out',
    { 'leave it out': { a: {} } },
  ],
  ['write', { a: { b: 1 } }, 'a.b: 1, and 2 is the most: write 2', { 'write 2': { a: { b: 2 } } }],
  [
    'one of several',
    { a: { b: 1 } },
    'a.b: 1: write 2 or 3, or leave it out',
    { 'write 2': { a: { b: 2 } }, 'write 3': { a: { b: 3 } }, 'leave it out': { a: {} } },
  ],
  [
    'another field',
    { proxies: { a: { service: { type: 'NodePort' }, sourceRanges: [] } } },
    'proxies.a.sourceRanges: none is written: write service.type ClusterIP, or 0.0.0.0/0 and ::/0 for anyone',
    {
      'write service.type ClusterIP': {
        proxies: { a: { service: { type: 'ClusterIP' }, sourceRanges: [] } },
      },
      'write 0.0.0.0/0 and ::/0 for anyone': {
        proxies: { a: { service: { type: 'NodePort' }, sourceRanges: ['0.0.0.0/0', '::/0'] } },
      },
    },
  ],
  [
    'an example',
    { a: {} },
    'a.b: not written: write at least one, for example {http: {port: 80}}',
    { 'write at least one, for example {http: {port: 80}}': { a: { b: { http: { port: 80 } } } } },
  ],
  [
    'add',
    { a: { b: ['x'] } },
    'a.b: too few: add y to say so',
    { 'add y to say so': { a: { b: ['x', 'y'] } } },
  ],
  [
    'the name that is meant',
    { a: { b: 1 } },
    'a.b: no such value; did you mean c?',
    { 'did you mean c?': { a: { c: 1 } } },
  ],
])('%s, followed', (_, values, says, cured) => {
  const problem = `${says} [code]`
  expect(
    Object.fromEntries(adviceOf(problem).map((advice) => [advice, followed(values, problem, advice)])),
  ).toEqual(cured)
})

// --- utils ---

/** What becomes of a row's values by each advice. */
function curesOf({ refused, accepted, chosen = {} }: Row, problem: string): [string, object][] {
  const advices = adviceOf(problem)
  const left = advices.filter((advice) => !chosen[advice] && !followed(refused, problem, advice))
  expect(left.length, `chosen lacks ${left.join(' | ')}`).toBeLessThan(2)
  expect(Object.keys(chosen).filter((advice) => !advices.includes(advice))).toEqual([])
  return advices.map((advice) => [advice, chosen[advice] ?? followed(refused, problem, advice) ?? accepted])
}

/** How following advice ends: in values that are accepted, in a choice that is left to people, or nowhere. */
async function endOf(values: object, before: readonly object[], problem: string): Promise<string> {
  const problems = await refusals(values)
  const [next] = problems
  if (problems.includes(problem)) return `no cure: ${problem}`
  if (!next) return 'accepted'
  const followedBy = async (advice: string) => {
    const cured = followed(values, next, advice)
    return !cured
      ? `by hand: ${next}`
      : before.some((one) => JSON.stringify(one) === JSON.stringify(cured))
        ? `a circle: ${advice} of ${next}`
        : before.length > 4
          ? `no end: ${next}`
          : await endOf(cured, [...before, values], next)
  }
  const ends = await Promise.all(adviceOf(next).map(followedBy))
  return (
    ends.find((end) => /^(a circle|no end)/.test(end)) ??
    ends.find((end) => end === 'accepted') ??
    ends[0] ??
    `no advice: ${next}`
  )
}
