import type { Cluster } from '../cluster/cluster.ts'
import { doors } from './doors.ts'
import { answerer, type Installed, type Row, sendAs } from './tries.ts'

/** No more than so many requests, however many addresses App2 has. */
const most = 400

/**
 * Sees how connections are spread over App2's addresses: each that is ready gets its share, a drained one
 * nothing, and with session affinity one address gets all of a client's. Tried by App1 at the load balancer, for
 * each family in which App2 has more than one address.
 */
export async function trySpread(cluster: Cluster, installed: readonly Installed[]): Promise<Row[]> {
  const rows = installed.map(async (one): Promise<Row[]> => {
    const { proxy } = one
    const families = proxy.clients
      .filter(({ who }) => who === 'App1')
      .flatMap((client) => {
        const [knock] = doors['load balancer']({ cluster, ...one, client })
        return knock?.open ? [{ client, knock, family: client.address.includes(':') }] : []
      })
    const firsts = families.filter(
      (one, index) => families.findIndex(({ family }) => family === one.family) === index,
    )
    const found = firsts.map(async ({ client, knock, family }): Promise<Row[]> => {
      const sameFamily = (address: string) => address.includes(':') === family
      const [ready, drained] = [proxy.ready.filter(sameFamily), proxy.drained.filter(sameFamily)]
      if (ready.length + drained.length < 2) return []
      const requests = requestsFor(ready.length)
      const outcomes = await Promise.all(
        Array.from({ length: requests }, () => sendAs(cluster, knock).outcome),
      )
      const counts = new Map<string, number>()
      for (const outcome of outcomes) {
        const who = answerer(outcome)?.address ?? 'nobody'
        counts.set(who, (counts.get(who) ?? 0) + 1)
      }
      const seen = [...counts].sort().map(([address, count]) => `${address} ×${count}`)
      const strangers = [...counts.keys()].filter((address) => !ready.includes(address))
      // With so many addresses that `most` requests may miss one by chance, two that answer will do.
      const least = requests < most ? ready.length : 2
      const shared = proxy.sessionAffinity ? counts.size === 1 : counts.size >= least
      return [
        {
          ...{ proxy: proxy.name, door: 'spread', who: client.who, from: client.address, at: knock.at },
          expected: `${outcomes.length} answers by ${proxy.sessionAffinity ? 'one' : 'each'} of ${ready.join(', ')}`,
          seen: seen.join(', '),
          ok: strangers.length === 0 && shared,
        },
      ]
    })
    return (await Promise.all(found)).flat()
  })
  return (await Promise.all(rows)).flat()
}

// --- utils ---

/** So many that, chosen at random, one of the addresses would be missed once in a million runs. */
function requestsFor(addresses: number): number {
  if (addresses < 2) return 20
  return Math.min(most, Math.ceil(Math.log(1e-6 / addresses) / Math.log(1 - 1 / addresses)))
}
