import { describe, expect, it } from 'vitest'
import type { Values } from '../../../schema/generated/values.ts'
import type { Outcome } from '../../../tools/cluster/machines/request.ts'
import type { Installed, Try } from '../../../tools/prove/places.ts'
import { type Plan, planOf } from '../../../tools/prove/plan.ts'
import type { Sample } from '../../../tools/prove/sample.ts'
import { triesOf } from '../../../tools/prove/tries.ts'
import { closedSince, flowRows, letsInBy } from '../../../tools/prove/upgrade.ts'
import { temporaryFiles } from '../../../tools/sources/values.ts'
import { app } from '../../values.ts'

const wide: Values = app({
  sourceRanges: ['1.2.3.4/32', '5.6.7.8/32'],
  service: { allocateLoadBalancerNodePorts: true },
})
const narrow: Values = app()

const planned = (before: Values, now: Values, sample?: Sample): Promise<Plan> => {
  const named = [before, now].map((values, index) => ({
    name: `${index}.yaml`,
    content: JSON.stringify(values),
  }))
  return temporaryFiles(named, ([from = '', source = '']) =>
    planOf({ files: [source] }, { nodes: ['node1'], from: { files: [from] }, sample }),
  )
}
const installed: Installed = {
  services: new Map([
    [
      'app',
      {
        spec: { clusterIPs: ['10.0.0.7'], ports: [{ port: 80, protocol: 'TCP', nodePort: 30080 }] },
        status: { loadBalancer: { ingress: [{ ip: '198.18.10.101' }] } },
      },
    ],
  ]),
  gateways: new Map(),
  ingressAddresses: [],
  controllers: new Map(),
  inside: [],
  nodes: ['198.18.10.11'],
}
const after: Installed = {
  ...installed,
  services: new Map([
    [
      'app',
      {
        spec: { clusterIPs: ['10.0.0.7'], ports: [{ port: 80, protocol: 'TCP' }] },
        status: { loadBalancer: { ingress: [{ ip: '198.18.10.101' }] } },
      },
    ],
  ]),
}
const openBefore = (plan: Plan): Try[] =>
  triesOf(plan.before ?? { proxies: [], knocks: [] }, installed).filter(({ knock }) => knock.open)

