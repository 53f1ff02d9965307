import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import pLimit from 'p-limit'
import { findHelm, type HelmVersion } from '../chart/helm.ts'
import { builtFolders, missing, type ProgramName } from '../programs/build.ts'
import { scriptArguments } from '../root.ts'
import type { Site } from './addons/addon.ts'
import { type AddOnName, addOns } from './addons/addons.ts'
import { startControlPlane } from './control-plane/control-plane.ts'
import type { Kubectl } from './control-plane/kubectl.ts'
import { createNodes } from './control-plane/nodes.ts'
import type { EchoServer } from './machines/echo.ts'
import { type MachineHandle, type Machines, machines } from './machines/machines.ts'
import type { Request } from './machines/request.ts'
import { createNetwork, deleteNetwork, type Network } from './network/network.ts'
import { type Processes, patience, processes } from './sandbox/processes.ts'
import { insideSandbox, stateFolder } from './sandbox/sandbox.ts'

/** A running cluster, and the machines around it. */
export interface Cluster extends Network {
  /** Path of a kubeconfig that may do everything. */
  kubeconfig: string
  kubectl: Kubectl
  /** Runs Helm, as {@link findHelm} finds it, and gives its output. Throws with Helm's own words. */
  helm(args: readonly string[], options?: { version?: HelmVersion; input?: string }): Promise<string>
  /** The machine of that name outside of the cluster, or the node. */
  machine(name: string): MachineHandle
  /** Makes a machine answer and say who it is; more than once for more ports. See echo.ts. */
  startEcho(server: EchoServer): Promise<void>
  /** Starts one more component, as {@link Processes} does. */
  start: Processes['start']
  /** Waits until `probe` gives something; fails at once where a component has died. */
  until: Processes['until']
  /** Ends a component by SIGKILL, on purpose, and gives what starts it again. Names are those of its logs. */
  crash: Processes['crash']
  /** The addresses that the host names of Ingresses stand for; none where no add-on serves Ingresses. */
  ingressAddresses: readonly string[]
  /** How many milliseconds after the beginning each step of the start was done. */
  timings: Record<string, number>
  /** Starts those of these add-ons that don't run yet, and waits until they are ready. */
  add(names: readonly AddOnName[]): Promise<void>
  /** Never returns; throws with the component's log when one dies. */
  failure(): Promise<never>
  /** Ends every process and takes the network away. The end of the sandbox does the same. */
  stop(): Promise<void>
}

/** What must be built for a cluster with these add-ons. */
export const programsOf = (names: readonly AddOnName[]): ProgramName[] => [
  ...new Set<ProgramName>(['kubernetes', 'etcd', ...chosen(names).flatMap(({ programs }) => programs)]),
]

/**
 * Starts a Kubernetes cluster of two nodes in this sandbox: control plane, nodes, and the add-ons asked for. Returns
 * when all of it is ready.
 * @throws Error with the component's log when one fails
 * @throws Error when called outside of a sandbox: it would change the machine's own network
 */
export async function startCluster(network: Network, names: readonly AddOnName[]): Promise<Cluster> {
  if (!insideSandbox()) throw new Error('the embedded cluster starts only in a sandbox: see runInSandbox')
  const group = processes()
  const around = machines()
  try {
    const { site, timings, ingressAddresses } = await startAll(network, names, group, around)
    const { kubectl, kubeconfigs } = site.controlPlane
    const running = new Set(names)
    return {
      ...network,
      kubeconfig: kubeconfigs.admin,
      kubectl,
      helm: helmWith(kubeconfigs.admin),
      machine: around.machine,
      startEcho: echoStarter(group, around),
      start: group.start,
      until: group.until,
      crash: group.crash,
      ingressAddresses,
      timings,
      async add(more) {
        const lacking = await missing(programsOf(more))
        if (lacking.length > 0) throw new Error(`${lacking.join(', ')}: not built, see in-sandbox's --with`)
        await startAddOns(
          more.filter((name) => !running.has(name)),
          site,
        )
        for (const name of more) running.add(name)
      },
      failure: () => group.until<never>('', async () => undefined, { seconds: Number.POSITIVE_INFINITY }),
      async stop() {
        around.stop()
        await group.stop()
        await deleteNetwork()
      },
    }
  } catch (error) {
    around.stop()
    await group.stop()
    throw error
  }
}

