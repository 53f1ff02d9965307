import { execa } from 'execa'
import { nodeNames } from '../../cluster/network/nodes.ts'
import { stateFolder } from '../../cluster/sandbox/sandbox.ts'
import { hardwareAddress, unplug } from './cables.ts'
import type { Scene } from './scene.ts'

/** Something that breaks. */
export interface Fault {
  name: string
  /** How many seconds it stays broken: 3 where left out. */
  seconds?: number
  /** Breaks it, and gives what mends it. */
  strike(scene: Scene): Promise<() => Promise<void>>
}

/** Components are killed, and started again by what a kubelet or systemd stands for. */
const killed = (name: string, components: readonly string[], seconds?: number): Fault => ({
  name,
  ...(seconds !== undefined && { seconds }),
  async strike({ cluster }) {
    const starts = await Promise.all(components.map(cluster.crash))
    return async () => {
      for (const start of starts) start()
    }
  },
})

const controlPlane = ['etcd', 'kube-apiserver', 'kube-controller-manager']

/** All that is tried, in this order. */
export const faults: readonly Fault[] = [
  { name: 'nothing', strike: async () => async () => {} },
  killed('kube-apiserver killed', ['kube-apiserver']),
  killed('etcd killed', ['etcd']),
  killed('kube-controller-manager killed', ['kube-controller-manager']),
  killed('the control plane away for a minute', controlPlane, 60),
  killed(
    'kube-proxy killed on both nodes',
    nodeNames.map((node) => `kube-proxy-${node}`),
  ),
  killed("MetalLB's controller killed", ['metallb-controller']),
  killed(
    "MetalLB's speakers killed",
    nodeNames.map((node) => `metallb-speaker-${node}`),
  ),
  killed('Contour killed', ['contour']),
  killed("Contour's Envoy killed", ['envoy']),
  killed('Envoy Gateway killed', ['envoy-gateway']),
  { name: 'the node with the load balancer lost', seconds: 20, strike: loseNode },
  { name: "one of App2's two machines lost", seconds: 5, strike: loseApp2('app2-1') },
  { name: "both of App2's machines lost", seconds: 5, strike: loseApp2('app2-1', 'app2-2') },
  killed('App2 started again on both machines', ['echo-app2-1-1', 'echo-app2-2-2'], 0),
  { name: 'the disk full under etcd', seconds: 5, strike: fillDisk },
  { name: 'a wrong slice written by hand', strike: writeWrongSlice },
]

// --- utils ---

/** Of the node that answers for the load balancer's address, all cables are out. */
async function loseNode({ cluster, address }: Scene): Promise<() => Promise<void>> {
  await cluster.machine('app1').http(`http://${address}/`)
  const { stdout } = await execa('ip', ['-json', '-netns', 'app1', 'neigh', 'show', address])
  const [neighbor]: { lladdr?: string }[] = JSON.parse(stdout)
  const own = await Promise.all(nodeNames.map((node) => hardwareAddress(node, 'front')))
  const node = nodeNames.find((_, index) => own[index] === neighbor?.lladdr)
  if (!node)
    throw new Error(`no node has the hardware address ${neighbor?.lladdr}, which answers for ${address}`)
  const plugs = await Promise.all(['front', 'back', 'control'].map((device) => unplug(node, device)))
  return async () => void (await Promise.all(plugs.map((plug) => plug())))
}

function loseApp2(...machines: string[]): Fault['strike'] {
  return async () => {
    const plugs = await Promise.all(machines.map((machine) => unplug(machine, 'eth0')))
    return async () => void (await Promise.all(plugs.map((plug) => plug())))
  }
}

/** The sandbox's own file system is made as small as what it holds. */
async function fillDisk(): Promise<() => Promise<void>> {
  const folder = stateFolder.replace(/\/[^/]*$/, '')
  const { stdout } = await execa('df', ['--block-size=1K', '--output=used,size', folder])
  const [used = 0, size = 0] = (stdout.split('\n')[1] ?? '').trim().split(/\s+/).map(Number)
  const resize = (kibibytes: number) => execa('mount', ['-o', `remount,size=${kibibytes}k`, folder])
  await resize(used)
  return async () => void (await resize(size))
}

async function writeWrongSlice({ cluster }: Scene): Promise<() => Promise<void>> {
  const [name = ''] = (
    await cluster.kubectl(['get', 'endpointslices', '-l', 'kubernetes.io/service-name=app', '--output=name'])
  ).split('\n')
  const { endpoints } = JSON.parse(await cluster.kubectl(['get', name, '--output=json']))
  const write = (value: unknown) =>
    cluster.kubectl(['patch', name, '--type=merge', '--patch', JSON.stringify({ endpoints: value })])
  await write([{ addresses: ['2.3.4.99'] }])
  return async () => void (await write(endpoints))
}
