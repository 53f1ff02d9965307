/** What a platform's load balancer needs, and can hold. */
interface Platform {
  /** Whether it reaches the nodes by node ports: never, unless values say otherwise (for their health), or always. */
  nodePorts: 'none' | 'wanted' | 'needed'
  /** Whether it, or kube-proxy, holds it to loadBalancerSourceRanges. */
  sourceRanges: boolean
  /** Whose ranges it takes: of all families, of its own (the Service's), or of IPv4. */
  rangeFamilies: 'all' | 'own' | 'IPv4'
  /** How many families one has. */
  families: 1 | 2
  /** The loadBalancerClasses that are its own, by their makers' documentation. */
  classes?: string[]
  /** What it carries. */
  protocols: string[]
  /** What it must be told; values may say otherwise. */
  annotations?: Record<string, string>
  /** What it must be told besides where the Service has both families. */
  dualStack?: Record<string, string>
  /** What it must be told to serve its own address alone, where values open neither node ports nor ClusterIP. */
  alone?: Record<string, string>
  /** What `helm install` says of it. */
  note?: string
}

const protocols = ['TCP', 'UDP', 'SCTP']

/** The platforms, `generic` first. docs/platforms.md names the sources. */
export const platforms: Record<string, Platform> = {
  generic: {
    nodePorts: 'none',
    sourceRanges: true,
    rangeFamilies: 'all',
    families: 2,
    protocols,
    classes: ['kube-vip.io/kube-vip-class'],
  },
  aws: {
    nodePorts: 'needed',
    sourceRanges: true,
    rangeFamilies: 'own',
    families: 2,
    protocols,
    classes: ['service.k8s.aws/nlb', 'eks.amazonaws.com/nlb'],
    annotations: { 'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type': 'instance' },
    dualStack: { 'service.beta.kubernetes.io/aws-load-balancer-ip-address-type': 'dualstack' },
  },
  azure: {
    nodePorts: 'wanted',
    sourceRanges: true,
    rangeFamilies: 'all',
    families: 2,
    protocols,
    annotations: { 'service.beta.kubernetes.io/azure-deny-all-except-load-balancer-source-ranges': 'true' },
  },
  gcp: {
    nodePorts: 'none',
    sourceRanges: true,
    rangeFamilies: 'all',
    families: 2,
    protocols,
    classes: ['networking.gke.io/l4-regional-external', 'networking.gke.io/l4-regional-internal'],
    note: 'GKE Dataplane V2 does not support internalTrafficPolicy: take the ClusterIP for open to pods there',
  },
  digitalocean: { nodePorts: 'needed', sourceRanges: true, rangeFamilies: 'IPv4', families: 2, protocols },
  hetzner: {
    nodePorts: 'needed',
    sourceRanges: false,
    rangeFamilies: 'all',
    families: 2,
    protocols: ['TCP'],
  },
  oci: {
    nodePorts: 'needed',
    sourceRanges: false,
    rangeFamilies: 'all',
    families: 2,
    protocols: ['TCP', 'UDP'],
    note: 'its load balancer carries TCP alone, its network load balancer (oci.oraclecloud.com/load-balancer-type: nlb) UDP as well',
  },
  openstack: {
    nodePorts: 'needed',
    sourceRanges: true,
    rangeFamilies: 'own',
    families: 1,
    protocols,
    note: "with Octavia's OVN provider the list holds only if the cloud provider has manage-security-groups=true",
  },
  cilium: {
    nodePorts: 'none',
    sourceRanges: true,
    rangeFamilies: 'all',
    families: 2,
    protocols,
    classes: ['io.cilium/l2-announcer', 'io.cilium/bgp-control-plane', 'io.cilium/node'],
    alone: { 'service.cilium.io/type': 'LoadBalancer' },
    note: "Cilium's kube-proxy replacement holds no sourceRanges against clients inside of the cluster, pods and nodes",
  },
}
