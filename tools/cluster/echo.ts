/**
 * App2: answers each HTTP request and each datagram with who it is and from where the request came.
 *   node --import tsx echo.ts '{"host": NAME, "tcp": [PORT…], "udp": [{"address": IP, "port": PORT}…]}'
 */
import { createSocket } from 'node:dgram'
import { createServer } from 'node:http'
import { isIPv6 } from 'node:net'

/** What a host answers on. */
export interface Answers {
  /** The host's name. */
  host: string
  /** Ports of HTTP, on every address. */
  tcp: number[]
  /** Datagrams are answered from the very address that they came to. */
  udp: { address: string; port: number }[]
}

/** What it answers, as JSON. */
export interface Echo {
  /** The host's name. */
  host: string
  /** Its own address and port, as the request named them. */
  local: { address: string; port: number }
  /** The address that it saw the request come from. */
  peer: string
  headers: Record<string, string | string[] | undefined>
}

const { host, tcp, udp }: Answers = JSON.parse(process.argv[2] ?? '')
for (const port of tcp) {
  createServer(({ socket, headers }, response) => {
    const local = { address: plain(socket.localAddress), port }
    const echo: Echo = { host, local, peer: plain(socket.remoteAddress), headers }
    response.setHeader('content-type', 'application/json').end(JSON.stringify(echo))
  }).listen(port, '::')
}
for (const local of udp) {
  const socket = createSocket(isIPv6(local.address) ? 'udp6' : 'udp4')
  socket.on('message', (_, { address: peer, port }) => {
    socket.send(JSON.stringify({ host, local, peer, headers: {} } satisfies Echo), port, peer)
  })
  socket.bind(local.port, local.address)
}

/** An IPv4 address without the prefix that it has on a socket for both families. */
function plain(address = ''): string {
  return address.replace(/^::ffff:(?=\d+\.)/, '')
}
