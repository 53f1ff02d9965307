import { join } from 'node:path'
import { execa } from 'execa'
import { serviceAddresses } from '../control-plane/addresses.ts'
import { served } from '../control-plane/kubectl.ts'
import { applyManifests, type Manifest } from '../control-plane/manifests.ts'
import { createNodePod } from '../control-plane/pods.ts'
import { isHealthy } from '../machines/machines.ts'
import { firstNode } from '../network/nodes.ts'
import { stateFolder } from '../sandbox/sandbox.ts'
import { addOn, type Site } from './addon.ts'

const namespace = 'projectcontour'
/** Where its Envoy runs, on the node's own network. */
const nodeName = firstNode
const pod = {
  name: `envoy-${nodeName}`,
  namespace,
  labels: { app: 'envoy' },
  serviceAccountName: 'envoy',
  nodeName,
} as const
/** Ports of the node's own: where Envoy asks Contour for its configuration, and where Contour has it say how it is. */
const ports = { xds: 8001, ready: 8002 }
const xds = ['--xds-address=127.0.0.1', `--xds-port=${ports.xds}`]
const ready = `http://127.0.0.1:${ports.ready}/ready`

/**
 * Contour and an Envoy on the first node. As in Contour's own manifests, Envoy's Service is a load balancer with
 * `externalTrafficPolicy: Local`, so Envoy sees a client's own address.
 */
export const contour = addOn({
  name: 'Contour',
  programs: ['contour', 'envoy'],
  isNeededBy: (objects) => objects.some(({ kind }) => kind === 'HTTPProxy' || kind === 'Ingress'),
  async start(site) {
    const { kubectl, kubeconfigFor } = site.controlPlane
    const [bootstrap] = await Promise.all([
      writeBootstrap(site),
      applyManifests(kubectl, site.folders.contour, dualStack),
    ])
    const [kubeconfig] = await Promise.all([
      kubeconfigFor('contour', namespace),
      createNodePod(kubectl, pod, site.addressing),
      served({ kubectl, until: site.processes.until }, ['httpproxies.projectcontour.io']),
    ])
    startContour(site, kubeconfig)
    startEnvoy(site, bootstrap)
  },
  async ready({ processes, controlPlane, machines }) {
    const addresses = async () =>
      (await serviceAddresses(controlPlane.kubectl, 'envoy', namespace)).length > 0 || undefined
    const healthy = () => isHealthy(machines.machine(nodeName), ready)
    await Promise.all([
      processes.until('Envoy gets its addresses', addresses, { of: ['metallb-controller'] }),
      processes.until('Envoy is ready', healthy, { of: ['contour', 'envoy'] }),
    ])
  },
  ingressAddresses: (kubectl) => serviceAddresses(kubectl, 'envoy', namespace),
})

// --- utils ---

/** Envoy's Service gets an address of each family: this cluster has both. */
const dualStack = (object: Manifest) =>
  object.kind === 'Service' && object.metadata.name === 'envoy'
    ? { ...object, spec: { ...object.spec, ipFamilyPolicy: 'PreferDualStack' } }
    : object

/** Has Contour write what its Envoy begins with, and gives that file's path. */
async function writeBootstrap({ folders }: Site<'contour'>): Promise<string> {
  const path = join(stateFolder, 'envoy.json')
  const admin = `--admin-address=${join(stateFolder, 'envoy-admin.sock')}`
  await execa(join(folders.contour, 'contour'), ['bootstrap', path, ...xds, admin])
  return path
}

function startContour({ processes, folders }: Site<'contour'>, kubeconfig: string): void {
  processes.start(
    'contour',
    [
      join(folders.contour, 'contour'),
      'serve',
      `--kubeconfig=${kubeconfig}`,
      ...xds,
      '--insecure',
      '--disable-leader-election',
      '--envoy-service-http-address=::',
      '--envoy-service-https-address=::',
    ],
    { machine: nodeName, env: { CONTOUR_NAMESPACE: namespace, POD_NAME: `contour-${nodeName}` } },
  )
}

function startEnvoy({ processes, folders }: Site<'envoy'>, bootstrap: string): void {
  const options = {
    '--config-path': bootstrap,
    '--concurrency': '1',
    '--log-level': 'warn',
    '--service-cluster': namespace,
    '--service-node': pod.name,
  }
  // A hot restart would leave a file in /dev/shm, and two users' Envoys would share it.
  const command = [join(folders.envoy, 'envoy'), ...Object.entries(options).flat(), '--disable-hot-restart']
  processes.start('envoy', command, { machine: nodeName })
}
