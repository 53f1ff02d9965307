/**
 * Does for Envoy Gateway's Envoys what a kubelet and a CNI plugin would: runs each pod's Envoy with the pod's own
 * arguments, in a network namespace with addresses of its own, and says when it is ready. It runs in the network
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
import { kubectlWith } from '../control-plane.ts'
import { reportRunning } from '../manifests.ts'
import type { Pair } from '../network/addressing.ts'
import { ip } from '../network/network.ts'
import { stateFolder } from '../sandbox/sandbox.ts'

export interface ProxyPods {
  kubeconfig: string
  /** Of the pods. */
  namespace: string
  /** Envoy's program. */
  envoy: string
  /** The folder of the certificates by which an Envoy and Envoy Gateway know one another. */
  certificates: string
  /** The address of Envoy Gateway. */
  gateway: string
  /** The pods' own network. */
  network: Pair
}

const settings: ProxyPods = JSON.parse(process.argv[2] ?? '')
const { kubeconfig, namespace, network } = settings
const kubectl = await kubectlWith(kubeconfig)
/** With this before it, a program ends when this one does, however that ends. */
const withThis = ['--pdeathsig', 'KILL', '--']
const running = new Map<string, ChildProcess>()
let addressesGiven = 1
const node = addressOf(addressesGiven)

await createBridge()
for (;;) {
  // The API server ends a watch now and then.
  const watch = execa('setpriv', [
    ...[
      ...withThis,
      await findKubectl(),
      `--kubeconfig=${kubeconfig}`,
      'get',
      'pods',
      '--namespace',
      namespace,
    ],
    ...['--selector=app.kubernetes.io/component=proxy', '--watch', '--output-watch-events'],
    '--output=jsonpath={.type} {.object}{"\\n"}',
  ])
  for await (const line of watch) {
    const [, event, object = ''] = /^(\w+) (.*)/.exec(line) ?? []
    const pod: Pod = JSON.parse(object)
    const name = pod.metadata?.name ?? ''
    if (event === 'DELETED') await stop(name)
    else if (!running.has(name)) await run(name, pod)
  }
}

// --- utils ---

/** A pod's addresses; the first are the node's. */
function addressOf(index: number): Pair {
  return { ipv4: network.ipv4.replace(/0\/.*/, `${index}`), ipv6: network.ipv6.replace(/\/.*/, `${index}`) }
}

/** Addresses as `ip` takes them for a link, with their network's length. */
function onNetwork({ ipv4, ipv6 }: Pair): string[] {
  const [of4, of6] = [network.ipv4, network.ipv6].map((range) => range.split('/')[1])
  return [`${ipv4}/${of4}`, `${ipv6}/${of6} nodad`]
}

/** The pods' network on their node, which forwards for them and masquerades what leaves it. */
async function createBridge(): Promise<void> {
  const addresses = onNetwork(node).map((address) => `addr add dev pods ${address}`)
  await ip(['link add pods type bridge', ...addresses, 'link set pods up'])
  const rules = `
    add rule inet firewall forward iifname pods accept
    add rule inet firewall forward oifname pods ct state established accept
    table inet pods {
      chain postrouting {
        type nat hook postrouting priority srcnat;
        ip saddr ${network.ipv4} ip daddr != ${network.ipv4} masquerade
        ip6 saddr ${network.ipv6} ip6 daddr != ${network.ipv6} masquerade
      }
    }
  `
  await execa('nft', ['-f', '-'], { input: rules })
}

/** Starts a pod's Envoy, which is to run until the pod is deleted. */
async function run(name: string, pod: Pod): Promise<void> {
  const args = await argumentsOf(name, pod)
  if (!args) return
  const addresses = await plug(name)
  const command = [...withThis, 'ip', 'netns', 'exec', name, settings.envoy, ...args]
  const envoy = spawn('setpriv', command, { stdio: ['ignore', 'inherit', 'inherit'] })
  running.set(name, envoy)
  envoy.on('exit', (code, signal) => {
    if (running.has(name)) throw new Error(`the Envoy of ${name} has ended: ${signal ?? code}`)
  })
  reportReady(name, addresses)
}

async function stop(name: string): Promise<void> {
  const envoy = running.get(name)
  if (!envoy) return
  running.delete(name)
  envoy.kill('SIGKILL')
  await ip([`netns delete ${name}`])
}

/** Gives a pod a network namespace of its own, plugged into the bridge. */
async function plug(name: string): Promise<Pair> {
  const addresses = addressOf(++addressesGiven)
  const port = `pod${addressesGiven}`
  await ip([
    `netns add ${name}`,
    `link add eth0 netns ${name} type veth peer name ${port}`,
    `link set ${port} master pods up`,
  ])
  await ip(
    [
      ...['link set lo up', 'link set eth0 up'],
      ...onNetwork(addresses).map((address) => `addr add dev eth0 ${address}`),
      ...Object.values(node).map((address) => `route add default via ${address}`),
    ],
    name,
  )
  return addresses
}

/**
 * Envoy's arguments in a pod, with the pod's files, its environment and the cluster's DNS put in their places.
 * Nothing where the pod's ConfigMap is gone: so is its Gateway.
 */
async function argumentsOf(name: string, { spec }: Pod): Promise<string[] | undefined> {
  const map = spec?.volumes?.find((volume) => volume.name === 'sds')?.configMap?.name ?? ''
  const query = ['--namespace', namespace, '--output=json', '--ignore-not-found']
  const found = await kubectl(['get', 'configmap', map, ...query])
  if (!found) return undefined
  const { data = {} }: ConfigMap = JSON.parse(found)
  const folder = join(stateFolder, 'envoy-gateway', name)
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
async function reportReady(name: string, { ipv4, ipv6 }: Pair): Promise<void> {
  const probe = () => fetch(`http://${ipv4}:19003/ready`).catch(() => undefined)
  while (running.has(name) && !(await probe())?.ok) await sleep(50)
  await reportRunning(kubectl, { name, namespace, podIPs: [ipv4, ipv6] }).catch((error: Error) => {
    if (!error.message.includes('(NotFound)')) throw error // Its Gateway may be gone already.
  })
}
