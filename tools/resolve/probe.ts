import { request as httpRequest } from 'node:http'
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
 * Does App2 answer at an address: by TCP at each TCP port of the proxy, by HTTP at its Ingress's port or first one?
 * Any answer to HTTP counts but one of 500 and more.
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

function speaksHttp(host: string, port: number, proxy: ProxyValues, timeout: number): Promise<boolean> {
  const { protocol = 'http', host: hostHeader, healthCheck } = proxy.backend ?? {}
  const isTls = protocol.endsWith('s')
  const options = {
    host,
    port,
    timeout,
    path: healthCheck?.path || '/',
    ...(hostHeader && { headers: { host: hostHeader }, servername: hostHeader }),
    rejectUnauthorized: false, // asked is whether it lives, not who it is
  }
  return new Promise((done) => {
    const asked = (isTls ? httpsRequest : httpRequest)(options, (response) => {
      response.destroy()
      done((response.statusCode ?? 500) < 500)
    })
    asked
      .once('timeout', () => asked.destroy())
      .once('error', () => done(false))
      .once('close', () => done(false))
      .end()
  })
}
