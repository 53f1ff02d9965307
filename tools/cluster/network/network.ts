import { isIPv6 } from 'node:net'
import { execa } from 'execa'
import { type Addressing, addressingFor, type Pair, type Segment, segments } from './addressing.ts'

/** A machine outside of the cluster, in a network namespace of its name. */
export interface Host {
  name: string
  /** The network it is on: `front` is where clients reach the cluster, `back` where the cluster reaches App2. */
  segment: Segment
  /** The very addresses it owns, of either family. */
  addresses: readonly string[]
}

/** What stands around the cluster, as data. */
export interface Network {
  hosts: readonly Host[]
  addressing: Addressing
}

/** The cluster's nodes. Two, so that a load balancer's address can be on either. */
export const nodes = ['node1', 'node2'] as const

/**
 * A network of these hosts, with the sandbox's own addresses away from theirs.
 * @param clusterIPs fixed ClusterIPs that the cluster must be able to give
 */
export const networkOf = (hosts: readonly Host[], clusterIPs: readonly string[] = []): Network => ({
  hosts,
  addressing: addressingFor(
    hosts.flatMap(({ addresses }) => addresses),
    clusterIPs,
  ),
})

/**
 * By which node a machine's request goes to a ClusterIP: the port that it comes from says. (Clusters' own networks
 * are routed by nodes; which one, nobody outside chooses so. It is for trying both at once.)
 */
export const sourcePorts = {
  node1: { first: 20000, count: 20000 },
  node2: { first: 40000, count: 20000 },
} satisfies Record<(typeof nodes)[number], object>

/** The namespace that holds a bridge for each segment. It has no address and forwards nothing. */
const switches = 'switches'

/**
 * Makes every namespace, link, address and route of a network in the sandbox.
 *
 * Hosts own their addresses as /32 and /128 and have one route: to their own segment. So App1 has no route to
 * App2. Nodes are on both segments, have routes to each host, and forward only what kube-proxy has rewritten:
 * this stands for the firewall between the two networks.
 */
export async function createNetwork({ hosts, addressing }: Network): Promise<void> {
  const namespaces = [switches, ...nodes, ...hosts.map(({ name }) => name)]
  await ip(namespaces.map((name) => `netns add ${name}`))
  await Promise.all(namespaces.map((name) => configureKernel(name, name.startsWith('node'))))
  const ports: string[] = []
  const plug = (name: string, device: string, segment: Segment) => {
    const port = `port${ports.length}`
    ports.push(`link set ${port} master ${segment} up`)
    return `link add ${device} netns ${name} type veth peer name ${port} netns ${switches}`
  }
  await ip([
    'link set lo up',
    'link add control type bridge',
    `addr add ${addressing.control.gateway}/${addressing.control.prefix} dev control`,
    'link set control up',
    ...nodes.flatMap((name) => [
      `link add control netns ${name} type veth peer name ${name}`,
      `link set ${name} master control up`,
      ...segments.map((segment) => plug(name, segment, segment)),
    ]),
    ...hosts.map(({ name, segment }) => plug(name, 'eth0', segment)),
  ])
  await ip(
    [...segments.map((segment) => `link add ${segment} type bridge`), ...segments.map(up), ...ports],
    switches,
  )
  await Promise.all([
    ...nodes.map((name, index) => configureNode(name, index + 1, hosts, addressing)),
    ...hosts.map(async (host) => {
      await configureHost(host, addressing.subnet[host.segment])
      if (host.segment === 'front') await routeServices(host.name, addressing)
    }),
  ])
}

/** Takes every namespace and link away again. */
export async function deleteNetwork(): Promise<void> {
  // The nodes' links by name: those of a deleted namespace go only some time later.
  await ip([...nodes, 'control'].map((name) => `link delete ${name}`))
  await execa('ip', ['-all', 'netns', 'delete'])
}

