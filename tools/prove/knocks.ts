import { isIP } from 'node:net'
import { type Client, isInside } from './clients.ts'
import type { DoorRef } from './door-ref.ts'
import type { ProxyPlan } from './proxy.ts'

/** The ways to App2, in the order in which they are tried. */
export const doors = [
  'straight to App2',
  'load balancer',
  'host name',
  'route',
  'controller',
  'node port',
  'ClusterIP',
] as const
export type Door = (typeof doors)[number]

/**
 * Where somebody knocks. Only App2's own addresses are known before the release is installed; what the cluster gives
 * is said by whose it is, and places.ts fills the addresses in.
 */
type Place =
  | { of: 'App2'; address: string; port: number }
  | { of: 'load balancer'; service: string; port: number }
  /** Tried by each node. */
  | { of: 'ClusterIP'; service: string; port: number }
  /** Each node, at the port that it gives this port of the Service. */
  | { of: 'nodes'; service: string; port: number; transport: 'TCP' | 'UDP' }
  /** What serves Ingresses. */
  | { of: 'Ingress controller'; port: number }
  | { of: 'Gateway'; gateway: string; port: number }
  /** The ClusterIP, node ports and pods of what serves a Gateway, or Ingresses. */
  | { of: 'controller'; gateway?: string; port: number }

/** One knock at a door. */
export interface Knock {
  /** The Service's name. */
  proxy: string
  door: Door
  client: Client
  place: Place
  /** `tcp`: it says nothing, and waits for App2 to greet. */
  protocol: 'http' | 'https' | 'tcp' | 'udp'
  hostName?: string
  path?: string
  method?: string
  headers?: Record<string, string>
  /** Does it lead to App2, by the values? */
  open: boolean
  /** Where no word of the values opens it, but what they run on does: what else must hold it. */
  notHeld?: string
  /** The port of App2 that it leads to. */
  targetPort: number
  /** Of a host name or route, the door that the judge knows it by. */
  of?: DoorRef
}

/**
 * Every knock at a proxy's doors, by each of its clients.
 * @param greeting App2's ports on which it speaks first
 */
export const knocksAt = (proxy: ProxyPlan, greeting: readonly number[] = []): Knock[] =>
  proxy.clients.flatMap((client) =>
    doors.flatMap((door) =>
      ways[door](proxy, client).map(({ protocol, ...way }) => ({
        proxy: proxy.name,
        door,
        client,
        ...way,
        protocol: protocol === 'tcp' && !greeting.includes(way.targetPort) ? 'http' : protocol,
      })),
    ),
  )

// --- utils ---

type Way = Omit<Knock, 'proxy' | 'door' | 'client'>

/** What there is to knock at for somebody, by the door. */
const ways: Record<Door, (proxy: ProxyPlan, client: Client) => Way[]> = {
  'straight to App2': ({ ready, drained, ports }, client) =>
    [...ready, ...drained].filter(sameFamily(client)).flatMap((address) =>
      ports.map(({ targetPort, protocol }) => ({
        place: { of: 'App2', address, port: targetPort },
        protocol: speech[protocol],
        open: false, // The two networks are apart: that is the reason for it all.
        targetPort,
      })),
    ),

  'load balancer': (proxy, client) =>
    proxy.ports.map(({ port, targetPort, protocol }) => ({
      place: { of: 'load balancer', service: proxy.name, port },
      protocol: speech[protocol],
      open: proxy.loadBalancer && isInside(client.address, proxy.sourceRanges) && leads(proxy, client),
      targetPort,
    })),

  'host name': (proxy, client) =>
    proxy.hostNames.map(({ hostName, path, targetPort, https, of }) => ({
      of,
      place: { of: 'Ingress controller', port: https ? 443 : 80 },
      protocol: https ? 'https' : 'http',
      hostName,
      path,
      open: isLetIn(proxy, client),
      targetPort,
    })),

  route: (proxy, client) =>
    proxy.routes.map(({ gateway, port, hostName, ...request }) => ({
      place: { of: 'Gateway', gateway, port },
      ...request,
      ...(hostName && { hostName }),
      open: isLetIn(proxy, client),
    })),

  // Who comes by these looks like a node to it, so App1 may be refused; one intruder of each family will do.
  controller: (proxy, client) =>
    client.who === 'intruder' && !isLetIn(proxy, client)
      ? [...ways['host name'](proxy, client), ...ways.route(proxy, client)].map(({ place, of, ...way }) => ({
          ...way,
          place: {
            of: 'controller',
            port: place.port,
            ...('gateway' in place && place.gateway && { gateway: place.gateway }),
          },
        }))
      : [],

  'node port': (proxy, client) =>
    proxy.ports.map(({ port, targetPort, protocol }) => ({
      place: { of: 'nodes', service: proxy.name, port, transport: protocol },
      protocol: speech[protocol],
      open: proxy.nodePort && leads(proxy, client),
      ...(proxy.nodePortNotHeld && leads(proxy, client) && { notHeld: proxy.nodePortNotHeld }),
      targetPort,
    })),

  ClusterIP: (proxy, client) =>
    proxy.ports.map(({ port, targetPort, protocol }) => ({
      place: { of: 'ClusterIP', service: proxy.name, port },
      protocol: speech[protocol],
      open: proxy.clusterIP === true && leads(proxy, client),
      targetPort,
    })),
}

/** What is spoken to a door that only carries bytes; by `tcp`, what App2 speaks. */
const speech = { TCP: 'tcp', UDP: 'udp' } as const

const sameFamily = (client: Client) => (address: string) => isIP(address) === isIP(client.address)

/** A Service leads to addresses of the client's own family alone, and only to those that are not drained. */
const leads = ({ ready }: ProxyPlan, client: Client) => ready.some(sameFamily(client))

const isLetIn = ({ ready, sourceRanges }: ProxyPlan, client: Client) =>
  ready.length > 0 && isInside(client.address, sourceRanges)
