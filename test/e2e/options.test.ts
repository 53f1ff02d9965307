import type { EndpointSlice } from 'kubernetes-types/discovery/v1.d.ts'
import { afterEach, describe, expect, it } from 'vitest'
import type { Proxy as ProxyValues } from '../../schema/generated/values.ts'
import { type Outcome, type Request, urlHost } from '../../tools/cluster/machines/request.ts'
import { type NodeName, nodeNames, nodes } from '../../tools/cluster/network/nodes.ts'
import { loadBalancerAddresses } from '../../tools/prove/places.ts'
import { app, contour } from '../values.ts'
import { cluster, installed, many, uninstall, whenKnown } from './cluster.ts'

const ipv4 = { address: '2.3.4.5', range: '1.2.3.4/32' }
const ipv6 = { address: '2001:db8:2::5', range: '2001:db8:1::4/128' }
const both = { addresses: [ipv4.address, ipv6.address], sourceRanges: [ipv4.range, ipv6.range] }
const at = (node: NodeName) => cluster.addressing.node(node).front.ipv4
const url = (address = '', port = 80) => `http://${urlHost(address)}:${port}/`
const app1 = (target: string, seconds = 1) => cluster.machine('app1').http(target, { seconds })
/** In seconds: what must be answered is, at the latest, on a machine that is busy with other things, too. */
const patience = 10
const intruder = (target: string) => cluster.machine('intruder').http(target, { seconds: 0.5 })
const answers = { echo: { machine: 'app2' } }
const refused = { failure: expect.stringMatching(/refused|timed out/) }

/** Asks until App2 answers: kube-proxy needs a moment for a new Service. */
const settled = (send: () => Promise<Outcome>) =>
  cluster.until('App2 answers', async () => {
    const outcome = await send()
    return 'echo' in outcome ? outcome : undefined
  })
const loadBalancers = async (fields: ProxyValues, addresses = 1) =>
  loadBalancerAddresses(await installed(app(fields), { addresses }))
/** Which of App2 answer App1, of so many requests in a row; asked again until it is as expected. */
const spread = (address: string | undefined, count: number, expected: (answered: Set<string>) => boolean) =>
  cluster.until('the right ones answer', async () => {
    const answered = new Set<string>()
    for (let request = 0; request < count; request++) {
      const outcome = await app1(url(address))
      answered.add('echo' in outcome ? (outcome.echo?.local.address ?? '') : 'nobody')
    }
    return expected(answered) || undefined
  })
const exactly = (addresses: string[]) => (answered: Set<string>) =>
  answered.size === addresses.length && addresses.every((address) => answered.has(address))

/** Does something while packets to an address go by one node, then by the other. */
async function byEachNode(address: string, act: () => Promise<unknown>) {
  const machines = ['app1', 'intruder']
  const all = (command: string) => Promise.all(machines.map((name) => cluster.machine(name).ip([command])))
  for (const node of nodeNames) {
    await all(`route replace ${address}/32 via ${at(node)} dev eth0 onlink`)
    await act()
  }
  await all(`route del ${address}/32`)
}

afterEach(uninstall)

describe('ports and families', () => {
  it('TCP and UDP of one number', async () => {
    const ports = {
      tcp: { port: 53, targetPort: 8080 },
      udp: { port: 53, targetPort: 8080, protocol: 'UDP' },
    } as const
    const [address = ''] = await loadBalancers({ ports })
    const datagram: Request = { protocol: 'udp', address, port: 53, seconds: 0.5 }
    await settled(() => cluster.machine('app1').send(datagram))
    expect(await app1(url(address, 53), patience)).toMatchObject(answers)
    expect(await cluster.machine('intruder').send(datagram)).toMatchObject(refused)
    expect(await intruder(url(address, 53))).toMatchObject(refused)
  })

  it('IPv6 alone', async () => {
    const [address] = await loadBalancers({
      addresses: [ipv6.address],
      sourceRanges: [ipv6.range],
    })
    await settled(() => app1(url(address)))
    expect(await intruder(url(address))).toMatchObject(refused)
  })

  it('both families: an address of each, and each held', async () => {
    const addresses = await loadBalancers({ ...both, service: { ipFamilyPolicy: 'RequireDualStack' } }, 2)
    expect(addresses.filter((address) => address.includes(':'))).toHaveLength(1)
    for (const address of addresses) {
      await settled(() => app1(url(address)))
      expect(await intruder(url(address))).toMatchObject(refused)
    }
  })

  it('ipFamilies: the first is the primary', async () => {
    const { spec } = await installed(app({ ...both, service: { ipFamilies: ['IPv6', 'IPv4'] } }), {
      addresses: 2,
    })
    expect(spec?.clusterIPs?.map((address) => address.includes(':'))).toEqual([true, false])
  })
})

