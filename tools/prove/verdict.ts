import type { Complaint } from './conditions.ts'
import type { NotTried, Plan } from './plan.ts'
import type { Row } from './rows.ts'

/** How it went, in a word. */
export type Verdict = 'as the values say' | 'not as the values say' | 'not proved'

/** What a process that proves exits with. */
export const exitCodes = {
  'as the values say': 0,
  'not as the values say': 1,
  'not proved': 2,
} as const satisfies Record<Verdict, number>

/** How a proof went. */
export interface Judged {
  verdict: Verdict
  /** Why, where it is not as the values say. */
  why: string[]
}

/**
 * Judges what was tried.
 * @param options.complaints what the objects' status says that it should not
 * @param options.strict is a door that is open and held by nothing here, or one that was not tried, not good enough?
 */
export function verdictOf(
  rows: readonly Row[],
  { notTried, proxies }: Pick<Plan, 'notTried' | 'proxies'>,
  { strict = false, complaints = [] }: { strict?: boolean; complaints?: readonly Complaint[] } = {},
): Judged {
  const differing = rows.filter(({ ok }) => !ok).length
  const against = [
    ...(differing > 0 ? [`${differing} of ${rows.length} tries did not go as the values say`] : []),
    ...complaints.map(({ object, message }) => `${object} is ${message}`),
    ...(strict ? strictly(rows, notTried) : []),
  ]
  if (against.length > 0) return { verdict: 'not as the values say', why: against }
  const missing = whatIsMissing(rows, proxies, notTried)
  return missing ? { verdict: 'not proved', why: [missing] } : { verdict: 'as the values say', why: [] }
}

// --- utils ---

function strictly(rows: readonly Row[], notTried: readonly NotTried[]): string[] {
  const open = rows.filter(({ notHeld }) => notHeld).length
  return [
    ...(open > 0 ? [`${open} tries got in where no word of the values lets them`] : []),
    ...(notTried.length > 0 ? [`${notTried.length} not tried`] : []),
  ]
}

/**
 * What would have had to be tried for a proof; nothing where it was. Where what is to let App1 in can't be tried here,
 * that nobody gets in says nothing.
 */
function whatIsMissing(
  rows: readonly Row[],
  proxies: Plan['proxies'],
  notTried: readonly NotTried[],
): string | undefined {
  if (rows.length === 0) return 'nothing was tried'
  // Without a list whoever is let in is App1.
  const open = new Set(
    proxies.filter(({ sourceRanges }) => sourceRanges.length === 0).map(({ name }) => name),
  )
  const byApp1 = rows.filter(
    ({ proxy, who, door, expected }) =>
      door !== 'open flow' && (who === 'App1' || (open.has(proxy) && expected === 'App2 answers')),
  )
  if (byApp1.length === 0) return 'App1 was never tried: no address of its ranges can be had here'
  const own = <T extends { proxy: string }>(some: readonly T[], name: string) =>
    some.filter(({ proxy }) => proxy === name)
  const untried = proxies.filter(({ name }) => own(byApp1, name).length === 0)
  if (untried.length > 0) return `App1 of ${untried.map(({ name }) => name).join(', ')} was never tried`
  const unopened = proxies.filter(
    ({ name }) =>
      own(notTried, name).length > 0 &&
      !own(byApp1, name).some(({ expected }) => expected === 'App2 answers'),
  )
  return unopened.length > 0
    ? `no door that is to let App1 in to ${unopened.map(({ name }) => name).join(', ')} could be tried here`
    : undefined
}
