/**
 * Sends requests for a machine outside of the cluster, in whose network namespace it runs: takes `{id, request}`
 * by message and answers `{id, outcome}`.
 */
import { createSocket } from 'node:dgram'
import { isIPv6 } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { TLSSocket } from 'node:tls'
import type { Echo } from './echo.ts'
import { dial, exchange } from './exchange.ts'
import type { Answer, Failure, Outcome, Request } from './request.ts'

process.on('message', async ({ id, request }: { id: number; request: Request }) => {
  const outcome = await (request.protocol === 'udp' ? datagram(request) : overTcp(request))
  process.send?.({ id, outcome })
})
// Its driver is gone.
process.on('disconnect', () => process.exit())

// --- utils ---

/** A new connection for each, since kube-proxy decides where one goes when it begins. */
async function overTcp(request: Request): Promise<Outcome> {
  const socket = dial(request)
  const tls = socket instanceof TLSSocket ? socket : undefined
  try {
    const answer = await inTime(request, exchange(socket, request))
    const shown = tls?.getPeerX509Certificate()
    const { subject, subjectAltName = '', issuer } = shown ?? {}
    return {
      ...answer,
      ...echoIn(answer),
      ...(subject && issuer && { certificate: { subject, subjectAltName, issuer } }),
    }
  } catch (error) {
    const failed = failureOf(error)
    return request.ca && tls?.authorizationError ? { ...failed, failure: 'untrusted' } : failed
  } finally {
    socket.destroy()
  }
}

async function datagram(request: Request): Promise<Outcome> {
  const { address, port, from, sourcePort } = request
  const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4')
  const exchanged = new Promise<Answer>((resolve, reject) => {
    socket.on('error', reject)
    socket.on('message', (message) => resolve({ status: 200, headers: {}, body: message.toString() }))
    // Connected, so that the kernel tells of a refusal by ICMP.
    socket.bind({ port: sourcePort ?? 0, ...(from && { address: from }) }, () => {
      socket.connect(port, address, (error?: Error) => {
        if (error) reject(error)
        else socket.send('who are you?')
      })
    })
  })
  try {
    const answer = await inTime(request, exchanged)
    return { ...answer, ...echoIn(answer) }
  } catch (error) {
    return failureOf(error)
  } finally {
    socket.close()
  }
}

function inTime<T>({ seconds = 2 }: Request, answer: Promise<T>): Promise<T> {
  const late = sleep(seconds * 1000, undefined, { ref: false }).then(() => {
    throw Object.assign(new Error(`nothing within ${seconds} s`), { code: 'ETIMEDOUT' })
  })
  return Promise.race([answer, late])
}

function failureOf(error: unknown): Failure {
  const failures: Record<string, Failure['failure']> = {
    ECONNREFUSED: 'refused',
    ECONNRESET: 'refused',
    EHOSTUNREACH: 'no route',
    ENETUNREACH: 'no route',
    ETIMEDOUT: 'timed out',
  }
  if (!(error instanceof Error)) return { failure: 'other', detail: String(error) }
  const code = 'code' in error ? String(error.code) : ''
  return { failure: failures[code] ?? 'other', detail: error.message }
}

function echoIn({ body }: Answer): { echo?: Echo } {
  try {
    const found = JSON.parse(body)
    return typeof found?.host === 'string' && found.local ? { echo: found } : {}
  } catch {
    return {}
  }
}
