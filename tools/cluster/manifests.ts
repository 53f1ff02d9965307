import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { loadAll } from 'js-yaml'
import { manifestsFile } from '../programs/components.ts'
import type { Kubectl } from './control-plane.ts'

/** What a kubelet would run, which the harness starts itself, and the webhooks those pods would serve. */
const notApplied = new Set(['Deployment', 'DaemonSet', 'Job', 'ValidatingWebhookConfiguration'])

/**
 * Applies a component's own released manifests: its namespace, CRDs, ServiceAccounts, RBAC and Services.
 * @param folder the component's programs and manifests
 * @param change makes of an object the one to apply
 */
export async function applyManifests(
  kubectl: Kubectl,
  folder: string,
  change = (object: Manifest): object => object,
): Promise<void> {
  const objects = loadAll(await readFile(join(folder, manifestsFile), 'utf8')) as (Manifest | null)[]
  const applied = objects.filter((object) => object !== null).filter(({ kind }) => !notApplied.has(kind))
  await apply(kubectl, applied.map(change))
}

interface Manifest {
  kind: string
  metadata: { name: string }
  spec?: object
}

/** Applies objects, server-side. */
export async function apply(kubectl: Kubectl, items: readonly object[]): Promise<void> {
  await kubectl(['apply', '--server-side', '--filename=-'], {
    input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
  })
}

/** A pod that the harness runs in a kubelet's stead, on the node's own network. */
interface HostPod {
  name: string
  namespace: string
  labels: Record<string, string>
  serviceAccountName: string
  nodeName: string
  /** The node's addresses. */
  podIPs: readonly string[]
}

/** Makes a pod's object, and says that it runs. */
export async function createHostPod(kubectl: Kubectl, pod: HostPod): Promise<void> {
  const { name, namespace, labels, serviceAccountName, nodeName } = pod
  await apply(kubectl, [
    {
      ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace, labels } },
      spec: {
        ...{ nodeName, hostNetwork: true, serviceAccountName, automountServiceAccountToken: false },
        containers: [{ name: 'embedded', image: 'runs.invalid/outside-of-a-container' }],
      },
    },
  ])
  await reportRunning(kubectl, pod)
}

/** Says in a pod's status, as the kubelet would, that it runs and is ready. */
export async function reportRunning(
  kubectl: Kubectl,
  { name, namespace, podIPs }: Pick<HostPod, 'name' | 'namespace' | 'podIPs'>,
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
