import { setTimeout as sleep } from 'node:timers/promises'
import { execa } from 'execa'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Proxy as ProxyValues, Values } from '../../schema/generated/values.ts'
import type { MachineHandle } from '../../tools/cluster/machines/machines.ts'
import { nodeNames } from '../../tools/cluster/network/nodes.ts'
import { loadBalancerAddresses } from '../../tools/prove/places.ts'
import { cluster, installed, uninstall } from './cluster.ts'

const leaver = '203.0.113.66'
const port = 8225
const values = (sourceRanges: string[], fields: ProxyValues = {}): Values => ({
  proxies: {
    app: {
      addresses: ['2.3.4.5'],
      ports: {
        smtp: { port: 25, targetPort: port },
        dns: { port: 53, targetPort: port, protocol: 'UDP' },
      },
      sourceRanges,
      ...fields,
    },
  },
})
const before = values(['1.2.3.4/32', `${leaver}/32`])
const after = values(['1.2.3.4/32'])

type Flow = ReturnType<MachineHandle['flow']>
const of = cluster.machine('intruder')

/** A TCP and a UDP flow of an address that is inside, and then is taken out. */
async function opened(): Promise<Flow[]> {
  const [address = ''] = loadBalancerAddresses(await installed(before))
  const from = { address, from: leaver, seconds: 0.5 }
  const greeted = async () => of.send({ protocol: 'tcp', port: 25, ...from })
  await cluster.until('it gets in', async () => 'status' in (await greeted()) || undefined)
  const flows = [
    of.flow({ protocol: 'tcp', port: 25, ...from }),
    of.flow({ protocol: 'udp', port: 53, ...from }),
  ]
  await goOn(flows, true, true)
  await installed(after)
  expect(await cluster.helm(['get', 'notes', 'test'])).toContain('taken out of sourceRanges goes on')
  await cluster.until('a new one is refused', async () => 'failure' in (await greeted()) || undefined)
  return flows
}

/** Of five questions, how many are answered in so many seconds each. */
async function answersOf(flow: Flow, seconds: number): Promise<number> {
  let count = 0
  for (let asked = 0; asked < 5; asked++) if ('status' in (await flow.ask(seconds))) count++
  return count
}
/** Five questions in each flow: all are answered, however late, in those that go on, and none in the others. */
async function goOn(flows: Flow[], ...expected: boolean[]): Promise<void> {
  const counts = await Promise.all(
    flows.map((flow, index) => answersOf(flow, expected[index] ? patience : 0.5)),
  )
  expect(counts).toEqual(expected.map((goesOn) => (goesOn ? 5 : 0)))
}
/** In seconds: only a busy machine needs more than one of them. */
const patience = 10

/** Not every machine has the program, and nothing else here needs it. */
const hasConntrack = !(await execa('conntrack', ['--version'], { reject: false })).failed

const onEachNode = (...command: string[]) =>
  Promise.all(nodeNames.map((node) => execa('ip', ['netns', 'exec', node, ...command])))

beforeAll(async () => {
  for (const [machine, address] of [
    ['app2', '2.3.4.5'],
    ['app2-moved', '2.3.4.6'],
  ] as const)
    await cluster.startEcho({ machine, tcp: [port + 1], greeting: [port], udp: [{ address, port }] })
})
afterEach(uninstall)

describe('open flows of an address that is taken out of sourceRanges', () => {
  it('go on: kube-proxy judges new ones alone', async () => {
    const flows = await opened()
    await sleep(3000)
    await goOn(flows, true, true)
  })

  it('of UDP end with the address of App2 drained and taken back, those of TCP go on', async () => {
    const flows = await opened()
    const [, udp] = flows
    await installed(values(['1.2.3.4/32'], { addresses: [{ ip: '2.3.4.5', ready: false }] }))
    await cluster.until('UDP ends', async () => (udp && (await answersOf(udp, 0.5)) === 0) || undefined)
    const [address = ''] = loadBalancerAddresses(await installed(after))
    const asked = { protocol: 'tcp', address, port: 25, seconds: 0.5 } as const
    await cluster.until(
      'App1 gets in again',
      async () => 'status' in (await cluster.machine('app1').send(asked)) || undefined,
    )
    await goOn(flows, true, false)
  })

  it('end by a rule on each node that drops what that address has begun', async () => {
    const flows = await opened()
    const rules = `add table inet cut
      add chain inet cut forward { type filter hook forward priority -10; }
      add rule inet cut forward ct original ip saddr ${leaver} ct status dnat drop`
    await onEachNode('sh', '-c', `echo '${rules}' | nft -f -`)
    try {
      await goOn(flows, false, false)
    } finally {
      await onEachNode('nft', 'delete', 'table', 'inet', 'cut')
    }
  })

  it.skipIf(!hasConntrack)(
    'end by conntrack on each node, since kube-proxy then judges them again',
    async () => {
      const flows = await opened()
      await onEachNode('sh', '-c', `conntrack -D -s ${leaver} || true`)
      await goOn(flows, false, false)
    },
  )
})

describe('open flows while addresses of App2 are drained', () => {
  /** Values in which of App2's two addresses those are ready. */
  const ready = (...ips: string[]) =>
    values(['1.2.3.4/32'], {
      addresses: ['2.3.4.5', '2.3.4.6'].map((ip) => ({ ip, ready: ips.includes(ip) })),
    })
  const app1 = cluster.machine('app1')

  /** A TCP and a UDP flow of App1's, to the first of App2's addresses. */
  async function toTheFirst(): Promise<{ tcp: Flow; udp: Flow }> {
    const [address = ''] = loadBalancerAddresses(await installed(ready('2.3.4.5')))
    const at = { address, seconds: 0.5 }
    await cluster.until(
      'it gets in',
      async () => 'status' in (await app1.send({ protocol: 'tcp', port: 25, ...at })) || undefined,
    )
    const tcp = app1.flow({ protocol: 'tcp', port: 25, ...at })
    const udp = app1.flow({ protocol: 'udp', port: 53, ...at })
    expect(await tcp.ask(patience)).toMatchObject({ status: 200 })
    expect(await udp.ask(patience)).toMatchObject({ echo: { machine: 'app2' } })
    return { tcp, udp }
  }
  const answeredIn = (flow: Flow, machine: string) =>
    cluster.until(`${machine} answers in the flow`, async () => {
      const outcome = await flow.ask()
      return ('echo' in outcome && outcome.echo?.machine === machine) || undefined
    })

  it('all of them: TCP goes on, UDP is refused until one is taken back', async () => {
    const { tcp, udp } = await toTheFirst()
    await installed(ready())
    await cluster.until('UDP is refused', async () => {
      const outcome = await udp.ask()
      return ('failure' in outcome && outcome.failure === 'refused') || undefined
    })
    await sleep(2000)
    await goOn([tcp, udp], true, false)
    await installed(ready('2.3.4.6'))
    await answeredIn(udp, 'app2-moved')
    await goOn([tcp, udp], true, true)
  })

  it('one of two: TCP stays with it, UDP goes on with the other', async () => {
    const { tcp, udp } = await toTheFirst()
    await installed(ready('2.3.4.6'))
    await answeredIn(udp, 'app2-moved')
    await goOn([tcp, udp], true, true)
  })
})
