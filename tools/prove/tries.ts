import { isIP } from 'node:net'
import pLimit from 'p-limit'
import type { Cluster } from '../cluster/cluster.ts'
import { answerer, app2Of } from './app2.ts'
import { isInside } from './clients.ts'
import type { Knock } from './knocks.ts'
import { cutOff } from './node-echo.ts'
import { refusals } from './outsiders.ts'
import { type Installed, type Try, targetsOf } from './places.ts'
import type { Plan } from './plan.ts'
import { type Answered, insiderRow, isRight, outsiderRow, type Row } from './rows.ts'
import { inTime, send } from './send.ts'

/** How many requests are under way at once. */
const concurrency = 64
/** So many requests count of each who should get in, before the outsiders and again after them. */
const requests = 50
/** Of many tries each has fewer requests: no more than about so many in all. */
const mostRequests = 4000
/** So long may a door take until it leads to App2, in seconds. */
export const settling = 60

/** A plan's knocks, at each address that their places have. */
export function triesOf({ proxies, knocks }: Pick<Plan, 'proxies' | 'knocks'>, installed: Installed): Try[] {
  const byName = new Map(proxies.map((proxy) => [proxy.name, proxy]))
  return knocks.flatMap((knock) => {
    const { ready = [], sourceRanges = [] } = byName.get(knock.proxy) ?? {}
    const all = knock.place.of === 'controller' ? fromWithin(knock, sourceRanges, installed) : [knock]
    return all.flatMap((one) =>
      targetsOf(one, installed).map((target) => ({ knock: one, target, addresses: ready })),
    )
  })
}

/** What there is beside a plan's own tries, where a release was upgraded. */
interface Upgraded {
  /** Doors that must be closed now. */
  closed: readonly Try[]
  /** Asks whoever is connected since before. */
  watch(): Promise<void>
}

/**
 * Sends every knock of a plan to each address that its place has.
 *
 * First those who should come in try until each has: the cluster settles. From there on every request counts. They
 * come before the outsiders and again after them, so a refusal is a refusal, and not a door that is not yet there or
 * has died.
 * @param report is told how many of how many are done
 * @throws Error with the component's log where one has died
 */
export async function tryDoors(
  cluster: Cluster,
  plan: Plan,
  installed: Installed,
  report: (done: number, all: number) => void,
  upgraded?: Upgraded,
): Promise<Row[]> {
  const tries = [...triesOf(plan, installed), ...(upgraded?.closed ?? [])]
  const insiders = tries.filter(({ knock }) => knock.open)
  const outsiders = tries.filter(({ knock }) => !knock.open)
  let done = 0
  const all = insiders.length * 3 + outsiders.length
  const count = () => report(++done, all)
  const alive = async () => {
    await cluster.until('every component lives', async () => true)
    await upgraded?.watch()
  }
  const answers = () => answersOf(cluster, insiders, count)
  await atOnce(insiders, (one) => settled(cluster, one).finally(count))
  // Of an upgrade, what closes a door comes a moment later too.
  if (upgraded) await atOnce(outsiders, (one) => settled(cluster, one))
  await alive()
  const before = await answers()
  await alive()
  const refused = await refusals(outsiders, {
    app2: app2Of(cluster, plan),
    send: (one) => send(cluster, one.knock, one.target),
    insider: async (one) => isRight(one, await send(cluster, one.knock, one.target).outcome),
    insiders: insiders.filter((one, index) =>
      (before[index] ?? []).every(({ outcome }) => isRight(one, outcome)),
    ),
    cutOff: (group) =>
      cutOff(
        cluster,
        group.map(({ knock }) => knock.client),
        installed.nodes,
      ),
    alive,
    report: count,
  })
  await alive()
  const after = await answers()
  await alive()
  const rows = new Map<Try, Row>([
    ...insiders.map((one, index): [Try, Row] => [
      one,
      insiderRow(one, [...(before[index] ?? []), ...(after[index] ?? [])]),
    ]),
    ...refused.map((one): [Try, Row] => [one.try, outsiderRow(one)]),
  ])
  return tries.flatMap((one) => rows.get(one) ?? [])
}

// --- utils ---

/**
 * A knock at a controller's own doors, by whom it is planned for, and by nodes and pods of the same family. Whoever
 * comes from outside looks like a node there: so nobody is held where the ranges hold the nodes.
 */
function fromWithin(knock: Knock, ranges: readonly string[], { inside }: Installed): Knock[] {
  const family = isIP(knock.client.address)
  const own = inside.filter(({ address }) => isIP(address) === family)
  const isHeld = own.every(({ address }) => !isInside(address, ranges))
  const notHeld =
    'sourceRanges hold nodes or pods, and by its own doors anyone looks like one: see clusterRanges'
  return [knock.client, ...own].map((client) => ({ ...knock, client, ...(!isHeld && { notHeld }) }))
}

/** Does it with all tries, many at a time. */
function atOnce<Result>(tries: readonly Try[], act: (one: Try) => Promise<Result>): Promise<Result[]> {
  const limit = pLimit(concurrency)
  return Promise.all(tries.map((one) => limit(() => act(one))))
}

/** What comes of the requests that count, of each who should get in. */
function answersOf(cluster: Cluster, insiders: readonly Try[], count: () => void): Promise<Answered[][]> {
  const each = Math.max(1, Math.min(requests, Math.floor(mostRequests / (2 * insiders.length || 1))))
  return atOnce(insiders, async (one) => {
    const seen: Answered[] = []
    let isWell = true
    while (seen.length < each) {
      // Once it leads nowhere, waiting as long for each answer would take minutes.
      const answered = await once(cluster, one, isWell ? inTime : undefined)
      isWell &&= isRight(one, answered.outcome)
      seen.push(answered)
    }
    count()
    return seen
  })
}

async function once(cluster: Cluster, { knock, target }: Try, seconds?: number): Promise<Answered> {
  const { sourcePort, outcome } = send(cluster, knock, target, seconds)
  return { sourcePort, outcome: await outcome }
}

/** Tries until App2 answers, or does so no more, as the values say; or it has had its time. */
async function settled(cluster: Cluster, one: Try): Promise<void> {
  const probe = async () => {
    const { outcome } = await once(cluster, one)
    return (
      (one.knock.open ? isRight(one, outcome) : !answerer(outcome) || one.knock.notHeld !== undefined) ||
      undefined
    )
  }
  await cluster.until(one.target.at, probe, { seconds: settling }).catch(() => undefined)
}
