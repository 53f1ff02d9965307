/** The presets: controllers whose lists the judge can read; `none` holds nothing. */
export const presets = ['none', 'contour', 'envoy-gateway', 'haproxy', 'istio', 'nginx', 'traefik'] as const
export type Preset = (typeof presets)[number]

/** Whose load balancer a loadBalancerClass is: `kube-proxy` where its address is on the nodes. */
export const loadBalancers = [
  'kube-proxy',
  'aws',
  'azure',
  'gcp',
  'digitalocean',
  'openstack',
  'hetzner',
  'cilium',
  'oci',
] as const
export type LoadBalancer = (typeof loadBalancers)[number]
