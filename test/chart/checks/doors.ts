import type { Proxy as ProxyValues, Route } from '../../../schema/generated/values.ts'
import { app, contour, route } from '../../values.ts'
import { check } from './check.ts'

const hosts = ['a.example.com']
const parentRefs = [{ name: 'edge' }]

check('controller-open', {
  'an Ingress that nothing holds is for anyone': {
    refused: app({ ingress: { hosts } }),
    says: "proxies.app.ingress.controller: controller none can't hold this Ingress to sourceRanges, since an Ingress has no field for it, so anyone could come in: write contour or haproxy with className haproxy or nginx with className nginx or traefik with className traefik, or write 0.0.0.0/0 and ::/0 in sourceRanges",
    accepted: app({ ingress: { hosts }, sourceRanges: ['0.0.0.0/0', '::/0'] }),
  },
  'an Ingress that has a class needs no other, but of a controller of another name': {
    refused: app({ ingress: { hosts, className: 'nginx' } }),
    says: "proxies.app.ingress.controller: controller none can't hold this Ingress to sourceRanges, since an Ingress has no field for it, so anyone could come in: write contour with className contour or haproxy with className haproxy or nginx or traefik with className traefik, or write 0.0.0.0/0 and ::/0 in sourceRanges",
    accepted: app({ ingress: { hosts, className: 'nginx', controller: 'nginx' } }),
  },
  'nor one whose class says nothing of its controller': {
    refused: app({ ingress: { hosts, className: 'edge' } }),
    says: "proxies.app.ingress.controller: controller none can't hold this Ingress to sourceRanges, since an Ingress has no field for it, so anyone could come in: write contour or haproxy or nginx or traefik, or write 0.0.0.0/0 and ::/0 in sourceRanges",
    accepted: app({ ingress: { hosts, className: 'edge', controller: 'nginx' } }),
  },
  'a route that nothing holds is for anyone': {
    refused: app({ routes: { web: { parentRefs } } }),
    says: "proxies.app.routes.web.controller: controller none can't hold this HTTPRoute to sourceRanges, since the Gateway API's standard has no field for it, so anyone could come in: write envoy-gateway or istio or traefik, or write 0.0.0.0/0 and ::/0 in sourceRanges",
    accepted: app({ routes: { web: { parentRefs } }, sourceRanges: ['0.0.0.0/0', '::/0'] }),
  },
  'a list that is judged after App2 is dialled holds nothing where App2 speaks first': {
    refused: app({ routes: { web: { kind: 'TCPRoute', controller: 'envoy-gateway', parentRefs } } }),
    says: "proxies.app.routes.web.controller: controller envoy-gateway can't hold this TCPRoute to sourceRanges, since its SecurityPolicy judges a connection's first bytes, when App2 has been dialled and may have spoken, so anyone could come in: leave the route out for service.type LoadBalancer, or write 0.0.0.0/0 and ::/0 in sourceRanges",
    accepted: app({
      sourceRanges: ['0.0.0.0/0', '::/0'],
      routes: { web: { kind: 'TCPRoute', controller: 'envoy-gateway', parentRefs } },
    }),
    chosen: { 'leave the route out for service.type LoadBalancer': app() },
  },
})

/** A proxy that only a neighbour's route leads to. */
const neighbours = (fields: ProxyValues) => {
  const ranges = { sourceRanges: ['10.0.0.0/8'] }
  const rules = [{ backendRefs: [{ proxy: 'app' }] }]
  const web: Route = { controller: 'envoy-gateway', parentRefs: [{ name: 'edge' }], rules }
  return {
    clusterRanges: ['10.1.0.0/16'],
    proxies: {
      app: app({ ...ranges, service: { type: 'ClusterIP' }, ...fields }).proxies.app,
      edge: app({ ...ranges, allowClusterSources: true, routes: { web } }).proxies.app,
    },
  }
}

