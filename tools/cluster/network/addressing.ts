import ipaddr from 'ipaddr.js'
import { type NodeName, nodes } from './nodes.ts'

/** The two networks that the cluster stands between. */
export const segments = ['front', 'back'] as const
export type Segment = (typeof segments)[number]

/** An IPv4 and an IPv6 value of the same thing. */
export interface Pair {
  ipv4: string
  ipv6: string
}

/** A pool of MetalLB's, and the `loadBalancerClass` of those that it is for: '' for those that have none. */
export interface Pool {
  name: string
  loadBalancerClass: string
  /** CIDRs. */
  addresses: string[]
}

/** The name of the pool that gives an address to a load balancer that names no pool. */
export const unnamedPool = 'front'

/** Addresses, and names of such, that a release's objects expect the cluster to have. */
export interface Asked {
  /** Fixed ClusterIPs. */
  clusterIPs?: readonly string[]
  /** Pools, each with the single addresses that load balancers ask of it. */
  pools?: readonly Pool[]
  /** Addresses that Gateways ask for. */
  gateways?: readonly string[]
  /** Ranges in which the nodes are to lie, in as many of them as there is room for. */
  nodesIn?: readonly string[]
}

/**
 * Every address of the sandbox's own, all from one IPv4 /16 and one IPv6 /48, so that a plan moves as a whole
 * where it would collide with addresses that somebody's values name.
 */
export interface Addressing {
  /** Between the control plane and the nodes. */
  control: { gateway: string; prefix: string }
  subnet: Record<Segment, Pair>
  /** A node's own addresses: one between it and the control plane, and a pair on each segment. */
  node(name: NodeName): { control: string } & Record<Segment, Pair>
  /** What MetalLB may give, each of them answered for on the front segment. The first is for whoever names none. */
  pools: Pool[]
  /** Addresses that Gateways ask for: those of the node of their Envoys. */
  gateways: readonly string[]
  /** Where ClusterIPs are taken from, and the networks of fixed ones that are not among them. */
  services: Pair
  moreServices: string[]
  /** kube-proxy takes any source outside of these for one outside of the cluster. */
  pods: Pair
}

/**
 * Where the sandbox's own networks may lie, the first that is free: what is set aside for test beds (RFC 2544,
 * RFC 5180), then private space (RFC 1918, RFC 6598, RFC 4193). Two octets of a /16; three groups of a /48. In ranges
 * that are to hold the nodes it is the first of those in the most of them; one in the middle of each is possible, too.
 */
const places = {
  ipv4: ['198.18', '198.19', '10.213', '172.29', '100.101', '192.168'],
  ipv6: ['2001:2:0', 'fd5a:18:1', 'fd5a:19:1'],
}

/**
 * Lays the sandbox's own networks out, away from the addresses that somebody's values name.
 * @param others addresses that machines outside of the cluster own
 * @throws Error where every place is taken, or there are more pools than there is room for
 */
export function addressingFor(others: readonly string[], asked: Asked = {}): Addressing {
  const { clusterIPs = [], pools = [], gateways = [], nodesIn = [] } = asked
  const fixed = clusterIPs.filter((address) => ipaddr.isValid(address))
  const named = pools.flatMap(({ addresses }) => addresses.map((one) => one.replace(/\/.*/, '')))
  const { ipv4, ipv6 } = freePlaces([...others, ...fixed, ...named, ...gateways], nodesIn)
  return {
    control: { gateway: `${ipv4}.0.1`, prefix: '24' },
    subnet: {
      front: { ipv4: `${ipv4}.10.0/24`, ipv6: `${ipv6}:10::/64` },
      back: { ipv4: `${ipv4}.20.0/24`, ipv6: `${ipv6}:20::/64` },
    },
    node(name) {
      const { suffix } = nodes[name]
      return {
        control: `${ipv4}.0.${suffix}`,
        front: { ipv4: `${ipv4}.10.${suffix}`, ipv6: `${ipv6}:10::${suffix}` },
        back: { ipv4: `${ipv4}.20.${suffix}`, ipv6: `${ipv6}:20::${suffix}` },
      }
    },
    pools: filled(pools, ipv4, ipv6),
    gateways,
    ...serviceNetworks(fixed, { ipv4: `${ipv4}.64.0/18`, ipv6: `${ipv6}:96::/112` }),
    pods: { ipv4: `${ipv4}.192.0/18`, ipv6: `${ipv6}:8000::/64` },
  }
}

