import type { Accepted } from './echo.ts'
import type { MachineHandle } from './machines.ts'

/**
 * App2's own word on who got as far as to it, and not only what a client was answered. What came from its own
 * machine, as this question does, is left out.
 * @param app2 the machine
 * @param asked a port of HTTP/1.1 of the same echo server
 * @param port of which it is asked
 * @throws Error where nothing answers at the port asked
 */
export async function acceptedAt(app2: MachineHandle, asked: number, port: number): Promise<Accepted[]> {
  const outcome = await app2.send({
    protocol: 'http',
    address: '127.0.0.1',
    port: asked,
    path: '/echo:accepted',
  })
  if (!('body' in outcome)) throw new Error(`App2 does not say what it accepted: ${outcome.detail}`)
  const all: Accepted[] = JSON.parse(outcome.body)
  return all.filter(({ local, peer }) => local.port === port && peer.address !== local.address)
}