describe('where a packet may enter', () => {
  it('either node answers App1, neither the intruder', async () => {
    const [address = ''] = await loadBalancers({})
    await byEachNode(address, async () => {
      await settled(() => app1(url(address)))
      expect(await intruder(url(address))).toMatchObject(refused)
    })
  })

  it.each([false, true])('inCluster: %s, by either node', async (inCluster) => {
    const service = await installed(app({ service: { inCluster } }))
    const [address = ''] = loadBalancerAddresses(service)
    await byEachNode(address, () => settled(() => app1(url(address))))
    for (const { sourcePorts } of Object.values(nodes)) {
      const { first, count } = sourcePorts
      const sourcePort = first + count - 1 - Number(inCluster)
      const address = service.spec?.clusterIP ?? ''
      const request = { protocol: 'http', address, port: 80, sourcePort } as const
      const outcome = await cluster.machine('app1').send({ ...request, seconds: inCluster ? patience : 0.5 })
      expect(outcome).toMatchObject(inCluster ? answers : refused)
    }
  })

  it('type ClusterIP behind a held Ingress: closed by default, by either node', async () => {
    const service = await installed(app({ service: { type: 'ClusterIP' }, ...contour() }), { addresses: 0 })
    const [resolve = ''] = cluster.ingressAddresses
    await settled(() => cluster.machine('app1').http('http://a.example.com/', { resolve }))
    await whenKnown()
    for (const { sourcePorts } of Object.values(nodes)) {
      const sourcePort = sourcePorts.first + sourcePorts.count - 3
      const address = service.spec?.clusterIP ?? ''
      const request = { protocol: 'http', address, port: 80, sourcePort, seconds: 0.5 } as const
      expect(await cluster.machine('app1').send(request)).toMatchObject(refused)
    }
  })

  it('externalTrafficPolicy Local: by its node alone, and App2 sees App1 itself', async () => {
    const back = cluster.addressing.node('node1').back.ipv4
    // App2's answers must go back by the node that they came by: by itself it knows no way to App1.
    await cluster.machine('app2').ip([`route add 1.2.3.4/32 via ${back} dev eth0 onlink`])
    try {
      const service = await installed(
        app({
          addresses: [{ ip: '2.3.4.5', nodeName: 'node1' }],
          service: {
            externalTrafficPolicy: 'Local',
            inCluster: true,
            allocateLoadBalancerNodePorts: true,
          },
        }),
      )
      const [address] = loadBalancerAddresses(service)
      await cluster.until('App2 sees App1', async () => {
        const outcome = await app1(url(address))
        return ('echo' in outcome && outcome.echo?.peer === '1.2.3.4') || undefined
      })
      await whenKnown()
      const nodePort = service.spec?.ports?.[0]?.nodePort
      expect(await app1(url(at('node1'), nodePort), patience)).toMatchObject(answers)
      expect(await app1(url(at('node2'), nodePort))).toMatchObject(refused)
    } finally {
      await cluster.machine('app2').ip(['route del 1.2.3.4/32'])
    }
  })

  it('externalTrafficPolicy Cluster: App2 sees a node', async () => {
    const [address] = await loadBalancers({})
    const { echo } = await settled(() => app1(url(address)))
    const own = nodeNames.map((node) => cluster.addressing.node(node).back.ipv4)
    expect(own).toContain(echo?.peer)
  })

  it('headless: no address of its own, and the slices for who asks DNS', async () => {
    const service = await installed(
      app({
        sourceRanges: [],
        ports: { http: { port: 8080 } },
        service: { type: 'ClusterIP', clusterIP: 'None' },
      }),
      {
        addresses: 0,
      },
    )
    expect(service.spec?.clusterIPs).toEqual(['None'])
    const query = ['get', 'endpointslices', '--selector=kubernetes.io/service-name=app', '--output=json']
    const { items }: { items: EndpointSlice[] } = JSON.parse(await cluster.kubectl(query))
    expect(items.flatMap(({ endpoints }) => endpoints.flatMap((one) => one.addresses))).toEqual(['2.3.4.5'])
  })
})

