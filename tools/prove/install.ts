import { readFile } from 'node:fs/promises'
import type { Service } from 'kubernetes-types/core/v1.d.ts'
import type { KubernetesObject } from '../chart/objects.ts'
import { changesHeard, isInStep } from '../cluster/addons/kube-proxy.ts'
import type { Cluster } from '../cluster/cluster.ts'
import { listOf } from '../cluster/control-plane/kubectl.ts'
import { type NodeName, nodeNames } from '../cluster/network/nodes.ts'
import { patience } from '../cluster/sandbox/processes.ts'
import { loadBalancerAddresses } from './places.ts'
import { release } from './plan.ts'

/**
 * Of a release that is too much for kube-proxy at once, applies its Services and endpoints in parts, so that nothing is
 * left to do there for `helm install`, which takes them for its own.
 * @param say is told how far it is
 * @param room as {@link partsOf} takes it
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

/**
 * Waits until no node has anything to take in.
 * @param changes how many changes each must have heard of, by its name
 * @throws Error with kube-proxy's log where one does not
 */
export async function allInStep(cluster: Cluster, changes?: ReadonlyMap<NodeName, number>): Promise<void> {
  const waits = nodeNames.map((node) =>
    cluster.until(
      `kube-proxy on ${node} takes all in`,
      () => isInStep(cluster.machine(node), changes?.get(node)),
      {
        of: [`kube-proxy-${node}`],
      },
    ),
  )
  await Promise.all(waits).catch((error: Error) => {
    const tooLong = error.message.includes('Message too long')
    throw tooLong ? new Error(`${error.message}\n${whatMends}`) : error
  })
}

const whatMends =
  'One Service has more ports and endpoints than this system lets a user tell the kernel of at once: sudo sysctl -w net.core.wmem_default=33554432'

/**
 * Parts of a release, each as much as kube-proxy can take in at once: it tells the kernel of all that has changed since
 * it last did in one message, and a user without root can't send a longer one than the system's own bound.
 * @param objects Services before their slices, as Helm sorts them
 * @param room how many endpoints a part may have, or a fourth as many ports
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

/**
 * What kube-proxy makes rules of: ports, each of which takes as much as four endpoints, and endpoints. With the first
 * of these it writes all of a port's chains again.
 */
function weightOf(object: KubernetesObject): number {
  if (object.kind === 'Service') return 4 * (object.spec?.ports?.length ?? 0)
  return object.kind === 'EndpointSlice' ? (4 + object.endpoints.length) * (object.ports?.length ?? 0) : 0
}

/**
 * By a socket's buffer, of which each endpoint takes about so many bytes. `nft` would have a larger one, which a user
 * without root does not get (nftables 1.0.6, src/mnl.c, mnl_set_sndbuffer).
 */
async function roomForRules(): Promise<number> {
  const buffer = Number(await readFile('/proc/sys/net/core/wmem_default', 'utf8').catch(() => '212992'))
  return Math.max(60, Math.floor(buffer / bytesEach))
}
const bytesEach = 600

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
  const heard = await Promise.all(
    nodeNames.map(
      async (node) => [node, (await changesHeard(cluster.machine(node))) + objects.length] as const,
    ),
  )
  const args = ['apply', '--server-side', '--validate=false', '--field-manager=helm', '--filename=-']
  await cluster.kubectl(args, { input: listOf(owned) })
  await loadBalancersOf(cluster, objects)
  await allInStep(cluster, new Map(heard)) // Else it might tell the kernel of two parts at once.
}

/** Waits until the load balancers among these objects have an address: that changes kube-proxy's rules once more. */
async function loadBalancersOf(cluster: Cluster, objects: readonly KubernetesObject[]): Promise<void> {
  const names = objects.flatMap((object) =>
    object.kind === 'Service' && object.spec?.type === 'LoadBalancer' ? (object.metadata?.name ?? []) : [],
  )
  const probe = async () => {
    const list: { items: Service[] } = JSON.parse(await cluster.kubectl(['get', 'services', '--output=json']))
    const given = list.items.filter((service) => loadBalancerAddresses(service).length > 0)
    const there = new Set(given.map(({ metadata }) => metadata?.name))
    return names.every((name) => there.has(name)) || undefined
  }
  const seconds = patience + names.length / 2
  await cluster.until('load balancers get their addresses', probe, { seconds, of: ['metallb-controller'] })
}
