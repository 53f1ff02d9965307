import { join } from 'node:path'
import { isHealthy, type Machines } from '../machines/machines.ts'
import type { Addressing } from '../network/addressing.ts'
import { type NodeName, nodeNames } from '../network/nodes.ts'
import type { Processes } from '../sandbox/processes.ts'
import type { ControlPlane } from './control-plane.ts'
import { listOf } from './kubectl.ts'

/** Where a node's kube-proxy says, to its node alone, how it is. */
const health = '127.0.0.1:10256'
const metrics = '127.0.0.1:10249'

const logOf = (node: NodeName) => `kube-proxy-${node}`

/**
 * Makes the Node objects, as their kubelets would, and starts a kube-proxy on each node.
 * @param folder of Kubernetes's programs
 */
export async function startNodes(
  processes: Processes,
  folder: string,
  { kubectl, kubeconfigs }: Pick<ControlPlane, 'kubectl' | 'kubeconfigs'>,
  addressing: Addressing,
): Promise<void> {
  const objects = nodeNames.map((name) => nodeObject(name, addressing))
  // Before kube-proxy: without its Node object it waits 30 s, and it exits when the addresses change.
  await kubectl(['create', '--filename=-'], { input: listOf(objects) })
  for (const name of nodeNames) {
    processes.start(
      logOf(name),
      [
        join(folder, 'kube-proxy'),
        `--kubeconfig=${kubeconfigs.kubeProxy}`,
        `--hostname-override=${name}`,
        '--proxy-mode=nftables',
        '--nodeport-addresses=primary',
        `--cluster-cidr=${addressing.pods.ipv4},${addressing.pods.ipv6}`,
        '--conntrack-max-per-core=0', // Not allowed in a user namespace.
        `--healthz-bind-address=${health}`,
        `--metrics-bind-address=${metrics}`,
      ],
      { machine: name },
    )
  }
}

/** Waits until every node's kube-proxy says that it is well. */
export async function nodesReady(processes: Processes, { machine }: Machines): Promise<void> {
  const ready = (name: NodeName) =>
    processes.until(`kube-proxy on ${name}`, () => isHealthy(machine(name), `http://${health}/healthz`), {
      of: [logOf(name)],
    })
  await Promise.all(nodeNames.map(ready))
}

// --- utils ---

function nodeObject(name: NodeName, { node }: Addressing) {
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
}
