import { anyone, type Family, familyOf, type Who, whoOf } from './cidr.ts'
import { type LoadBalancer, loadBalancers, open, type Verdict } from './door.ts'
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
    (key) => isAboutLoadBalancers(key) && !harmless(key, service),
  )
  if (unknown.length > 0) {
    return open('assumed', `annotation ${unknown.join(', ')} may undo the ranges`)
  }
  const owner = ownerOf(service, world)
  if (owner === undefined) {
    const name = text(at(service.raw, 'spec', 'loadBalancerClass'))
    return open('assumed', `nobody says who serves the class ${name}: it may heed no ranges`)
  }
  return {
    ...owners[owner](service, world),
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
  hetzner: () => ({ heldBy: [], conditions: [], sure: 'read' }),
  oci: () => ({ heldBy: [], conditions: [], sure: 'read' }),
}

/** Hetzner's hold no ranges (hcloud-cloud-controller-manager issue 218); OCI's are said not to (issue 499). */
function openWith(owner: LoadBalancer, service: Thing): Partial<Verdict> {
  if (owner === 'azure' && !Object.keys(service.annotations).some((key) => key.endsWith(azureDeny))) {
    return {
      who: anyone,
      reasons: [`without annotation ${azureDeny.slice(1)} the whole virtual network gets in`],
    }
  }
  return owner === 'hetzner' || owner === 'oci'
    ? { who: anyone, reasons: [`the load balancers of ${owner} hold no ranges`] }
    : {}
}

const azureDeny = '/azure-deny-all-except-load-balancer-source-ranges'

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
  'metallb.io/metallb': 'kube-proxy',
}

/** Whose it is: by its class, by its annotations; without either, of one whose address is on the nodes. */
function ownerOf(service: Thing, { options }: World): LoadBalancer | undefined {
  const name = text(at(service.raw, 'spec', 'loadBalancerClass'))
  if (name !== undefined) {
    const said = options.controllers?.[name] ?? classes[name]
    return loadBalancers.find((one) => one === said)
  }
  const keys = Object.keys(service.annotations)
  const byPrefix = prefixes.find(
    ({ owner, prefix }) => owner && keys.some((key) => key.startsWith(prefix)),
  )?.owner
  if (byPrefix) return byPrefix
  const given = list(at(service.raw, 'status', 'loadBalancer', 'ingress'))
  const isElsewhere = given.some(
    (one) => at(one, 'ipMode') === 'Proxy' || familyOf(text(at(one, 'ip')) ?? '') === undefined,
  )
  return given.length > 0 && isElsewhere ? undefined : 'kube-proxy'
}

