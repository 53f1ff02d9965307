import { isIPv4 } from 'node:net'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { nodeNames } from '../../tools/cluster/network/nodes.ts'
import { startNodeEchoes } from '../../tools/prove/node-echo.ts'
import { whenInstalled } from '../../tools/prove/places.ts'
import { planOf } from '../../tools/prove/plan.ts'
import type { Row } from '../../tools/prove/rows.ts'
import { tryDoors } from '../../tools/prove/tries.ts'
import { answeredBy, chart, cluster, example } from './cluster.ts'

/** Tries the doors of an installed release of these values, as prove does. */
async function tried(file: string): Promise<Row[]> {
  const plan = await planOf({ files: [file], set: [] }, { nodes: nodeNames })
  return tryDoors(cluster, plan, await whenInstalled(cluster, plan), () => undefined)
}

/** Installs values and tries their doors. */
async function triedWith(file: string): Promise<Row[]> {
  await cluster.helm(['install', 'demo', chart, '--values', file])
  return tried(file)
}

beforeAll(() => startNodeEchoes(cluster))

const uninstall = () => cluster.helm(['uninstall', 'demo', '--wait'])

describe('contour.yaml', () => {
  let rows: Row[] = []
  beforeAll(async () => {
    rows = await triedWith(example)
  })
  afterAll(uninstall)

  it.for([
    { who: 'App1', door: 'load balancer', tries: 1, expected: 'App2 answers' },
    { who: 'App1', door: 'host name', tries: 1, expected: 'App2 answers' },
    { who: 'App1', door: 'straight to App2', tries: 1, expected: 'refused' },
    { who: 'intruder', door: 'load balancer', tries: 1, expected: 'refused' },
    { who: 'intruder', door: 'node port', tries: 4, expected: 'refused' },
    { who: 'intruder', door: 'ClusterIP', tries: 2, expected: 'refused' },
    { who: 'intruder', door: 'host name', tries: 2, expected: 'refused' },
    { who: 'just outside', door: 'load balancer', tries: 2, expected: 'refused' },
    { who: 'just outside', door: 'host name', tries: 2, expected: 'refused' },
  ])('$who by $door: $expected', ({ who, door, tries, expected }) => {
    const found = rows.filter((row) => row.who === who && row.door === door)
    expect(found).toHaveLength(tries)
    for (const row of found) expect(row).toMatchObject({ expected, ok: true })
  })

  it('Envoy sees the client itself, and says 403 to the intruder', () => {
    expect(rows.find(({ who, door }) => who === 'intruder' && door === 'host name')?.seen).toBe(
      'HTTP 403: RBAC: access denied',
    )
  })

  it('a forged X-Forwarded-For does not let the intruder in', async () => {
    const [resolve = ''] = cluster.ingressAddresses
    const outcome = await cluster
      .machine('intruder')
      .http('http://myapp-proxy.somehost.net/', { resolve, headers: { 'X-Forwarded-For': '1.2.3.4' } })
    expect(outcome).toMatchObject({ status: 403 })
  })

  it('an intruder whose packets get nowhere is not taken to be refused', async () => {
    const { ip } = cluster.machine('intruder')
    const { ipv4 } = cluster.addressing.node('node1').front
    await ip([`neigh replace ${ipv4} lladdr 02:00:00:00:00:99 dev eth0`])
    onTestFinished(() => ip([`neigh del ${ipv4} dev eth0`]))
    await expect(tried(example)).rejects.toThrow(/can't even reach the nodes/)
  })
})

describe('values that open doors by an explicit word', () => {
  let rows: Row[] = []
  beforeAll(async () => {
    rows = await triedWith('test/e2e/fixtures/open.yaml')
  })
  afterAll(uninstall)

  it.for(['load balancer', 'node port', 'ClusterIP', 'host name'])('anyone gets in by %s', (door) => {
    const found = rows.filter((row) => row.door === door && isIPv4(row.from))
    expect(found).not.toHaveLength(0)
    for (const row of found) expect(row).toMatchObject({ expected: 'App2 answers', ok: true })
  })

  it('by IPv6 only by host name: the Service is of IPv4', () => {
    const found = rows.filter((row) => !isIPv4(row.from))
    expect(found.every(({ ok }) => ok)).toBe(true)
    const open = found.filter(({ expected }) => expected === 'App2 answers').map(({ door }) => door)
    expect(open).toEqual(['host name'])
  })
})

describe('a Service that is not as the values say', () => {
  afterAll(uninstall)

  it('makes the table differ, at that door alone', async () => {
    await cluster.helm(['install', 'demo', chart, '--values', example])
    const patch = '{"spec": {"loadBalancerSourceRanges": null}}'
    await cluster.kubectl(['patch', 'service', 'myapp-proxy', '--type=merge', '--patch', patch])
    const plan = await planOf({ files: [example], set: [] }, { nodes: nodeNames })
    const { services } = await whenInstalled(cluster, plan)
    const [address] = services.get('myapp-proxy')?.status?.loadBalancer?.ingress ?? []
    await answeredBy('app2', () => cluster.machine('intruder').http(`http://${address?.ip}/`))
    const rows = await tried(example)
    const differing = rows.filter(({ ok }) => !ok).map(({ who, door }) => `${who} by ${door}`)
    expect(new Set(differing)).toEqual(
      new Set(['just outside by load balancer', 'intruder by load balancer']),
    )
  })
})