check('ranges-hold-nodes', {
  "a list that holds the nodes, behind a controller: whoever comes by the controller's own ClusterIP is one":
    {
      refused: { clusterRanges: ['10.1.0.0/16'], ...app({ sourceRanges: ['10.0.0.0/8'], ...contour() }) },
      says: "proxies.app.sourceRanges[0]: 10.0.0.0/8 meets 10.1.0.0/16 of clusterRanges, and who is taken for a node comes in: write App1's addresses, or allowClusterSources: true",
      accepted: { clusterRanges: ['10.1.0.0/16'], ...app({ sourceRanges: ['10.2.0.0/16'], ...contour() }) },
    },
  'one inside of them, meant': {
    refused: {
      clusterRanges: ['fd00::/8'],
      ...app({ sourceRanges: ['1.2.3.4/32', 'fd12::/64'], ...contour() }),
    },
    says: "proxies.app.sourceRanges[1]: fd12::/64 meets fd00::/8 of clusterRanges, and who is taken for a node comes in: write App1's addresses, or allowClusterSources: true",
    accepted: {
      clusterRanges: ['fd00::/8'],
      ...app({ sourceRanges: ['1.2.3.4/32', 'fd12::/64'], allowClusterSources: true, ...contour() }),
    },
    chosen: {
      "write App1's addresses": {
        clusterRanges: ['fd00::/8'],
        ...app({ sourceRanges: ['1.2.3.4/32', '2001:db8::/64'], ...contour() }),
      },
    },
  },
  "behind a neighbour's route, whose own word is not this proxy's": {
    refused: neighbours({}),
    says: "proxies.app.sourceRanges[0]: 10.0.0.0/8 meets 10.1.0.0/16 of clusterRanges, and who is taken for a node comes in: write App1's addresses, or allowClusterSources: true",
    accepted: neighbours({ allowClusterSources: true }),
  },
  'a load balancer alone is judged by kube-proxy, at the first node': {
    refused: { clusterRanges: ['10.0.0.0/8'], ...app({ sourceRanges: ['10.1.2.3/32'], ...contour() }) },
    says: "proxies.app.sourceRanges[0]: 10.1.2.3/32 meets 10.0.0.0/8 of clusterRanges, and who is taken for a node comes in: write App1's addresses, or allowClusterSources: true",
    accepted: { clusterRanges: ['10.0.0.0/8'], ...app({ sourceRanges: ['10.1.2.3/32'] }) },
  },
})

check('preset-kind', {
  'an Ingress of a controller of routes': {
    refused: app({ ingress: { hosts, controller: 'envoy-gateway' } }),
    says: 'proxies.app.ingress.controller: controller envoy-gateway serves no Ingress, since it reads the Gateway API alone: write contour or haproxy with className haproxy or nginx with className nginx or traefik with className traefik',
    accepted: app({ ingress: { hosts, controller: 'contour' } }),
  },
  'in its place only one that holds all that is asked for': {
    refused: app({
      backend: { timeouts: { request: '5s' } },
      routes: {
        web: { controller: 'contour', parentRefs: [{ name: 'edge' }], hostnames: ['a.example.com'] },
      },
    }),
    says: 'proxies.app.routes.web.controller: controller contour serves no HTTPRoute, since its HTTPProxy is what holds the list, and no route of the Gateway API can: write envoy-gateway or istio',
    accepted: app({
      backend: { timeouts: { request: '5s' } },
      routes: {
        web: { controller: 'istio', parentRefs: [{ name: 'edge' }], hostnames: ['a.example.com'] },
      },
    }),
  },
  'a kind that the controller does not serve': {
    refused: app(route({ controller: 'contour' })),
    says: 'proxies.app.routes.web.controller: controller contour serves no HTTPRoute, since its HTTPProxy is what holds the list, and no route of the Gateway API can: write none or envoy-gateway or istio or traefik',
    accepted: app(route({ controller: 'none' })),
  },
})

const tls = { protocol: 'https', host: 'app2.example.com' } as const

check('preset-lacks', {
  'a field, with its cure': {
    refused: app({ ...contour(), backend: { ...tls, tls: { caConfigMap: 'ca' } } }),
    says: "proxies.app.backend.tls.caConfigMap: controller contour can't do it for ingress, since it reads CAs from Secrets alone: write backend.tls.caSecret, or write controller traefik with className traefik",
    accepted: app({ ...contour(), backend: { ...tls, tls: { caSecret: 'ca' } } }),
  },
  'a protocol, with a preset that can': {
    refused: app({ sourceRanges: ['0.0.0.0/0', '::/0'], ingress: { hosts }, backend: { protocol: 'h2c' } }),
    says: "proxies.app.backend.protocol: controller none can't do h2c for ingress, since an Ingress has no field for it: leave it out, or write controller contour or haproxy or traefik",
    accepted: app({ ...contour(), backend: { protocol: 'h2c' } }),
  },
  'a protocol of TLS, of which it can verify nothing, either': {
    refused: app({
      sourceRanges: ['0.0.0.0/0', '::/0'],
      ingress: { hosts },
      backend: { protocol: 'https', tls: { serverName: 'app2.example.com' } },
    }),
    says: "proxies.app.backend.protocol: controller none can't do https for ingress, since an Ingress has no field for it: leave it out with backend.tls, or write controller traefik",
    accepted: app({
      sourceRanges: ['0.0.0.0/0', '::/0'],
      ingress: { controller: 'traefik', hosts },
      backend: { protocol: 'https', tls: { serverName: 'app2.example.com' } },
    }),
    chosen: {
      'leave it out with backend.tls': app({ sourceRanges: ['0.0.0.0/0', '::/0'], ingress: { hosts } }),
    },
  },
  'what is not written: the CAs of the system': {
    refused: app({ ...contour(), backend: tls }),
    says: "proxies.app.backend.tls: controller contour can't verify by system CAs for ingress, since without a CA it verifies nothing: write backend.tls.caSecret, or write controller traefik with className traefik",
    accepted: app(route({}, tls)),
  },
})

