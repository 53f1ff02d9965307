import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { ControlPlane } from '../control-plane.ts'
import { apply, applyManifests, createHostPod } from '../manifests.ts'
import type { Addressing } from '../network/addressing.ts'
import { nodes } from '../network/network.ts'
import type { Processes } from '../sandbox/processes.ts'

const namespace = 'metallb-system'

/**
 * Starts MetalLB's controller, and its speaker on each node: it gives load balancers an address of the front
 * segment and answers for it there by ARP and NDP.
 * @param folder MetalLB's programs and manifests
 */
export async function startMetalLB(
  processes: Processes,
  folder: string,
  { kubectl, kubeconfigFor }: ControlPlane,
  addressing: Addressing,
): Promise<void> {
  await applyManifests(kubectl, folder)
  const [controller, speaker] = await Promise.all([
    kubeconfigFor('controller', namespace),
    kubeconfigFor('speaker', namespace),
    kubectl([
      'wait',
      '--for=condition=Established',
      'crd/ipaddresspools.metallb.io',
      'crd/l2advertisements.metallb.io',
    ]),
  ])
  const { ipv4, ipv6 } = addressing.loadBalancers
  const metadata = { name: 'front', namespace }
  const api = 'metallb.io/v1beta1'
  await Promise.all([
    apply(kubectl, [
      { apiVersion: api, kind: 'IPAddressPool', metadata, spec: { addresses: [ipv4, ipv6] } },
      { apiVersion: api, kind: 'L2Advertisement', metadata, spec: { interfaces: ['front'] } },
    ]),
    ...nodes.map((nodeName, index) => {
      const labels = { app: 'metallb', component: 'speaker' }
      const podIPs = Object.values(addressing.node(index + 1, 'front'))
      const pod = {
        name: `speaker-${nodeName}`,
        namespace,
        labels,
        serviceAccountName: 'speaker',
        nodeName,
        podIPs,
      }
      return createHostPod(kubectl, pod)
    }),
  ])
  processes.start('metallb-controller', [
    join(folder, 'controller'),
    ...['-kubeconfig', controller, '-namespace', namespace, '-deployment', 'controller'],
    ...['-webhook-mode', 'disabled', '-disable-cert-rotation', '-port', '7472'],
  ])
  const secret = randomBytes(16).toString('hex')
  nodes.forEach((nodeName, index) => {
    const { ipv4: address } = addressing.node(index + 1, 'front')
    processes.start(
      `metallb-speaker-${nodeName}`,
      [
        join(folder, 'speaker'),
        ...['-kubeconfig', speaker, '-namespace', namespace, '-node-name', nodeName],
        ...['-pod-name', `speaker-${nodeName}`, '-ml-labels', 'app=metallb,component=speaker'],
        ...['-ml-bindaddr', address, '-ml-bindport', '7946', '-host', address, '-port', '7472'],
      ],
      { in: nodeName, env: { METALLB_ML_SECRET_KEY: secret } },
    )
  })
}
