import { isIP } from 'node:net'
import type { Service } from 'kubernetes-types/core/v1.d.ts'
import type { Cluster } from '../cluster/cluster.ts'
import { type Outcome, urlHost } from '../cluster/host.ts'
import { nodes } from '../cluster/network.ts'
import { isInside, type Machine, type ProxyPlan } from './plan.ts'

/** Somebody at one proxy. */
export interface Visit {
  cluster: Cluster
  proxy: ProxyPlan
  /** The proxy's Service, as it is in the cluster. */
  service: Service
  who: Machine
  /** The address they come from. */
  from: string
}

/** One knock at a door. */
export interface Knock {
  /** Where. */
  at: string
  /** Does the door lead to App2, by the values? */
  open: boolean
  send(): Promise<Outcome>
}

/** The ways to App2, and what there is to knock at for somebody. */
export const doors = {
  'straight to App2': ({ proxy: { app2 }, ...visit }) =>
    pairs(app2.addresses.filter(sameFamily(visit.from)), app2.ports).map(([address, port]) => ({
      ...request(visit, url(address, port)),
      open: false, // The two networks are apart: that is the reason for it all.
    })),

  'load balancer': ({ proxy, service, ...visit }) =>
    pairs(
      (service.status?.loadBalancer?.ingress ?? [])
        .flatMap(({ ip }) => ip ?? [])
        .filter(sameFamily(visit.from)),
      proxy.ports,
    ).map(([address, port]) => ({
      ...request(visit, url(address, port)),
      open: isInside(visit.from, proxy.sourceRanges),
    })),

  'host name': ({ proxy, ...visit }) =>
    pairs(visit.cluster.ingressAddresses.filter(sameFamily(visit.from)), proxy.hosts).map(
      ([resolve, host]) => ({
        ...request(visit, `http://${host}/`, resolve),
        // A controller asks for no address at all where the ranges have either word, of whichever family.
        open:
          isInside(visit.from, proxy.sourceRanges) ||
          proxy.sourceRanges.some((range) => anyone.includes(range)),
      }),
    ),

  NodePort: ({ proxy, service, ...visit }) =>
    pairs([1, 2], service.spec?.ports ?? [])
      .filter(([, { port }]) => proxy.ports.includes(port))
      .map(([index, { port, nodePort }]) => {
        // With none allocated there is no port to knock at but the Service's own.
        const { at, send } = request(visit, url(nodeAddress(visit, index), nodePort ?? port))
        const open = proxy.nodePort && (service.spec?.ipFamilies ?? []).includes(familyOf(visit.from))
        return { at: nodePort ? at : `${at} (none allocated)`, open, send }
      }),

  ClusterIP: ({ proxy, service, ...visit }) => {
    const clusterIPs = (service.spec?.clusterIPs ?? []).filter(sameFamily(visit.from))
    return pairs(pairs(clusterIPs, proxy.ports), [1, 2]).map(([[address, port], index]) => {
      const { at, send } = request(visit, url(address, port))
      const route = `route replace ${address} via ${nodeAddress(visit, index)}`
      return {
        at: `${at} by ${nodes[index - 1]}`,
        open: proxy.clusterIP,
        send: async () => {
          await visit.cluster.in(visit.who).ip([route])
          return send()
        },
      }
    })
  },
} satisfies Record<string, (visit: Visit) => Knock[]>

export type Door = keyof typeof doors

// --- utils ---

const anyone = ['0.0.0.0/0', '::/0']

const familyOf = (address: string) => (isIP(address) === 6 ? 'IPv6' : 'IPv4')
const sameFamily = (from: string) => (address: string) => isIP(address) === isIP(from)
const url = (address: string, port: number) => `http://${urlHost(address)}:${port}/`

const nodeAddress = ({ cluster, from }: Pick<Visit, 'cluster' | 'from'>, index: number) =>
  cluster.addressing.node(index, 'front')[familyOf(from) === 'IPv6' ? 'ipv6' : 'ipv4']

/** Every pair of one of these and one of those. */
const pairs = <A, B>(these: readonly A[], those: readonly B[]): [A, B][] =>
  these.flatMap((one) => those.map((other): [A, B] => [one, other]))

/** One HTTP request, to a name's address where the URL has a name. */
function request({ cluster, who }: Pick<Visit, 'cluster' | 'who'>, at: string, resolve?: string) {
  return {
    at: resolve ? `${at} (${resolve})` : at,
    send: () => cluster.in(who).http(at, resolve ? { resolve } : {}),
  }
}
