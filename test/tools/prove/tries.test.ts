import { expect, it } from 'vitest'
import type { Cluster } from '../../../tools/cluster/cluster.ts'
import type { MachineHandle } from '../../../tools/cluster/machines/machines.ts'
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

const port = plan.proxies[0]?.ports[0]?.targetPort ?? 0
const local = { address: plan.proxies[0]?.ready[0] ?? '', port }
const echo = { machine: 'app2', local, peer: '', protocol: 'http/1.1' as const, headers: {} }
const answer = { status: 200, headers: {}, body: '[]', echo }
const clusterOf = (send: MachineHandle['send'], until: Cluster['until']) =>
  ({ ...networkOf(plan.machines), until, machine: () => ({ send }) }) as unknown as Cluster

it.each([0, 1, 2, 3])(
  'a component that dies is an error, whenever that is: after %i looks',
  async (looks) => {
    let asked = 0
    const until: Cluster['until'] = async (what, probe) => {
      if (what === 'every component lives' && asked++ >= looks)
        throw new Error('envoy has ended. Its last words:\nout of memory')
      return (await probe()) as never
    }
    const cluster = clusterOf(async () => answer, until)
    await expect(tryDoors(cluster, plan, installed, () => {})).rejects.toThrow('out of memory')
  },
)

it('each request of who should get in counts: one of ten without an answer is too many', async () => {
  let sent = 0
  const cluster = clusterOf(
    async ({ from, path }) => {
      if (path?.startsWith('/echo:')) return answer
      if (from !== '1.2.3.4' || ++sent % 10 === 0) return { failure: 'timed out', detail: '' }
      return answer
    },
    async (_, probe) => (await probe()) as never,
  )
  const rows = await tryDoors(cluster, plan, installed, () => {})
  const app1 = rows.filter(({ expected }) => expected === 'App2 answers')
  expect(app1.map(({ ok }) => ok)).toEqual([false])
})
