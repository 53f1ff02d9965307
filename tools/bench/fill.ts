import type { Proxy as ProxyValues, Values } from '../../schema/generated/values.ts'
import { chart } from '../chart/render.ts'
import { isInStep } from '../cluster/addons/kube-proxy.ts'
import type { Cluster } from '../cluster/cluster.ts'
import { nodeNames } from '../cluster/network/nodes.ts'

/**
 * Values of so many proxies, each a Service of type ClusterIP.
 * @param first the number of the first: releases are told apart by it
 */
export function fillValues(first: number, count: number): Values {
  const proxies = Array.from({ length: count }, (_, index): [string, ProxyValues] => {
    const number = first + index
    const address = `10.${number >> 16}.${(number >> 8) & 255}.${number & 255}`
    const ports = { http: { port: 80, targetPort: 8080 } }
    return [`fill-${number}`, { addresses: [address], ports, service: { type: 'ClusterIP' } }]
  })
  return { proxies: Object.fromEntries(proxies) }
}

/**
 * Installs proxies, by Helm and this chart, in one release.
 * @param args more of Helm's options
 * @throws Error with Helm's own words
 */
export async function fillRelease(
  cluster: Cluster,
  first: number,
  count: number,
  args: readonly string[] = [],
): Promise<void> {
  const input = JSON.stringify(fillValues(first, count))
  await cluster.helm(['install', `fill-${first}`, chart, '--values=-', ...args], { input })
}

/**
 * So many new Services at a time: in a user namespace, nft may not make its socket's buffer bigger than
 * `net.core.wmem_default` (213 kB), and what kube-proxy tells the kernel in one transaction must fit into it. Else it is
 * refused ("netlink: Message too long"), and so is each later one, which holds all that is missing.
 */
const atOnce = 100

/** Installs so many more proxies, and waits until kube-proxy on both nodes has told the kernel of them. */
export async function fill(cluster: Cluster, from: number, to: number): Promise<void> {
  for (let first = from; first < to; first += atOnce) {
    const count = Math.min(atOnce, to - first)
    await fillRelease(cluster, first, count)
    for (const node of nodeNames) {
      const inStep = () => isInStep(cluster.machine(node), 2 * (first + count)) // Each has a slice.
      await cluster.until(`kube-proxy on ${node} knows ${first + count} Services`, inStep, { seconds: 120 })
    }
  }
}
