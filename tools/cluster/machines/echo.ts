/**
 * App2: answers each request and each datagram with who it is and from where the request came.
 *   node --import tsx echo.ts FILE
 * where FILE has `{"machine": NAME, "tcp": [PORT…], "udp": [{"address": IP, "port": PORT}…]}`: thousands of ports are
 * too long for an argument.
 *
 * Some paths, which nobody's values have, are told apart: `/echo:slow/MILLISECONDS` is answered that late; after `/echo:ill` all requests, on all of these
 * ports, are answered with 503 until `/echo:well`; `/echo:accepted` is answered with what all of these ports have accepted, see
 * accepted.ts, and `/echo:accepted/N` with what came after the first N.
 */
import { createSocket } from 'node:dgram'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import * as http2 from 'node:http2'
import { isIPv6, createServer as listener, type Socket } from 'node:net'
import type { Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { TLSSocket } from 'node:tls'
import { framed } from './grpc.ts'

/** A connection that App2 accepted, or a datagram that it got. */
export interface Accepted {
  protocol: 'tcp' | 'udp'
  local: { address: string; port: number }
  /** Whom App2 saw: a node, or the controller's Envoy, where those stand between. */
  peer: { address: string; port: number }
  /** When, as Date.now() says it. */
  at: number
}

/** The name of the machine that it runs on, and what it answers on. Ports are of every address. */
export interface EchoServer {
  machine: string
  /** Ports of HTTP/1.1. */
  tcp: number[]
  /** Ports of HTTP/2 by prior knowledge, and of gRPC over it. HTTP/1.1 is not understood there. */
  h2c?: number[]
  /** Ports of HTTP/1.1, HTTP/2 and gRPC over TLS, each with its certificate and key as PEM. */
  tls?: { port: number; cert: string; key: string }[]
  /** Ports where it speaks first, as SMTP does: `220 hello from MACHINE at ADDRESS port PORT`. Then it sends back what it gets. */
  greeting?: number[]
  /** Datagrams are answered from the very address that they came to. */
  udp: { address: string; port: number }[]
}

/** What it answers, as JSON. */
export interface Echo {
  /** The machine that answers. */
  machine: string
  /** Its own address and port, as the request named them. */
  local: { address: string; port: number }
  /** The address that it saw the request come from. */
  peer: string
  /** As ALPN would name it, which h2c and UDP do without. */
  protocol: 'http/1.1' | 'h2c' | 'h2' | 'udp'
  /** The TLS server name that it was asked for; left out without TLS, and where none was given. */
  serverName?: string
  /** What HTTP says of the request: its method, Host or `:authority`, path with query, and headers. */
  method?: string
  authority?: string
  path?: string
  headers: Record<string, string | string[] | undefined>
}

serve(JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')))

// --- utils ---

type HttpRequest = IncomingMessage | http2.Http2ServerRequest
type HttpResponse = ServerResponse | http2.Http2ServerResponse

function serve({ machine, tcp, h2c = [], tls = [], greeting = [], udp }: EchoServer): void {
  const accepted: Accepted[] = []
  const note = (one: Omit<Accepted, 'at'>) => accepted.push({ ...one, at: Date.now() })
  const connected = (socket: Socket) => note({ protocol: 'tcp', ...endsOf(socket) })
  const answer = answerer(machine, accepted)
  // A client's connection stays open however long it says nothing.
  const options = { keepAliveTimeout: 0 }
  for (const port of tcp) createServer(options, answer).on('connection', connected).listen(port, '::')
  for (const port of h2c) http2.createServer(answer).on('connection', connected).listen(port, '::')
  for (const { port, ...pair } of tls) {
    const server = http2.createSecureServer({ ...pair, allowHTTP1: true }, answer)
    server.on('connection', connected).listen(port, '::')
  }
  for (const port of greeting) {
    listener((socket) => greet(socket, machine))
      .on('connection', connected)
      .listen(port, '::')
  }
  for (const local of udp) {
    const socket = createSocket(isIPv6(local.address) ? 'udp6' : 'udp4')
    socket.on('message', (_, { address: peer, port }) => {
      note({ protocol: 'udp', local, peer: { address: peer, port } })
      const echo: Echo = { machine, local, peer, protocol: 'udp', headers: {} }
      socket.send(JSON.stringify(echo), port, peer)
    })
    socket.bind(local.port, local.address)
  }
}

/** What answers HTTP and gRPC, on all ports alike. */
function answerer(machine: string, accepted: readonly Accepted[]) {
  let ill = false
  return async (request: HttpRequest, response: HttpResponse): Promise<void> => {
    const echo = echoOf(request, machine)
    const [, word, number = 0] = echo.path?.split('/') ?? []
    if (word === 'echo:slow') await sleep(Number(number))
    if (word === 'echo:ill' || word === 'echo:well') ill = word === 'echo:ill'
    const body: Writable = response
    const type = request.headers['content-type']
    response.statusCode = ill ? 503 : 200
    if (type?.startsWith('application/grpc')) {
      response.setHeader('content-type', type)
      response.addTrailers({ 'grpc-status': ill ? '14' : '0' })
      body.end(framed(JSON.stringify(echo)))
    } else {
      response.setHeader('content-type', 'application/json')
      body.end(JSON.stringify(word === 'echo:accepted' ? accepted.slice(Number(number)) : echo))
    }
  }
}

function greet(socket: Socket, machine: string): void {
  const { address, port } = endsOf(socket).local
  socket.on('error', () => socket.destroy()).write(`220 hello from ${machine} at ${address} port ${port}\r\n`)
  socket.pipe(socket)
}

/** A connection's two ends: the address and port that were asked, and those of who asks. */
function endsOf({ localAddress, localPort = 0, remoteAddress, remotePort = 0 }: Socket) {
  return {
    local: { address: plain(localAddress), port: localPort },
    peer: { address: plain(remoteAddress), port: remotePort },
  }
}

function echoOf(request: HttpRequest, machine: string): Echo {
  const { socket, headers, method = '', url: path = '' } = request
  const serverName = socket instanceof TLSSocket && socket.servername
  const http2Name = socket instanceof TLSSocket ? 'h2' : 'h2c'
  const { local, peer } = endsOf(socket)
  return {
    machine,
    local,
    peer: peer.address,
    protocol: request.httpVersionMajor === 2 ? http2Name : 'http/1.1',
    ...(serverName && { serverName }),
    method,
    path,
    headers,
    authority: String(headers[':authority'] ?? headers.host),
  }
}

/** An IPv4 address without the prefix that it has on a socket for both families. */
function plain(address = ''): string {
  return address.replace(/^::ffff:(?=\d+\.)/, '')
}
