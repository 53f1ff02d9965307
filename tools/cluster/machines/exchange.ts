import { once } from 'node:events'
import * as http from 'node:http'
import * as http2 from 'node:http2'
import { connect, isIP, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { connect as connectTls } from 'node:tls'
import { framed, unframed } from './grpc.ts'
import { type Answer, type Request, urlHost } from './request.ts'

/** Opens a request's connection; TLS begins with the server name and the trust that it asks for. */
export function dial({
  protocol,
  address,
  port,
  from,
  sourcePort,
  host = '',
  serverName,
  ca,
  keepAlive = 0,
}: Request): Socket {
  const kept = { keepAlive: keepAlive > 0, keepAliveInitialDelay: keepAlive * 1000 }
  const options = { host: address, port, localAddress: from, localPort: sourcePort, ...kept }
  if (protocol !== 'https' && protocol !== 'grpcs') return connect(options)
  const name = host.replace(/:\d+$/, '')
  return connectTls({
    ...options,
    servername: serverName ?? (isIP(name.replace(/^\[|\]$/g, '')) ? '' : name),
    ALPNProtocols: [protocol === 'https' ? 'http/1.1' : 'h2'],
    // Where no authority is named, whose certificate it is says nothing of who gets through.
    ...(ca ? { ca } : { rejectUnauthorized: false }),
  })
}

/**
 * Sends a request on its connection, and gives the answer.
 * @param agent keeps a connection of HTTP/1.1 for the next request; it is closed after the answer where left out
 * @throws Error of node:net, node:tls or node:http2 where there is none
 */
export function exchange(socket: Socket, request: Request, agent?: http.Agent): Promise<Answer> {
  if (request.protocol === 'tcp') return firstWord(socket)
  return request.protocol.startsWith('http') ? overHttp1(socket, request, agent) : overHttp2(socket, request)
}

/** What the other side says next. @throws Error where it closes instead */
export async function firstWord(socket: Socket): Promise<Answer> {
  const settled = new AbortController()
  const { signal } = settled
  const closed = (socket.destroyed ? Promise.resolve() : once(socket, 'close', { signal })).then(() => {
    throw Object.assign(new Error('closed without a word'), { code: 'ECONNRESET' })
  })
  try {
    const [word] = await Promise.race([once(socket, 'data', { signal }), closed])
    return { status: 200, headers: {}, body: String(word) }
  } finally {
    settled.abort()
  }
}

// --- utils ---

const authority = ({ host, address, port }: Request) => host || `${urlHost(address)}:${port}`

function overHttp1(socket: Socket, request: Request, agent?: http.Agent): Promise<Answer> {
  const options: http.RequestOptions = {
    ...(agent ? { agent } : { createConnection: () => socket }),
    method: request.method ?? 'GET',
    path: request.path ?? '/',
    headers: { host: authority(request), ...request.headers },
  }
  return new Promise((resolve, reject) => {
    const sent = http.request(options, (response) => {
      const { statusCode: status = 0, headers } = response
      text(response).then((body) => resolve({ status, headers, body }), reject)
    })
    sent.on('error', reject).end()
  })
}

function overHttp2(socket: Socket, request: Request): Promise<Answer> {
  const { protocol, method = 'GET', path = '/' } = request
  const grpc = protocol !== 'h2c'
  const origin = `${protocol === 'grpcs' ? 'https' : 'http'}://${urlHost(request.address)}`
  return new Promise((resolve, reject) => {
    const session = http2.connect(origin, { createConnection: () => socket })
    session.on('error', reject)
    const stream = session.request({
      // As it is written: the origin's would have the port, always.
      ':authority': authority(request),
      ':method': grpc ? 'POST' : method,
      ':path': path,
      ...(grpc && { 'content-type': 'application/grpc+json', te: 'trailers' }),
      ...request.headers,
    })
    let headers: http2.IncomingHttpHeaders & http2.IncomingHttpStatusHeader = {}
    let trailers: http2.IncomingHttpHeaders = {}
    const parts: Buffer[] = []
    stream.on('response', (received) => {
      headers = received
    })
    stream.on('trailers', (received) => {
      trailers = received
    })
    stream.on('data', (part: Buffer) => parts.push(part))
    stream.on('error', reject)
    stream.on('close', () => {
      const status = headers[':status']
      const body = Buffer.concat(parts)
      // An answer that is an error alone has it among its headers.
      const grpcStatus = grpc && (trailers['grpc-status'] ?? headers['grpc-status'])
      if (status === undefined) reject(new Error('the connection was closed without an answer'))
      else if (!grpc) resolve({ status, headers, body: body.toString() })
      else
        resolve({
          status,
          headers,
          body: unframed(body),
          ...(grpcStatus && { grpcStatus: Number(grpcStatus) }),
        })
    })
    stream.end(grpc ? framed('{}') : undefined)
  })
}
