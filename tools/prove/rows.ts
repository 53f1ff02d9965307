import type { Outcome } from '../cluster/machines/request.ts'
import { answerer } from './app2.ts'
import type { Client } from './clients.ts'
import type { Door } from './knocks.ts'
import type { Outsider } from './outsiders.ts'
import type { Try } from './places.ts'

/** One try of one door: what should come of it by the values, and what did. */
export interface Row {
  /** The Service's name. */
  proxy: string
  door: Door | 'spread' | 'open flow'
  who: Client['who']
  /** The address it comes from, and the port where it matters. */
  from: string
  sourcePort?: number
  /** Where it knocks. */
  at: string
  expected: string
  /** What was seen, in words. */
  seen: string
  /** Is it as the values say, or at least not against a word of theirs? */
  ok: boolean
  /** Where somebody got in whom no word of the values lets in: what else must hold that door. */
  notHeld?: string
}

/** A request that was sent, and what came of it. */
export interface Answered {
  sourcePort: number
  outcome: Outcome
}

/** Did that App2 answer to which the door leads, on its port? */
export function isRight({ knock, addresses }: Try, outcome: Outcome): boolean {
  const local = answerer(outcome)
  return local !== undefined && addresses.includes(local.address) && local.port === knock.targetPort
}

/** What came of all requests of one who should get in. */
export function insiderRow(one: Try, answers: readonly Answered[]): Row {
  const wrong = answers.find(({ outcome }) => !isRight(one, outcome))
  const kinds = new Map<string, number>()
  for (const { outcome } of answers) kinds.set(words(outcome), (kinds.get(words(outcome)) ?? 0) + 1)
  const seen = kinds.size > 1 ? [...kinds].map(([kind, times]) => `${times} × ${kind}`) : [...kinds.keys()]
  return {
    ...rowOf(one, (wrong ?? answers[0])?.sourcePort ?? 0),
    expected: 'App2 answers',
    seen: seen.join(', '),
    ok: wrong === undefined,
  }
}

/** What came of one who should not. */
export function outsiderRow({ try: one, sourcePort, outcome, accepted }: Outsider): Row {
  const { notHeld } = one.knock
  const gotIn = accepted || answerer(outcome) !== undefined
  const unclear = 'failure' in outcome && outcome.failure === 'other'
  const said = words(outcome)
  return {
    ...rowOf(one, sourcePort),
    expected: 'refused',
    seen: accepted && !answerer(outcome) ? `${said}, but App2 had accepted it` : said,
    ok: gotIn ? notHeld !== undefined : !unclear,
    ...(gotIn && notHeld && { notHeld }),
  }
}

/** What came of a request, in words. */
export function words(outcome: Outcome): string {
  if ('failure' in outcome) return outcome.failure === 'other' ? outcome.detail : outcome.failure
  const local = answerer(outcome)
  if (local) return `${local.address} port ${local.port} answered`
  return `HTTP ${outcome.status}: ${outcome.body.split('\n', 1)[0]}`
}

// --- utils ---

const rowOf = ({ knock, target }: Try, sourcePort: number) => ({
  proxy: knock.proxy,
  door: knock.door,
  who: knock.client.who,
  from: knock.client.address,
  sourcePort,
  at: target.at,
})
