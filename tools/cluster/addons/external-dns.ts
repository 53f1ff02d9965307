import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { loadAll } from 'js-yaml'
import type { Deployment } from 'kubernetes-types/apps/v1.d.ts'
import { manifestsFile } from '../../programs/programs.ts'
import { etcdCommand } from '../control-plane/control-plane.ts'
import { apply } from '../control-plane/kubectl.ts'
import { applyManifests } from '../control-plane/manifests.ts'
import { isHealthy, nameServers } from '../machines/machines.ts'
import { firstNode } from '../network/nodes.ts'
import { stateFolder } from '../sandbox/sandbox.ts'
import { addOn, type Site } from './addon.ts'

const namespace = 'external-dns'
/** All of it runs there: CoreDNS answers at the node's address on the front segment. */
const nodeName = firstNode
/** Ports of the node's own. The etcd is CoreDNS's alone, not that of the API server. */
const ports = { etcd: 2379, peers: 2380, ready: 8181 }
const etcd = { clients: `http://127.0.0.1:${ports.etcd}`, peers: `http://127.0.0.1:${ports.peers}` }
const ready = `http://127.0.0.1:${ports.ready}/ready`

/**
 * CoreDNS, the one name server of the machines outside, and External DNS, which writes to it (by an etcd) what App1
 * is to look up. Its arguments and rights are those of its own chart.
 */
export const externalDns = addOn({
  name: 'External DNS',
  programs: ['external-dns', 'etcd'],
  async start(site) {
    const { kubectl, kubeconfigFor } = site.controlPlane
    await startCoreDns(site)
    await apply(kubectl, [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }])
    await applyManifests(kubectl, site.folders['external-dns'])
    const kubeconfig = await kubeconfigFor('external-dns', namespace)
    const command = await externalDnsCommand(site.folders['external-dns'], kubeconfig)
    site.processes.start('external-dns', command, { machine: nodeName, env: externalDnsEnvironment })
  },
  async ready({ processes, machines }) {
    const healthy = () => isHealthy(machines.machine(nodeName), ready)
    await processes.until('CoreDNS is ready', healthy, { of: ['coredns', 'coredns-etcd', 'external-dns'] })
  },
})

/** Where External DNS finds the etcd, on the first node. */
export const externalDnsEnvironment = { ETCD_URLS: etcd.clients }

/**
 * Program and arguments of External DNS.
 * @param folder of the program
 * @param changed arguments that take the places of those that its chart gives it; 'true' for one that has no value
 */
export async function externalDnsCommand(
  folder: string,
  kubeconfig: string,
  changed: Record<string, string> = {},
): Promise<string[]> {
  const objects = loadAll(await readFile(join(folder, manifestsFile), 'utf8')) as (Deployment | null)[]
  const deployment = objects.find((object) => object?.kind === 'Deployment')
  const given = deployment?.spec?.template.spec?.containers[0]?.args ?? []
  const kept = given.filter((argument) => !(argument.replace(/^--|=.*/g, '') in changed))
  const others = Object.entries({ ...changed, kubeconfig }).map(([name, value]) =>
    value === 'true' ? `--${name}` : `--${name}=${value}`,
  )
  return [join(folder, 'external-dns'), ...kept, ...others]
}

// --- utils ---

/** Starts CoreDNS and its etcd, and has every machine ask it. */
async function startCoreDns({
  processes,
  folders,
  addressing,
}: Site<'external-dns' | 'etcd'>): Promise<void> {
  const command = etcdCommand(folders.etcd, 'coredns-etcd', etcd)
  processes.start('coredns-etcd', command, { machine: nodeName })
  const { front, control } = addressing.node(nodeName)
  const corefile = join(stateFolder, 'Corefile')
  await writeFile(
    corefile,
    `.:53 {
      bind ${front.ipv4} ${control}
      ready 127.0.0.1:${ports.ready}
      etcd {
        path /skydns
        endpoint ${etcd.clients}
      }
      errors
    }`,
  )
  processes.start('coredns', [join(folders['external-dns'], 'coredns'), '-conf', corefile], {
    machine: nodeName,
  })
  await writeFile(nameServers, `nameserver ${front.ipv4}\noptions timeout:5 attempts:2\n`)
}
