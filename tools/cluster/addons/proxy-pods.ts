/**
 * Does for Envoy Gateway's Envoys what a kubelet would: runs each pod's Envoy with the pod's own arguments, in the
 * pod's network namespace, says when it is ready, and starts it again when it is killed. It runs in the network
 * namespace of their node, until it is killed:
 *   node --import tsx proxy-pods.ts '{…}'
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { execa } from 'execa'
import type { ConfigMap, Pod } from 'kubernetes-types/core/v1.d.ts'
import { findKubectl } from '../../chart/helm.ts'
import { type Kubectl, kubectlWith } from '../control-plane/kubectl.ts'
import { reportRunning } from '../control-plane/pods.ts'
import type { Pair } from '../network/addressing.ts'
import { createPodNetwork, type PodNetwork } from './pod-network.ts'

export interface ProxyPods {
  kubeconfig: string
  /** Of the pods. */
  namespace: string
  /** Envoy's program. */
  envoy: string
  /** Where the pods' files go. */
  folder: string
  /** The folder of the certificates by which an Envoy and Envoy Gateway know one another. */
  certificates: string
  /** The address of Envoy Gateway. */
  gateway: string
  /** The pods' own network. */
  network: Pair
}

/** Where Envoy Gateway has each Envoy say that it is ready. */
const readyPort = 19003
/** With this before it, a program ends when this one does, however that ends. */
const withThis = ['--pdeathsig', 'KILL', '--']

await runProxyPods(JSON.parse(process.argv[2] ?? ''))

// --- utils ---

/** Starts and ends Envoys as their pods come and go. */
async function runProxyPods(settings: ProxyPods): Promise<never> {
  const kubectl = await kubectlWith(settings.kubeconfig)
  const network = await createPodNetwork(settings.network)
  const running = new Map<string, ChildProcess>()
  for (;;) {
    // The API server ends a watch now and then, or is away, as a kubelet must bear.
    for await (const { event, pod } of watch(settings)) {
      const name = pod.metadata?.name ?? ''
      if (event === 'DELETED') await stop(name, { running, network })
      else if (!running.has(name)) await start(name, pod, { settings, kubectl, running, network })
    }
    await sleep(200)
  }
}

/** What happens to the Envoys' pods, from the first on. */
async function* watch({ kubeconfig, namespace }: ProxyPods): AsyncGenerator<{ event: string; pod: Pod }> {
  const lines = execa(
    'setpriv',
    [
      ...withThis,
      await findKubectl(),
      `--kubeconfig=${kubeconfig}`,
      'get',
      'pods',
      `--namespace=${namespace}`,
      '--selector=app.kubernetes.io/component=proxy',
      '--watch',
      '--output-watch-events',
      '--output=jsonpath={.type} {.object}{"\\n"}',
    ],
    { reject: false, stderr: 'inherit' },
  )
  for await (const line of lines) {
    const [, event = '', object = ''] = /^(\w+) (.*)/.exec(line) ?? []
    yield { event, pod: JSON.parse(object) }
  }
}

interface Node {
  settings: ProxyPods
  kubectl: Kubectl
  /** The Envoys, by their pods' names. */
  running: Map<string, ChildProcess>
  network: PodNetwork
}

/** Starts a pod's Envoy, which is to run until the pod is deleted. */
async function start(name: string, pod: Pod, node: Node): Promise<void> {
  const { settings, running, network } = node
  const args = await argumentsOf(name, pod, node)
  if (!args) return
  const addresses = await network.plug(name)
  run(name, [...withThis, 'ip', 'netns', 'exec', name, settings.envoy, ...args], running)
  reportReady(name, addresses, node)
}

/**
 * Runs a pod's Envoy. One that was killed is started again at once, as a kubelet does the first time.
 * @throws Error, which ends all, where it has ended by itself
 */
function run(name: string, command: readonly string[], running: Node['running']): void {
  const envoy = spawn('setpriv', command, { stdio: ['ignore', 'inherit', 'inherit'] })
  running.set(name, envoy)
  envoy.on('exit', (code, signal) => {
    if (running.get(name) !== envoy) return
    if (signal !== 'SIGKILL') throw new Error(`the Envoy of ${name} has ended: ${signal ?? code}`)
    run(name, command, running)
  })
}

async function stop(name: string, { running, network }: Pick<Node, 'running' | 'network'>): Promise<void> {
  const envoy = running.get(name)
  if (!envoy) return
  running.delete(name)
  envoy.kill('SIGKILL')
  await network.unplug(name)
}

/**
 * Envoy's arguments in a pod, with the pod's files, its environment and the cluster's DNS put in their places.
 * Nothing where the pod's ConfigMap is gone: so is its Gateway.
 */
async function argumentsOf(
  name: string,
  { spec }: Pod,
  { settings, kubectl }: Node,
): Promise<string[] | undefined> {
  const map = spec?.volumes?.find((volume) => volume.name === 'sds')?.configMap?.name ?? ''
  const query = ['--namespace', settings.namespace, '--output=json', '--ignore-not-found']
  const found = await kubectl(['get', 'configmap', map, ...query])
  if (!found) return undefined
  const { data = {} }: ConfigMap = JSON.parse(found)
  const folder = join(settings.folder, name)
  await mkdir(folder)
  const placed = (text: string) =>
    text
      .replaceAll('/certs/', `${settings.certificates}/`)
      .replaceAll('/sds/', `${folder}/`)
      .replaceAll('$(ENVOY_POD_NAME)', name)
      .replaceAll(/envoy-gateway\.[\w.-]+\.svc\.[\w.-]+/g, settings.gateway)
  for (const [file, text] of Object.entries(data)) await writeFile(join(folder, file), placed(text))
  const { args = [] } = spec?.containers.find((container) => container.name === 'envoy') ?? {}
  return [...args.map(placed), '--disable-hot-restart'] // It would share /dev/shm with the other Envoys.
}

/** Says in a pod's status that it is ready, as soon as Envoy says so. */
async function reportReady(
  name: string,
  { ipv4, ipv6 }: Pair,
  { settings: { namespace }, kubectl, running }: Node,
): Promise<void> {
  const probe = () => fetch(`http://${ipv4}:${readyPort}/ready`).catch(() => undefined)
  while (running.has(name) && !(await probe())?.ok) await sleep(50)
  await reportRunning(kubectl, { name, namespace, podIPs: [ipv4, ipv6] }).catch((error: Error) => {
    if (!error.message.includes('(NotFound)')) throw error // Its Gateway may be gone already.
  })
}
