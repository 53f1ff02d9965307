import type { Addressing } from '../network/addressing.ts'
import type { NodeName } from '../network/nodes.ts'
import { apply, type Kubectl } from './kubectl.ts'

/** A pod on its node's own network, whose program the harness runs in the kubelet's stead. */
interface NodePod {
  name: string
  namespace: string
  labels: Record<string, string>
  serviceAccountName: string
  nodeName: NodeName
}

/** Makes a pod's object, and says that it runs, with its node's addresses. */
export async function createNodePod(kubectl: Kubectl, pod: NodePod, { node }: Addressing): Promise<void> {
  const { name, namespace, labels, serviceAccountName, nodeName } = pod
  await apply(kubectl, [
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace, labels },
      spec: {
        nodeName,
        hostNetwork: true,
        serviceAccountName,
        automountServiceAccountToken: false,
        containers: [{ name: 'embedded', image: 'runs.invalid/outside-of-a-container' }],
      },
    },
  ])
  const { ipv4, ipv6 } = node(nodeName).front
  await reportRunning(kubectl, { name, namespace, podIPs: [ipv4, ipv6] })
}

/** Says in a pod's status, as the kubelet would, that it runs and is ready. */
export async function reportRunning(
  kubectl: Kubectl,
  { name, namespace, podIPs }: { name: string; namespace: string; podIPs: readonly string[] },
): Promise<void> {
  const status = {
    phase: 'Running',
    hostIP: podIPs[0],
    podIP: podIPs[0],
    podIPs: podIPs.map((ip) => ({ ip })),
    conditions: ['Ready', 'ContainersReady', 'PodScheduled'].map((type) => ({ type, status: 'True' })),
  }
  const patch = JSON.stringify({ status })
  await kubectl(['patch', 'pod', name, '-n', namespace, '--subresource=status', '--type=merge', '-p', patch])
}
