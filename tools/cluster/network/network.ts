import { isIPv6 } from 'node:net'
import { execa } from 'execa'
import {
  type Addressing,
  type Asked,
  addressingFor,
  type Pair,
  type Segment,
  segments,
} from './addressing.ts'
import { ip } from './ip.ts'
import { gatewayNode, type NodeName, nodeNames, nodes } from './nodes.ts'

/** A machine outside of the cluster, in a network namespace of its name. */
export interface Machine {
  name: string
  /** The network it is on: `front` is where clients reach the cluster, `back` where the cluster reaches App2. */
  segment: Segment
  /** The very addresses it owns, of either family. */
  addresses: readonly string[]
}

/** What stands around the cluster, as data. */
export interface Network {
  machines: readonly Machine[]
  addressing: Addressing
}

/**
 * A network of these machines, with the sandbox's own addresses away from theirs.
 * @param asked what the cluster must be able to give
 */
export const networkOf = (machines: readonly Machine[], asked: Asked = {}): Network => ({
  machines,
  addressing: addressingFor(
    machines.flatMap(({ addresses }) => addresses),
    asked,
  ),
})

/** The namespace that holds a bridge for each segment. It has no address and forwards nothing. */
const switches = 'switches'

/**
 * Makes every namespace, link, address and route of a network in the sandbox.
 *
 * Machines outside own their addresses as /32 and /128 and have one route: to their own segment. So App1 has no
 * route to App2. Nodes are on both segments, have routes to each machine, and forward only what kube-proxy has
 * rewritten: this stands for the firewall between the two networks.
 */
export async function createNetwork({ machines, addressing }: Network): Promise<void> {
  const names = machines.map(({ name }) => name)
  await ip([switches, ...nodeNames, ...names].map((name) => `netns add ${name}`))
  await Promise.all([
    ...[switches, ...names].map((name) => configureKernel(name, { forwards: false })),
    ...nodeNames.map((name) => configureKernel(name, { forwards: true })),
  ])
  await connect(machines, addressing)
  await Promise.all([
    ...nodeNames.map((name) => configureNode(name, machines, addressing)),
    ...machines.map(async (machine) => {
      await configureMachine(machine, addressing.subnet[machine.segment])
      if (machine.segment === 'front') await routeToCluster(machine, addressing)
    }),
  ])
}

/** Takes every namespace and link away again. */
export async function deleteNetwork(): Promise<void> {
  // The nodes' links by name: those of a deleted namespace go only some time later.
  await ip([...nodeNames, 'control'].map((name) => `link delete ${name}`))
  await execa('ip', ['-all', 'netns', 'delete'])
}

// --- utils ---

const up = (device: string) => `link set ${device} up`
const family = (address: string) => (isIPv6(address.replace(/\/.*/, '')) ? 'ipv6' : 'ipv4')
const single = (address: string) => `${address}/${isIPv6(address) ? 128 : 32}`

/** Plugs nodes and machines into their segments, and the nodes into the control plane's own network. */
async function connect(machines: readonly Machine[], { control }: Addressing): Promise<void> {
  const ports: string[] = []
  const plug = (name: string, device: string, segment: Segment) => {
    const port = `port${ports.length}`
    ports.push(`link set ${port} master ${segment} up`)
    return `link add ${device} netns ${name} type veth peer name ${port} netns ${switches}`
  }
  await ip([
    'link set lo up',
    'link add control type bridge',
    `addr add ${control.gateway}/${control.prefix} dev control`,
    'link set control up',
    ...nodeNames.flatMap((name) => [
      `link add control netns ${name} type veth peer name ${name}`,
      `link set ${name} master control up`,
      ...segments.map((segment) => plug(name, segment, segment)),
    ]),
    ...machines.map(({ name, segment }) => plug(name, 'eth0', segment)),
  ])
  await ip(
    [...segments.map((segment) => `link add ${segment} type bridge`), ...segments.map(up), ...ports],
    switches,
  )
}

/** The same kernel settings on every machine, whatever the distribution's defaults are. */
async function configureKernel(name: string, { forwards }: { forwards: boolean }): Promise<void> {
  const on = forwards ? 1 : 0
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
  await execa('ip', ['netns', 'exec', name, 'sh', '-ec', writes.join('\n')])
}

async function configureNode(name: NodeName, machines: readonly Machine[], addressing: Addressing) {
  const own = addressing.node(name)
  const onSegments = segments.flatMap((segment) => {
    const { ipv4, ipv6 } = own[segment]
    return [`addr add ${ipv4}/24 dev ${segment}`, `addr add ${ipv6}/64 dev ${segment} nodad`, up(segment)]
  })
  await ip(
    [
      up('lo'),
      `addr add ${own.control}/${addressing.control.prefix} dev control`,
      up('control'),
      ...onSegments,
      // As any node has: without one, a packet to a ClusterIP that is closed would never get to kube-proxy's drop.
      'route add 0.0.0.0/0 dev front',
      'route add ::/0 dev front',
      ...machines.flatMap(routesTo),
    ],
    name,
  )
  await execa('ip', ['netns', 'exec', name, 'nft', '-f', '-'], { input: firewall })
}

/**
 * A node's routes to a machine: to its other addresses by its first of each family, so that the kernel needs to know no
 * more than that one for a neighbor. Of neighbors it knows a thousand, for all namespaces together.
 */
function routesTo({ addresses, segment }: Machine): string[] {
  return addresses.map((address) => {
    const first = addresses.find((one) => family(one) === family(address))
    const by = first === address ? '' : `via ${first} `
    return `route add ${single(address)} ${by}dev ${segment}${by && ' onlink'}`
  })
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

async function configureMachine({ name, addresses }: Machine, subnet: Pair): Promise<void> {
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

/**
 * Routes to what the cluster gives: to load balancers' addresses, for which a node answers on the segment; to Gateways'
 * own, by the node of their Envoys; and to ClusterIPs, one by each node, chosen by the port that a request comes from.
 */
async function routeToCluster({ name }: Machine, addressing: Addressing) {
  const { node, services, moreServices, pools, gateways } = addressing
  const rules = Object.values(nodes).map(
    ({ sourcePorts: { first, count }, routingTable }) =>
      `rule add sport ${first}-${first + count - 1} lookup ${routingTable}`,
  )
  const by = (one: NodeName, network: string) => `via ${node(one).front[family(network)]} dev eth0 onlink`
  const toServices = nodeNames.flatMap((one) =>
    [services.ipv4, services.ipv6, ...moreServices].map(
      (network) => `route add ${network} ${by(one, network)} table ${nodes[one].routingTable}`,
    ),
  )
  const toPools = pools.flatMap(({ addresses }) =>
    addresses.map((network) => `route add ${network} dev eth0`),
  )
  const toGateways = gateways.map((address) => `route add ${address} ${by(gatewayNode, address)}`)
  await ip([...rules, ...toServices, ...toPools, ...toGateways], name)
  await ip(rules, name, '-6')
}
