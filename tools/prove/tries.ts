import pLimit from 'p-limit'
import type { Cluster } from '../cluster/cluster.ts'
import type { Outcome } from '../cluster/machines/request.ts'
import { nodes } from '../cluster/network/nodes.ts'
import type { Client } from './clients.ts'
import type { Door, Knock } from './knocks.ts'
import { type Installed, type Target, targetsOf } from './places.ts'
import type { Plan } from './plan.ts'

/** One try of one door: what should come of it by the values, and what did. */
export interface Row {
  /** The Service's name. */
  proxy: string
  door: Door | 'spread'
  who: Client['who']
  /** The address it comes from, and the port where it matters. */
  from: string
  sourcePort?: number
  /** Where it knocks. */
  at: string
  expected: string
  /** What was seen, in words. */
  seen: string
  ok: boolean
}

/** How many requests are under way at once. */
const concurrency = 64

/**
 * Sends every knock of a plan to each address that its place has.
 *
 * Those who should come in are tried first and, while the cluster settles, again. So when the others are tried
 * the doors are known to lead to App2, and a refusal is a refusal rather than a door not yet there.
 * @param report is told how many of how many are done
 */
export async function tryDoors(
  cluster: Cluster,
  plan: Plan,
  installed: Installed,
  report: (done: number, all: number) => void,
): Promise<Row[]> {
  const ready = new Map(plan.proxies.map((proxy) => [proxy.name, proxy.ready]))
  const tries = plan.knocks.flatMap((knock) =>
    targetsOf(knock, installed).map((target) => ({
      knock,
      target,
      addresses: ready.get(knock.proxy) ?? [],
    })),
  )
  const rows = new Map<Try, Row>()
  const limit = pLimit(concurrency)
  const run = (some: readonly Try[]) =>
    Promise.all(
      some.map((one) =>
        limit(async () => {
          rows.set(one, one.knock.open ? await patiently(cluster, one) : await once(cluster, one))
          report(rows.size, tries.length)
        }),
      ),
    )
  await run(tries.filter(({ knock }) => knock.open))
  await run(tries.filter(({ knock }) => !knock.open))
  return tries.flatMap((one) => rows.get(one) ?? [])
}

/**
 * Sends a client's request from the machine that has the client's address, by a port of its own: so a capture can
 * be found even of what was never answered, and so it goes to a ClusterIP by the node that it should.
 */
export function send(cluster: Cluster, { client, protocol, hostName, path }: Knock, target: Target) {
  const from = client.address
  const machine = cluster.machines.find(({ addresses }) => addresses.includes(from))
  if (!machine) throw new Error(`no machine has the address ${from}`)
  const { first, count } = nodes[target.by ?? 'node1'].sourcePorts
  const sourcePort = first + (sent++ % count)
  const outcome = cluster.machine(machine.name).send({
    protocol,
    address: target.address,
    port: target.port,
    from,
    sourcePort,
    ...(hostName && { host: hostName }),
    ...(path && { path }),
  })
  return { sourcePort, outcome }
}
let sent = 0

/** Who answered: App2's own address and port, where it was App2. */
export const answerer = (outcome: Outcome) =>
  'echo' in outcome && outcome.echo?.machine === 'app2' ? outcome.echo.local : undefined

// --- utils ---

interface Try {
  knock: Knock
  target: Target
  /** App2's addresses that may answer. */
  addresses: readonly string[]
}

async function once(cluster: Cluster, { knock, target, addresses }: Try): Promise<Row> {
  const { proxy, door, client, open, targetPort } = knock
  const { sourcePort, outcome: awaited } = send(cluster, knock, target)
  const outcome = await awaited
  const local = answerer(outcome)
  const right = local && addresses.includes(local.address) && local.port === targetPort
  const refused = local === undefined && !('failure' in outcome && outcome.failure === 'other')
  return {
    proxy,
    door,
    who: client.who,
    from: client.address,
    sourcePort,
    at: target.at,
    expected: open ? 'App2 answers' : 'refused',
    seen: words(outcome),
    ok: open ? right === true : refused,
  }
}

/** Tries again until it is as expected; the last try counts when it never is. */
async function patiently(cluster: Cluster, one: Try): Promise<Row> {
  let row: Row | undefined
  const probe = async () => {
    row = await once(cluster, one)
    return row.ok ? row : undefined
  }
  return cluster.until(one.target.at, probe, { seconds: 15 }).catch((error) => {
    if (row) return row
    throw error
  })
}

function words(outcome: Outcome): string {
  if ('failure' in outcome) return outcome.failure === 'other' ? outcome.detail : outcome.failure
  const { echo } = outcome
  if (echo) return `${echo.local.address} port ${echo.local.port} answered`
  return `HTTP ${outcome.status}: ${outcome.body.split('\n', 1)[0]}`
}