// --- utils ---

const isIn = (address: string, network: string): boolean => {
  const [one, range] = [ipaddr.parse(address), ipaddr.parseCIDR(network)]
  return one.kind() === range[0].kind() && one.match(range)
}

/** How much of an address a place fixes, and how the network of all of it ends. */
const sizes = { ipv4: { bits: 16, end: '.0.0' }, ipv6: { bits: 48, end: '::' } } as const

function freePlaces(others: readonly string[], nodesIn: readonly string[]): Pair {
  const place = (kind: keyof Pair) => {
    const { bits, end } = sizes[kind]
    const ranges = nodesIn.filter((range) => {
      const [address, prefix] = ipaddr.parseCIDR(range)
      return address.kind() === kind && prefix <= bits
    })
    const isFree = (one: string) => !others.some((address) => isIn(address, `${one}${end}/${bits}`))
    const held = (one: string) => ranges.filter((range) => isIn(`${one}${end}`, range)).length
    const free = [...places[kind], ...ranges.flatMap(placesInTheMiddle)].filter(isFree)
    const [best] = free.sort((one, other) => held(other) - held(one))
    if (!best)
      throw new Error('the values name addresses in every network that the sandbox could take for its own')
    return best
  }
  return { ipv4: place('ipv4'), ipv6: place('ipv6') }
}

/** Kinds of addresses that a node may have. */
const ofNodes = ['unicast', 'private', 'carrierGradeNat', 'uniqueLocal']

/** The place in the middle of so wide a range: its ends are for clients. None where no node may have its addresses. */
function placesInTheMiddle(range: string): string[] {
  const [address, prefix] = ipaddr.parseCIDR(range)
  const kind = address.kind()
  const bytes = ipaddr.parseCIDR(networkAround(address.toString(), prefix))[0].toByteArray()
  if (prefix < sizes[kind].bits) bytes[prefix >> 3] = (bytes[prefix >> 3] ?? 0) | (128 >> (prefix & 7))
  const middle = ipaddr.fromByteArray(bytes)
  if (!ofNodes.includes(middle.range())) return []
  if (kind === 'ipv4') return [bytes.slice(0, 2).join('.')]
  return [middle.toNormalizedString().split(':').slice(0, 3).join(':')]
}

/** So many pools have room, each with a thousand addresses of its own. */
const mostPools = 16

/** For each class the pool of those who name none, then those that have names; each has addresses of its own. */
function filled(asked: readonly Pool[], ipv4: string, ipv6: string): Pool[] {
  const isUnnamed = ({ name }: Pool) => name === unnamedPool
  const classes = new Set(['', ...asked.map((pool) => pool.loadBalancerClass)])
  const unnamed = [...classes].map(
    (loadBalancerClass): Pool =>
      asked.find((pool) => isUnnamed(pool) && pool.loadBalancerClass === loadBalancerClass) ?? {
        name: unnamedPool,
        loadBalancerClass,
        addresses: [],
      },
  )
  const pools = [...unnamed, ...asked.filter((pool) => !isUnnamed(pool))]
  if (pools.length > mostPools) {
    const names = pools.map(({ name }) => name).join(', ')
    throw new Error(
      `the values name more pools of load balancers' addresses than there is room for: ${names}`,
    )
  }
  return pools.map((pool, index) => {
    const own = [`${ipv4}.${128 + index * 4}.0/22`, `${ipv6}:a0::${index.toString(16)}:0/112`]
    return { ...pool, addresses: [...own, ...pool.addresses] }
  })
}

/** The Services' networks: around the first fixed ClusterIP of each family, and a smaller one around others. */
function serviceNetworks(
  fixed: readonly string[],
  usual: Pair,
): Pick<Addressing, 'services' | 'moreServices'> {
  const services = { ...usual }
  const moreServices: string[] = []
  for (const address of fixed) {
    const kind = ipaddr.parse(address).kind()
    const prefix = kind === 'ipv4' ? { first: 20, more: 24 } : { first: 112, more: 112 }
    if ([services[kind], ...moreServices].some((network) => isIn(address, network))) continue
    if (services[kind] === usual[kind]) services[kind] = networkAround(address, prefix.first)
    else moreServices.push(networkAround(address, prefix.more))
  }
  return { services, moreServices }
}

function networkAround(address: string, prefix: number): string {
  const family = ipaddr.parse(address).kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6
  return `${family.networkAddressFromCIDR(`${address}/${prefix}`)}/${prefix}`
}
