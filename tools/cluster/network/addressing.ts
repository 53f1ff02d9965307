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
  /** What MetalLB may give, as ranges on the front segment. */
  loadBalancers: Pair
  /** Where ClusterIPs are taken from. */
  services: Pair
  /** kube-proxy takes any source outside of these for one outside of the cluster. */
  pods: Pair
}

/**
 * Where the sandbox's own networks may lie, the first that is free: what is set aside for test beds (RFC 2544,
 * RFC 5180), then private space (RFC 1918, RFC 6598, RFC 4193). Two octets of a /16; three groups of a /48.
 */
const places = {
  ipv4: ['198.18', '198.19', '10.213', '172.29', '100.101', '192.168'],
  ipv6: ['2001:2:0', 'fd5a:18:1', 'fd5a:19:1'],
}

/**
 * Lays the sandbox's own networks out, away from the addresses that somebody's values name.
 * @param others addresses that machines outside of the cluster own
 * @param clusterIPs fixed ClusterIPs: the Services' range is laid around the first of each family
 * @throws Error where every place is taken
 */
export function addressingFor(others: readonly string[], clusterIPs: readonly string[]): Addressing {
  const parsed = others.map((address) => ipaddr.parse(address))
  const isFree = (network: string) => {
    const range = ipaddr.parseCIDR(network)
    return !parsed.some((address) => address.kind() === range[0].kind() && address.match(range))
  }
  const ipv4 = places.ipv4.find((place) => isFree(`${place}.0.0/16`))
  const ipv6 = places.ipv6.find((place) => isFree(`${place}::/48`))
  if (!ipv4 || !ipv6)
    throw new Error('the values name addresses in every network that the sandbox could take for its own')
  const fixed = clusterIPs
    .filter((address) => ipaddr.isValid(address))
    .map((address) => ipaddr.parse(address))
  const around = (kind: 'ipv4' | 'ipv6', prefix: number, usual: string) => {
    const address = fixed.find((one) => one.kind() === kind)
    if (!address) return usual
    const network = kind === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6
    return `${network.networkAddressFromCIDR(`${address}/${prefix}`)}/${prefix}`
  }
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
    loadBalancers: {
      ipv4: `${ipv4}.10.100-${ipv4}.10.250`,
      ipv6: `${ipv6}:10::1:0-${ipv6}:10::1:ff`,
    },
    services: {
      ipv4: around('ipv4', 20, `${ipv4}.96.0/20`),
      ipv6: around('ipv6', 112, `${ipv6}:96::/112`),
    },
    pods: { ipv4: `${ipv4}.128.0/17`, ipv6: `${ipv6}:8000::/64` },
  }
}
