import { isIP } from 'node:net'
import type { Service } from 'kubernetes-types/core/v1.d.ts'
import type { Cluster } from '../cluster/cluster.ts'
import { type Request, urlHost } from '../cluster/machines/request.ts'
import { type NodeName, nodeNames } from '../cluster/network/nodes.ts'
import { type Client, isInside } from './clients.ts'
import type { ProxyPlan } from './plan.ts'

/** Somebody at one proxy. */
interface Visit {
  cluster: Cluster
  proxy: ProxyPlan
  /** The proxy's Service, as it is in the cluster. */
  service: Service
  /** The addresses of the Gateways that its routes hang on, by `NAMESPACE/NAME`. */
  gateways: Map<string, string[]>
  client: Client
}

/** One knock at a door. */
export interface Knock {
  /** Where, in words. */
  at: string
  request: Request
  /** Does it lead to App2, by the values? */
  open: boolean
  /** The port of App2 that it leads to. */
  targetPort: number
  /** The node by which it goes to a ClusterIP. */
  by?: NodeName
}

/** The ways to App2, and what there is to knock at for somebody. */
export const doors = {
  'straight to App2': ({ proxy, client }) =>
    pairs([...proxy.ready, ...proxy.drained].filter(sameFamily(client)), proxy.ports).map(
      ([address, { targetPort, protocol }]) => ({
        ...knock(client, protocol, address, targetPort),
        open: false, // The two networks are apart: that is the reason for it all.
        targetPort,
      }),
    ),

  'load balancer': ({ proxy, service, client }) =>
    pairs(loadBalancerAddresses(service).filter(sameFamily(client)), proxy.ports).map(
      ([address, { port, targetPort, protocol }]) => ({
        ...knock(client, protocol, address, port),
        open: proxy.loadBalancer && isInside(client.address, proxy.sourceRanges) && leads(proxy, client),
        targetPort,
      }),
    ),

  'host name': ({ cluster, proxy, client }) =>
    pairs(cluster.ingressAddresses.filter(sameFamily(client)), proxy.hosts).map(
      ([address, { host, path, targetPort, https }]) => ({
        at: `${https ? 'https' : 'http'}://${host}${path} (${address})`,
        request: {
          ...knock(client, 'TCP', address, https ? 443 : 80).request,
          ...{ protocol: https ? 'https' : 'http', host, path },
        },
        open: isLetIn(proxy, client),
        targetPort,
      }),
    ),

  route: ({ proxy, gateways, client }) =>
    proxy.routes.flatMap(({ gateway, port, protocol, host, path, targetPort }) =>
      (gateways.get(gateway) ?? []).filter(sameFamily(client)).map((address) => {
        const { request } = knock(client, protocol === 'udp' ? 'UDP' : 'TCP', address, port)
        return {
          at: `${protocol}://${host ?? urlHost(address)}:${port}${protocol === 'udp' ? '' : path} (${gateway}${host ? ` ${address}` : ''})`,
          request: { ...request, protocol, path, ...(host && { host }) },
          open: isLetIn(proxy, client),
          targetPort,
        }
      }),
    ),

  NodePort: ({ cluster, proxy, service, client }) =>
    pairs(nodeNames, proxy.ports).map(([node, { port, targetPort, protocol }]) => {
      const number = service.spec?.ports?.find(
        (one) => one.port === port && one.protocol === protocol,
      )?.nodePort
      const { ipv4, ipv6 } = cluster.addressing.node(node).front
      // With none allocated there is no port to knock at but the Service's own.
      const { at, request } = knock(
        client,
        protocol,
        isIP(client.address) === 6 ? ipv6 : ipv4,
        number ?? port,
      )
      return {
        at: number ? at : `${at} (none allocated)`,
        request,
        open: proxy.nodePort && leads(proxy, client),
        targetPort,
      }
    }),

  ClusterIP: ({ proxy, service, client }) => {
    const addresses = (service.spec?.clusterIPs ?? []).filter((address) => isIP(address) > 0)
    const targets = pairs(addresses.filter(sameFamily(client)), proxy.ports)
    return pairs(targets, nodeNames).map(([[address, { port, targetPort, protocol }], by]) => {
      const { at, request } = knock(client, protocol, address, port)
      return {
        at: `${at} by ${by}`,
        request,
        open: proxy.clusterIP === true && leads(proxy, client),
        targetPort,
        by,
      }
    })
  },
} satisfies Record<string, (visit: Visit) => Knock[]>

export type Door = keyof typeof doors
export const doorNames = [
  'straight to App2',
  'load balancer',
  'host name',
  'route',
  'NodePort',
  'ClusterIP',
] as const satisfies Door[]

/** The addresses that a Service's load balancer has. */
export const loadBalancerAddresses = ({ status }: Service) =>
  (status?.loadBalancer?.ingress ?? []).flatMap(({ ip }) => ip ?? [])

// --- utils ---

const anyone = ['0.0.0.0/0', '::/0']

const sameFamily = (client: Client) => (address: string) => isIP(address) === isIP(client.address)

/** A Service leads to addresses of the client's own family alone, and only to those that are not drained. */
const leads = ({ ready }: ProxyPlan, client: Client) => ready.some(sameFamily(client))

/** A controller asks for no address at all where the ranges have either word, of whichever family. */
const isLetIn = ({ ready, sourceRanges }: ProxyPlan, client: Client) =>
  ready.length > 0 &&
  (isInside(client.address, sourceRanges) || sourceRanges.some((range) => anyone.includes(range)))

/** Every pair of one of these and one of those. */
const pairs = <A, B>(these: readonly A[], those: readonly B[]): [A, B][] =>
  these.flatMap((one) => those.map((other): [A, B] => [one, other]))

function knock({ address: from }: Client, transport: 'TCP' | 'UDP', address: string, port: number) {
  const protocol = transport === 'UDP' ? 'udp' : 'http'
  const request: Request = { protocol, address, port, from }
  return { at: `${protocol}://${urlHost(address)}:${port}`, request }
}
