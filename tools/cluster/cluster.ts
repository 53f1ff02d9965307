import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { findHelm, type HelmVersion } from '../chart/helm.ts'
import { type Built, builtFolders } from '../programs/build.ts'
import { startContour } from './addons/contour.ts'
import { startEnvoyGateway } from './addons/envoy-gateway.ts'
import { startMetalLB } from './addons/metallb.ts'
import { type Kubectl, startControlPlane, startNodes } from './control-plane.ts'
import type { Answers } from './machines/echo.ts'
import { type HostHandle, type Hosts, hosts } from './machines/host.ts'
import { applyManifests } from './manifests.ts'
import { createNetwork, deleteNetwork, type Network, nodes } from './network/network.ts'
import { type Processes, processes } from './sandbox/processes.ts'
import { insideSandbox } from './sandbox/sandbox.ts'

/** What a cluster can have besides Kubernetes and MetalLB. */
export interface Extras {
  /** Contour with an Envoy. */
  contour?: boolean
  /** Envoy Gateway and the Gateway API's kinds: an Envoy for each Gateway of class `envoy-gateway`. */
  envoyGateway?: boolean
  /** cert-manager's Certificate, as a kind alone. */
  certManager?: boolean
}

/** What must be built for a cluster. */
export const neededFor = ({ contour, envoyGateway, certManager }: Extras): (keyof Built)[] => [
  ...(['kubernetes', 'etcd', 'metallb'] as const),
  ...(contour ? (['contour'] as const) : []),
  ...(envoyGateway ? (['envoy-gateway'] as const) : []),
  ...(contour || envoyGateway ? (['envoy'] as const) : []),
  ...(certManager ? (['cert-manager'] as const) : []),
]

/** A running cluster, and the machines around it. */
export interface Cluster extends Network {
  /** Path of a kubeconfig that may do everything. */
  kubeconfig: string
  kubectl: Kubectl
  /** Runs Helm, as {@link findHelm} finds it, and gives its output. Throws with Helm's own words. */
  helm(args: readonly string[], options?: { version?: HelmVersion; input?: string }): Promise<string>
  /** The machine of that name outside of the cluster. */
  in(host: string): HostHandle
  /** Makes a host answer and say who it is; more than once for more ports. See echo.ts. */
  answer(answers: Answers): Promise<void>
  /** Waits until `probe` gives something; fails at once where a component has died. */
  until: Processes['until']
  /** The load balancer's addresses of Contour's Envoy: what the host names of an Ingress stand for. */
  ingressAddresses: readonly string[]
  /** How many milliseconds after the beginning each step of the start was done. */
  timings: Record<string, number>
  /** Never returns; throws with the component's log when one dies. */
  failure(): Promise<never>
  /** Ends every process and takes the network away. The end of the sandbox does the same. */
  stop(): Promise<void>
}

/**
 * Starts a Kubernetes cluster of two nodes in this sandbox: control plane, kube-proxy, MetalLB, and the extras
 * asked for. Returns when all of it is ready.
 * @throws Error with the component's log when one fails
 * @throws Error when called outside of a sandbox: it would change the machine's own network
 */
export async function startCluster(
  network: Network,
  { contour = false, envoyGateway = false, certManager = false }: Extras,
): Promise<Cluster> {
  if (!insideSandbox()) throw new Error('the embedded cluster starts only in a sandbox: see runInSandbox')
  const { addressing } = network
  const group = processes()
  const machines = hosts()
  const clock = timer()
  let echoes = 0
  try {
    const folders = await builtFolders()
    await createNetwork(network).then(clock('network'))
    const controlPlane = await startControlPlane(group, folders, addressing).then(clock('control plane'))
    const { kubectl, kubeconfig } = controlPlane
    await Promise.all([
      startNodes(group, folders.kubernetes, controlPlane, addressing).then(clock('nodes')),
      startMetalLB(group, folders.metallb, controlPlane, addressing).then(clock('MetalLB')),
      contour && startContour(group, folders, controlPlane, addressing).then(clock('Contour')),
      envoyGateway &&
        startEnvoyGateway(group, folders, controlPlane, addressing).then(clock('Envoy Gateway')),
      certManager && applyManifests(kubectl, folders['cert-manager']),
    ])
    const until = group.until
    const [ingressAddresses] = await Promise.all([
      contour
        ? until('Envoy gets its addresses', () => ingressOf(kubectl), { of: ['metallb-controller'] })
        : [],
      contour &&
        until('Envoy is ready', () => healthy(machines, 'node1', 8002, '/ready'), {
          of: ['contour', 'envoy'],
        }),
      ...nodes.map((node) =>
        until(`kube-proxy on ${node}`, () => healthy(machines, node, 10256, '/healthz'), {
          of: [`kube-proxy-${node}`],
        }),
      ),
    ]).then(clock('ready'))
    return {
      ...network,
      ingressAddresses,
      kubeconfig,
      kubectl,
      async helm(args, { version, input } = {}) {
        const { stdout } = await execa(await findHelm(version), args, {
          env: { KUBECONFIG: kubeconfig },
          ...(input === undefined ? { stdin: 'ignore' } : { input }),
        })
        return stdout
      },
      in: machines.in,
      async answer(answers) {
        const { host, tcp, h2c = [], tls = [], greeting = [], udp } = answers
        const echo = fileURLToPath(new URL('machines/echo.ts', import.meta.url))
        const command = [process.execPath, '--import', 'tsx', echo, JSON.stringify(answers)]
        group.start(`echo-${host}-${++echoes}`, command, { in: host })
        const { send } = machines.in(host)
        await group.until(`${host} answers`, async () => {
          const outcomes = await Promise.all([
            ...tcp.map((port) => send({ protocol: 'http', address: '127.0.0.1', port })),
            ...h2c.map((port) => send({ protocol: 'h2c', address: '127.0.0.1', port })),
            ...tls.map(({ port }) => send({ protocol: 'https', address: '127.0.0.1', port })),
            ...greeting.map((port) => send({ protocol: 'tcp', address: '127.0.0.1', port })),
            ...udp.map((local) => send({ protocol: 'udp', ...local, seconds: 0.5 })),
          ])
          return outcomes.every((outcome) => 'status' in outcome) || undefined
        })
      },
      until: group.until,
      timings: clock.timings,
      failure: () => group.until<never>('', async () => undefined, { seconds: Number.POSITIVE_INFINITY }),
      stop: async () => {
        machines.stop()
        await group.stop()
        await deleteNetwork()
      },
    }
  } catch (error) {
    machines.stop()
    await group.stop()
    throw error
  }
}

// --- utils ---

async function healthy(machines: Hosts, node: string, port: number, path: string): Promise<true | undefined> {
  const outcome = await machines.in(node).http(`http://127.0.0.1:${port}${path}`)
  return ('status' in outcome && outcome.status === 200) || undefined
}

async function ingressOf(kubectl: Kubectl): Promise<string[] | undefined> {
  const query = ['-n', 'projectcontour', '--output=jsonpath={.status.loadBalancer.ingress[*].ip}']
  const addresses = (await kubectl(['get', 'service', 'envoy', ...query])).split(' ').filter(Boolean)
  return addresses.length > 0 ? addresses : undefined
}

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
