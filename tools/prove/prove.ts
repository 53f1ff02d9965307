import { setTimeout as sleep } from 'node:timers/promises'
import { chart } from '../chart/render.ts'
import { addOnsFor } from '../cluster/addons/addons.ts'
import { type Cluster, startCluster } from '../cluster/cluster.ts'
import type { Network } from '../cluster/network/network.ts'
import { step } from '../programs/progress.ts'
import { startCapture } from './capture.ts'
import { type Complaint, complaintsOf } from './conditions.ts'
import { allInStep, applyInParts } from './install.ts'
import type { Knock } from './knocks.ts'
import { startNodeEchoes } from './node-echo.ts'
import { type Installed, whenInstalled } from './places.ts'
import { allObjects, type NotTried, type Plan, release } from './plan.ts'
import type { Row } from './rows.ts'
import { trySpread } from './spread.ts'
import { createSurroundings } from './surroundings.ts'
import { triesOf, tryDoors } from './tries.ts'
import { askFlows, closedSince, flowRows, type Left, letsInBy, openFlows } from './upgrade.ts'
import { type Source, valuesArguments } from './values.ts'

interface Proof {
  rows: Row[]
  /** What the status of Gateways, routes and HTTPProxies says that it should not, after the tries. */
  complaints: Complaint[]
  /** The plan's knocks that had an address to go to. */
  knocked: Knock[]
  /** What could not be tried for want of what was before. */
  notTried: NotTried[]
  /** How many captures were written. */
  captures: number
  /** Still up. */
  cluster: Cluster
}

/** What is installed, and what was before, where an upgrade is proved. */
export interface Sources {
  source: Source
  from?: Source | undefined
}

/**
 * Starts a cluster in this sandbox, installs the values with the chart, and does what is planned; shows on standard
 * error how it goes. Of an upgrade, the values before are installed first, and flows opened by their doors.
 * @param network the plan's machines, around the cluster
 * @param captures the folder for a capture of each try that was refused or failed; none are made where left out
 */
export async function prove(
  sources: Sources,
  plan: Plan,
  network: Network,
  captures?: string,
): Promise<Proof> {
  const cluster = await step('start the cluster', () => startCluster(network, addOnsFor(allObjects(plan))))
  try {
    return await proveOn(cluster, sources, plan, captures)
  } catch (error) {
    // Where a component has died, that is why: its name and its last words are worth more than what came of it.
    await sleep(200)
    await cluster.until('every component lives', async () => true)
    throw error
  }
}

// --- utils ---

async function proveOn(
  cluster: Cluster,
  sources: Sources,
  plan: Plan,
  captures: string | undefined,
): Promise<Proof> {
  const { installed, left } = await install(cluster, sources, plan)
  const capture =
    captures === undefined ? undefined : await startCapture(plan.machines.map(({ name }) => name))
  const rows = await step('try every door', async (say) => {
    const report = (done: number, all: number) => say(`${done} of ${all}`)
    if (!left) return tryDoors(cluster, plan, installed, report)
    const letsIn = letsInBy(plan, installed)
    const upgraded = { closed: closedSince(left.tries, letsIn), watch: () => askFlows(left.flows) }
    const tried = await tryDoors(cluster, plan, installed, report, upgraded)
    return [...tried, ...flowRows(left.flows, letsIn)]
  })
  rows.push(...(await trySpread(cluster, plan, installed)))
  const unanswered = rows.filter(
    ({ door, expected, ok }) => door !== 'spread' && (expected === 'refused' || !ok),
  )
  const saved = capture && captures !== undefined ? await capture.save(captures, unanswered) : 0
  const complaints = await complaintsOf(cluster.kubectl, plan)
  await cluster.until('every component lives', async () => true)
  const knocked = triesOf(plan, installed).map(({ knock }) => knock)
  return { rows, complaints, captures: saved, knocked, notTried: left?.notTried ?? [], cluster }
}

/** Installs a release, or what was before and upgrades that; gives what the cluster knows of it then. */
async function install(
  cluster: Cluster,
  { source, from }: Sources,
  plan: Plan,
): Promise<{ installed: Installed; left?: Left }> {
  const helm = (act: 'install' | 'upgrade', { helm: version, ...values }: Source) =>
    cluster.helm([act, release.name, chart, ...valuesArguments(values)], version ? { version } : {})
  const { before } = plan
  const first = await step('helm install', async (say) => {
    await Promise.all([...plan.echoServers.map(cluster.startEcho), startNodeEchoes(cluster)])
    await createSurroundings(cluster, plan)
    await applyInParts(cluster, (before ?? plan).objects, say)
    await helm('install', from ?? source)
    await allInStep(cluster)
    return whenInstalled(cluster, before ?? plan)
  })
  if (!before) return { installed: first }
  const left = await step('open flows', () => openFlows(cluster, before, first))
  const installed = await step('helm upgrade', async () => {
    await helm('upgrade', source)
    await allInStep(cluster)
    return whenInstalled(cluster, plan)
  })
  return { installed, left }
}
