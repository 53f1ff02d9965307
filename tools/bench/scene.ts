import type { Address, Proxy as ProxyValues, Values } from '../../schema/generated/values.ts'
import type { Cluster } from '../cluster/cluster.ts'
import { gatewayAddresses, serviceAddresses } from '../cluster/control-plane/addresses.ts'

/** App1's own address, which the allow lists of all scenes hold. */
export const app1 = '1.2.3.4'
/** Its other one: a name that it looks up may have addresses of both families, and it takes which answers first. */
export const app1IPv6 = '2001:db8:1::4'

/** The port of each scene's App2. */
export const http = { http: { port: 80, targetPort: 8080 } }

/** The names by which App1 asks at Contour, and at Envoy Gateway's Gateway. */
export const hosts = { contour: 'web.somehost.net', gateway: 'route.somehost.net' }

/** The Gateway, and a proxy behind each controller, to an App2 of these addresses. */
export function behindControllers(addresses: readonly (string | Address)[]) {
  const common: ProxyValues = {
    addresses: [...addresses],
    sourceRanges: [`${app1}/32`],
    ports: http,
    service: { type: 'ClusterIP' },
  }
  return {
    gateways: { edge: { className: 'envoy-gateway', listeners: { http: { port: 80, protocol: 'HTTP' } } } },
    proxies: {
      web: { ...common, ingress: { controller: 'contour', hosts: [hosts.contour] } },
      route: {
        ...common,
        routes: {
          web: { controller: 'envoy-gateway', parentRefs: [{ name: 'edge' }], hostnames: [hosts.gateway] },
        },
      },
    },
  } satisfies Values
}

/** The address of a Service's load balancer, as soon as it has one. */
export const loadBalancerOf = ({ kubectl, until }: Cluster, service: string): Promise<string> =>
  until(
    `the load balancer of ${service} gets its address`,
    async () => (await serviceAddresses(kubectl, service, 'default'))[0],
  )

/** The Gateway's address, as soon as it has one. */
export const gatewayOf = ({ kubectl, until }: Cluster): Promise<string> =>
  until('the Gateway gets its address', async () => (await gatewayAddresses(kubectl, 'edge', 'default'))[0])
