import { execa } from 'execa'
import { renew, whenIssued } from '../../cluster/addons/cert-manager-controllers.ts'
import type { Outcome } from '../../cluster/machines/request.ts'
import { nodeNames } from '../../cluster/network/nodes.ts'
import { stateFolder } from '../../cluster/sandbox/sandbox.ts'
import { running } from '../measure.ts'
import { hardwareAddress, unplug } from './cables.ts'
import { echoes, type Scene } from './scene.ts'

/** Something that breaks. */
export interface Fault {
  name: string
  /** How many seconds it stays broken: 3 where left out. */
  seconds?: number
  /** What bounds the loss, and what shortens it. Left out where nothing may be lost, since no packet needs what breaks. */
  bound?: string
  /** Breaks it, and gives what mends it. */
  strike(scene: Scene): Promise<() => Promise<void>>
}

/** Components are killed, and started again by what a kubelet or systemd stands for. */
const killed = (name: string, components: readonly string[], more: Partial<Fault> = {}): Fault => ({
  name,
  ...more,
  strike: ({ cluster }) => crash(cluster, components),
})

const controlPlane = ['etcd', 'kube-apiserver', 'kube-controller-manager']
const app2Machines = ['app2-1', 'app2-2']
/** How often certificates are renewed, one time after another. */
const renewals = 50

/** All that is tried, in this order. */
export const faults: readonly Fault[] = [
  { name: 'nothing', strike: async () => async () => {} },
  killed('kube-apiserver killed', ['kube-apiserver']),
  killed('etcd killed', ['etcd']),
  killed('kube-controller-manager killed', ['kube-controller-manager']),
  killed('the control plane away for a minute', controlPlane, { seconds: 60 }),
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
  killed("Contour's Envoy killed", ['envoy'], { bound: 'until it is back, 3 s here: run it on each node' }),
  killed('Envoy Gateway killed', ['envoy-gateway']),
  {
    name: "Envoy Gateway's Envoy killed, started again at once",
    bound: "until it is back: a Gateway's Envoy may have replicas (EnvoyProxy)",
    strike: killGatewaysEnvoy,
  },
  killed('External DNS killed', ['external-dns']),
  { name: 'cert-manager killed, when a renewal is due', seconds: 5, strike: killCertManager },
  { name: `certificates renewed ${renewals} times`, seconds: 0, strike: renewOften },
  {
    name: 'the node with the load balancer lost',
    seconds: 20,
    bound:
      "until MetalLB's other speakers miss it; an Envoy of that node until the node is back: run it on each node",
    strike: loseNode,
  },
  {
    name: "one of App2's two machines lost",
    seconds: 5,
    bound:
      'until it is back: `ready: false`, by hand or by `resolve --probe`; at a controller `backend.healthCheck`',
    strike: loseApp2('app2-1'),
  },
  {
    name: "both of App2's machines lost",
    seconds: 5,
    bound: 'until one is back: nothing else can answer',
    strike: loseApp2(...app2Machines),
  },
  {
    name: "App2's machines off and on, and no connection was told (half-open)",
    seconds: 0, // A link that comes up is told of within a second.
    bound:
      "until the next packet by it, which the machine's new start refuses; one that is idle by its keepalive",
    strike: forgetConnections,
  },
  {
    name: 'App2 started again on both machines',
    seconds: 0,
    bound: 'until it listens: start one machine after the other',
    strike: ({ cluster }) => crash(cluster, echoes),
  },
  { name: 'the disk full under etcd', seconds: 5, strike: fillDisk },
  {
    name: 'a wrong slice written by hand',
    bound: 'until it is put back: keep others from writing slices',
    strike: writeWrongSlice,
  },
]

