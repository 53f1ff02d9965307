/**
 * Sends requests for a machine outside of the cluster, in whose network namespace it runs: takes `{id, request}`
 * by message and answers `{id, outcome}`.
 */
import { createSocket } from 'node:dgram'
import * as http from 'node:http'
import * as https from 'node:https'
import { isIPv6 } from 'node:net'
import type { Echo } from './echo.ts'
import type { Outcome, Request } from './request.ts'

process.on('message', async ({ id, request }: { id: number; request: Request }) => {
  const outcome = await (request.protocol === 'udp' ? datagram(request) : overHttp(request))
  process.send?.({ id, outcome })
})
// Its driver is gone.
process.on('disconnect', () => process.exit())

// --- utils ---

const deadline = ({ seconds = 2 }: Request) => seconds * 1000

/** A new connection for each, since kube-proxy decides where one goes when it begins. */
function overHttp(request: Request): Promise<Outcome> {
  const { protocol, address, port, from, sourcePort, host, path, headers } = request
  const options: https.RequestOptions = {
    host: address,
    port,
    path: path ?? '/',
    headers: { ...(host && { host }), ...headers },
    agent: false,
    ...(from && { localAddress: from }),
    ...(sourcePort && { localPort: sourcePort }),
    // Whose certificate it is says nothing of who gets through.
    ...(protocol === 'https' && { servername: host ?? '', rejectUnauthorized: false }),
  }
  return new Promise((resolve) => {
    const sent = (protocol === 'https' ? https : http).request(options, async (response) => {
      const body = await text(response).catch((error: Error) => error)
      clearTimeout(timer)
      if (body instanceof Error) resolve(failureOf(body))
      else resolve({ status: response.statusCode ?? 0, body, ...echoOf(body) })
    })
    const timer = setTimeout(() => {
      resolve({ failure: 'timed out', detail: `nothing within ${deadline(request) / 1000} s` })
      sent.destroy()
    }, deadline(request))
    sent.on('error', (error) => {
      clearTimeout(timer)
      resolve(failureOf(error))
    })
    sent.end()
  })
}

function datagram(request: Request): Promise<Outcome> {
  const { address, port, from, sourcePort } = request
  const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4')
  return new Promise<Outcome>((resolve) => {
    const timer = setTimeout(() => {
      resolve({ failure: 'timed out', detail: `nothing within ${deadline(request) / 1000} s` })
    }, deadline(request))
    timer.unref()
    socket.on('error', (error) => resolve(failureOf(error)))
    socket.on('message', (message) => {
      const body = message.toString()
      resolve({ status: 200, body, ...echoOf(body) })
    })
    // Connected, so that the kernel tells of a refusal by ICMP.
    socket.bind({ port: sourcePort ?? 0, ...(from && { address: from }) }, () => {
      socket.connect(port, address, (error?: Error) => {
        if (error) resolve(failureOf(error))
        else socket.send('who are you?')
      })
    })
  }).finally(() => socket.close())
}

async function text(stream: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of stream) parts.push(part)
  return Buffer.concat(parts).toString()
}

function failureOf(error: NodeJS.ErrnoException): Outcome {
  const failures: Record<string, 'refused' | 'timed out' | 'no route'> = {
    ECONNREFUSED: 'refused',
    ECONNRESET: 'refused',
    EHOSTUNREACH: 'no route',
    ENETUNREACH: 'no route',
    ETIMEDOUT: 'timed out',
  }
  return { failure: failures[error.code ?? ''] ?? 'other', detail: error.message }
}

function echoOf(body: string): { echo?: Echo } {
  try {
    const found = JSON.parse(body)
    return typeof found?.host === 'string' && found.local ? { echo: found } : {}
  } catch {
    return {}
  }
}
