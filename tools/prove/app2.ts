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

/** Asks each machine that is somebody's App2, at a port that is there for this alone. */
export function app2Of(cluster: Cluster, { echoServers }: Plan): App2 {
  const known = new Map<string, number>()
  const acceptedBy = async ({ machine, asked }: Plan['echoServers'][number]): Promise<Accepted[]> => {
    const before = known.get(machine) ?? 0
    const path = `/echo:accepted/${before}`
    const request = { protocol: 'http', address: '127.0.0.1', port: asked, path, seconds: 10 } as const
    const outcome = await cluster.machine(machine).send(request)
    if (!('body' in outcome)) throw new Error(`App2 does not say what it accepted: ${outcome.detail}`)
    const all: Accepted[] = JSON.parse(outcome.body)
    known.set(machine, before + all.length)
    return all.filter(({ local, peer }) => peer.address !== local.address)
  }
  return {
    accepted: async () => (await Promise.all(echoServers.map(acceptedBy))).flat(),
  }
}

/** Who answered: App2's own address and port, where it was one of the machines that are somebody's App2. */
export function answerer(outcome: Outcome): { address: string; port: number } | undefined {
  if ('failure' in outcome) return undefined
  if (outcome.echo) return outcome.echo.local
  const [, address, port] = /^220 hello from \S+ at (\S+) port (\d+)/.exec(outcome.body) ?? []
  return address ? { address, port: Number(port) } : undefined
}
