import { describe, expect, it } from 'vitest'
import type { Proxy as ProxyValues } from '../../../schema/generated/values.ts'
import { planOf } from '../../../tools/prove/plan.ts'
import { temporaryFiles } from '../../../tools/sources/values.ts'
import { app, contour, dual } from '../../values.ts'

const plan = (values: object, only: string[] = []) =>
  temporaryFiles([{ name: 'values.yaml', content: JSON.stringify(values) }], (files) =>
    planOf({ files, set: [] }, { only, nodes: ['node1', 'node2'] }),
  )
const proxy = async (fields: ProxyValues = {}, root: object = {}) =>
  (await plan({ ...root, ...app(fields) })).proxies[0]

describe.concurrent('doors are open as the values say, whatever the chart made of it', () => {
  it.each<[string, ProxyValues, object]>([
    ['a load balancer', {}, { loadBalancer: true, nodePort: false, clusterIP: false }],
    ['inCluster', { service: { inCluster: true } }, { clusterIP: true }],
    [
      'type ClusterIP',
      { service: { type: 'ClusterIP' }, sourceRanges: [] },
      { loadBalancer: false, clusterIP: true },
    ],
    [
      'type ClusterIP behind a held Ingress',
      { service: { type: 'ClusterIP' }, ...contour() },
      { loadBalancer: false, clusterIP: false },
    ],
    [
      'type NodePort',
      { service: { type: 'NodePort' }, sourceRanges: ['0.0.0.0/0'] },
      { loadBalancer: false, nodePort: true, clusterIP: true },
    ],
    ['node ports', { service: { allocateLoadBalancerNodePorts: true } }, { nodePort: true }],
    [
      'headless',
      { service: { type: 'ClusterIP', clusterIP: 'None' }, sourceRanges: [], ports: { http: { port: 80 } } },
      { clusterIP: undefined },
    ],
    ['session affinity', { service: { sessionAffinity: 'ClientIP' } }, { sessionAffinity: true }],
    [
      'a drained address',
      { addresses: ['2.3.4.5', { ip: '2.3.4.6', ready: false }] },
      { ready: ['2.3.4.5'], drained: ['2.3.4.6'] },
    ],
    [
      'a host name',
      contour({ hosts: ['*.example.com'], paths: [{ path: '/api', pathType: 'Exact' }] }),
      {
        hostNames: [{ hostName: 'any.example.com', path: '/api', targetPort: 8080, https: false }],
      },
    ],
    [
      'a host name with a certificate',
      contour({ tls: { issuer: { name: 'ca' } } }),
      {
        hostNames: [{ hostName: 'a.example.com', path: '/', targetPort: 8080, https: true }],
      },
    ],
  ])('%s', async (_, fields, expected) => {
    expect(await proxy(fields)).toMatchObject(expected)
  })

  it('node ports that a platform opens and no word asks for are not expected, and what holds them is said', async () => {
    const [byPlatform, asked, neither] = await Promise.all([
      proxy({}, { platform: 'aws' }),
      proxy({ service: { allocateLoadBalancerNodePorts: true } }, { platform: 'aws' }),
      proxy(),
    ])
    expect(byPlatform).toMatchObject({
      nodePort: false,
      nodePortNotHeld: expect.stringMatching(/aws.*firewall/),
    })
    expect(asked).toMatchObject({ nodePort: true })
    expect(asked).not.toHaveProperty('nodePortNotHeld')
    expect(neither).not.toHaveProperty('nodePortNotHeld')
  })
})

describe.concurrent('what can not be tried is said, with the reason', () => {
  it.each<[string, object, string, RegExp]>([
    [
      'a range of which no machine can have an address',
      app({ sourceRanges: ['1.2.3.4/32', '127.0.0.0/8'] }),
      'App1 in 127.0.0.0/8',
      /no machine outside/,
    ],
    [
      "a range that is App2's own address",
      app({ sourceRanges: ['1.2.3.4/32', '2.3.4.5/32'] }),
      'App1 in 2.3.4.5/32',
      /no machine outside/,
    ],
    ['externalName', { proxies: { app: { externalName: 'a.example.com' } } }, 'all', /a name in DNS only/],
    ['SCTP', app({ ports: { s: { port: 9, protocol: 'SCTP' } } }), 'port s', /SCTP/],
    [
      'loadBalancerClass',
      { loadBalancerClasses: { 'a.b/c': 'generic' }, ...app({ service: { loadBalancerClass: 'a.b/c' } }) },
      'load balancer of class a.b/c',
      /MetalLB/,
    ],
    [
      'nodes that are not here',
      app({
        addresses: [{ ip: '2.3.4.5', nodeName: 'worker-1' }],
        service: { externalTrafficPolicy: 'Local', inCluster: true },
      }),
      'load balancer and node port',
      /worker-1/,
    ],
    ['names in DNS', app({ dns: { hostnames: ['a.example.com'] } }), 'DNS', /a\.example\.com/],
    ['another class', app(contour({ className: 'edge' })), 'host names', /edge/],
  ])('%s', async (_, values, what, why) => {
    const { notTried } = await plan(values)
    expect(notTried).toMatchObject([{ proxy: 'app', what, why: expect.stringMatching(why) }])
  })
})

