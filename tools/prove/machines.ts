import type { ProxyPlan } from './proxy.ts'

export interface MachinePlan {
  name: string
  /** `front` is where clients reach the cluster, `back` where the cluster reaches App2. */
  segment: 'front' | 'back'
  addresses: string[]
}

/** App2's addresses, of all of these proxies. */
export const app2Addresses = (proxies: readonly ProxyPlan[]) =>
  unique(proxies.flatMap(({ ready, drained }) => [...ready, ...drained]))

/**
 * The machines outside. An address may be App1 of one proxy, App2 of another and an outsider to a third: such a one has
 * a machine of its own, among the clients, and no route to the others.
 */
export function machinesFor(proxies: readonly ProxyPlan[]): MachinePlan[] {
  const app2 = app2Addresses(proxies)
  const clients = proxies.flatMap((proxy) => proxy.clients)
  const both = unique(clients.map(({ address }) => address)).filter((address) => app2.includes(address))
  const app1 = unique(clients.filter(({ who }) => who === 'App1').map(({ address }) => address))
  const others = unique(clients.map(({ address }) => address)).filter((address) => !app1.includes(address))
  const alone = (addresses: string[]) => addresses.filter((address) => !both.includes(address))
  return [
    { name: 'app1', segment: 'front', addresses: alone(app1) },
    { name: 'intruder', segment: 'front', addresses: alone(others) },
    { name: 'app2', segment: 'back', addresses: alone(app2) },
    ...both.map(
      (address, index): MachinePlan => ({
        name: `both${index + 1}`,
        segment: 'front',
        addresses: [address],
      }),
    ),
  ]
}

// --- utils ---

const unique = <T>(values: readonly T[]) => [...new Set(values)]
