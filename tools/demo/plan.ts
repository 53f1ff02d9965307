import { readFile } from 'node:fs/promises'
import ipaddr from 'ipaddr.js'
import { load } from 'js-yaml'
import type { Host } from '../cluster/network.ts'
import { type Rendered, render } from '../render.ts'

/** One proxy of a values file: who may come in, by its values; and what there is to try, by its objects. */
export interface ProxyPlan {
  /** The Service's name. */
  service: string
  /** Who may come in, as the values say. Not taken from the Service: what the chart made of it is on trial. */
  sourceRanges: string[]
  /** The Service's TCP ports. */
  ports: number[]
  loadBalancer: boolean
  /** Do the objects open a node port, or the ClusterIP to pods, by the values' explicit word? */
  nodePort: boolean
  clusterIP: boolean
  /** The host names of its Ingress or HTTPProxy. */
  hosts: string[]
  /** Where App2 answers: its own addresses and ports. */
  app2: { addresses: string[]; ports: number[] }
}

/** A values file's proxies, and the machines that stand for the applications it names, with the ports they answer on. */
export interface Plan {
  proxies: ProxyPlan[]
  hosts: (Host & { answers: number[] })[]
}

/** Who knocks at the doors. The names are those of their hosts. */
export type Machine = 'app1' | 'intruder'

/** Where an intruder may stand: the documentation's own ranges (RFC 5737, RFC 3849). */
const outsiders = ['203.0.113.66', '198.51.100.66', '192.0.2.66', '2001:db8:bad::66', '2001:db8:dead::66']

/**
 * Reads a values file and the objects that the chart makes of it.
 * App1 owns the first usable address of the first range of each family, App2 every address of the slices, and
 * the intruder addresses outside of all ranges.
 * @throws RefusedError where the chart refuses the values
 * @throws Error where there is nobody to try as
 */
export async function planOf(file: string): Promise<Plan> {
  const values = load(await readFile(file, 'utf8')) as Values
  const rendered = await render([file])
  const proxies = Object.entries(values.proxies)
    .filter(([, proxy]) => proxy.enabled !== false)
    .map(([name, proxy]) => {
      const sourceRanges = proxy.sourceRanges ?? values.defaults?.sourceRanges ?? []
      return proxyPlan(`${values.namePrefix ?? ''}${name}`, sourceRanges, rendered)
    })
  const ranges = proxies.flatMap(({ sourceRanges }) => sourceRanges)
  const app1 = ['ipv4', 'ipv6'].flatMap((kind) => {
    const range = ranges.find((one) => ipaddr.parseCIDR(one)[0].kind() === kind)
    return range ? [firstUsable(range)] : []
  })
  if (app1.length === 0) throw new Error(`${file}: no proxy has sourceRanges, so nobody is App1`)
  // Where nobody is outside of the ranges the intruder is anyone.
  const intruder = ['ipv4', 'ipv6'].flatMap((kind) => {
    const possible = outsiders.filter((one) => ipaddr.parse(one).kind() === kind)
    return possible.find((one) => !isInside(one, ranges)) ?? possible[0] ?? []
  })
  const app2 = [...new Set(proxies.flatMap((proxy) => proxy.app2.addresses))]
  const answers = [...new Set(proxies.flatMap((proxy) => proxy.app2.ports))]
  return {
    proxies,
    hosts: [
      { name: 'app1', segment: 'front', addresses: app1, answers: [] },
      { name: 'intruder', segment: 'front', addresses: intruder, answers: [] },
      { name: 'app2', segment: 'back', addresses: app2, answers },
    ],
  }
}

/** Is the address in one of the ranges? */
export function isInside(address: string, ranges: readonly string[]): boolean {
  const parsed = ipaddr.parse(address)
  return ranges
    .map((range) => ipaddr.parseCIDR(range))
    .some((range) => parsed.kind() === range[0].kind() && parsed.match(range))
}

// --- utils ---

/** What is read of a values file. The chart's schema has seen it before. */
interface Values {
  namePrefix?: string
  defaults?: { sourceRanges?: string[] }
  proxies: Record<string, { enabled?: boolean; sourceRanges?: string[] }>
}

function proxyPlan(service: string, sourceRanges: string[], rendered: Rendered): ProxyPlan {
  const { spec = {} } = rendered.get('Service', service)
  const slices = rendered
    .list('EndpointSlice')
    .filter(({ metadata }) => metadata?.labels?.['kubernetes.io/service-name'] === service)
  const proxies = rendered
    .list('HTTPProxy')
    .filter(({ spec }) => spec.routes.some(({ services }) => services.some(({ name }) => name === service)))
  const rules = rendered
    .list('Ingress')
    .flatMap(({ spec }) => spec?.rules ?? [])
    .filter(({ http }) => http?.paths.some(({ backend }) => backend.service?.name === service))
  return {
    service,
    sourceRanges,
    ports: (spec.ports ?? []).filter(isTcp).map(({ port }) => port),
    loadBalancer: spec.type === 'LoadBalancer',
    nodePort:
      spec.type === 'NodePort' ||
      (spec.type === 'LoadBalancer' && spec.allocateLoadBalancerNodePorts !== false),
    clusterIP: spec.internalTrafficPolicy !== 'Local',
    hosts: [...proxies.map(({ spec }) => spec.virtualhost.fqdn), ...rules.flatMap(({ host }) => host ?? [])],
    app2: {
      addresses: slices.flatMap(({ endpoints }) => endpoints.flatMap(({ addresses }) => addresses)),
      ports: slices.flatMap(({ ports }) => (ports ?? []).filter(isTcp).flatMap(({ port }) => port ?? [])),
    },
  }
}

const isTcp = ({ protocol = 'TCP' }: { protocol?: string }) => protocol === 'TCP'

/** A range's first address that a machine can have: of a wider one than two addresses, the second. */
function firstUsable(range: string): string {
  const [address, prefix] = ipaddr.parseCIDR(range)
  const bytes = address.toByteArray()
  if (bytes.length * 8 - prefix >= 2) bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) + 1
  return ipaddr.fromByteArray(bytes).toString()
}
