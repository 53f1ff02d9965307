import { app2Addresses, type MachinePlan } from './machines.ts'
import type { ProxyPlan } from './proxy.ts'

/** A TCP port is of each of the machine's addresses, a UDP port of one. */
export interface EchoServerPlan {
  machine: string
  tcp: number[]
  /** Where it speaks first. */
  greeting: number[]
  udp: { address: string; port: number }[]
  /** One of its TCP ports to which no door leads: there it is asked what it has accepted. */
  asked: number
}

/** Ports of protocols in which the server speaks first: FTP, SSH, SMTP, POP3, IMAP, MySQL. */
const greeters = [21, 22, 25, 110, 143, 587, 3306]

/** Where App2 is asked whom it accepted, unless a door leads to that port. */
export const usualAskedPort = 4000

/** App2's ports on which it speaks first: those of such protocols that nothing leads to by HTTP. */
export function greetingPorts(proxies: readonly ProxyPlan[]): number[] {
  const byHttp = proxies.flatMap(({ hostNames, routes }) => [
    ...hostNames.map(({ targetPort }) => targetPort),
    ...routes.flatMap(({ protocol, targetPort }) => (protocol === 'tcp' ? [] : targetPort)),
  ])
  const greeting = tcpPorts(proxies).filter((one) =>
    greeters.some((port) => Object.values(one).includes(port)),
  )
  return unique(greeting.map(({ targetPort }) => targetPort)).filter((port) => !byHttp.includes(port))
}

/** What App2 answers on, on each machine that is somebody's App2. */
export function echoServersFor(
  machines: readonly MachinePlan[],
  proxies: readonly ProxyPlan[],
  greeting: number[],
): EchoServerPlan[] {
  const taken = unique(tcpPorts(proxies).map(({ targetPort }) => targetPort))
  const asked =
    [usualAskedPort, ...taken.map((port) => port + 1)].find((port) => !taken.includes(port)) ?? usualAskedPort
  const tcp = [...taken.filter((port) => !greeting.includes(port)), asked]
  const app2 = new Set(app2Addresses(proxies))
  const datagrams = datagramPlaces(proxies)
  return machines.flatMap(({ name: machine, addresses }) => {
    const own = addresses.filter((address) => app2.has(address))
    if (own.length === 0) return []
    const udp = datagrams.filter(({ address }) => own.includes(address))
    return [{ machine, tcp, greeting, udp, asked }]
  })
}

// --- utils ---

const unique = <T>(values: readonly T[]) => [...new Set(values)]

const tcpPorts = (proxies: readonly ProxyPlan[]) =>
  proxies.flatMap(({ ports }) => ports.filter(({ protocol }) => protocol === 'TCP'))

/** Where datagrams are answered: on each proxy's own addresses and ports, since each place takes a socket. */
function datagramPlaces(proxies: readonly ProxyPlan[]): EchoServerPlan['udp'] {
  const places = proxies.flatMap(({ ready, drained, ports }) =>
    ports
      .filter(({ protocol }) => protocol === 'UDP')
      .flatMap(({ targetPort: port }) => [...ready, ...drained].map((address) => ({ address, port }))),
  )
  return [...new Map(places.map((place) => [`${place.address} ${place.port}`, place])).values()]
}
