import { expect } from 'vitest'
import { refusals } from '../../refusals.ts'
import { adviceOf, followed } from './advice.ts'
import type { Row } from './check.ts'

/**
 * How each advice of a row's refusal ends, followed to the letter: by a machine where it says what to write, by the row
 * where it leaves a choice.
 * @returns by advice: `accepted` or `by hand` where it leads on, else what became of it
 */
export async function endsOf(row: Row, problem: string): Promise<Record<string, string>> {
  const ends = curesOf(row, problem).map(async ([advice, cured]) => [
    advice,
    JSON.stringify(cured) === JSON.stringify(row.refused)
      ? 'changes nothing'
      : await endOf(cured, [row.refused], problem),
  ])
  return Object.fromEntries(await Promise.all(ends))
}

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
