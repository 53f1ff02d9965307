import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { writeWhole } from '../../files.ts'
import { apply, served } from '../control-plane/kubectl.ts'
import { applyManifests } from '../control-plane/manifests.ts'
import { createNodePod } from '../control-plane/pods.ts'
import { type NodeName, nodeNames } from '../network/nodes.ts'
import { stateFolder } from '../sandbox/sandbox.ts'
import { addOn, type Site } from './addon.ts'

const namespace = 'metallb-system'
/** By such labels the speakers find one another, of which one answers for an address. */
const labelsOf = (component: 'controller' | 'speaker') => ({ app: 'metallb', component })
/** Where the secret is by which the speakers know one another. */
const secretFolder = join(stateFolder, 'metallb')
const ports = { metrics: '7472', memberlist: '7946' }
const crds = ['ipaddresspools.metallb.io', 'l2advertisements.metallb.io']

/**
 * MetalLB's controller, and its speaker on each node: it gives load balancers an address of the front segment and
 * answers for it there by ARP and NDP.
 */
export const metallb = addOn({
  name: 'MetalLB',
  programs: ['metallb'],
  isNeededBy: () => true,
  async start(site) {
    const { kubectl, kubeconfigFor } = site.controlPlane
    await applyManifests(kubectl, site.folders.metallb)
    const [controller, speaker] = await Promise.all([
      kubeconfigFor('controller', namespace),
      kubeconfigFor('speaker', namespace),
      served({ kubectl, until: site.processes.until }, crds),
    ])
    await Promise.all([
      createPool(site),
      createPod(site, 'controller', 'controller', nodeNames[0]),
      ...nodeNames.map((nodeName) => createPod(site, speakerOf(nodeName), 'speaker', nodeName)),
      writeWhole(join(secretFolder, 'secretkey'), randomBytes(16).toString('hex'), 0o600),
    ])
    startController(site, controller)
    startSpeakers(site, speaker)
  },
})

// --- utils ---

const speakerOf = (nodeName: NodeName) => `speaker-${nodeName}`

/** The addresses that may be given, and where they are answered for. */
function createPool({ controlPlane, addressing }: Site<'metallb'>): Promise<void> {
  const apiVersion = 'metallb.io/v1beta1'
  const metadata = { name: 'front', namespace }
  const { ipv4, ipv6 } = addressing.loadBalancers
  return apply(controlPlane.kubectl, [
    { apiVersion, kind: 'IPAddressPool', metadata, spec: { addresses: [ipv4, ipv6] } },
    { apiVersion, kind: 'L2Advertisement', metadata, spec: { interfaces: ['front'] } },
  ])
}

/** Each of its programs asks for its own pod. */
function createPod(
  { controlPlane, addressing }: Site<'metallb'>,
  name: string,
  component: 'controller' | 'speaker',
  nodeName: NodeName,
): Promise<void> {
  const pod = { name, namespace, labels: labelsOf(component), serviceAccountName: component, nodeName }
  return createNodePod(controlPlane.kubectl, pod, addressing)
}

function startController({ processes, folders }: Site<'metallb'>, kubeconfig: string): void {
  processes.start('metallb-controller', [
    join(folders.metallb, 'controller'),
    `-kubeconfig=${kubeconfig}`,
    `-namespace=${namespace}`,
    '-deployment=controller',
    '-pod-name=controller',
    '-webhook-mode=disabled',
    '-disable-cert-rotation',
    `-port=${ports.metrics}`,
  ])
}

function startSpeakers({ processes, folders, addressing }: Site<'metallb'>, kubeconfig: string): void {
  const labels = Object.entries(labelsOf('speaker')).map(([key, value]) => `${key}=${value}`)
  for (const nodeName of nodeNames) {
    const { ipv4 } = addressing.node(nodeName).front
    processes.start(
      `metallb-${speakerOf(nodeName)}`,
      [
        join(folders.metallb, 'speaker'),
        `-kubeconfig=${kubeconfig}`,
        `-namespace=${namespace}`,
        `-node-name=${nodeName}`,
        `-pod-name=${speakerOf(nodeName)}`,
        `-ml-labels=${labels.join(',')}`,
        `-ml-bindaddr=${ipv4}`,
        `-ml-bindport=${ports.memberlist}`,
        `-ml-secret-key-path=${secretFolder}`,
        `-port=${ports.metrics}`,
      ],
      { machine: nodeName },
    )
  }
}
