import { anyone, type Family, familyOf, intersection, isNobody, type Who, whoOf } from './cidr.ts'
import { open, type Verdict } from './door.ts'
import {
  azureDeny,
  isAboutLoadBalancers,
  isHarmless,
  isOfNobodyKnown,
  ownerByAnnotation,
} from './load-balancer-annotations.ts'
import { type LoadBalancer, loadBalancers } from './servers.ts'
import { at, list, type Thing, text, texts, type World } from './things.ts'

/**
 * Who gets in by a load balancer: whom loadBalancerSourceRanges name, each family by itself, if the one whose it is
 * heeds them, and no annotation says otherwise.
 * @param leading the families by which it leads anywhere
 */
export function loadBalancerVerdict(service: Thing, leading: readonly Family[], world: World): Verdict {
  const ranges = texts(at(service.raw, 'spec', 'loadBalancerSourceRanges'))
  const { who, unreadable } = whoOf(ranges)
  const listed = perFamily(who, leading)
  if (ranges.length === 0) return open('seen', 'it has no loadBalancerSourceRanges')
  if (unreadable.length > 0) return open('assumed', `${unreadable.join(', ')} can't be read as a range`)
  const unknown = Object.keys(service.annotations).filter(
    (key) => isAboutLoadBalancers(key) && !isHarmless(key, service),
  )
  if (unknown.length > 0) {
    return open('assumed', `annotation ${unknown.join(', ')} may undo the ranges`)
  }
  const owner = ownerOf(service, world)
  if (owner === undefined) {
    const name = text(at(service.raw, 'spec', 'loadBalancerClass'))
    const what = name === undefined ? 'whose address is not of its own on the nodes' : `of class ${name}`
    return open('assumed', `nobody says who serves a load balancer ${what}: it may heed no ranges`)
  }
  const held = owners[owner](service, world)
  const strange = Object.keys(service.annotations).filter(isOfNobodyKnown)
  return {
    ...held,
    conditions: [...held.conditions, ...strange.map((key) => `no load balancer reads annotation ${key}`)],
    who: listed.who,
    reasons: listed.reasons,
    ...openWith(owner, service),
  }
}

// --- utils ---

/** kube-proxy and the clouds leave a family without a range open. */
function perFamily(who: Who, leading: readonly Family[]): { who: Who; reasons: string[] } {
  const without = leading.filter((family) => who[family].length === 0)
  return {
    who: {
      IPv4: without.includes('IPv4') ? anyone.IPv4 : who.IPv4,
      IPv6: without.includes('IPv6') ? anyone.IPv6 : who.IPv6,
    },
    reasons: without.map((family) => `${family} has no range`),
  }
}

type Held = Pick<Verdict, 'heldBy' | 'conditions' | 'sure'>

const read = (heldBy: string, ...conditions: string[]): Held => ({
  heldBy: [heldBy],
  conditions,
  sure: 'read',
})

/** What holds the ranges of each, and when; docs/platforms.md names the sources. */
const owners: Record<LoadBalancer, (service: Thing, world: World) => Held> = {
  'kube-proxy': (service, world) =>
    isKnownVip(service, world)
      ? { heldBy: ['kube-proxy'], conditions: [], sure: 'seen' }
      : {
          heldBy: ['kube-proxy'],
          conditions: ['its address is on the nodes (MetalLB, kube-vip), or its cloud holds the ranges'],
          sure: 'seen',
        },
  aws: () => read("the load balancer's security group"),
  azure: () => read('the network security group'),
  gcp: () => read('the VPC firewall, and kube-proxy'),
  digitalocean: () => read("the load balancer's firewall"),
  openstack: () =>
    read("the listener's allowed CIDRs", "with Octavia's OVN provider: manage-security-groups=true"),
  cilium: () => read('Cilium', 'its clients are outside of the cluster: pods and nodes are not held'),
  hetzner: () => ({ heldBy: [], conditions: [], sure: 'read' }),
  oci: () => ({ heldBy: [], conditions: [], sure: 'read' }),
}

/** Hetzner's hold no ranges (hcloud-cloud-controller-manager issue 218); OCI's are said not to (issue 499). */
function openWith(owner: LoadBalancer, service: Thing): Partial<Verdict> {
  if (owner === 'azure' && !Object.keys(service.annotations).some((key) => key.endsWith(azureDeny))) {
    return {
      who: anyone,
      heldBy: [],
      reasons: [`without annotation ${azureDeny.slice(1)} the whole virtual network gets in`],
    }
  }
  return owner === 'hetzner' || owner === 'oci'
    ? { who: anyone, reasons: [`the load balancers of ${owner} hold no ranges`] }
    : {}
}

/** Has it an address in the cluster already that kube-proxy takes in on the nodes? */
function isKnownVip(service: Thing, { options }: World): boolean {
  const given = list(at(service.raw, 'status', 'loadBalancer', 'ingress'))
  const isVip = (one: unknown) => text(at(one, 'ip')) !== undefined && at(one, 'ipMode') !== 'Proxy'
  return options.live === true && given.length > 0 && given.every(isVip)
}

/** Classes by their makers' own documentation. */
const classes: Record<string, LoadBalancer> = {
  'service.k8s.aws/nlb': 'aws',
  'eks.amazonaws.com/nlb': 'aws',
  'networking.gke.io/l4-regional-external': 'gcp',
  'networking.gke.io/l4-regional-internal': 'gcp',
  'kube-vip.io/kube-vip-class': 'kube-proxy',
  'io.cilium/l2-announcer': 'cilium',
  'io.cilium/bgp-control-plane': 'cilium',
  'io.cilium/node': 'cilium',
}

/** Whose it is: by its class, by its annotations; without either, of one whose address is on the nodes. */
function ownerOf(service: Thing, { options }: World): LoadBalancer | undefined {
  const name = text(at(service.raw, 'spec', 'loadBalancerClass'))
  if (name !== undefined) {
    const said = options.controllers?.[name] ?? classes[name]
    return loadBalancers.find((one) => one === said)
  }
  const byAnnotation = ownerByAnnotation(service)
  if (byAnnotation) return byAnnotation
  const given = list(at(service.raw, 'status', 'loadBalancer', 'ingress'))
  const nodes = whoOf(options.nodes ?? []).who
  const isElsewhere = given.some((one) => {
    const address = text(at(one, 'ip')) ?? ''
    if (at(one, 'ipMode') === 'Proxy' || familyOf(address) === undefined) return true
    // A node's own address is k3s's ServiceLB, which is said to hold nothing (klipper-lb issue 40).
    return options.live === true && !isNobody(intersection(nodes, whoOf([address]).who))
  })
  return given.length > 0 && isElsewhere ? undefined : 'kube-proxy'
}
