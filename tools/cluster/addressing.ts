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
  control: { gateway: string; prefix: string; node(index: number): string }
  subnet: Record<Segment, Pair>
  /** A node's own address on a segment; nodes count from 1. */
  node(index: number, segment: Segment): Pair
  /** What MetalLB may give, as ranges on the front segment. */
  loadBalancers: Pair
  /** Where ClusterIPs are taken from. */
  services: Pair
  /** kube-proxy takes any source outside of these for one outside of the cluster. No pod ever runs. */
  pods: Pair
}

/**
 * Lays the sandbox's own networks out.
 * @param ipv4 two octets of a /16. By default from 198.18.0.0/15 (RFC 2544) and
 * @param ipv6 three groups of a /48. By default 2001:2::/48 (RFC 5180): both are set aside for test beds
 */
export function addressingIn(ipv4 = '198.18', ipv6 = '2001:2:0'): Addressing {
  const third = { front: 10, back: 20 }
  return {
    control: { gateway: `${ipv4}.0.1`, prefix: '24', node: (index) => `${ipv4}.0.${10 + index}` },
    subnet: {
      front: { ipv4: `${ipv4}.10.0/24`, ipv6: `${ipv6}:10::/64` },
      back: { ipv4: `${ipv4}.20.0/24`, ipv6: `${ipv6}:20::/64` },
    },
    node: (index, segment) => ({
      ipv4: `${ipv4}.${third[segment]}.${10 + index}`,
      ipv6: `${ipv6}:${third[segment]}::${10 + index}`,
    }),
    loadBalancers: {
      ipv4: `${ipv4}.10.100-${ipv4}.10.250`,
      ipv6: `${ipv6}:10::1:0-${ipv6}:10::1:ff`,
    },
    services: { ipv4: `${ipv4}.96.0/20`, ipv6: `${ipv6}:96::/112` },
    pods: { ipv4: `${ipv4}.128.0/17`, ipv6: `${ipv6}:8000::/56` },
  }
}
