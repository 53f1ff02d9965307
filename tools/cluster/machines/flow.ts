import { createSocket } from 'node:dgram'
import { type EventEmitter, once } from 'node:events'
import { Agent } from 'node:http'
import { isIPv6 } from 'node:net'
import { dial, exchange, firstWord } from './exchange.ts'
import type { Answer, Request } from './request.ts'

/** One TCP connection, or one UDP socket, that stays open: to a node, one flow. */
export interface Flow {
  /** Says something, and gives what comes back. */
  ask(): Promise<Answer>
  /** Why it has ended, as soon as its machine knows that it has. */
  ended: Promise<Error>
  close(): void
}

/**
 * Opens a flow of `tcp`, where the other side speaks first and then echoes, of `http` or `https`, each question a
 * request on the one connection, or of `udp`.
 * @throws Error of node:net or node:dgram; for `tcp` also where no first word comes
 */
export async function openFlow(request: Request): Promise<Flow> {
  if (request.protocol === 'udp') return openDatagrams(request)
  return request.protocol === 'tcp' ? openConnection(request) : openHttp(request)
}

// --- utils ---

/** Listens for errors, too: between two questions nobody else does. */
const endOf = (socket: EventEmitter): Promise<Error> =>
  new Promise((resolve) => {
    let cause = new Error('closed')
    socket.on('error', (error: Error) => {
      cause = error
    })
    socket.once('close', () => resolve(cause))
  })

async function openConnection(request: Request): Promise<Flow> {
  const socket = dial(request)
  const ended = endOf(socket)
  socket.setMaxListeners(0) // A question without an answer goes on listening.
  await firstWord(socket)
  return {
    ask() {
      socket.write('still there?\r\n')
      return firstWord(socket)
    },
    ended,
    close: () => socket.destroy(),
  }
}

function openHttp(request: Request): Flow {
  const socket = dial(request)
  const ended = endOf(socket)
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  agent.createConnection = () => socket
  agent.keepSocketAlive = () => true // Its own would have the kernel ask each second whether the other side is there.
  return {
    async ask() {
      // The agent would use it all the same, and wait for ever.
      if (socket.destroyed)
        throw Object.assign(new Error('closed since the last answer'), { code: 'ECONNRESET' })
      return exchange(socket, request, agent)
    },
    ended,
    close: () => socket.destroy(),
  }
}

async function openDatagrams({ address, port, from, sourcePort }: Request): Promise<Flow> {
  const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4')
  const ended = endOf(socket)
  socket.setMaxListeners(0)
  socket.bind({ port: sourcePort ?? 0, ...(from && { address: from }) })
  await once(socket, 'listening')
  // Connected, so that the kernel tells of a refusal by ICMP.
  socket.connect(port, address)
  await once(socket, 'connect')
  return {
    async ask() {
      const heard = once(socket, 'message')
      socket.send('who are you?')
      const [message] = await heard
      return { status: 200, headers: {}, body: String(message) }
    },
    ended,
    close: () => socket.close(),
  }
}
