import { request as httpRequest } from 'node:http'
import { connect as http2Connect } from 'node:http2'
import { request as httpsRequest } from 'node:https'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Proxy as ProxyValues } from '../../schema/generated/values.ts'

/** How an address is asked whether it lives. */
export interface ProbeOptions {
  how: 'tcp' | 'http'
  /** How often it is asked before it counts as dead. */
  tries: number
  /** How long each try may take, and how long the pause after it is, in milliseconds. */
  timeout: number
}

/**
 * Does App2 answer at an address: by TCP at each TCP port of the proxy, by HTTP at its Ingress's port or first one, in
 * the protocol that it speaks? Any answer to HTTP counts but one of 500 and more.
 * @param proxy the proxy's values, with the defaults merged under it
 */
export async function answers(ip: string, proxy: ProxyValues, options: ProbeOptions): Promise<boolean> {
  const ports = Object.entries(proxy.ports ?? {}).flatMap(([name, { port, targetPort, protocol }]) => {
    const number = targetPort ?? port
    return (protocol ?? 'TCP') === 'TCP' && number !== undefined ? [{ name, number }] : []
  })
  if (ports.length === 0) return true
  for (let tried = 0; tried < options.tries; tried++) {
    if (tried > 0) await sleep(options.timeout)
    if (await answersOnce(ip, proxy, ports, options)) return true
  }
  return false
}

// --- utils ---

interface Port {
  name: string
  number: number
}

async function answersOnce(
  ip: string,
  proxy: ProxyValues,
  ports: readonly Port[],
  { how, timeout }: ProbeOptions,
): Promise<boolean> {
  if (how === 'http') {
    const port = ports.find(({ name }) => name === proxy.ingress?.port) ?? ports[0]
    return port !== undefined && speaksHttp(ip, port.number, proxy, timeout)
  }
  const connected = await Promise.all(ports.map(({ number }) => accepts(ip, number, timeout)))
  return connected.every(Boolean)
}

const accepts = (host: string, port: number, timeout: number): Promise<boolean> =>
  new Promise((done) => {
    const socket = connect({ host, port, timeout })
    const end = (accepted: boolean) => {
      socket.destroy()
      done(accepted)
    }
    socket
      .once('connect', () => end(true))
      .once('timeout', () => end(false))
      .once('error', () => end(false))
  })

async function speaksHttp(ip: string, port: number, proxy: ProxyValues, timeout: number): Promise<boolean> {
  const { protocol = 'http', host, tls, healthCheck } = proxy.backend ?? {}
  const ask = protocol === 'http' || protocol === 'https' ? http1Status : http2Status
  const serverName = tls?.serverName || host
  const status = await ask({
    ip,
    port,
    isTls: protocol.endsWith('s'),
    isGrpc: protocol.startsWith('grpc'),
    path: healthCheck?.path || '/',
    ...(host && { host }),
    // Asked is whether it lives, not who it is.
    tls: { rejectUnauthorized: false, ...(serverName && { servername: serverName }) },
    signal: AbortSignal.timeout(timeout), // Of all: one that says a byte now and then lives no more.
  })
  return status < 500
}

interface Question {
  ip: string
  port: number
  isTls: boolean
  isGrpc: boolean
  path: string
  host?: string
  tls: { rejectUnauthorized: boolean; servername?: string }
  signal: AbortSignal
}

/** The status of an answer; that of one who gave none is 599. */
const http1Status = ({ ip, port, isTls, path, host, tls, signal }: Question): Promise<number> =>
  new Promise((done) => {
    const options = { host: ip, port, path, signal, ...(host && { headers: { host } }), ...tls }
    const none = () => done(599)
    const asked = (isTls ? httpsRequest : httpRequest)(options, (response) => {
      response.destroy()
      done(response.statusCode ?? 599)
    })
    asked.once('error', none).once('close', none).end()
  })

/** The same by HTTP/2, without an upgrade. Who speaks gRPC answers its own calls alone: that it speaks is enough. */
const http2Status = ({ ip, port, isTls, isGrpc, path, host, tls, signal }: Question): Promise<number> =>
  new Promise((done) => {
    const address = `${ip.includes(':') ? `[${ip}]` : ip}:${port}`
    const session = http2Connect(`http${isTls ? 's' : ''}://${address}`, tls)
    const end = (status = 599) => {
      session.destroy()
      done(status)
    }
    signal.addEventListener('abort', () => end())
    session.once('error', () => end()).once('close', () => end())
    if (isGrpc) return session.once('remoteSettings', () => end(200))
    const asked = session.request({ ':path': path, ':authority': host ?? address })
    return asked
      .once('response', (headers) => end(headers[':status']))
      .once('error', () => end())
      .end()
  })
