import type { Proxy as ProxyValues } from '../../schema/generated/values.ts'
import { doorKind, type RouteKind } from '../../schema/kinds.ts'
import { type Gateways, type ListenerPlan, listenersOf, type RouteAndPort, routesToTry } from './routes.ts'

/** A Gateway that routes hang on, and that is not of the values themselves. */
export interface GatewayPlan {
  namespace: string
  name: string
  listeners: Record<string, ListenerPlan>
}

/** What a route asks of such a Gateway. */
interface Wish {
  namespace: string
  name: string
  kind: RouteKind
  sectionName: string
  port: number | undefined
  /** Of the Service: where TCP and UDP are asked for at no port, it is the one that is meant. */
  servicePort: number
  hostname: string | undefined
}

/**
 * The Gateways that routes hang on and that the values don't make, with the listeners that the routes ask for: HTTPS
 * where a section's name or port says so. Each gets a port of its own unless the routes name one; of two on one port
 * the second has its route's host name.
 * @param own those that the values make
 */
export function inventedGateways(
  proxies: readonly ProxyValues[],
  release: { namespace: string },
  own: Gateways,
): GatewayPlan[] {
  const gateways = new Map<string, GatewayPlan>()
  const wishes = proxies
    .flatMap((values) => routesToTry(values).flatMap((one) => wishesOf(one, release)))
    .filter(({ namespace, name }) => !own[`${namespace}/${name}`])
  // Who names a port gets it.
  const inOrder = [...wishes.filter(({ port }) => port), ...wishes.filter(({ port }) => !port)]
  for (const wish of inOrder) {
    const { namespace, name } = wish
    const key = `${namespace}/${name}`
    const gateway = gateways.get(key) ?? { namespace, name, listeners: {} }
    gateways.set(key, gateway)
    Object.assign(gateway.listeners, listenerFor(wish, gateway.listeners))
  }
  return [...gateways.values()]
}

// --- utils ---

function wishesOf({ route, port }: RouteAndPort, release: { namespace: string }): Wish[] {
  const { kind = 'HTTPRoute', parentRefs = [], hostnames = [] } = route
  return parentRefs.map((parent) => ({
    namespace: parent.namespace || route.namespace || release.namespace,
    name: parent.name,
    kind,
    sectionName: parent.sectionName ?? '',
    port: parent.port,
    servicePort: port.port ?? 80,
    hostname: hostnames[0],
  }))
}

/** The listener to add for a wish; none where one that is there will do, or where its port is another's. */
function listenerFor(wish: Wish, there: GatewayPlan['listeners']): GatewayPlan['listeners'] {
  const { sectionName, kind, hostname } = wish
  if (sectionName in there || (!sectionName && listenersOf(there, wish, kind).length > 0)) return {}
  const protocol = protocolOf(wish)
  const port = wish.port ?? freePort(usualPort(protocol, wish), protocol, there)
  const name = sectionName || `${protocol.toLowerCase()}-${port}`
  const others = Object.values(there).filter((one) => one.port === port && isUdp(one) === isUdp({ protocol }))
  if (others.length === 0) return { [name]: { port, protocol } }
  const toldApart = hostname && others.every((one) => one.protocol === protocol && one.hostname !== hostname)
  return toldApart ? { [name]: { port, protocol, hostname } } : {}
}

const isUdp = ({ protocol }: Pick<ListenerPlan, 'protocol'>) => protocol === 'UDP'

function protocolOf({ kind, port, sectionName }: Wish): ListenerPlan['protocol'] {
  const [only] = doorKind(kind).route?.listeners ?? []
  if (only === 'TCP' || only === 'UDP') return only
  return port === 443 || port === 8443 || /https|tls/.test(sectionName) ? 'HTTPS' : 'HTTP'
}

function usualPort(protocol: ListenerPlan['protocol'], { servicePort }: Wish): number {
  if (protocol === 'HTTP') return 80
  return protocol === 'HTTPS' ? 443 : servicePort
}

/** The first port from there on that no listener of that transport has. */
function freePort(from: number, protocol: ListenerPlan['protocol'], there: GatewayPlan['listeners']): number {
  const taken = Object.values(there)
    .filter((one) => isUdp(one) === isUdp({ protocol }))
    .map(({ port }) => port)
  let port = from
  while (taken.includes(port)) port += 1
  return port
}