/** Namespaces of annotations that load balancers read, and the keys of theirs that leave the ranges alone. */
const prefixes: { prefix: string; owner?: LoadBalancer; harmless: readonly string[] }[] = [
  {
    // kubernetes-sigs/aws-load-balancer-controller, docs/guide/service/annotations.md
    prefix: 'service.beta.kubernetes.io/aws-load-balancer-',
    owner: 'aws',
    harmless: [
      'additional-resource-tags',
      'alpn-policy',
      'attributes',
      'backend-protocol',
      'connection-draining-enabled',
      'connection-draining-timeout',
      'connection-idle-timeout',
      'cross-zone-load-balancing-enabled',
      'eip-allocations',
      'healthcheck-healthy-threshold',
      'healthcheck-interval',
      'healthcheck-path',
      'healthcheck-port',
      'healthcheck-protocol',
      'healthcheck-success-codes',
      'healthcheck-timeout',
      'healthcheck-unhealthy-threshold',
      'internal',
      'ip-address-type',
      'ipv6-addresses',
      'listener-attributes',
      'name',
      'nlb-target-type',
      'private-ipv4-addresses',
      'scheme',
      'ssl-cert',
      'ssl-negotiation-policy',
      'ssl-ports',
      'subnets',
      'target-group-attributes',
      'target-node-labels',
      'type',
    ],
  },
  {
    // kubernetes-sigs/cloud-provider-azure, pkg/consts/consts.go
    prefix: 'service.beta.kubernetes.io/azure-',
    owner: 'azure',
    harmless: [
      'deny-all-except-load-balancer-source-ranges',
      'dns-label-name',
      'load-balancer-health-probe-interval',
      'load-balancer-health-probe-num-of-probe',
      'load-balancer-health-probe-protocol',
      'load-balancer-health-probe-request-path',
      'load-balancer-internal',
      'load-balancer-internal-subnet',
      'load-balancer-ipv4',
      'load-balancer-ipv6',
      'load-balancer-resource-group',
      'load-balancer-tcp-idle-timeout',
      'pip-name',
      'pip-name-ipv6',
      'pip-prefix-id',
      'pip-tags',
    ],
  },
  // digitalocean-cloud-controller-manager, docs/controllers/services/annotations.md; its allow rules come on top.
  {
    prefix: 'service.beta.kubernetes.io/do-loadbalancer-',
    owner: 'digitalocean',
    harmless: [
      'algorithm',
      'disable-lets-encrypt-dns-records',
      'healthcheck-check-interval-seconds',
      'healthcheck-healthy-threshold',
      'healthcheck-path',
      'healthcheck-port',
      'healthcheck-protocol',
      'healthcheck-response-timeout-seconds',
      'healthcheck-unhealthy-threshold',
      'http-idle-timeout-seconds',
      'name',
      'network',
      'protocol',
      'size-slug',
      'size-unit',
      'tls-ports',
    ],
  },
  { prefix: 'load-balancer.hetzner.cloud/', owner: 'hetzner', harmless: ['*'] },
  { prefix: 'service.beta.kubernetes.io/oci-', owner: 'oci', harmless: ['*'] },
  { prefix: 'oci.oraclecloud.com/', owner: 'oci', harmless: ['*'] },
  { prefix: 'oci-network-load-balancer.oraclecloud.com/', owner: 'oci', harmless: ['*'] },
  {
    // kubernetes/cloud-provider-openstack, docs/openstack-cloud-controller-manager/expose-applications-….md
    prefix: 'loadbalancer.openstack.org/',
    owner: 'openstack',
    harmless: [
      'availability-zone',
      'connection-limit',
      'enable-health-monitor',
      'flavor-id',
      'floating-network-id',
      'floating-subnet',
      'floating-subnet-id',
      'floating-subnet-tags',
      'health-monitor-delay',
      'health-monitor-max-retries',
      'health-monitor-timeout',
      'keep-floatingip',
      'network-id',
      'port-id',
      'subnet-id',
      'timeout-client-data',
      'timeout-member-connect',
      'timeout-member-data',
      'timeout-tcp-inspect',
    ],
  },
  {
    prefix: 'service.beta.kubernetes.io/openstack-internal-load-balancer',
    owner: 'openstack',
    harmless: [''],
  },
  // GKE's own documentation of LoadBalancer Service parameters.
  {
    prefix: 'networking.gke.io/',
    owner: 'gcp',
    harmless: [
      'load-balancer-ip-addresses',
      'load-balancer-type',
      'network-tier',
      'internal-load-balancer-allow-global-access',
      'internal-load-balancer-subnet',
      'weighted-load-balancing',
    ],
  },
  {
    prefix: 'cloud.google.com/',
    owner: 'gcp',
    harmless: ['l4-rbs', 'load-balancer-type', 'network-tier', 'neg', 'neg-status'],
  },
  // metallb.io/usage; kube-vip.io/docs/usage/kubernetes-services.
  {
    prefix: 'metallb.universe.tf/',
    harmless: ['address-pool', 'allow-shared-ip', 'loadBalancerIPs', 'ip-allocated-from-pool'],
  },
  {
    prefix: 'metallb.io/',
    harmless: ['address-pool', 'allow-shared-ip', 'loadBalancerIPs', 'ip-allocated-from-pool'],
  },
  {
    prefix: 'kube-vip.io/',
    harmless: ['loadbalancerIPs', 'loadbalancerHostname', 'vipHost', 'requestedIP', 'hwaddr'],
  },
  // docs.cilium.io, lb-ipam; of service.cilium.io/ none is harmless (src-ranges-policy turns the list round).
  { prefix: 'lbipam.cilium.io/', harmless: ['ips', 'sharing-key', 'sharing-cross-namespace'] },
  {
    prefix: 'io.cilium/',
    harmless: ['lb-ipam-ips', 'lb-ipam-sharing-key', 'lb-ipam-sharing-cross-namespace'],
  },
  // Kubernetes's own, of which no load balancer reads another than these.
  { prefix: 'service.kubernetes.io/', harmless: ['topology-mode', 'topology-aware-hints'] },
  { prefix: 'kubernetes.io/', harmless: ['description', 'created-by'] },
]

/** Namespaces that no load balancer reads. */
const others =
  /^(app|kubectl|controller|ingress|nginx\.ingress|traefik\.ingress|external-dns(\.alpha)?|endpoints|endpointslice|node|pod|batch|rbac(\.authorization)?)\.kubernetes\.io\//

/** Might a load balancer read it? Whatever is Kubernetes's or names a cloud, or load balancers, might be. */
function isAboutLoadBalancers(key: string): boolean {
  if (others.test(key)) return false
  const [namespace = '', name] = key.split('/')
  if (name === undefined) return /load-?balancer|source-?range/i.test(key)
  return (
    prefixes.some(({ prefix }) => key.startsWith(prefix)) ||
    /(^|\.)(kubernetes\.io|k8s\.io|k8s\.aws|gke\.io)$|cilium|cloud|load-?balancer|(^|[.-])(n|a|e|c|s|m)?lb([.-]|$)|metallb|kube-vip|tailscale|calico|antrea|azure|amazonaws|google|equinix|linode|vultr|scaleway|exoscale|ionos|ovh|tencent|alibaba|aliyun|huawei|vmware|nsx|citrix|f5\.com/i.test(
      namespace,
    ) ||
    /load-?balancer|source-?range/i.test(name)
  )
}

function harmless(key: string, service: Thing): boolean {
  // The one value that takes the ranges from Azure's network security group.
  if (key.endsWith(azureDeny)) return service.annotations[key] === 'true'
  const known = prefixes.filter(({ prefix }) => key.startsWith(prefix))
  return known.some(
    ({ prefix, harmless: keys }) => keys.includes('*') || keys.includes(key.slice(prefix.length)),
  )
}