// --- utils ---

const chosen = (names: readonly AddOnName[]) => addOns.filter(({ name }) => names.includes(name))

/** Starts network, control plane and add-ons, and waits until all are ready. */
async function startAll(
  network: Network,
  names: readonly AddOnName[],
  group: Processes,
  around: Machines,
): Promise<{ site: Site; timings: Record<string, number>; ingressAddresses: string[] }> {
  const { addressing } = network
  const clock = timer()
  const folders = await builtFolders()
  await createNetwork(network).then(clock('network'))
  const controlPlane = await startControlPlane(group, folders, addressing).then(clock('control plane'))
  // Before kube-proxy: without its Node object it waits 30 s, and it exits when the addresses change.
  await createNodes(controlPlane.kubectl, addressing).then(clock('nodes'))
  const site: Site = { folders, processes: group, controlPlane, machines: around, addressing }
  await startAddOns(names, site, clock)
  const addresses = await Promise.all(
    chosen(names).map((addOn) => addOn.ingressAddresses?.(controlPlane.kubectl)),
  )
  clock('ready')(undefined)
  return { site, timings: clock.timings, ingressAddresses: addresses.flatMap((some) => some ?? []) }
}

/** Starts add-ons side by side, and waits until all are ready. */
async function startAddOns(names: readonly AddOnName[], site: Site, clock = timer()): Promise<void> {
  const wanted = chosen(names)
  await Promise.all(wanted.map((addOn) => addOn.start(site).then(clock(addOn.name))))
  await Promise.all(wanted.map((addOn) => addOn.ready?.(site)))
}

const helmWith =
  (kubeconfig: string): Cluster['helm'] =>
  async (args, { version, input } = {}) => {
    const { stdout } = await execa(await findHelm(version), args, {
      env: { KUBECONFIG: kubeconfig },
      ...(input === undefined ? { stdin: 'ignore' } : { input }),
    })
    return stdout
  }

function echoStarter(group: Processes, around: Machines): Cluster['startEcho'] {
  let started = 0
  return async (server) => {
    const { machine, tcp, h2c = [], tls = [], greeting = [], udp } = server
    const name = `echo-${machine}-${++started}`
    const file = join(stateFolder, `${name}.json`)
    await writeFile(file, JSON.stringify(server))
    group.start(name, [process.execPath, ...scriptArguments('machines/echo', import.meta.url), file], {
      machine,
    })
    const { send } = around.machine(machine)
    const places: Request[] = [
      ...tcp.map((port) => ({ protocol: 'http' as const, address: '127.0.0.1', port })),
      ...h2c.map((port) => ({ protocol: 'h2c' as const, address: '127.0.0.1', port })),
      ...tls.map(({ port }) => ({ protocol: 'https' as const, address: '127.0.0.1', port })),
      ...greeting.map((port) => ({ protocol: 'tcp' as const, address: '127.0.0.1', port })),
      ...udp.map((local) => ({ protocol: 'udp' as const, ...local, seconds: 0.5 })),
    ]
    let silent = places
    const probe = async () => {
      const outcomes = await Promise.all(silent.map((place) => atOnce(() => send(place))))
      silent = silent.filter((_, index) => 'failure' in (outcomes[index] ?? { failure: 'other' }))
      if (silent.length === 0) return true
      throw new Error(`Silent yet: ${silent.length} of ${places.length} ports.`)
    }
    await group.until(`${machine} answers`, probe, { seconds: patience + places.length / 50, of: [name] })
  }
}

/** However many ports there are, no more than so many are asked at once. */
const atOnce = pLimit(64)

/** Notes how long it was from here to the end of each step. */
function timer() {
  const start = performance.now()
  const timings: Record<string, number> = {}
  const note =
    (step: string) =>
    <T>(value: T): T => {
      timings[step] = Math.round(performance.now() - start)
      return value
    }
  return Object.assign(note, { timings })
}