/** Runs `ip` commands, all in one process, in a namespace or in the sandbox's own. */
export async function ip(commands: readonly string[], namespace?: string, family?: '-6'): Promise<void> {
  const where = namespace ? ['-netns', namespace] : []
  await execa('ip', [...(family ? [family] : []), ...where, '-batch', '-'], { input: commands.join('\n') })
}

// --- utils ---

const up = (device: string) => `link set ${device} up`
const family = (address: string) => (isIPv6(address) ? 'ipv6' : 'ipv4')
const single = (address: string) => `${address}/${isIPv6(address) ? 128 : 32}`

/** The same kernel settings on every machine, whatever the distribution's defaults are. */
async function configureKernel(namespace: string, forwarding: boolean): Promise<void> {
  const on = forwarding ? 1 : 0
  const settings = {
    'ipv4/ip_forward': on,
    'ipv6/conf/all/forwarding': on,
    'ipv4/conf/all/rp_filter': 0,
    'ipv4/conf/default/rp_filter': 0,
    'ipv4/conf/all/send_redirects': 0, // They would use up what the kernel allows of refusals by ICMP.
    'ipv4/conf/default/send_redirects': 0,
    'ipv6/conf/all/disable_ipv6': 0,
    'ipv6/conf/default/disable_ipv6': 0,
    'ipv6/conf/default/accept_dad': 0, // No address needs to be waited for: all are known.
    'ipv6/conf/default/accept_ra': 0,
  }
  const writes = Object.entries(settings).map(([name, value]) => `echo ${value} > /proc/sys/net/${name}`)
  await execa('ip', ['netns', 'exec', namespace, 'sh', '-ec', writes.join('\n')])
}

async function configureNode(name: string, index: number, hosts: readonly Host[], addressing: Addressing) {
  const onSegments = segments.flatMap((segment) => {
    const { ipv4, ipv6 } = addressing.node(index, segment)
    return [`addr add ${ipv4}/24 dev ${segment}`, `addr add ${ipv6}/64 dev ${segment} nodad`, up(segment)]
  })
  await ip(
    [
      up('lo'),
      `addr add ${addressing.control.node(index)}/${addressing.control.prefix} dev control`,
      up('control'),
      ...onSegments,
      // As any node has: without one, a packet to a ClusterIP that is closed would never get to kube-proxy's drop.
      'route add 0.0.0.0/0 dev front',
      'route add ::/0 dev front',
      ...hosts.flatMap(({ addresses, segment }) =>
        addresses.map((address) => `route add ${single(address)} dev ${segment}`),
      ),
    ],
    name,
  )
  await execa('ip', ['netns', 'exec', name, 'nft', '-f', '-'], { input: firewall })
}

/** A node forwards what kube-proxy rewrote, both ways, and nothing else. */
const firewall = `table inet firewall {
  chain forward {
    type filter hook forward priority 0; policy drop;
    ct status dnat accept
    ct state related accept
  }
}
`

async function configureHost({ name, addresses }: Host, subnet: Pair): Promise<void> {
  const families = new Set(addresses.map(family))
  await ip(
    [
      up('lo'),
      up('eth0'),
      ...addresses.map((address) => `addr add ${single(address)} dev eth0${isIPv6(address) ? ' nodad' : ''}`),
      ...[...families].map((version) => `route add ${subnet[version]} dev eth0`),
    ],
    name,
  )
}

/** Routes to the ClusterIPs, one by each node, chosen by {@link sourcePorts}. */
async function routeServices(host: string, { node, services }: Addressing) {
  const rules = nodes.map((name, index) => {
    const { first, count } = sourcePorts[name]
    return `rule add sport ${first}-${first + count - 1} lookup ${101 + index}`
  })
  const routes = (['ipv4', 'ipv6'] as const).flatMap((version) =>
    nodes.map((_, index) => {
      const via = node(index + 1, 'front')[version]
      return `route add ${services[version]} via ${via} dev eth0 onlink table ${101 + index}`
    }),
  )
  await ip([...rules, ...routes], host)
  await ip(rules, host, '-6')
}
