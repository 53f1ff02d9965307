import type { Service } from 'kubernetes-types/core/v1.d.ts'
import pLimit from 'p-limit'
import type { Cluster } from '../cluster/cluster.ts'
import { gatewayAddresses } from '../cluster/control-plane/addresses.ts'
import type { Outcome } from '../cluster/machines/request.ts'
import { nodes } from '../cluster/network/nodes.ts'
import type { Client } from './clients.ts'
import { type Door, doorNames, doors, type Knock, loadBalancerAddresses } from './doors.ts'
import type { Plan, ProxyPlan } from './plan.ts'

/** One try of one door: what should come of it by the values, and what did. */
export interface Row {
  /** The Service's name. */
  proxy: string
  door: Door | 'spread'
  who: Client['who']
  /** The address it comes from, and the port where it matters. */
  from: string
  sourcePort?: number
  /** Where it knocks. */
  at: string
  expected: string
  /** What was seen, in words. */
  seen: string
  ok: boolean
}

interface Try extends Knock {
  proxy: ProxyPlan
  door: Door
  client: Client
}

/** An installed proxy. */
export interface Installed {
  proxy: ProxyPlan
  service: Service
  /** The addresses of the Gateways that its routes hang on, by `NAMESPACE/NAME`. */
  gateways: Map<string, string[]>
}

/** How many requests are under way at once. */
const concurrency = 64

/**
 * Tries every door of every installed proxy from each of its clients.
 *
 * Those who should come in are tried first and, while the cluster settles, again. So when the others are tried
 * the doors are known to lead to App2, and a refusal is a refusal rather than a door not yet there.
 * @param report is told how many of how many are done
 */
export async function tryDoors(
  cluster: Cluster,
  installed: readonly Installed[],
  report: (done: number, all: number) => void,
): Promise<Row[]> {
  const tries = installed.flatMap((one) =>
    one.proxy.clients.flatMap((client) =>
      doorNames.flatMap((door) =>
        doors[door]({ cluster, ...one, client }).map(
          (knock): Try => ({ ...knock, proxy: one.proxy, door, client }),
        ),
      ),
    ),
  )
  const rows = new Map<Try, Row>()
  const limit = pLimit(concurrency)
  const run = (some: readonly Try[]) =>
    Promise.all(
      some.map((one) =>
        limit(async () => {
          rows.set(one, one.open ? await patiently(cluster, one) : await once(cluster, one))
          report(rows.size, tries.length)
        }),
      ),
    )
  await run(tries.filter(({ open }) => open))
  await run(tries.filter(({ open }) => !open))
  return tries.flatMap((one) => rows.get(one) ?? [])
}

/** Each proxy's Service and Gateways, as soon as their load balancers have an address for each of their families. */
export function whenInstalled(cluster: Cluster, { proxies }: Plan): Promise<Installed[]> {
  const withService = (proxy: ProxyPlan) =>
    cluster.until(`the load balancer of ${proxy.name} gets its addresses`, async () => {
      const service: Service = JSON.parse(
        await cluster.kubectl(['get', 'service', proxy.name, '--output=json']),
      )
      const needed = proxy.loadBalancer ? (service.spec?.ipFamilies?.length ?? 1) : 0
      if (loadBalancerAddresses(service).length < needed) return undefined
      const gateways = await Promise.all(
        [...new Set(proxy.routes.map(({ gateway }) => gateway))].map(
          async (gateway) => [gateway, await addressesOf(cluster, gateway)] as const,
        ),
      )
      // Gateways have both families here.
      if (gateways.some(([, addresses]) => addresses.length < 2)) return undefined
      return { proxy, service, gateways: new Map(gateways) }
    })
  return Promise.all(proxies.map(withService))
}

/**
 * Sends a client's request from the machine that has the client's address, by a port of its own: so a capture can
 * be found even of what was never answered, and so it goes to a ClusterIP by the node that it should.
 */
export function sendAs(cluster: Cluster, { request, by = 'node1' }: Knock) {
  const machine = cluster.machines.find(({ addresses }) => addresses.includes(request.from ?? ''))
  if (!machine) throw new Error(`no machine has the address ${request.from}`)
  const { first, count } = nodes[by].sourcePorts
  const sourcePort = first + (sent++ % count)
  return { sourcePort, outcome: cluster.machine(machine.name).send({ ...request, sourcePort }) }
}
let sent = 0

/** Who answered: App2's own address and port, where it was App2. */
export const answerer = (outcome: Outcome) =>
  'echo' in outcome && outcome.echo?.machine === 'app2' ? outcome.echo.local : undefined

// --- utils ---

/** @param gateway `NAMESPACE/NAME` */
function addressesOf({ kubectl }: Cluster, gateway: string): Promise<string[]> {
  const [namespace = '', name = ''] = gateway.split('/')
  return gatewayAddresses(kubectl, name, namespace)
}

async function once(cluster: Cluster, one: Try): Promise<Row> {
  const { proxy, door, client, at, open, targetPort } = one
  const { sourcePort, outcome: awaited } = sendAs(cluster, one)
  const outcome = await awaited
  const local = answerer(outcome)
  const right = local && proxy.ready.includes(local.address) && local.port === targetPort
  const refused = local === undefined && !('failure' in outcome && outcome.failure === 'other')
  return {
    ...{ proxy: proxy.name, door, who: client.who, from: client.address, sourcePort, at },
    expected: open ? 'App2 answers' : 'refused',
    seen: words(outcome),
    ok: open ? right === true : refused,
  }
}

/** Tries again until it is as expected; the last try counts when it never is. */
async function patiently(cluster: Cluster, one: Try): Promise<Row> {
  let row: Row | undefined
  const probe = async () => {
    row = await once(cluster, one)
    return row.ok ? row : undefined
  }
  return cluster.until(one.at, probe, { seconds: 15 }).catch((error) => {
    if (row) return row
    throw error
  })
}

function words(outcome: Outcome): string {
  if ('failure' in outcome) return outcome.failure === 'other' ? outcome.detail : outcome.failure
  const { echo } = outcome
  if (echo) return `${echo.local.address} port ${echo.local.port} answered`
  return `HTTP ${outcome.status}: ${outcome.body.split('\n', 1)[0]}`
}