describe.each(['3.17', '4.1'] as const)('node ports turned on and off by upgrades of Helm %s', (version) => {
  it('are closed, open to the intruder, and closed again', async () => {
    const turn = async (on: boolean) => {
      const service = await installed(app({ service: { allocateLoadBalancerNodePorts: on } }), { version })
      await settled(() => app1(url(loadBalancerAddresses(service)[0])))
      return service.spec?.ports?.[0]?.nodePort
    }
    expect(await turn(false)).toBeUndefined()
    const nodePort = await turn(true)
    await settled(() => intruder(url(at('node1'), nodePort)))
    expect(await turn(false)).toBeUndefined()
    await cluster.until('the node port closes', async () => {
      const outcomes = await Promise.all(nodeNames.map((node) => intruder(url(at(node), nodePort))))
      return outcomes.every((outcome) => 'failure' in outcome) || undefined
    })
  })
})

describe('which of App2 answers', () => {
  const two = ['2.3.4.5', '2.3.4.6']

  it('each in its turn', async () => {
    const [address] = await loadBalancers({ addresses: two })
    await spread(address, 30, exactly(two))
  })

  it('always the same with sessionAffinity', async () => {
    const [address] = await loadBalancers({ addresses: two, service: { sessionAffinity: 'ClientIP' } })
    await spread(address, 30, (answered) => exactly(['2.3.4.5'])(answered) || exactly(['2.3.4.6'])(answered))
  })

  it('not one that is drained', async () => {
    const [before] = await loadBalancers({ addresses: two })
    await spread(before, 30, exactly(two))
    const [address] = await loadBalancers({ addresses: ['2.3.4.5', { ip: '2.3.4.6', ready: false }] })
    await spread(address, 30, exactly(['2.3.4.5']))
  })

  it('none where all are drained: refused at once, and the load balancer keeps its address', async () => {
    const before = await loadBalancers({})
    await settled(() => app1(url(before[0])))
    const after = await loadBalancers({ addresses: [{ ip: '2.3.4.5', ready: false }] })
    expect(after).toEqual(before)
    // MetalLB says no more where the address is, as long as nobody is behind it: so the nodes are asked themselves.
    await byEachNode(after[0] ?? '', () =>
      cluster.until('kube-proxy refuses', async () => {
        const outcome = await app1(url(after[0]))
        return ('failure' in outcome && outcome.failure === 'refused') || undefined
      }),
    )
  })

  it('any of 1,500, of two slices', async () => {
    const [address] = await loadBalancers({ addresses: many })
    const query = ['get', 'endpointslices', '--selector=kubernetes.io/service-name=app', '--output=name']
    const slices = await cluster.kubectl(query)
    expect(slices.split('\n').filter(Boolean)).toHaveLength(2)
    const slicesOf = [many.slice(0, 1000), many.slice(1000)]
    await spread(address, 60, (answered) => slicesOf.every((slice) => slice.some((one) => answered.has(one))))
  })

  it('by Endpoints, which Kubernetes mirrors into slices', async () => {
    const [address] = await loadBalancers({ endpoints: { kind: 'Endpoints' } })
    await settled(() => app1(url(address)))
    expect(await intruder(url(address))).toMatchObject(refused)
  })
})
