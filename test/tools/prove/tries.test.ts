import { expect, it } from 'vitest'
import type { Cluster } from '../../../tools/cluster/cluster.ts'
import { networkOf } from '../../../tools/cluster/network/network.ts'
import type { Installed } from '../../../tools/prove/places.ts'
import { planOf } from '../../../tools/prove/plan.ts'
import { tryDoors } from '../../../tools/prove/tries.ts'

const plan = await planOf({ files: ['examples/app1-to-app2.yaml'] }, { nodes: ['node1'] })
const [name = ''] = plan.proxies.map((proxy) => proxy.name)
const installed: Installed = {
  services: new Map([
    [name, { spec: { clusterIPs: [] }, status: { loadBalancer: { ingress: [{ ip: '198.18.10.101' }] } } }],
  ]),
  gateways: new Map(),
  ingressAddresses: [],
  controllers: new Map(),
  inside: [],
  nodes: [],
}

it.each([0, 1, 2, 3])(
  'a component that dies is an error, whenever that is: after %i looks',
  async (looks) => {
    let asked = 0
    const until: Cluster['until'] = async (what, probe) => {
      if (what === 'every component lives' && asked++ >= looks)
        throw new Error('envoy has ended. Its last words:\nout of memory')
      return (await probe()) as never
    }
    const [[ready = '']] = plan.proxies.map((proxy) => proxy.ready) as [string[]]
    const port = plan.proxies[0]?.ports[0]?.targetPort ?? 0
    const send = async () => {
      const local = { address: ready, port }
      const echo = { machine: 'app2', local, peer: '', protocol: 'http/1.1' as const, headers: {} }
      return { status: 200, headers: {}, body: '[]', echo }
    }
    const cluster = { ...networkOf(plan.machines), until, machine: () => ({ send }) } as unknown as Cluster
    await expect(tryDoors(cluster, plan, installed, () => {})).rejects.toThrow('out of memory')
  },
)
