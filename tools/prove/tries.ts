import { isIP } from 'node:net'
import pLimit from 'p-limit'
import type { Cluster } from '../cluster/cluster.ts'
import type { Outcome } from '../cluster/machines/request.ts'
import { firstNode, nodes } from '../cluster/network/nodes.ts'
import { answerer, app2Of } from './app2.ts'
import { type Client, isInside } from './clients.ts'
import type { Door, Knock } from './knocks.ts'
import { type Outsider, refusals } from './outsiders.ts'
import { type Installed, type Target, type Try, targetsOf } from './places.ts'
import type { Plan } from './plan.ts'

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

/** How many requests are under way at once. */
const concurrency = 64
/** So many requests count of each who should get in, before the outsiders and again after them. */
const requests = 50
/** Of many tries each has fewer requests: no more than about so many in all. */
const mostRequests = 4000
/** So long may a door take until it leads to App2. */
const settling = 15

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
  const limit = pLimit(concurrency)
  const each = Math.max(1, Math.min(requests, Math.floor(mostRequests / (2 * insiders.length || 1))))
  let done = 0
  const all = insiders.length * 3 + outsiders.length
  const count = () => report(++done, all)
  const alive = async () => {
    await cluster.until('every component lives', async () => true)
    await upgraded?.watch()
  }
  const answers = () =>
    Promise.all(
      insiders.map((one) =>
        limit(async () => {
          const seen: Answered[] = []
          while (seen.length < each) seen.push(await once(cluster, one))
          count()
          return seen
        }),
      ),
    )
  await Promise.all(insiders.map((one) => limit(() => settled(cluster, one).finally(count))))
  // Of an upgrade, what closes a door comes a moment later too.
  if (upgraded) await Promise.all(outsiders.map((one) => limit(() => settled(cluster, one))))
  await alive()
  const before = await answers()
  await alive()
  const app2 = app2Of(cluster, plan)
  const refused = await refusals(outsiders, {
    app2,
    send: (one) => send(cluster, one.knock, one.target),
    insider: async (one) => isRight(one, await send(cluster, one.knock, one.target).outcome),
    insiders: insiders.filter((one, index) =>
      (before[index] ?? []).every(({ outcome }) => isRight(one, outcome)),
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

/**
 * A client's request, and the machine that has the client's address. It comes from a port of its own: so a capture can
 * be found even of what was never answered, and so it goes to a ClusterIP by the node that it should.
 */
export function requestOf(
  cluster: Pick<Cluster, 'machines'>,
  { client, protocol, hostName, path, method, headers }: Omit<Knock, 'place'>,
  target: Target,
) {
  const from = client.address
  const outside = cluster.machines.find(({ addresses }) => addresses.includes(from))
  const machine = client.machine ?? outside?.name
  if (!machine) throw new Error(`no machine has the address ${from}`)
  const { first, count } = nodes[target.by ?? firstNode].sourcePorts
  const request = {
    protocol,
    address: target.address,
    port: target.port,
    from,
    sourcePort: first + (sent++ % count),
    ...(hostName && { host: hostName }),
    ...(path && { path }),
    ...(method && { method }),
    ...(headers && { headers }),
  }
  return { machine, request }
}

/** Sends it. */
export function send(cluster: Cluster, knock: Omit<Knock, 'place'>, target: Target) {
  const { machine, request } = requestOf(cluster, knock, target)
  return { sourcePort: request.sourcePort, outcome: cluster.machine(machine).send(request) }
}
let sent = 0

/** What came of a request, in words. */
export function words(outcome: Outcome): string {
  if ('failure' in outcome) return outcome.failure === 'other' ? outcome.detail : outcome.failure
  const local = answerer(outcome)
  if (local) return `${local.address} port ${local.port} answered`
  return `HTTP ${outcome.status}: ${outcome.body.split('\n', 1)[0]}`
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

interface Answered {
  sourcePort: number
  outcome: Outcome
}

async function once(cluster: Cluster, { knock, target }: Try): Promise<Answered> {
  const { sourcePort, outcome } = send(cluster, knock, target)
  return { sourcePort, outcome: await outcome }
}

function isRight({ knock, addresses }: Try, outcome: Outcome): boolean {
  const local = answerer(outcome)
  return local !== undefined && addresses.includes(local.address) && local.port === knock.targetPort
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

const rowOf = ({ knock, target }: Try, sourcePort: number) => ({
  proxy: knock.proxy,
  door: knock.door,
  who: knock.client.who,
  from: knock.client.address,
  sourcePort,
  at: target.at,
})

function insiderRow(one: Try, answers: readonly Answered[]): Row {
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

function outsiderRow({ try: one, sourcePort, outcome, accepted }: Outsider): Row {
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
