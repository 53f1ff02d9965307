import type { Addressing } from '../network/addressing.ts'
import { nodeNames } from '../network/nodes.ts'
import { type Kubectl, listOf } from './kubectl.ts'

/** Makes the Node objects, as their kubelets would, each with its own addresses. */
export async function createNodes(kubectl: Kubectl, { node }: Addressing): Promise<void> {
  const objects = nodeNames.map((name) => {
    const { ipv4, ipv6 } = node(name).front
    return {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name, labels: { 'kubernetes.io/hostname': name } },
      status: {
        addresses: [ipv4, ipv6].map((address) => ({ type: 'InternalIP', address })),
        conditions: [
          { type: 'Ready', status: 'True', reason: 'EmbeddedCluster', message: 'no kubelet runs here' },
        ],
      },
    }
  })
  await kubectl(['create', '--validate=false', '--filename=-'], { input: listOf(objects) })
}
