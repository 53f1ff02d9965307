import type { Accepted } from '../cluster/machines/echo.ts'
import type { Outcome } from '../cluster/machines/request.ts'
import { type App2, answerer } from './app2.ts'
import type { Try } from './places.ts'

/** What came of somebody's knock who should not get in. */
export interface Outsider {
  try: Try
  sourcePort: number
  outcome: Outcome
  /** Has App2 accepted anything of theirs, whatever they were answered? */
  accepted: boolean
}

/** What the outsiders are tried with. */
interface Around {
  app2: App2
  send(one: Try): { sourcePort: number; outcome: Promise<Outcome> }
  /** Throws where a component has died. */
  alive(): Promise<unknown>
  /** Those who should get in and did, and whether one does just now. */
  insiders: readonly Try[]
  insider(one: Try): Promise<boolean>
  /** The clients of these tries who don't reach a node just now, by their addresses. */
  cutOff(tries: readonly Try[]): Promise<string[]>
  report(): void
}

/** So many knock at once: most of the time is spent waiting for answers that don't come. */
const groupSize = 256
/** Smaller groups are not halved. */
const smallest = 8
/** Of what App2 accepted while one knocked alone, it was theirs when it comes each of so many times. */
const repeats = 4
/** So slow an answer says that a refusal may be the sandbox's own, and so often a group is tried again. */
const slow = 1000
const patience = 5

/**
 * Tries those who should not get in, in groups. Each speaks, and where TCP carries it, another of the same address says
 * nothing and waits. Of App2's own word: what it accepts meanwhile beside those whom it answers is somebody's of that
 * group, and they knock again to see whose. After each group some who should get in do, and the group itself reaches the
 * nodes: else its refusals say nothing, and it is tried again.
 * @throws Error where those who should get in don't any more in time, or an outsider no longer reaches a node
 */
export async function refusals(tries: readonly Try[], around: Around): Promise<Outsider[]> {
  const found: Outsider[] = []
  for (let start = 0; start < tries.length; start += groupSize) {
    const group = tries.slice(start, start + groupSize)
    found.push(...(await groupOf(group, around)))
    for (const _ of group) around.report()
  }
  return found
}

// --- utils ---

/** Of a group that is too much at once for the sandbox, each half is tried alone. */
async function groupOf(group: readonly Try[], around: Around): Promise<Outsider[]> {
  const witnesses = witnessesOf(group, around.insiders)
  const half = Math.ceil(group.length / 2)
  let cutOff: string[] = []
  for (let time = 0; time < patience; time += 1) {
    if (time > 0 && half >= smallest)
      return [...(await groupOf(group.slice(0, half), around)), ...(await groupOf(group.slice(half), around))]
    await around.alive()
    await around.app2.accepted()
    const knocked = await Promise.all(group.map((one) => knock(one, around)))
    const accepted = await around.app2.accepted()
    if (!(await allGetIn(witnesses, around))) continue
    cutOff = await around.cutOff(group)
    if (cutOff.length > 0) continue
    const unanswered = knocked.filter(({ outcome }) => !answerer(outcome)).map((one) => one.try)
    const blamed = await acceptedOf(suspects(unanswered, accepted), around)
    return knocked.map((one) => ({ ...one, accepted: blamed.includes(one.try) }))
  }
  if (cutOff.length > 0)
    throw new Error(`${cutOff.join(', ')} can't even reach the nodes: so it is no door that refuses them`)
  const [{ target } = { target: { at: 'App2' } }] = witnesses
  throw new Error(
    `App1 gets no answer in time at ${target.at} any more: so nobody's refusal there says anything`,
  )
}

/** One who should get in for each proxy and door of a group; by another door where nobody should get in by that. */
function witnessesOf(group: readonly Try[], insiders: readonly Try[]): Try[] {
  const byProxy = ({ knock }: Try) => knock.proxy
  const byDoor = ({ knock }: Try) => `${knock.proxy} ${knock.door}`
  const getIn = new Map(
    insiders.flatMap((one) => [[byProxy(one), one] as const, [byDoor(one), one] as const]),
  )
  return [...new Set(group.flatMap((one) => getIn.get(byDoor(one)) ?? getIn.get(byProxy(one)) ?? []))]
}

async function allGetIn(witnesses: readonly Try[], { insider }: Around): Promise<boolean> {
  const start = Date.now()
  const got = await Promise.all(witnesses.map(insider))
  return got.every(Boolean) && Date.now() - start < slow
}

async function knock(one: Try, { send }: Around): Promise<Outsider> {
  const spoken = send(one)
  const silent = ['http', 'https'].includes(one.knock.protocol)
    ? send({ ...one, knock: { ...one.knock, protocol: 'tcp' } }).outcome
    : undefined
  const [outcome, greeted] = await Promise.all([spoken.outcome, silent])
  // Who was greeted has got in, whatever the other was told.
  const worse = greeted && answerer(greeted) ? greeted : outcome
  return { try: one, sourcePort: spoken.sourcePort, outcome: worse, accepted: false }
}

/** Those who may be whom App2 accepted: those who knock where it did. */
const suspects = (tries: readonly Try[], accepted: readonly Accepted[]) =>
  tries.filter(({ knock }) => accepted.some(({ local }) => local.port === knock.targetPort))

/** Those of whom App2 accepts something: they knock again, as halves of halves, until one is alone each time. */
async function acceptedOf(tries: readonly Try[], around: Around, times = 1): Promise<Try[]> {
  if (tries.length === 0) return []
  await around.app2.accepted()
  await Promise.all(tries.map((one) => knock(one, around)))
  const left = suspects(tries, await around.app2.accepted())
  if (left.length <= 1) return times < repeats ? acceptedOf(left, around, times + 1) : left
  const half = Math.ceil(left.length / 2)
  return [...(await acceptedOf(left.slice(0, half), around)), ...(await acceptedOf(left.slice(half), around))]
}
