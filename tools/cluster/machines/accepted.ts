import type { HostHandle } from './host.ts'

/** A connection that App2 accepted, or a datagram that it got. */
export interface Accepted {
  protocol: 'tcp' | 'udp'
  local: { address: string; port: number }
  /** Whom App2 saw: a node, or the controller's Envoy, where those stand between. */
  peer: { address: string; port: number }
  /** When, as Date.now() says it. */
  at: number
}

/**
 * App2's own word on who got as far as to it, and not only what a client was answered. What came from its own
 * machine, as this question does, is left out.
 * @param app2 the machine
 * @param asked a port of HTTP/1.1 of the same echo server
 * @param port of which it is asked
 * @throws Error where nothing answers at the port asked
 */
export async function acceptedAt(app2: HostHandle, asked: number, port: number): Promise<Accepted[]> {
  const outcome = await app2.send({ protocol: 'http', address: '127.0.0.1', port: asked, path: '/accepted' })
  if (!('body' in outcome)) throw new Error(`App2 does not say what it accepted: ${outcome.detail}`)
  const all: Accepted[] = JSON.parse(outcome.body)
  return all.filter(({ local, peer }) => local.port === port && peer.address !== local.address)
}
