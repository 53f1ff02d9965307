import type { Cluster } from '../cluster/cluster.ts'
import type { Request } from '../cluster/machines/request.ts'
import { firstNode, nodes } from '../cluster/network/nodes.ts'
import type { Knock } from './knocks.ts'
import type { Target } from './places.ts'

/** Who asks, and what. */
type Asked = Pick<Knock, 'client' | 'protocol' | 'hostName' | 'path' | 'method' | 'headers'>
type Where = Omit<Target, 'at'>

/** In so many seconds an answer comes that must come: only a busy machine needs more than one of them. */
export const inTime = 10

let sent = 0

/**
 * A client's request, and the machine that has the client's address. It comes from a port of its own: so a capture can
 * be found even of what was never answered, and so it goes to a ClusterIP by the node that it should.
 */
export function requestOf(
  cluster: Pick<Cluster, 'machines'>,
  { client, protocol, hostName, path, method, headers }: Asked,
  target: Where,
) {
  const from = client.address
  const outside = cluster.machines.find(({ addresses }) => addresses.includes(from))
  const machine = client.machine ?? outside?.name
  if (!machine) throw new Error(`no machine has the address ${from}`)
  const { first, count } = nodes[target.by ?? firstNode].sourcePorts
  const request = {
    protocol,
    address: target.address,
    port: target.port,
    from,
    sourcePort: first + (sent++ % count),
    ...(hostName && { host: hostName }),
    ...(path && { path }),
    ...(method && { method }),
    ...(headers && { headers }),
  }
  return { machine, request }
}

/**
 * Sends it.
 * @param seconds after how many it gives up: as {@link Request} has it where left out
 */
export function send(cluster: Cluster, asked: Asked, target: Where, seconds?: number) {
  const { machine, request } = requestOf(cluster, asked, target)
  const outcome = cluster.machine(machine).send({ ...request, ...(seconds && { seconds }) })
  return { sourcePort: request.sourcePort, outcome }
}
