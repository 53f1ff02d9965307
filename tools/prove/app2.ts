import type { Cluster } from '../cluster/cluster.ts'
import type { Accepted } from '../cluster/machines/echo.ts'
import type { Outcome } from '../cluster/machines/request.ts'
import type { Plan } from './plan.ts'

/** App2's own word on what it has accepted, whatever a client was answered. */
export interface App2 {
  /**
   * What App2 accepted since it was last asked. What came from its own machine, as this question does, is left out.
   * @throws Error where App2 does not say
   */
  accepted(): Promise<Accepted[]>
}

/** Asks App2 at a port that is there for this alone. */
export function app2Of(cluster: Cluster, { echoServer }: Plan): App2 {
  const app2 = cluster.machine(echoServer.machine)
  let known = 0
  return {
    async accepted() {
      const outcome = await app2.send({
        protocol: 'http',
        address: '127.0.0.1',
        port: echoServer.asked,
        path: `/accepted/${known}`,
        seconds: 10,
      })
      if (!('body' in outcome)) throw new Error(`App2 does not say what it accepted: ${outcome.detail}`)
      const all: Accepted[] = JSON.parse(outcome.body)
      known += all.length
      return all.filter(({ local, peer }) => peer.address !== local.address)
    },
  }
}

/** Who answered: App2's own address and port, where it was App2. */
export function answerer(outcome: Outcome): { address: string; port: number } | undefined {
  if ('failure' in outcome) return undefined
  if (outcome.echo?.machine === 'app2') return outcome.echo.local
  const [, address, port] = /^220 hello from app2 at (\S+) port (\d+)/.exec(outcome.body) ?? []
  return address ? { address, port: Number(port) } : undefined
}
