import { chart } from '../chart/render.ts'
import { addOnsFor } from '../cluster/addons/addons.ts'
import { type Cluster, startCluster } from '../cluster/cluster.ts'
import type { Network } from '../cluster/network/network.ts'
import { step } from '../programs/progress.ts'
import { startCapture } from './capture.ts'
import { type Complaint, complaintsOf } from './conditions.ts'
import { whenInstalled } from './places.ts'
import type { Plan } from './plan.ts'
import { trySpread } from './spread.ts'
import { createSurroundings } from './surroundings.ts'
import { type Row, tryDoors } from './tries.ts'
import { type Source, valuesArguments } from './values.ts'

interface Proof {
  rows: Row[]
  /** What the status of Gateways, routes and HTTPProxies says that it should not, after the tries. */
  complaints: Complaint[]
  /** How many captures were written. */
  captures: number
  /** Still up. */
  cluster: Cluster
}

/**
 * Starts a cluster in this sandbox, installs the values with the chart, and does what is planned; shows on standard
 * error how it goes.
 * @param network the plan's machines, around the cluster
 * @param captures the folder for a capture of each try that was refused or failed; none are made where left out
 */
export async function prove(source: Source, plan: Plan, network: Network, captures?: string): Promise<Proof> {
  const cluster = await step('start the cluster', () => startCluster(network, addOnsFor(plan.objects)))
  const installed = await step('helm install', async () => {
    await install(cluster, source, plan)
    return whenInstalled(cluster, plan)
  })
  const capture =
    captures === undefined ? undefined : await startCapture(plan.machines.map(({ name }) => name))
  const rows = await step('try every door', async (say) => [
    ...(await tryDoors(cluster, plan, installed, (done, all) => say(`${done} of ${all}`))),
    ...(await trySpread(cluster, plan, installed)),
  ])
  const unanswered = rows.filter(
    ({ door, expected, ok }) => door !== 'spread' && (expected === 'refused' || !ok),
  )
  const saved = capture && captures !== undefined ? await capture.save(captures, unanswered) : 0
  const complaints = await complaintsOf(cluster.kubectl, plan)
  return { rows, complaints, captures: saved, cluster }
}

// --- utils ---

async function install(cluster: Cluster, source: Source, plan: Plan): Promise<void> {
  await Promise.all(plan.echoServers.map(cluster.startEcho))
  await createSurroundings(cluster, plan)
  const { helm: version } = source
  await cluster.helm(['install', 'prove', chart, ...valuesArguments(source)], version ? { version } : {})
}
