import { isIP } from 'node:net'
import pLimit from 'p-limit'
import type { Cluster } from '../cluster/cluster.ts'
import { answerer } from './app2.ts'
import type { Knock } from './knocks.ts'
import { type Installed, type Target, targetsOf } from './places.ts'
import type { Plan } from './plan.ts'
import type { ProxyPlan } from './proxy.ts'
import type { Row } from './rows.ts'
import { inTime, send } from './send.ts'

/** No more than so many requests, however many addresses App2 has; and, for all proxies, no more than about so many. */
const most = 400
const mostOfAll = 10_000
/** But so many of each. */
const least = 20

/** However many proxies there are, no more than so many requests are under way at once. */
const limit = pLimit(64)

/**
 * Sees how connections are spread over App2's addresses: each that is ready gets its share, a drained one
 * nothing, and with session affinity one address gets all of a client's. Tried by App1 at the load balancer, for
 * each family in which App2 has more than one address.
 */
export async function trySpread(cluster: Cluster, plan: Plan, installed: Installed): Promise<Row[]> {
  const share = Math.max(least, Math.min(most, Math.floor(mostOfAll / plan.proxies.length)))
  const rows = plan.proxies.flatMap((proxy) => {
    const knocks = plan.knocks.filter(
      ({ proxy: name, door, client, open }) =>
        name === proxy.name && door === 'load balancer' && client.who === 'App1' && open,
    )
    return [4, 6].flatMap((family) => {
      const knock = knocks.find(({ client }) => isIP(client.address) === family)
      const [target] = knock ? targetsOf(knock, installed) : []
      return knock && target ? [spreadOf(cluster, proxy, knock, target, share)] : []
    })
  })
  return (await Promise.all(rows)).flat()
}

// --- utils ---

async function spreadOf(
  cluster: Cluster,
  { name, sessionAffinity, ...addresses }: ProxyPlan,
  knock: Knock,
  target: Target,
  share: number,
): Promise<Row[]> {
  const { client } = knock
  const sameFamily = (address: string) => isIP(address) === isIP(client.address)
  const [ready, drained] = [addresses.ready.filter(sameFamily), addresses.drained.filter(sameFamily)]
  if (ready.length + drained.length < 2) return []
  const enough = requestsFor(ready.length)
  const requests = Math.min(share, enough)
  const outcomes = await Promise.all(
    Array.from({ length: requests }, () => limit(() => send(cluster, knock, target, inTime).outcome)),
  )
  const counts = new Map<string, number>()
  for (const outcome of outcomes) {
    const who = answerer(outcome)?.address ?? 'nobody'
    counts.set(who, (counts.get(who) ?? 0) + 1)
  }
  const seen = [...counts].sort().map(([address, count]) => `${address} ×${count}`)
  const strangers = [...counts.keys()].filter((address) => !ready.includes(address))
  // Where so few requests may miss one by chance, two that answer will do.
  const all = requests === enough
  const shared = sessionAffinity
    ? counts.size === 1
    : counts.size >= Math.min(all ? ready.length : 2, ready.length)
  const answerers = sessionAffinity ? 'one' : all ? 'each' : 'more than one'
  return [
    {
      proxy: name,
      door: 'spread',
      who: client.who,
      from: client.address,
      at: target.at,
      expected: `${outcomes.length} answers by ${answerers} of ${ready.join(', ')}`,
      seen: seen.join(', '),
      ok: strangers.length === 0 && shared,
    },
  ]
}

/** So many that, chosen at random, one of the addresses would be missed once in a million runs. */
function requestsFor(addresses: number): number {
  if (addresses < 2) return 20
  return Math.ceil(Math.log(1e-6 / addresses) / Math.log(1 - 1 / addresses))
}
