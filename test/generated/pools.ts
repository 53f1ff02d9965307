/**
 * What generated values are made of where the schema's own form alone would nearly always give nonsense: few words of
 * each sort, so that several proxies meet on one name, port, host or range, and what attackers of the chart have tried.
 */

/** The presets' annotations and the load balancers', dangerous and harmless, and some that nobody reads. */
export const annotationKeys = [
  'example.com/owner',
  'getambassador.io/config',
  'link.argocd.argoproj.io/external-link',
  'team',
  'argocd.argoproj.io/sync-wave',
  'external-dns.alpha.kubernetes.io/hostname',
  'external-dns.kubernetes.io/ttl',
  'cert-manager.io/cluster-issuer',
  'cert-manager.io/private-key-size',
  'kubernetes.io/ingress.class',
  'nginx.ingress.kubernetes.io/whitelist-source-range',
  'nginx.ingress.kubernetes.io/allowlist-source-range',
  'nginx.ingress.kubernetes.io/denylist-source-range',
  'nginx.ingress.kubernetes.io/satisfy',
  'nginx.ingress.kubernetes.io/server-alias',
  'nginx.ingress.kubernetes.io/server-snippet',
  'nginx.ingress.kubernetes.io/configuration-snippet',
  'nginx.ingress.kubernetes.io/service-upstream',
  'nginx.ingress.kubernetes.io/ssl-passthrough',
  'nginx.ingress.kubernetes.io/canary',
  'nginx.ingress.kubernetes.io/proxy-body-size',
  'nginx.ingress.kubernetes.io/new-in-some-later-version',
  'haproxy.org/allow-list',
  'haproxy.com/allow-list',
  'ingress.kubernetes.io/allow-list',
  'haproxy.org/route-acl',
  'haproxy.com/standalone-backend',
  'haproxy.org/backend-config-snippet',
  'haproxy.org/timeout-server',
  'haproxy.org/load-balance',
  'traefik.ingress.kubernetes.io/router.middlewares',
  'traefik.ingress.kubernetes.io/router.entrypoints',
  'traefik.ingress.kubernetes.io/router.priority',
  'traefik.ingress.kubernetes.io/service.serversscheme',
  'traefik.ingress.kubernetes.io/service.nativelb',
  'projectcontour.io/ingress.class',
  'projectcontour.io/tls-minimum-protocol-version',
  'istio.io/dry-run',
  'networking.istio.io/service-type',
  'gateway.envoyproxy.io/anything',
  'metallb.io/address-pool',
  'metallb.io/loadBalancerIPs',
  'service.kubernetes.io/topology-mode',
  'service.beta.kubernetes.io/load-balancer-source-ranges',
  'service.beta.kubernetes.io/aws-load-balancer-security-groups',
  'service.beta.kubernetes.io/aws-load-balancer-disable-nlb-sg',
  'service.beta.kubernetes.io/aws-load-balancer-security-group-prefix-lists',
  'service.beta.kubernetes.io/aws-load-balancer-additional-resource-tags',
  'service.beta.kubernetes.io/azure-allowed-ip-ranges',
  'service.beta.kubernetes.io/azure-allowed-service-tags',
  'service.beta.kubernetes.io/azure-deny-all-except-load-balancer-source-ranges',
  'service.beta.kubernetes.io/azure-load-balancer-internal',
  'service.beta.kubernetes.io/do-loadbalancer-allow-rules',
  'service.cilium.io/src-ranges-policy',
  'service.cilium.io/type',
  'load-balancer.hetzner.cloud/location',
  'loadbalancer.openstack.org/proxy-protocol',
]

export const annotationValues = [
  'true',
  'false',
  'any',
  'deny',
  '0.0.0.0/0',
  '::/0',
  '1',
  'x',
  'LoadBalancer',
]

export const labelValues = ['true', 'false', 'x', 'none']

export const labelKeys = [
  'team',
  'app.kubernetes.io/name',
  'app.kubernetes.io/component',
  'service.kubernetes.io/service-proxy-name',
  'service.kubernetes.io/headless',
  'service.kubernetes.io/anything',
  'endpointslice.kubernetes.io/managed-by',
  'endpointslice.kubernetes.io/skip-mirror',
  'kubernetes.io/service-name',
  'istio.io/dataplane-mode',
]

/** Stands in generated text for what makes the names of one sample its own: many samples share a render. */
export const own = '@'

/** Names that meet: a proxy's, a route's and what stands for both together. */
const suffixes = ['a', 'a-b', 'b', 'a-host', 'host', 'host-b', 'a-ipv4', 'a-ipv4-2', 'a-b-2', 'web', 'tls']
export const routeNames = suffixes
export const names = suffixes.map((name) => `${own}${name}`)

/** Two of anybody's, and two that are known. */
export const loadBalancerClasses = [
  'example.com/one',
  'example.com/two',
  'kube-vip.io/kube-vip-class',
  'service.k8s.aws/nlb',
]

export const portNames = ['http', 'https', 'dns', 'dns-udp', 'admin']

export const portNumbers = [53, 80, 443, 8080]

export const hosts = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', '*'].map(
  (label) => `${label}.${own}example.com`,
)

export const addresses = ['2.3.4.5', '2.3.4.6', '10.1.2.3', '2001:db8:2::5', '2001:db8:2::6']

/** Lists as people write them, of both families or of one. */
export const usualRanges = [
  ['1.2.3.4/32'],
  ['1.2.3.4/32', '2001:db8:1::/64'],
  ['1.2.3.0/24', '10.0.0.0/8', '2001:db8:1::/64'],
  ['1.2.3.4/32', '::/0'],
  ['0.0.0.0/0', '2001:db8:1::/64'],
  ['0.0.0.0/0', '::/0'],
]

export const ranges = [
  '1.2.3.4/32',
  '1.2.3.0/24',
  '10.0.0.0/8',
  '2001:db8:1::/64',
  '2001:db8:1::4/128',
  '0.0.0.0/0',
  '::/0',
  '::ffff:102:300/120',
  '0.0.0.0/1',
]

export const sections = ['http', 'https', 'tls', 'tcp', 'udp']

/** The presets that hold a list behind an Ingress, and those behind routes. */
export const ingressPresets = ['contour', 'haproxy', 'nginx', 'traefik']
export const routePresets = ['envoy-gateway', 'istio', 'traefik']
