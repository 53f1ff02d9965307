import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import type { Service } from 'kubernetes-types/core/v1.d.ts'
import type { Values } from '../../schema/generated/values.ts'
import type { HelmVersion } from '../../tools/chart/helm.ts'
import { chart } from '../../tools/chart/render.ts'
import { usualAddOns } from '../../tools/cluster/addons/addons.ts'
import { startCluster } from '../../tools/cluster/cluster.ts'
import { gatewayAddresses } from '../../tools/cluster/control-plane/addresses.ts'
import { listOf } from '../../tools/cluster/control-plane/kubectl.ts'
import type { Outcome } from '../../tools/cluster/machines/request.ts'
import { networkOf } from '../../tools/cluster/network/network.ts'
import { nodeNames } from '../../tools/cluster/network/nodes.ts'
import { usualAskedPort } from '../../tools/prove/echo-servers.ts'
import { loadBalancerAddresses } from '../../tools/prove/places.ts'

/** More addresses than one EndpointSlice holds. */
export const many = Array.from({ length: 1500 }, (_, index) => `2.4.${index >> 8}.${index & 255}`)

/** The one cluster of a run, shared by every test file, with the usual add-ons. It ends with the sandbox. */
export const cluster = await startCluster(
  networkOf([
    { name: 'app1', segment: 'front', addresses: ['1.2.3.4', '2001:db8:1::4'] },
    {
      name: 'intruder',
      segment: 'front',
      addresses: ['1.2.3.3', '1.2.3.5', '203.0.113.66', '2001:db8:bad::66'],
    },
    { name: 'app2', segment: 'back', addresses: ['2.3.4.5', '2001:db8:2::5'] },
    { name: 'app2-moved', segment: 'back', addresses: ['2.3.4.6'] },
    { name: 'app2-many', segment: 'back', addresses: many },
  ]),
  usualAddOns,
)
await Promise.all([
  cluster.startEcho({
    machine: 'app2',
    tcp: [8080, usualAskedPort],
    udp: ['2.3.4.5', '2001:db8:2::5'].map((address) => ({ address, port: 8080 })),
  }),
  ...['app2-moved', 'app2-many'].map((machine) => cluster.startEcho({ machine, tcp: [8080], udp: [] })),
])

export { chart }
export const example = 'examples/contour.yaml'

/** The examples, and the chart's values for chart-testing. */
export const valuesFiles = ['examples', join(chart, 'ci')].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => join(folder, name)),
)

/** Every kind that a release of the chart can leave in the cluster, or have made there by Kubernetes. */
const kinds = 'services,endpoints,endpointslices,ingresses,httpproxies'

/** The names of what there is in a namespace, but Kubernetes's own Service. */
export async function objectsIn(namespace = 'default'): Promise<string[]> {
  const names = await cluster.kubectl(['get', kinds, '--namespace', namespace, '--output=name'])
  return names.split('\n').filter((name) => name && !/^\S+\/kubernetes$/.test(name))
}

/** Waits until there is nothing of another test's in the namespace: what Kubernetes made for it goes after it. */
export const whenEmpty = () =>
  cluster.until('there is nothing', async () => {
    const names = await objectsIn()
    if (names.length === 0) return true
    throw new Error(names.join())
  })

/**
 * Installs or upgrades release `test` to these values.
 * @param options.from the chart's folder
 * @returns the Service `app`, as soon as it has as many addresses of load balancers as asked for
 */
export async function installed(
  values: Values,
  {
    addresses = 1,
    from = chart,
    ...options
  }: { addresses?: number; from?: string; version?: HelmVersion } = {},
): Promise<Service> {
  const args = ['upgrade', '--install', 'test', from, '--values', '-']
  await cluster.helm(args, { ...options, input: JSON.stringify(values) })
  return cluster.until(`the Service has ${addresses} addresses`, async () => {
    const service: Service = JSON.parse(await cluster.kubectl(['get', 'service', 'app', '--output=json']))
    return loadBalancerAddresses(service).length === addresses ? service : undefined
  })
}

/** Takes away what {@link installed} made, and waits until kube-proxy has forgotten it on each node. */
export async function uninstall(): Promise<void> {
  await cluster.helm(['uninstall', 'test', '--wait', '--ignore-not-found'])
  await whenRules('kube-proxy forgets', (rules) => !hasRules(rules, 'app'))
}

/** Waits until kube-proxy has rules for what {@link installed} made, on each node: then a refusal is one of its. */
export const whenKnown = () => whenRules('kube-proxy knows the Service', (rules) => hasRules(rules, 'app'))

/**
 * Does a packet to that Service of the namespace `default` meet a rule of kube-proxy's? One with endpoints is led to a
 * chain of its name, of one without a comment says the name. Chains of Services that are gone stay a while, unused.
 */
export const hasRules = (rules: string, service: string): boolean =>
  new RegExp(`: goto \\S+-default/${service}/|"default/${service}:`).test(rules)

/** Waits until the kernel's rules are so on each node. */
const whenRules = (what: string, areSo: (rules: string) => boolean) =>
  cluster.until(what, async () => {
    const rules = await Promise.all(
      nodeNames.map((node) => execa('ip', ['netns', 'exec', node, 'nft', 'list', 'ruleset'])),
    )
    return rules.every(({ stdout }) => areSo(stdout)) || undefined
  })

/** Waits until a request is answered by that machine. */
export async function answeredBy(machine: string, send: () => Promise<Outcome>) {
  await cluster.until(`${machine} answers`, async () => {
    const outcome = await send()
    return ('echo' in outcome && outcome.echo?.machine === machine) || undefined
  })
}

/** The addresses of a Gateway in the namespace `default`, IPv4 before IPv6, as soon as it has both. */
export const addressesOf = (gateway: string): Promise<string[]> =>
  cluster.until(`the Gateway ${gateway} gets its addresses`, async () => {
    const addresses = await gatewayAddresses(cluster.kubectl, gateway, 'default')
    return addresses.length === 2 ? addresses : undefined
  })

/** Lets the API server judge objects, without keeping them, and gives the names of those that it takes. */
export async function judge(items: readonly object[], ...flags: string[]): Promise<string[]> {
  const create = ['create', '--dry-run=server', '--validate=strict', '--output=name', '--filename=-']
  return (await cluster.kubectl([...create, ...flags], { input: listOf(items) })).split('\n')
}
