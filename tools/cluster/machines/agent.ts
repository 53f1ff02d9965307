/**
 * Sends requests for a machine, in whose network namespace it runs: takes a {@link Task} by message and answers
 * `{id, outcome}`.
 */
import type { X509Certificate } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { TLSSocket } from 'node:tls'
import type { Echo } from './echo.ts'
import { dial, exchange } from './exchange.ts'
import { type Flow, openFlow } from './flow.ts'
import type { Answer, Failure, Outcome, Request } from './request.ts'

/** A request of its own, or one in a flow, which the first opens; or a flow to watch until it has ended, or to end. */
export type Task = { id: number } & (
  | { request: Request; flow?: number }
  | { watch: number }
  | { close: number }
)

const flows = new Map<number, Promise<Flow>>()

process.on('message', async (task: Task) => {
  if ('close' in task) {
    flows
      .get(task.close)
      ?.then(({ close }) => close())
      .catch(() => {})
    return
  }
  if ('watch' in task) {
    const opened = await flows.get(task.watch)
    process.send?.({ id: task.id, outcome: failureOf(await opened?.ended) })
    return
  }
  const { id, request, flow } = task
  process.send?.({ id, outcome: await outcomeOf(request, flow) })
})
// Its driver is gone.
process.on('disconnect', () => process.exit())

// --- utils ---

const outcomeOf = (request: Request, flow?: number) =>
  flow || request.protocol === 'udp' ? inFlow(request, flow) : overTcp(request)

/** A new connection for each, since kube-proxy decides where one goes when it begins. */
async function overTcp(request: Request): Promise<Outcome> {
  const socket = dial(request)
  const tls = socket instanceof TLSSocket ? socket : undefined
  try {
    const answer = await inTime(request, exchange(socket, request))
    const shown = tls?.getPeerX509Certificate()
    return {
      ...answer,
      ...echoIn(answer),
      ...(shown && { certificate: wordsOf(shown) }),
    }
  } catch (error) {
    const failed = failureOf(error)
    return request.ca && tls?.authorizationError ? { ...failed, failure: 'untrusted' } : failed
  } finally {
    socket.destroy()
  }
}

/** What a certificate says; one of cert-manager's has no subject. */
const wordsOf = ({ subject = '', subjectAltName = '', issuer, serialNumber }: X509Certificate) => ({
  subject,
  subjectAltName,
  issuer,
  serialNumber,
})

/** In a flow that stays open, or, without a number, in one of its own. */
async function inFlow(request: Request, number?: number): Promise<Outcome> {
  const opened = flows.get(number ?? 0) ?? openFlow(request)
  if (number) flows.set(number, opened)
  try {
    const answer = await inTime(
      request,
      opened.then(({ ask }) => ask()),
    )
    return { ...answer, ...echoIn(answer) }
  } catch (error) {
    return failureOf(error)
  } finally {
    if (!number) opened.then(({ close }) => close()).catch(() => {})
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
    return typeof found?.machine === 'string' && found.local ? { echo: found } : {}
  } catch {
    return {}
  }
}
