import type { LoadBalancer } from './door.ts'
import type { Thing } from './things.ts'

/** Without it, and with another value than true, Azure's network security group lets the virtual network in. */
export const azureDeny = '/azure-deny-all-except-load-balancer-source-ranges'

/** Might a load balancer read it? Whatever is Kubernetes's or names a cloud, or load balancers, might be. */
export function isAboutLoadBalancers(key: string): boolean {
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

/** Is it in a namespace of which nobody says who reads it? */
export const isOfNobodyKnown = (key: string): boolean =>
  key.includes('/') && !isAboutLoadBalancers(key) && !others.test(key)

/** Is it known to leave the ranges alone? */
export function isHarmless(key: string, service: Thing): boolean {
  // The one value that takes the ranges from Azure's network security group.
  if (key.endsWith(azureDeny)) return service.annotations[key] === 'true'
  const known = prefixes.filter(({ prefix }) => key.startsWith(prefix))
  return known.some(
    ({ prefix, harmless: keys }) => keys.includes('*') || keys.includes(key.slice(prefix.length)),
  )
}

/** Whose load balancers read one of a Service's annotations. */
export function ownerByAnnotation({ annotations }: Thing): LoadBalancer | undefined {
  const keys = Object.keys(annotations)
  return prefixes.find(({ owner, prefix }) => owner && keys.some((key) => key.startsWith(prefix)))?.owner
}

// --- utils ---

/** Namespaces of annotations that load balancers read, and the keys of theirs that leave the ranges alone. */
const prefixes: { prefix: string; owner?: LoadBalancer; harmless: readonly string[] }[] = [
  {
    // kubernetes-sigs/aws-load-balancer-controller, docs/guide/service/annotations.md
    prefix: 'service.beta.kubernetes.io/aws-load-balancer-',
    owner: 'aws',
    harmless: [
      'access-log-emit-interval',
      'access-log-enabled',
      'access-log-s3-bucket-name',
      'access-log-s3-bucket-prefix',
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
      'minimum-load-balancer-capacity',
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
      'load-balancer-disable-tcp-reset',
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
      'pip-ip-tags',
      'pip-name',
      'pip-name-ipv6',
      'pip-prefix-id',
      'pip-prefix-id-ipv6',
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
      'enable-backend-keepalive',
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
      'override-health-check',
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
      'health-monitor-max-retries-down',
      'health-monitor-timeout',
      'keep-floatingip',
      'lb-method',
      'load-balancer-address',
      'load-balancer-id',
      'member-subnet-id',
      'network-id',
      'node-selector',
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
      'ip-collection-v6',
      'load-balancer-subnet',
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
    harmless: ['loadbalancerIPs', 'loadbalancerHostname', 'vipHost', 'leaseName', 'requestedIP', 'hwaddr'],
  },
  // docs.cilium.io, lb-ipam; of service.cilium.io/ one is harmless (src-ranges-policy turns the list round).
  { prefix: 'service.cilium.io/', harmless: ['lb-algorithm'] },
  { prefix: 'lbipam.cilium.io/', harmless: ['ips', 'sharing-key', 'sharing-cross-namespace'] },
  {
    prefix: 'io.cilium/',
    harmless: ['lb-ipam-ips', 'lb-ipam-sharing-key', 'lb-ipam-sharing-cross-namespace'],
  },
  // What its cloud provider writes there.
  { prefix: 'kubernetes.digitalocean.com/', owner: 'digitalocean', harmless: ['load-balancer-id'] },
  // Kubernetes's own, and what GKE writes there (ingress-gce, pkg/annotations/service.go).
  {
    prefix: 'service.kubernetes.io/',
    harmless: [
      'backend-service',
      'backend-service-ipv6',
      'firewall-rule',
      'firewall-rule-for-hc',
      'firewall-rule-for-hc-ipv6',
      'firewall-rule-ipv6',
      'healthcheck',
      'healthcheck-ipv6',
      'tcp-forwarding-rule',
      'tcp-forwarding-rule-ipv6',
      'topology-aware-hints',
      'topology-mode',
      'udp-forwarding-rule',
      'udp-forwarding-rule-ipv6',
    ],
  },
  {
    prefix: 'kubernetes.io/',
    harmless: ['change-cause', 'created-by', 'description', 'ingress.class', 'tls-acme'],
  },
]

/** Namespaces that no load balancer reads: Kubernetes's, those of the controllers of Ingresses and Gateways, deployers'. */
const others =
  /^((app|kubectl|controller|ingress|nginx\.ingress|traefik\.ingress|external-dns(\.alpha)?|endpoints|endpointslice|node|pod|batch|rbac(\.authorization)?)\.kubernetes\.io|([^/]+\.)?(projectcontour\.io|haproxy\.(org|com)|traefik\.io|istio\.io|envoyproxy\.io|argoproj\.io|fluxcd\.io|helm\.sh|cert-manager\.io|prometheus\.io|kube-linter\.io|kube-score\.com|k14s\.io)|kube-score)\//