/** What `--quick` tries. */
export const fewFaults: readonly Fault[] = faults.filter(({ name }) =>
  /^(nothing|Envoy Gateway's Envoy|External DNS|cert-manager)|half-open/.test(name),
)

// --- utils ---

type Cluster = Scene['cluster']

async function crash(cluster: Cluster, components: readonly string[]): Promise<() => Promise<void>> {
  const starts = await Promise.all(components.map(cluster.crash))
  return async () => {
    for (const start of starts) start()
  }
}

/** What stands for its kubelet starts it again, so there is nothing to mend. */
async function killGatewaysEnvoy(): Promise<() => Promise<void>> {
  const envoys = running().filter(
    ({ words: [program = '', ...words] }) =>
      program.endsWith('/envoy') && words.some((word) => word.startsWith('envoy-default-edge')),
  )
  if (envoys.length !== 1) throw new Error(`the Gateway has ${envoys.length} Envoys`)
  for (const { id } of envoys) process.kill(id, 'SIGKILL')
  return async () => {}
}

/** Is mended when all doors show other certificates: what was due meanwhile is made after. */
async function killCertManager({ cluster, streams }: Scene): Promise<() => Promise<void>> {
  const shown = shownBy(streams)
  const before = await shown()
  await whenIssued(cluster)
  const mend = await crash(cluster, ['cert-manager-controllers'])
  await renew(cluster.kubectl)
  return async () => {
    if ((await shown()).join() !== before.join())
      throw new Error('a certificate changed without cert-manager')
    await mend()
    await renewed(cluster, shown, before)
  }
}

/** Each time, all doors show other certificates before the next. */
async function renewOften({ cluster, streams }: Scene): Promise<() => Promise<void>> {
  const shown = shownBy(streams)
  for (let time = 0; time < renewals; time += 1) {
    const before = await shown()
    await whenIssued(cluster)
    await renew(cluster.kubectl)
    await renewed(cluster, shown, before)
  }
  return async () => {}
}

/** The serial numbers of the certificates that the controllers' doors show. */
type Shown = () => Promise<(string | undefined)[]>

function shownBy(streams: Scene['streams']): Shown {
  const doors = streams.flatMap(({ door, what, ask }) =>
    ask && what === 'HTTPS, new' && door !== 'load balancer' ? [ask] : [],
  )
  return () => Promise.all(doors.map(async (ask) => serialIn(await ask())))
}

const renewed = (cluster: Cluster, shown: Shown, before: readonly (string | undefined)[]) =>
  cluster.until('the certificates are renewed', async () => {
    const after = await shown()
    return after.every((serial, index) => serial && serial !== before[index]) || undefined
  })

const serialIn = (outcome: Outcome) =>
  'certificate' in outcome ? outcome.certificate?.serialNumber : undefined

/** Of the node that answers for the load balancer's address, all cables are out. */
async function loseNode({ cluster, address }: Scene): Promise<() => Promise<void>> {
  await cluster.machine('app1').http(`http://${address}/`)
  const { stdout } = await execa('ip', ['-json', '-netns', 'app1', 'neigh', 'show', address])
  const [neighbor]: { lladdr?: string }[] = JSON.parse(stdout)
  const own = await Promise.all(nodeNames.map((node) => hardwareAddress(node, 'front')))
  const node = nodeNames.find((_, index) => own[index] === neighbor?.lladdr)
  if (!node)
    throw new Error(`no node has the hardware address ${neighbor?.lladdr}, which answers for ${address}`)
  return unplugAll(['front', 'back', 'control'].map((device) => [node, device]))
}

function loseApp2(...machines: string[]): Fault['strike'] {
  return () => unplugAll(machines.map((machine) => [machine, 'eth0']))
}

/** Takes cables out, and gives what puts them back. */
async function unplugAll(ends: readonly (readonly [string, string])[]): Promise<() => Promise<void>> {
  const plugs = await Promise.all(ends.map(([machine, device]) => unplug(machine, device)))
  return async () => void (await Promise.all(plugs.map((plug) => plug())))
}

/** App2's machines lose their connections as by a loss of power: what would tell of it meets a cable that is out. */
async function forgetConnections({ cluster }: Scene): Promise<() => Promise<void>> {
  // Else Linux would go on telling of their end for minutes, and be heard.
  for (const machine of app2Machines)
    await execa('ip', ['netns', 'exec', machine, 'sysctl', '-w', 'net.ipv4.tcp_orphan_retries=1'])
  const plug = await unplugAll(app2Machines.map((machine) => [machine, 'eth0']))
  const start = await crash(cluster, echoes)
  await start()
  return plug
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
