import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { Agent } from 'node:http'
import { isIPv6 } from 'node:net'
import { dial, exchange, firstWord } from './exchange.ts'
import type { Answer, Request } from './request.ts'

/** One TCP connection, or one UDP socket, that stays open: to a node, one flow. */
export interface Flow {
  /** Says something, and gives what comes back. */
  ask(): Promise<Answer>
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

async function openConnection(request: Request): Promise<Flow> {
  const socket = dial(request)
  socket.on('error', () => {}) // Between two questions nobody else listens.
  socket.setMaxListeners(0) // A question without an answer goes on listening.
  await firstWord(socket)
  return {
    ask() {
      socket.write('still there?\r\n')
      return firstWord(socket)
    },
    close: () => socket.destroy(),
  }
}

function openHttp(request: Request): Flow {
  const socket = dial(request)
  socket.on('error', () => {})
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  agent.createConnection = () => socket
  return {
    async ask() {
      // The agent would use it all the same, and wait for ever.
      if (socket.destroyed)
        throw Object.assign(new Error('closed since the last answer'), { code: 'ECONNRESET' })
      return exchange(socket, request, agent)
    },
    close: () => socket.destroy(),
  }
}

async function openDatagrams({ address, port, from, sourcePort }: Request): Promise<Flow> {
  const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4')
  socket.on('error', () => {})
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
    close: () => socket.close(),
  }
}
