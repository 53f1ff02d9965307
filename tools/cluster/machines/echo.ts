/**
 * App2: answers each request and each datagram with who it is and from where the request came.
 *   node --import tsx echo.ts '{"host": NAME, "tcp": [PORT…], "udp": [{"address": IP, "port": PORT}…]}'
 *
 * Some paths are told apart: `/slow/MILLISECONDS` is answered that late; after `/ill` all requests, on all of these
 * ports, are answered with 503 until `/well`; `/accepted` is answered with what all of these ports have accepted, see
 * accepted.ts.
 */
import { createSocket } from 'node:dgram'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import * as http2 from 'node:http2'
import { isIPv6, createServer as listener, type Socket } from 'node:net'
import type { Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { TLSSocket } from 'node:tls'
import type { Accepted } from './accepted.ts'
import { framed } from './grpc.ts'

/** What a host answers on. Ports are of every address. */
export interface Answers {
  /** The host's name. */
  host: string
  /** Ports of HTTP/1.1. */
  tcp: number[]
  /** Ports of HTTP/2 by prior knowledge, and of gRPC over it. HTTP/1.1 is not understood there. */
  h2c?: number[]
  /** Ports of HTTP/1.1, HTTP/2 and gRPC over TLS, each with its certificate and key as PEM. */
  tls?: { port: number; cert: string; key: string }[]
  /** Ports where it speaks first, as SMTP does: `220 hello from HOST`. Then it sends back what it gets. */
  greeting?: number[]
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

const { host, tcp, h2c = [], tls = [], greeting = [], udp }: Answers = JSON.parse(process.argv[2] ?? '')
const accepted: Accepted[] = []
let ill = false

for (const port of tcp) createServer(answer).on('connection', connected).listen(port, '::')
for (const port of h2c) http2.createServer(answer).on('connection', connected).listen(port, '::')
for (const { port, ...pair } of tls) {
  http2
    .createSecureServer({ ...pair, allowHTTP1: true }, answer)
    .on('connection', connected)
    .listen(port, '::')
}
for (const port of greeting) listener(greet).on('connection', connected).listen(port, '::')
for (const local of udp) {
  const socket = createSocket(isIPv6(local.address) ? 'udp6' : 'udp4')
  socket.on('message', (_, { address: peer, port }) => {
    note({ protocol: 'udp', local, peer: { address: peer, port } })
    const echo: Echo = { host, local, peer, protocol: 'udp', headers: {} }
    socket.send(JSON.stringify(echo), port, peer)
  })
  socket.bind(local.port, local.address)
}

// --- utils ---

function note(one: Omit<Accepted, 'at'>): void {
  accepted.push({ ...one, at: Date.now() })
}

function connected({ localAddress, localPort = 0, remoteAddress, remotePort = 0 }: Socket): void {
  note({
    protocol: 'tcp',
    local: { address: plain(localAddress), port: localPort },
    peer: { address: plain(remoteAddress), port: remotePort },
  })
}

function greet(socket: Socket): void {
  socket.on('error', () => socket.destroy()).write(`220 hello from ${host}\r\n`)
  socket.pipe(socket)
}

async function answer(
  request: IncomingMessage | http2.Http2ServerRequest,
  response: ServerResponse | http2.Http2ServerResponse,
): Promise<void> {
  const echo = echoOf(request)
  const [, word, milliseconds] = echo.path?.split('/') ?? []
  if (word === 'slow') await sleep(Number(milliseconds))
  if (word === 'ill' || word === 'well') ill = word === 'ill'
  const body: Writable = response
  const type = request.headers['content-type']
  response.statusCode = ill ? 503 : 200
  if (type?.startsWith('application/grpc')) {
    response.setHeader('content-type', type)
    response.addTrailers({ 'grpc-status': ill ? '14' : '0' })
    body.end(framed(JSON.stringify(echo)))
  } else {
    response.setHeader('content-type', 'application/json')
    body.end(JSON.stringify(word === 'accepted' ? accepted : echo))
  }
}

function echoOf(request: IncomingMessage | http2.Http2ServerRequest): Echo {
  const { socket, headers, method = '', url: path = '' } = request
  const serverName = socket instanceof TLSSocket && socket.servername
  const http2Name = socket instanceof TLSSocket ? 'h2' : 'h2c'
  return {
    host,
    local: { address: plain(socket.localAddress), port: socket.localPort ?? 0 },
    peer: plain(socket.remoteAddress),
    protocol: request.httpVersionMajor === 2 ? http2Name : 'http/1.1',
    ...(serverName && { serverName }),
    ...{ method, path, headers },
    authority: String(headers[':authority'] ?? headers.host),
  }
}

/** An IPv4 address without the prefix that it has on a socket for both families. */
function plain(address = ''): string {
  return address.replace(/^::ffff:(?=\d+\.)/, '')
}