describe.concurrent('after an upgrade', () => {
  it('whoever is in the ranges no longer knocks again, and has a machine', async () => {
    const { proxies, machines } = await planned(wide, narrow)
    expect(proxies[0]?.clients).toContainEqual({ who: 'taken out', address: '5.6.7.8' })
    expect(machines.flatMap(({ addresses }) => addresses)).toContain('5.6.7.8')
  })

  it('the doors of before that are open no more must refuse, where they were', async () => {
    const plan = await planned(wide, narrow)
    const closed = closedSince(openBefore(plan), letsInBy(plan, after))
    const at = (address: string) =>
      closed.filter(({ knock }) => knock.client.address === address).map((one) => one.target.at)
    expect(at('5.6.7.8')).toContain('http://198.18.10.101:80 (before)')
    for (const address of ['1.2.3.4', '5.6.7.8', '203.0.113.66'])
      expect(at(address)).toContain('http://198.18.10.11:30080 (before)')
    expect(at('1.2.3.4')).not.toContain('http://198.18.10.101:80 (before)')
    expect(closed.filter(({ knock }) => knock.open)).toEqual([])
  })

  it('node ports that only the platform had open must refuse, once the values turn them off', async () => {
    const off: Values = { platform: 'azure', ...app({ service: { allocateLoadBalancerNodePorts: false } }) }
    const byPlatform: Values = { platform: 'azure', ...app() }
    const closedBy = async (now: Values, then: Installed) => {
      const plan = await planned(byPlatform, now)
      const before = triesOf(plan.before ?? { proxies: [], knocks: [] }, installed)
      const left = before.filter(({ knock }) => knock.notHeld)
      expect(left.length).toBeGreaterThan(0)
      return closedSince(left, letsInBy(plan, then))
    }
    const [closed, closedBefore] = await Promise.all([closedBy(off, after), closedBy(byPlatform, installed)])
    expect(closed.map(({ target }) => target.at)).toContain('http://198.18.10.11:30080 (before)')
    expect(closed.filter(({ knock }) => knock.notHeld)).toEqual([])
    expect(closedBefore).toEqual([]) // The plan's own knocks say that they are not held.
  })

  it('of a proxy that is gone nothing is to answer', async () => {
    const other = { ...app().proxies.app, addresses: ['2.3.4.9'], ports: { http: { port: 81 } } }
    const plan = await planned({ proxies: { ...narrow.proxies } }, { proxies: { other } })
    const none = { ...installed, services: new Map() }
    const closed = closedSince(openBefore(plan), letsInBy(plan, none))
    expect(closed.map(({ knock, target }) => [knock.client.who, target.at])).toEqual([
      ['taken out', 'http://198.18.10.101:80 (before)'],
    ])
  })

  it.each([1, 2, 3, 4])('nothing is closed of a proxy that the sample leaves out (seed %i)', async (seed) => {
    const { app: one } = app().proxies
    const two: Values = { proxies: { app: one, other: { ...one, addresses: ['2.3.4.9'] } } }
    const plan = await planned(two, two, { size: 1, seed })
    const spec = { clusterIPs: ['10.0.0.8'], ports: [{ port: 80, protocol: 'TCP' }] }
    const status = { loadBalancer: { ingress: [{ ip: '198.18.10.102' }] } }
    const both = { ...after, services: new Map([...after.services, ['other', { spec, status }]]) }
    expect(plan.proxies).toHaveLength(1)
    const tries = triesOf(plan.before ?? { proxies: [], knocks: [] }, both).filter(({ knock }) => knock.open)
    expect(tries.length).toBeGreaterThan(0)
    expect(closedSince(tries, letsInBy(plan, both))).toEqual([])
  })

  it('nothing is closed where nothing changed', async () => {
    const plan = await planned(narrow, narrow)
    expect(closedSince(openBefore(plan), letsInBy(plan, after))).toEqual([])
  })
})

describe.concurrent('a flow that was open before', () => {
  const local = { address: '2.3.4.5', port: 8080 }
  const answer: Outcome = {
    status: 200,
    headers: {},
    body: '',
    echo: { machine: 'app2', local, peer: '1.1.1.1', protocol: 'http/1.1', headers: {} },
  }
  const late: Outcome = { failure: 'timed out', detail: '' }
  const row = async (outcomes: Outcome[], mayGoOn: boolean) => {
    const [one] = openBefore(await planned(narrow, narrow))
    if (!one) throw new Error('no door was open')
    const flow = { ask: async () => late, ended: async () => late, close: () => {} }
    return flowRows([{ try: one, sourcePort: 20000, flow, outcomes }], () => mayGoOn)[0]
  }
  it.each<[string, Outcome[], boolean, object]>([
    [
      'goes on, and its client may',
      [answer, answer],
      true,
      { who: 'App1', expected: 'may go on', seen: 'goes on: 2 of 2 questions answered', ok: true },
    ],
    [
      'ended, and its client may go on: it connects anew',
      [answer, late, late],
      true,
      { seen: 'ended: timed out', ok: true },
    ],
    [
      'goes on, and its client may not',
      [answer, late, answer],
      false,
      { who: 'taken out', expected: 'ends', seen: 'goes on: 2 of 3 questions answered', ok: false },
    ],
    ['ended, as it should', [answer, late, late], false, { expected: 'ends', ok: true }],
  ])('%s', async (_, outcomes, mayGoOn, expected) => {
    expect(await row(outcomes, mayGoOn)).toMatchObject(expected)
  })
})
