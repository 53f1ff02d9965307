import { join } from 'node:path'
import { isHealthy, type MachineHandle } from '../machines/machines.ts'
import { type NodeName, nodeNames } from '../network/nodes.ts'
import { addOn, type Site } from './addon.ts'

/** Where each says, to its node alone, how it is and what it counts. */
const health = '127.0.0.1:10256'
const metrics = '127.0.0.1:10249'

/** kube-proxy on each node: it leads packets to a Service on to App2, and drops what the Service refuses. */
export const kubeProxy = addOn({
  name: 'kube-proxy',
  programs: ['kubernetes'],
  isNeededBy: () => true,
  async start(site) {
    for (const nodeName of nodeNames) startOn(nodeName, site)
  },
  async ready({ processes, machines }) {
    const ready = (nodeName: NodeName) => {
      const healthy = () => isHealthy(machines.machine(nodeName), `http://${health}/healthz`)
      return processes.until(`kube-proxy on ${nodeName}`, healthy, { of: [processOn(nodeName)] })
    }
    await Promise.all(nodeNames.map(ready))
  },
})

/**
 * Has the kube-proxy of that node told the kernel of all that it knows? By its own count of when.
 * @param changes how many changes of Services and slices it must know of, as {@link changesHeard} counts them
 */
export async function isInStep(node: MachineHandle, changes = 0): Promise<true | undefined> {
  const { of, heard } = await syncs(node)
  const done = of('last_timestamp_seconds')
  const queued = [...of('last_queued_timestamp_seconds')]
  const inStep = queued.length > 0 && queued.every(([labels, time]) => (done.get(labels) ?? 0) >= time)
  return (inStep && heard >= changes) || undefined
}

/** How many changes of Services and slices the kube-proxy of that node has heard of: one of a slice counts once. */
export const changesHeard = async (node: MachineHandle): Promise<number> => (await syncs(node)).heard

// --- utils ---

/** What kube-proxy counts of its rules, by labels. */
async function syncs(node: MachineHandle) {
  const outcome = await node.http(`http://${metrics}/metrics`, { seconds: 10 })
  if (!('body' in outcome)) throw new Error(outcome.detail)
  const of = (name: string) => {
    const lines = outcome.body.matchAll(new RegExp(`^kubeproxy_sync_proxy_rules_${name}({.*})? (.*)$`, 'gm'))
    return new Map([...lines].map(([, labels = '', count]) => [labels, Number(count)]))
  }
  const changes = [...of('service_changes_total').values(), ...of('endpoint_changes_total').values()]
  return { of, heard: changes.reduce((sum, count) => sum + count, 0) }
}

const processOn = (nodeName: NodeName) => `kube-proxy-${nodeName}`

function startOn(nodeName: NodeName, site: Site<'kubernetes'>): void {
  const { processes, folders, controlPlane, addressing } = site
  processes.start(
    processOn(nodeName),
    [
      join(folders.kubernetes, 'kube-proxy'),
      `--kubeconfig=${controlPlane.kubeconfigs.kubeProxy}`,
      `--hostname-override=${nodeName}`,
      '--proxy-mode=nftables',
      '--nodeport-addresses=primary',
      `--cluster-cidr=${addressing.pods.ipv4},${addressing.pods.ipv6}`,
      '--conntrack-max-per-core=0', // Not allowed in a user namespace.
      `--healthz-bind-address=${health}`,
      `--metrics-bind-address=${metrics}`,
    ],
    { machine: nodeName },
  )
}
