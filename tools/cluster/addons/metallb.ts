import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { writeWhole } from '../../files.ts'
import { apply, served } from '../control-plane/kubectl.ts'
import { applyManifests } from '../control-plane/manifests.ts'
import { createNodePod } from '../control-plane/pods.ts'
import { isHealthy } from '../machines/machines.ts'
import { unnamedPool } from '../network/addressing.ts'
import { type NodeName, nodeNames } from '../network/nodes.ts'
import { stateFolder } from '../sandbox/sandbox.ts'
import { addOn, type Site } from './addon.ts'

/** By such labels the speakers find one another, of which one answers for an address. */
const labelsOf = (component: 'controller' | 'speaker') => ({ app: 'metallb', component })
/** Where the secret is by which the speakers know one another. */
const secretFolder = join(stateFolder, 'metallb')
const crds = ['ipaddresspools.metallb.io', 'l2advertisements.metallb.io']

/**
 * MetalLB's controller, and its speaker on each node: it gives load balancers an address of its pools and answers for
 * it on the front segment by ARP and NDP. One serves one `loadBalancerClass`, or those that have none: there is one
 * for each class.
 */
export const metallb = addOn({
  name: 'MetalLB',
  programs: ['metallb'],
  isNeededBy: () => true,
  async start(site) {
    await writeWhole(join(secretFolder, 'secretkey'), randomBytes(16).toString('hex'), 0o600)
    await Promise.all(instances(site).map((instance) => startOne(site, instance)))
  },
  async ready(site) {
    await Promise.all(instances(site).map((instance) => whenReady(site, instance)))
  },
})

// --- utils ---

/** One MetalLB of several. */
interface Instance {
  /** What the names of its components end in. */
  suffix: string
  namespace: string
  loadBalancerClass: string
  ports: { metrics: number; health: number; memberlist: number }
}

const instanceOf = (loadBalancerClass: string, index: number): Instance => {
  const suffix = index === 0 ? '' : `-${index + 1}`
  const ports = { metrics: 7472 + index, health: 17472 + index, memberlist: 7946 + index }
  return { suffix, namespace: `${released}${suffix}`, loadBalancerClass, ports }
}

function instances({ addressing }: Site<'metallb'>): Instance[] {
  const classes = new Set(addressing.pools.map(({ loadBalancerClass }) => loadBalancerClass))
  return [...classes].map(instanceOf)
}

/** The namespace in its manifests. */
const released = 'metallb-system'

async function startOne(site: Site<'metallb'>, instance: Instance): Promise<void> {
  const { kubectl, kubeconfigFor } = site.controlPlane
  const { namespace } = instance
  await applyManifests(kubectl, site.folders.metallb, (object) =>
    JSON.parse(JSON.stringify(object).replaceAll(released, namespace)),
  )
  const [controller, speaker] = await Promise.all([
    kubeconfigFor('controller', namespace),
    kubeconfigFor('speaker', namespace),
    served({ kubectl, until: site.processes.until }, crds),
  ])
  await Promise.all([
    createPools(site, instance),
    createPod(site, namespace, 'controller', 'controller', nodeNames[0]),
    ...nodeNames.map((nodeName) => createPod(site, namespace, speakerOf(nodeName), 'speaker', nodeName)),
  ])
  startController(site, instance, controller)
  startSpeakers(site, instance, speaker)
}

async function whenReady(
  { processes, machines }: Site<'metallb'>,
  { suffix, ports }: Instance,
): Promise<void> {
  const health = `http://127.0.0.1:${ports.health}/healthz`
  const controller = `metallb-controller${suffix}`
  await Promise.all([
    processes.until(`${controller} is ready`, async () => (await fetch(health)).ok || undefined, {
      of: [controller],
    }),
    ...nodeNames.map((nodeName) => {
      const speaker = `metallb-${speakerOf(nodeName)}${suffix}`
      const healthy = () => isHealthy(machines.machine(nodeName), health)
      return processes.until(`${speaker} is ready`, healthy, { of: [speaker] })
    }),
  ])
}

const speakerOf = (nodeName: NodeName) => `speaker-${nodeName}`

/** The addresses that may be given, and where they are answered for. Those of a name are for who names it alone. */
function createPools(
  { controlPlane, addressing }: Site<'metallb'>,
  { namespace, loadBalancerClass }: Instance,
): Promise<void> {
  const apiVersion = 'metallb.io/v1beta1'
  const pools = addressing.pools.filter((pool) => pool.loadBalancerClass === loadBalancerClass)
  return apply(controlPlane.kubectl, [
    ...pools.map(({ name, addresses }) => ({
      apiVersion,
      kind: 'IPAddressPool',
      metadata: { name, namespace },
      spec: { addresses, autoAssign: name === unnamedPool },
    })),
    {
      apiVersion,
      kind: 'L2Advertisement',
      metadata: { name: 'front', namespace },
      spec: { interfaces: ['front'] },
    },
  ])
}

/** Each of its programs asks for its own pod. */
function createPod(
  { controlPlane, addressing }: Site<'metallb'>,
  namespace: string,
  name: string,
  component: 'controller' | 'speaker',
  nodeName: NodeName,
): Promise<void> {
  const pod = { name, namespace, labels: labelsOf(component), serviceAccountName: component, nodeName }
  return createNodePod(controlPlane.kubectl, pod, addressing)
}

function startController(
  { processes, folders }: Site<'metallb'>,
  instance: Instance,
  kubeconfig: string,
): void {
  processes.start(`metallb-controller${instance.suffix}`, [
    join(folders.metallb, 'controller'),
    ...commonOptions(instance, kubeconfig),
    '-deployment=controller',
    '-pod-name=controller',
    '-webhook-mode=disabled',
    '-disable-cert-rotation',
  ])
}

function startSpeakers(
  { processes, folders, addressing }: Site<'metallb'>,
  instance: Instance,
  kubeconfig: string,
): void {
  const labels = Object.entries(labelsOf('speaker')).map(([key, value]) => `${key}=${value}`)
  for (const nodeName of nodeNames) {
    const { ipv4 } = addressing.node(nodeName).front
    processes.start(
      `metallb-${speakerOf(nodeName)}${instance.suffix}`,
      [
        join(folders.metallb, 'speaker'),
        ...commonOptions(instance, kubeconfig),
        `-node-name=${nodeName}`,
        `-pod-name=${speakerOf(nodeName)}`,
        `-ml-labels=${labels.join(',')}`,
        `-ml-bindaddr=${ipv4}`,
        `-ml-bindport=${instance.ports.memberlist}`,
        `-ml-secret-key-path=${secretFolder}`,
      ],
      { machine: nodeName },
    )
  }
}

const commonOptions = ({ namespace, loadBalancerClass, ports }: Instance, kubeconfig: string) => [
  `-kubeconfig=${kubeconfig}`,
  `-namespace=${namespace}`,
  `-lb-class=${loadBalancerClass}`,
  `-port=${ports.metrics}`,
  `-health-probe-port=${ports.health}`,
]
