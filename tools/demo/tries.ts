import type { Service } from 'kubernetes-types/core/v1.d.ts'
import type { Cluster } from '../cluster/cluster.ts'
import type { Outcome } from '../cluster/host.ts'
import { type Door, doors, type Knock } from './doors.ts'
import type { Machine, Plan, ProxyPlan } from './plan.ts'

/** One try of one door: what should come of it by the values, and what did. */
export interface Row {
  /** The Service's name. */
  proxy: string
  door: Door
  who: Machine
  /** The address it comes from. */
  from: string
  /** Where it knocks. */
  at: string
  expected: 'App2 answers' | 'refused'
  /** What was seen, in words. */
  seen: string
  ok: boolean
}

type Try = Omit<Row, 'seen' | 'ok'> & Pick<Knock, 'send'>

/** Which doors who tries, in the order of the table. */
const visits: [Machine, Door[]][] = [
  ['app1', ['straight to App2', 'load balancer', 'host name']],
  ['intruder', ['load balancer', 'NodePort', 'ClusterIP', 'host name']],
]

/**
 * Tries every door of every proxy of an installed release, as App1 and as the intruder.
 *
 * Those who should come in are tried first and, while the cluster settles, again. So when the others are tried
 * the doors are known to lead to App2, and a refusal is a refusal rather than a door not yet there.
 */
export async function tryDoors(cluster: Cluster, plan: Plan): Promise<Row[]> {
  const tries = (await Promise.all(plan.proxies.map((proxy) => triesOf(cluster, plan, proxy)))).flat()
  const rows = new Map<Try, Row>()
  for (const expected of ['App2 answers', 'refused']) {
    const now = tries.filter((one) => one.expected === expected)
    const run = async (one: Try) => {
      rows.set(one, await (expected === 'refused' ? once(one) : patiently(cluster, one)))
    }
    await Promise.all([
      ...now.filter(({ door }) => door !== 'ClusterIP').map(run),
      // One at a time: each changes the route by which it goes.
      now
        .filter(({ door }) => door === 'ClusterIP')
        .reduce((before, one) => before.then(() => run(one)), Promise.resolve()),
    ])
  }
  return tries.flatMap((one) => rows.get(one) ?? [])
}

/** The Service, as soon as its load balancer has an address for each of its families. */
export function withAddresses(cluster: Cluster, name: string): Promise<Service> {
  return cluster.until(`the load balancer of ${name} gets its addresses`, async () => {
    const service: Service = JSON.parse(await cluster.kubectl(['get', 'service', name, '--output=json']))
    const { type, ipFamilies } = service.spec ?? {}
    const given = service.status?.loadBalancer?.ingress?.length ?? 0
    return type !== 'LoadBalancer' || given >= (ipFamilies?.length ?? 1) ? service : undefined
  })
}

// --- utils ---

/** All there is to try of one proxy, once its load balancer has its addresses. */
async function triesOf(cluster: Cluster, plan: Plan, proxy: ProxyPlan): Promise<Try[]> {
  const service = await withAddresses(cluster, proxy.service)
  return visits.flatMap(([who, tried]) => {
    const addresses = plan.hosts.find(({ name }) => name === who)?.addresses ?? []
    return addresses.flatMap((from) =>
      tried.flatMap((door) =>
        doors[door]({ cluster, proxy, service, who, from }).map(
          ({ at, open, send }): Try => ({
            ...{ proxy: proxy.service, door, who, from, at, send },
            expected: open ? 'App2 answers' : 'refused',
          }),
        ),
      ),
    )
  })
}

async function once({ send, ...one }: Try): Promise<Row> {
  const outcome = await send()
  const answered = 'echo' in outcome && outcome.echo?.host === 'app2'
  return { ...one, seen: words(outcome), ok: answered === (one.expected === 'App2 answers') }
}

/** Tries again until it is as expected; the last try counts when it never is. */
async function patiently(cluster: Cluster, one: Try): Promise<Row> {
  let row: Row | undefined
  const probe = async () => {
    row = await once(one)
    return row.ok ? row : undefined
  }
  return cluster.until(one.at, probe, { seconds: 15 }).catch((error) => {
    if (row) return row
    throw error
  })
}

function words(outcome: Outcome): string {
  if ('failure' in outcome) return outcome.failure === 'other' ? outcome.detail : outcome.failure
  if (outcome.echo) return `${outcome.echo.host} answered from ${outcome.echo.local}`
  return `HTTP ${outcome.status}: ${outcome.body.split('\n', 1)[0]}`
}
