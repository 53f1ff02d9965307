import type { Rendered } from '../chart/render.ts'
import { type Asked, type Pool, unnamedPool } from '../cluster/network/addressing.ts'

/** What a release's objects expect the cluster's network to have: pools, classes and networks. */
export function askedOf(rendered: Pick<Rendered, 'list'>): Omit<Required<Asked>, 'nodesIn'> {
  return {
    clusterIPs: rendered
      .list('Service')
      .flatMap(({ spec = {} }) => spec.clusterIPs ?? spec.clusterIP ?? [])
      .filter((address) => address !== 'None'),
    pools: poolsOf(rendered),
    gateways: rendered
      .list('Gateway')
      .flatMap(({ spec }) => (spec.addresses ?? []).flatMap(({ value }) => value ?? [])),
  }
}

// --- utils ---

/** MetalLB's annotations (0.16.1: controller/service.go), by their present and their old prefix. */
const prefixes = ['metallb.io/', 'metallb.universe.tf/']

/** For each class and name of a pool, the pool, with the single addresses that are asked of it. */
function poolsOf({ list }: Pick<Rendered, 'list'>): Pool[] {
  const pools = new Map<string, Pool>()
  for (const { metadata, spec } of list('Service')) {
    if (spec?.type !== 'LoadBalancer') continue
    const said = (name: string) =>
      prefixes.map((prefix) => metadata?.annotations?.[`${prefix}${name}`]).find((value) => value)
    const { loadBalancerClass = '' } = spec
    const fixed = (said('loadBalancerIPs') ?? '').split(',').map((one) => one.trim())
    const name = said('address-pool') ?? (fixed.some(Boolean) ? 'fixed' : unnamedPool)
    const pool = pools.get(`${loadBalancerClass} ${name}`) ?? { name, loadBalancerClass, addresses: [] }
    pools.set(`${loadBalancerClass} ${name}`, pool)
    for (const address of fixed.filter(Boolean)) {
      const network = `${address}/${address.includes(':') ? 128 : 32}`
      // No address may be in two pools: who shares one shares its pool.
      if (![...pools.values()].some(({ addresses }) => addresses.includes(network)))
        pool.addresses.push(network)
    }
  }
  return [...pools.values()]
}
