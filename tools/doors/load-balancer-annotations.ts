import { loadBalancerNamespaces } from './load-balancer-namespaces.ts'
import type { LoadBalancer } from './servers.ts'
import type { Thing } from './things.ts'

/** Without it, and with another value than true, Azure's network security group lets the virtual network in. */
export const azureDeny = '/azure-deny-all-except-load-balancer-source-ranges'

/** Does it have Cilium serve the load balancer's address alone, and neither ClusterIP nor node port (pkg/annotation/k8s.go)? */
export const isAlone = (key: string, value: string | undefined): boolean =>
  key === 'service.cilium.io/type' && value === 'LoadBalancer'

/** Might a load balancer read it? Whatever is Kubernetes's or names a cloud, or load balancers, might be. */
export function isAboutLoadBalancers(key: string): boolean {
  if (others.test(key)) return false
  const [namespace = '', name] = key.split('/')
  if (name === undefined) return /load-?balancer|source-?range/i.test(key)
  return (
    loadBalancerNamespaces.some(({ prefix }) => key.startsWith(prefix)) ||
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
export function isHarmless(key: string, service: Pick<Thing, 'annotations'>): boolean {
  // The one value that takes the ranges from Azure's network security group.
  if (key.endsWith(azureDeny)) return service.annotations[key] === 'true'
  if (isAlone(key, service.annotations[key])) return true
  const known = loadBalancerNamespaces.filter(({ prefix }) => key.startsWith(prefix))
  return known.some(
    ({ prefix, harmless: keys, placing = [] }) =>
      keys.includes('*') || [...keys, ...placing].includes(key.slice(prefix.length)),
  )
}

/** Does it say from where a load balancer can be reached, as far as is known? */
export const isPlacing = (key: string): boolean =>
  loadBalancerNamespaces.some(
    ({ prefix, harmless, placing = [] }) =>
      key.startsWith(prefix) && (harmless.includes('*') || placing.includes(key.slice(prefix.length))),
  ) || /^service\.(alpha|beta)\.kubernetes\.io\/load-balancer-/.test(key)

/** Is it known to say nothing of who reaches a load balancer? */
export const isWithoutPlace = (key: string): boolean =>
  loadBalancerNamespaces.some(
    ({ prefix, harmless }) => key.startsWith(prefix) && harmless.includes(key.slice(prefix.length)),
  )

/** Whose load balancers read one of a Service's annotations. */
export function ownerByAnnotation({ annotations }: Thing): LoadBalancer | undefined {
  const keys = Object.keys(annotations)
  return loadBalancerNamespaces.find(
    ({ owner, prefix }) => owner && keys.some((key) => key.startsWith(prefix)),
  )?.owner
}

// --- utils ---

/** Namespaces that no load balancer reads: Kubernetes's, those of the controllers of Ingresses and Gateways, deployers'. */
const others =
  /^((app|kubectl|controller|ingress|nginx\.ingress|traefik\.ingress|external-dns(\.alpha)?|endpoints|endpointslice|node|pod|batch|rbac(\.authorization)?)\.kubernetes\.io|([^/]+\.)?(projectcontour\.io|haproxy\.(org|com)|traefik\.io|istio\.io|envoyproxy\.io|argoproj\.io|fluxcd\.io|helm\.sh|cert-manager\.io|prometheus\.io|kube-linter\.io|kube-score\.com|k14s\.io)|kube-score)\//
