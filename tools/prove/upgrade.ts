import type { Cluster } from '../cluster/cluster.ts'
import type { MachineFlow } from '../cluster/machines/machines.ts'
import type { Outcome } from '../cluster/machines/request.ts'
import { answerer } from './app2.ts'
import { takenOut } from './clients.ts'
import { knocksAt } from './knocks.ts'
import type { Installed, Try } from './places.ts'
import type { NotTried, Plan } from './plan.ts'
import { type Row, words } from './rows.ts'
import { requestOf } from './send.ts'
import { settling, triesOf } from './tries.ts'

/** A connection by which the values before let somebody in, opened before the upgrade. */
export interface OpenFlow {
  try: Try
  sourcePort: number
  flow: MachineFlow
  /** What came of each question since the upgrade. */
  outcomes: Outcome[]
}

/** What an upgrade may leave behind. */
export interface Left {
  flows: OpenFlow[]
  /** The doors that the values before had open, by those whom the new values no longer let in by them. */
  tries: Try[]
  notTried: NotTried[]
}

/** So many flows are held open; each door and client has one. */
const mostFlows = 500

/** Opens a flow by each door, of each client, that the values before let in, and remembers where they did. */
export async function openFlows(
  cluster: Cluster,
  before: NonNullable<Plan['before']>,
  installed: Installed,
): Promise<Left> {
  const tries = triesOf(before, installed).filter(({ knock }) => knock.open || knock.notHeld)
  const wanted = tries.filter(({ knock }) => knock.open)
  const opened = await Promise.all(wanted.slice(0, mostFlows).map((one) => openFlow(cluster, one)))
  const unopened = wanted.filter((one) => !opened.some((flow) => flow?.try === one))
  return {
    flows: opened.flatMap((flow) => flow ?? []),
    tries,
    notTried: unopened.map(({ knock: { proxy, client }, target }, index) => ({
      proxy,
      what: `open flow of ${client.address} at ${target.at}`,
      why:
        index >= mostFlows ? `no more than ${mostFlows} are watched` : 'the values before did not let it in',
    })),
  }
}

/** Asks every flow once more. */
export async function askFlows(flows: readonly OpenFlow[]): Promise<void> {
  await Promise.all(
    flows.map(async ({ flow, outcomes }) => {
      outcomes.push(await flow.ask())
    }),
  )
}

/** What the new values let in, or leave to others to hold: where, and whom of those who were let in before. */
export type LetsIn = (one: Try) => boolean

/** @param installed the release after the upgrade */
export function letsInBy(plan: Plan, installed: Installed): LetsIn {
  const clients = (plan.before?.proxies ?? []).flatMap((proxy) => proxy.clients)
  const greeting = plan.echoServers.flatMap((server) => server.greeting)
  const knocks = plan.proxies.flatMap((proxy) => knocksAt({ ...proxy, clients }, greeting))
  const tries = triesOf({ proxies: plan.proxies, knocks }, installed)
  const keys = new Set(tries.filter(({ knock }) => knock.open || knock.notHeld).map(placeOf))
  return (one) => keys.has(placeOf(one))
}

/** The doors of before that are to be closed now, as knocks that must be refused. */
export const closedSince = (tries: readonly Try[], letsIn: LetsIn): Try[] =>
  tries
    .filter((one) => !letsIn(one))
    .map(({ knock: { notHeld, ...knock }, target }) => ({
      knock: { ...knock, open: false, client: takenOut(knock.client) },
      target: { ...target, at: `${target.at} (before)` },
      addresses: [],
    }))

/** What became of the flows: those whose client may no longer get in there must have ended. */
export const flowRows = (flows: readonly OpenFlow[], letsIn: LetsIn): Row[] =>
  flows.map(({ try: one, sourcePort, outcomes }) => {
    const { knock, target } = one
    const mayGoOn = letsIn(one)
    const client = mayGoOn ? knock.client : takenOut(knock.client)
    const isAnswered = (outcome: Outcome) => answersIn(one, outcome)
    const answered = outcomes.filter(isAnswered).length
    // The last word counts; one question may be lost.
    const goesOn = outcomes.slice(-2).some(isAnswered)
    const last = outcomes.at(-1)
    return {
      proxy: knock.proxy,
      door: 'open flow',
      who: client.who,
      from: client.address,
      sourcePort,
      at: `${target.at} (${knock.door})`,
      expected: mayGoOn ? 'may go on' : 'ends',
      seen: goesOn
        ? `goes on: ${answered} of ${outcomes.length} questions answered`
        : `ended: ${last ? words(last) : 'never asked'}`,
      ok: mayGoOn || !goesOn,
    }
  })

// --- utils ---

/** Who knocks where: the same for the same door of two releases. */
const placeOf = ({ knock, target }: Try): string =>
  JSON.stringify([
    knock.client.address,
    knock.protocol === 'udp' ? 'udp' : 'tcp',
    target.address,
    target.port,
    target.by,
    knock.hostName,
    knock.path,
    knock.method,
    knock.headers,
  ])

/** Is it App2 that answers? Where it has greeted before, it says again what it hears, and not who it is. */
const answersIn = ({ knock }: Try, outcome: Outcome): boolean =>
  knock.protocol === 'tcp' ? 'status' in outcome : answerer(outcome) !== undefined

/** Opens a flow, as soon as the door leads to App2; undefined where it does not in time. */
async function openFlow(cluster: Cluster, one: Try): Promise<OpenFlow | undefined> {
  const probe = async (): Promise<OpenFlow | undefined> => {
    const { machine, request } = requestOf(cluster, one.knock, one.target)
    const flow = cluster.machine(machine).flow(request)
    if (answersIn(one, await flow.ask()))
      return { try: one, sourcePort: request.sourcePort, flow, outcomes: [] }
    flow.close()
    return undefined
  }
  return cluster.until(`a flow at ${one.target.at}`, probe, { seconds: settling }).catch(() => undefined)
}