const refuses = (controller: 'nginx' | 'haproxy' | 'traefik', fields: object = {}) =>
  app({ ingress: { controller, className: 'edge', hosts, ...fields } })

const haproxy = { ingress: { controller: 'haproxy' as const, className: 'edge', hosts } }

check('preset-refuses', {
  'an Ingress that another controller could take, and ignore its list': {
    refused: refuses('nginx', { className: '' }),
    says: "proxies.app.ingress.className: an empty value can't be used with controller nginx, since another controller could take the Ingress and ignore its list: write the class of ingress-nginx",
    accepted: refuses('nginx'),
  },
  'a family of its own for anyone, which the controller may not tell from the other': {
    refused: app({ ...haproxy, sourceRanges: ['1.2.3.4/32', '::/0'] }),
    says: "proxies.app.sourceRanges: ::/0 can't be used with controller haproxy, since it compares the two families alike, and may open both: write 0.0.0.0/0 as well for anyone, or leave it out",
    accepted: app({ ...haproxy, sourceRanges: ['0.0.0.0/0', '::/0'] }),
  },
  'a range of IPv6 that holds all of IPv4 in its form': {
    refused: app({ ...haproxy, sourceRanges: ['1.2.3.4/32', '::/64'] }),
    says: "proxies.app.sourceRanges: ::ffff:0:0/96 can't be used with controller haproxy, since it compares the two families alike, and a range that holds these addresses holds all of IPv4: write narrower ranges",
    accepted: app({ ...haproxy, sourceRanges: ['1.2.3.4/32', '::1:0:0:0/112'] }),
  },
  'a route that would close the whole Gateway': {
    refused: app({ routes: { web: { controller: 'istio', parentRefs } } }),
    says: "proxies.app.routes.web.hostnames: an empty value can't be used with controller istio, since its AuthorizationPolicy holds host names, and without one would close the whole Gateway: write App2's names",
    accepted: app({ routes: { web: { controller: 'istio', parentRefs, hostnames: hosts } } }),
  },
  'a wildcard that a port in the Host header escapes': {
    refused: app({ routes: { web: { controller: 'istio', parentRefs, hostnames: ['*.example.com'] } } }),
    says: "proxies.app.routes.web.hostnames: a wildcard can't be used with controller istio, since its AuthorizationPolicy can't hold one against a port in the Host header: write the names",
    accepted: app({
      sourceRanges: ['0.0.0.0/0', '::/0'],
      routes: { web: { controller: 'istio', parentRefs, hostnames: ['*.example.com'] } },
    }),
  },
  'a parent that the controller does not read': {
    refused: app({
      routes: { web: { controller: 'traefik', parentRefs: [{ kind: 'ListenerSet', name: 'edge' }] } },
    }),
    says: "proxies.app.routes.web.parentRefs: a ListenerSet can't be used with controller traefik, since it reads none: write the Gateway",
    accepted: app({ routes: { web: { controller: 'traefik', parentRefs } } }),
  },
  'a filter that the controller does not know': {
    refused: app({
      routes: {
        web: { controller: 'traefik', parentRefs, rules: [{ filters: [{ type: 'CORS', cors: {} }] }] },
      },
    }),
    says: "proxies.app.routes.web.rules: filter CORS can't be used with controller traefik, since it answers 500 to it: leave it out",
    accepted: app({
      routes: {
        web: { controller: 'envoy-gateway', parentRefs, rules: [{ filters: [{ type: 'CORS', cors: {} }] }] },
      },
    }),
  },
})

const waves = (own: string, common: string) => ({
  commonAnnotations: { 'argocd.argoproj.io/sync-wave': common },
  ...app({
    routes: {
      web: {
        controller: 'envoy-gateway',
        parentRefs: [{ name: 'edge' }],
        annotations: { 'argocd.argoproj.io/sync-wave': own },
      },
    },
  }),
})

check('sync-wave-early', {
  'a route before the policy that holds it': {
    refused: waves('1', '2'),
    says: 'proxies.app.routes.web.annotations: argocd.argoproj.io/sync-wave 1 would have Argo CD apply it, and wait, before what holds it, of wave 2: write 2 at least',
    accepted: waves('2', '2'),
  },
})