describe.concurrent('only', () => {
  const two = { proxies: { a: app().proxies.app, b: app().proxies.app } }

  it('leaves the others out', async () => {
    expect((await plan(two, ['b'])).proxies.map(({ name }) => name)).toEqual(['b'])
  })

  it("takes the values' key, whatever is put before the Service's name", async () => {
    expect((await plan({ ...two, namePrefix: 'edge-' }, ['b'])).proxies.map(({ name }) => name)).toEqual([
      'edge-b',
    ])
  })

  it('refuses a name that no proxy has, and says those that there are', async () => {
    await expect(plan(two, ['c'])).rejects.toThrow('no enabled proxy is called c, only a, b')
    const many = Object.fromEntries(
      Array.from({ length: 23 }, (_, index) => [`p${index}`, app().proxies.app]),
    )
    await expect(plan({ proxies: many }, ['c'])).rejects.toThrow(/, p\d+ and 3 more$/)
  })
})

it.concurrent('App2 answers on its addresses: any of them by TCP, each by UDP from the address that was asked', async () => {
  const ports = { web: { port: 80, targetPort: 8080 }, dns: { port: 53, protocol: 'UDP' } } as const
  const { echoServers } = await plan(app({ ...dual, ports }))
  expect(echoServers).toEqual([
    {
      machine: 'app2',
      tcp: [8080, 4000],
      greeting: [],
      asked: 4000,
      udp: [
        { address: '2.3.4.5', port: 53 },
        { address: 'fd00::5', port: 53 },
      ],
    },
  ])
})

it.concurrent("a datagram is answered on each proxy's own addresses and ports alone: each takes a socket", async () => {
  const one = (ip: string, port: number) => ({
    addresses: [ip],
    ports: { udp: { port, protocol: 'UDP' } },
    sourceRanges: ['1.2.3.4/32'],
  })
  const { echoServers } = await plan({ proxies: { a: one('2.3.4.5', 53), b: one('2.3.4.6', 123) } })
  expect(echoServers[0]?.udp).toEqual([
    { address: '2.3.4.5', port: 53 },
    { address: '2.3.4.6', port: 123 },
  ])
})

describe.concurrent('an address that is App1 of one proxy and App2 of another', () => {
  const one = { ports: { http: { port: 80 } } }
  const values = {
    proxies: {
      there: { ...one, addresses: ['2.3.4.5'], sourceRanges: ['1.2.3.4/32'] },
      back: { ...one, addresses: ['1.2.3.4'], sourceRanges: ['2.3.4.5/32'] },
      beside: { ...one, addresses: ['1.2.3.5'], sourceRanges: ['9.8.7.6/32'] },
    },
  }

  it('has a machine of its own, and no address has two', async () => {
    const { machines } = await plan(values)
    const own = machines.filter(({ name }) => name.startsWith('both'))
    expect(own.map(({ addresses }) => addresses).sort()).toEqual([['1.2.3.4'], ['1.2.3.5'], ['2.3.4.5']])
    const all = machines.flatMap(({ addresses }) => addresses)
    expect(new Set(all).size).toBe(all.length)
  })

  it('answers there', async () => {
    const { echoServers } = await plan(values)
    expect(echoServers.map(({ machine }) => machine)).toEqual(['both1', 'both2', 'both3'])
  })
})

describe.concurrent('App2 speaks first', () => {
  const smtp = { port: 25, targetPort: 2525 }
  const speaking = async (fields: ProxyValues) => {
    const { echoServers, knocks } = await plan(app(fields))
    return { greeting: echoServers[0]?.greeting, protocols: new Set(knocks.map(({ protocol }) => protocol)) }
  }

  it('on ports of protocols in which the server does, and the clients there say nothing', async () => {
    const [byMail, byWeb] = await Promise.all([
      speaking({ ports: { smtp } }),
      speaking({ ports: { web: { port: 80 } } }),
    ])
    expect(byMail).toEqual({ greeting: [2525], protocols: new Set(['tcp']) })
    expect(byWeb).toEqual({ greeting: [], protocols: new Set(['http']) })
  })

  it('not where HTTP leads there', async () => {
    expect((await speaking({ ...contour({}), ports: { smtp } })).greeting).toEqual([])
  })
})

it.concurrent('a Gateway that the values do not make is made up: of another namespace, or not enabled', async () => {
  const parentRefs = [{ name: 'own' }, { name: 'own', namespace: 'edge' }]
  const listeners = { http: { port: 80, protocol: 'HTTP' } }
  const values = (enabled: boolean) => ({
    ...app({ routes: { web: { parentRefs } }, sourceRanges: ['0.0.0.0/0', '::/0'] }),
    gateways: { own: { enabled, className: 'eg', listeners } },
  })
  const made = async (enabled: boolean) =>
    (await plan(values(enabled))).gateways.map(({ namespace, name }) => `${namespace}/${name}`)
  expect(await Promise.all([made(true), made(false)])).toEqual([['edge/own'], ['default/own', 'edge/own']])
})

it.concurrent('refuses values without a proxy', async () => {
  await expect(plan({})).rejects.toThrow('nothing to try')
})
