import { isIP } from 'node:net'
import type { Cluster } from '../cluster/cluster.ts'
import { nodeNames } from '../cluster/network/nodes.ts'
import type { Client } from './clients.ts'
import { send } from './send.ts'

/** RFC 862's: no node port, and below those that an Envoy on a node listens on. */
const port = 7

/** Has each node answer whoever reaches it, at a port that is no door. */
export async function startNodeEchoes({ startEcho }: Pick<Cluster, 'startEcho'>): Promise<void> {
  await Promise.all(nodeNames.map((machine) => startEcho({ machine, tcp: [port], udp: [] })))
}

/**
 * The addresses of those who don't reach a node of their family. Who stands in the cluster is not asked: a door is
 * tried from there beside those outside.
 * @param nodes the nodes' addresses
 */
export async function cutOff(
  cluster: Cluster,
  clients: readonly Client[],
  nodes: readonly string[],
): Promise<string[]> {
  const outside = new Map(clients.filter(({ machine }) => !machine).map((client) => [client.address, client]))
  const asked = [...outside.values()].map(async (client) => {
    const own = nodes.filter((address) => isIP(address) === isIP(client.address))
    const outcomes = own.map(
      (address) => send(cluster, { client, protocol: 'http' }, { address, port }).outcome,
    )
    return (await Promise.all(outcomes)).every((outcome) => 'echo' in outcome) ? [] : [client.address]
  })
  return (await Promise.all(asked)).flat()
}
