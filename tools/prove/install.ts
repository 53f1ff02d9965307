import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { KubernetesObject } from '../chart/objects.ts'
import { isInStep } from '../cluster/addons/kube-proxy.ts'
import type { Cluster } from '../cluster/cluster.ts'
import { listOf } from '../cluster/control-plane/kubectl.ts'
import { nodeNames } from '../cluster/network/nodes.ts'
import { release } from './plan.ts'

/**
 * Of a release that is too much for kube-proxy at once, applies its Services and endpoints in parts, so that nothing is
 * left to do there for `helm install`, which takes them for its own.
 * @param say is told how far it is
 * @param room how many ports and endpoints a part may have
 * @throws Error with kube-proxy's log where a node does not take a part in
 */
export async function applyInParts(
  cluster: Cluster,
  objects: readonly KubernetesObject[],
  say: (text: string) => void,
  room?: number,
): Promise<void> {
  const parts = partsOf(objects, room ?? (await roomForRules()))
  if (parts.length === 1) return
  for (const [index, part] of parts.entries()) {
    say(`part ${index + 1} of ${parts.length}`)
    await applyAsHelm(cluster, part)
  }
}

/** Waits until no node has anything to take in. @throws Error with kube-proxy's log where one does not */
export async function allInStep(cluster: Cluster): Promise<void> {
  await Promise.all(
    nodeNames.map((node) =>
      cluster.until(`kube-proxy on ${node} takes all in`, () => isInStep(cluster.machine(node)), {
        of: [`kube-proxy-${node}`],
      }),
    ),
  )
}

/**
 * Parts of a release, each as much as kube-proxy can take in at once: it tells the kernel of all that has changed since
 * it last did in one message, and a user without root can't send a longer one than the system's own bound.
 * @param room how many ports and endpoints a part may have
 */
export function partsOf(objects: readonly KubernetesObject[], room: number): KubernetesObject[][] {
  const parts: KubernetesObject[][] = []
  let left = 0
  for (const object of objects) {
    const weight = weightOf(object)
    if (weight === 0) continue
    if (weight > left || parts.length === 0) {
      parts.push([])
      left = room
    }
    left -= weight
    parts.at(-1)?.push(object)
  }
  return parts
}

// --- utils ---

/** How many ports and endpoints kube-proxy makes rules of. */
function weightOf(object: KubernetesObject): number {
  if (object.kind === 'Service') return object.spec?.ports?.length ?? 0
  return object.kind === 'EndpointSlice' ? object.endpoints.length * (object.ports?.length ?? 0) : 0
}

/** By the bound of a socket's buffer, of which each port or endpoint takes about so many bytes. */
async function roomForRules(): Promise<number> {
  const bound = Number(await readFile('/proc/sys/net/core/wmem_max', 'utf8').catch(() => '212992'))
  return Math.max(30, Math.floor(bound / bytesEach))
}
const bytesEach = 4000

/** Applies objects as Helm would have, so that it takes them for its own. */
async function applyAsHelm(cluster: Cluster, objects: readonly KubernetesObject[]): Promise<void> {
  const owned = objects.map((object) => ({
    ...object,
    metadata: {
      ...object.metadata,
      labels: { ...object.metadata?.labels, 'app.kubernetes.io/managed-by': 'Helm' },
      annotations: {
        ...object.metadata?.annotations,
        'meta.helm.sh/release-name': release.name,
        'meta.helm.sh/release-namespace': release.namespace,
      },
    },
  }))
  const args = ['apply', '--server-side', '--field-manager=helm', '--filename=-']
  await cluster.kubectl(args, { input: listOf(owned) })
  await sleep(300) // Until kube-proxy has heard of them.
  await allInStep(cluster)
}
