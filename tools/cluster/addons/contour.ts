import { join } from 'node:path'
import { execa } from 'execa'
import type { ControlPlane } from '../control-plane.ts'
import { applyManifests, createHostPod } from '../manifests.ts'
import type { Addressing } from '../network/addressing.ts'
import type { Processes } from '../sandbox/processes.ts'
import { stateFolder } from '../sandbox/sandbox.ts'

const namespace = 'projectcontour'
const nodeName = 'node1'
const xds = ['--xds-address=127.0.0.1', '--xds-port=8001']

/**
 * Starts Contour and an Envoy on the first node, on the node's own network. As in Contour's own manifests,
 * Envoy's Service is a load balancer with `externalTrafficPolicy: Local`, so Envoy sees a client's own address.
 * @param folders Contour's programs and manifests, and Envoy's program
 */
export async function startContour(
  processes: Processes,
  folders: { contour: string; envoy: string },
  { kubectl, kubeconfigFor }: ControlPlane,
  addressing: Addressing,
): Promise<void> {
  const bootstrap = join(stateFolder, 'envoy.json')
  const contour = join(folders.contour, 'contour')
  await Promise.all([
    applyManifests(kubectl, folders.contour, dualStack),
    execa(contour, [
      'bootstrap',
      bootstrap,
      ...xds,
      `--admin-address=${join(stateFolder, 'envoy-admin.sock')}`,
    ]),
  ])
  const [kubeconfig] = await Promise.all([
    kubeconfigFor('contour', namespace),
    createHostPod(kubectl, {
      ...{
        name: `envoy-${nodeName}`,
        namespace,
        labels: { app: 'envoy' },
        serviceAccountName: 'envoy',
        nodeName,
      },
      podIPs: Object.values(addressing.node(1, 'front')),
    }),
    kubectl(['wait', '--for=condition=Established', 'crd/httpproxies.projectcontour.io']),
  ])
  processes.start(
    'contour',
    [
      ...[contour, 'serve', '--kubeconfig', kubeconfig, ...xds, '--insecure', '--disable-leader-election'],
      ...['--envoy-service-http-address=::', '--envoy-service-https-address=::'],
    ],
    { in: nodeName, env: { CONTOUR_NAMESPACE: namespace, POD_NAME: `contour-${nodeName}` } },
  )
  processes.start(
    'envoy',
    [
      ...[join(folders.envoy, 'envoy'), '-c', bootstrap, '--concurrency', '1', '--log-level', 'warn'],
      '--disable-hot-restart', // It would leave a file in /dev/shm, and two users' Envoys would share it.
      ...['--service-cluster', namespace, '--service-node', `envoy-${nodeName}`],
    ],
    { in: nodeName },
  )
}

// --- utils ---

/** Envoy's Service gets an address of each family: this cluster has both. */
const dualStack: NonNullable<Parameters<typeof applyManifests>[2]> = (object) =>
  object.kind === 'Service' && object.metadata.name === 'envoy'
    ? { ...object, spec: { ...object.spec, ipFamilyPolicy: 'PreferDualStack' } }
    : object
