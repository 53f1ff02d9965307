import { describe, expect, it } from 'vitest'
import { anyone, app1, codes, dual, nobody, service, slice, theDoor } from './objects.ts'

const ipv4 = { ...anyone, IPv6: [] }
const one = slice(['2.3.4.5'])

describe('what a Service leads to', () => {
  it.each<[string, object[], string[]]>([
    ['addresses of its slices', [one, slice(['2001:db8:2::5'])], ['2.3.4.5:8080', '[2001:db8:2::5]:8080']],
    ['those of slices and Endpoints together', [one, endpoints('2.3.4.6')], ['2.3.4.5:8080', '2.3.4.6:8080']],
    ['nothing where all are drained', [slice(['2.3.4.5'], { conditions: { ready: false } })], []],
    ['a nil condition is ready', [slice(['2.3.4.5'], { conditions: {} })], ['2.3.4.5:8080']],
    [
      'one that is on its way out still serves',
      [slice(['2.3.4.5'], { conditions: { ready: false, serving: true, terminating: true } })],
      ['2.3.4.5:8080'],
    ],
    [
      'nothing where no port has the name',
      [slice(['2.3.4.5'], {}, { ports: [{ name: 'web', port: 8080 }] })],
      [],
    ],
    [
      'nothing by another protocol',
      [slice(['2.3.4.5'], {}, { ports: [{ name: 'http', port: 8080, protocol: 'UDP' }] })],
      [],
    ],
  ])('%s', (_, objects, to) => {
    expect(theDoor('load balancer', [service(dual), ...objects]).to).toEqual(to)
  })

  it('endpoints that are not here may be anywhere; where all would be here there are none', () => {
    expect(theDoor('load balancer', [service()]).to).toEqual(['endpoints that are not here'])
    for (const options of [{ live: true }, { hasEndpoints: true }])
      expect(theDoor('load balancer', [service()], options).to).toEqual([])
  })

  it('slices of any name, whoever is said to manage them', () => {
    const labels = {
      'kubernetes.io/service-name': 'app',
      'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
    }
    const other = { ...slice(['2.3.4.6']), metadata: { name: 'of-another-name', labels } }
    expect(theDoor('load balancer', [service(), one, other]).to).toEqual(['2.3.4.5:8080', '2.3.4.6:8080'])
  })

  it('a Service of pods is no door', () => {
    expect(() => theDoor('ClusterIP', [service({ selector: { app: 'a' } })])).toThrow('but: ')
  })

  it('but is one where somebody wrote endpoints beside them', () => {
    expect(theDoor('load balancer', [service({ selector: { app: 'a' } }), one]).to).toEqual(['2.3.4.5:8080'])
  })
})

describe('a family', () => {
  it('in which App2 has no address leads nowhere', () => {
    expect(theDoor('load balancer', [service(dual), one]).who).toEqual(app1)
  })

  it('that the Service does not have is no way', () => {
    expect(theDoor('load balancer', [service(), one, slice(['2001:db8:2::5'])]).who).toEqual(app1)
  })

  it('that the cluster may give it counts', () => {
    const objects = [service({ ipFamilies: undefined }), one, slice(['2001:db8:2::5'])]
    expect(theDoor('load balancer', objects).who).toEqual({ ...app1, IPv6: ['::/0'] })
  })
})

describe('a node port', () => {
  const door = (spec: object, options = {}) => theDoor('node port', [service({ ...spec }), one], options)
  const ports = (nodePort?: number) => [
    { name: 'http', port: 80, ...(nodePort !== undefined && { nodePort }) },
  ]

  it('is open to anyone where the load balancer gets one', () => {
    expect(door({ allocateLoadBalancerNodePorts: undefined }).who).toEqual(ipv4)
    expect(door({ type: 'NodePort' }).who).toEqual(ipv4)
    expect(door({ ports: ports(30080) }).where).toEqual({ protocol: 'TCP', port: 80, nodePort: 30080 })
  })

  it('of an earlier version stays open without nodePort: 0', () => {
    expect(door({ ports: ports() })).toMatchObject({ who: ipv4, sure: 'assumed' })
    expect(door({ ports: ports() }, { live: true })).toMatchObject({ who: nobody })
  })

  it('may stay open with two protocols on one number', () => {
    const both = [
      { name: 'http', port: 80, nodePort: 0 },
      { name: 'quic', port: 80, protocol: 'UDP', nodePort: 0 },
    ]
    expect(codes([service({ ports: both }), one])).toEqual(['port-number-twice'])
    expect(codes([service(), one])).toEqual([])
  })
})

describe('a ClusterIP', () => {
  const door = (spec: object, endpoint = {}) =>
    theDoor('ClusterIP', [service({ ...spec }), slice(['2.3.4.5'], endpoint)])

  it('is open to pods and routed hosts', () => {
    expect(door({ internalTrafficPolicy: 'Cluster' })).toMatchObject({
      who: ipv4,
      from: 'pods, and machines with a route to it',
    })
    expect(door({ internalTrafficPolicy: undefined }).who).toEqual(ipv4)
  })

  it('is closed by internalTrafficPolicy Local, but for a node that an address names', () => {
    expect(door({}).who).toEqual(nobody)
    expect(door({}, { nodeName: 'node1' })).toMatchObject({
      who: ipv4,
      reasons: [expect.stringContaining('node1')],
    })
  })

  it('says that a list of type ClusterIP is not used', () => {
    expect(codes([service({ type: 'ClusterIP' }), one])).toEqual(['ranges-unused'])
  })
})

describe('other ways', () => {
  it('an external IP is held by nothing', () => {
    const door = theDoor('external IP', [service({ externalIPs: ['198.51.100.7'] }), one])
    expect(door).toMatchObject({ who: ipv4, where: { host: '198.51.100.7', port: 80 } })
  })

  it('a headless Service gives the addresses to pods', () => {
    const door = theDoor('headless', [service({ type: 'ClusterIP', clusterIP: 'None' }), one])
    expect(door).toMatchObject({ who: ipv4, from: 'pods, which connect by themselves' })
  })

  it('an ExternalName is found by pods', () => {
    const door = theDoor('ExternalName', [service({ type: 'ExternalName', externalName: 'a.example.com' })])
    expect(door).toMatchObject({ who: anyone, to: ['a.example.com'] })
  })
})

describe('taken away from kube-proxy, it is open', () => {
  it.each(['service.kubernetes.io/service-proxy-name', 'service.kubernetes.io/headless'])(
    'by label %s',
    (label) => {
      const objects = [service({}, { labels: { [label]: 'x' } }), one]
      for (const way of ['load balancer', 'ClusterIP', 'node port']) {
        expect(theDoor(way, objects)).toMatchObject({ who: ipv4, heldBy: [], sure: 'assumed' })
      }
    },
  )
})

it('two Services of one name: either may be there, so neither holds', () => {
  const objects = [service(), service({ internalTrafficPolicy: 'Cluster' }), one]
  expect(codes(objects)).toEqual(['identity-twice'])
  expect(theDoor('load balancer', objects)).toMatchObject({ who: ipv4, sure: 'assumed' })
})

it('in a cluster, a Service without endpoints is said to lead nowhere', () => {
  expect(codes([service()], { live: true })).toEqual(['no-endpoints'])
  expect(codes([service(), one], { live: true })).toEqual([])
  expect(codes([service()])).toEqual([])
})

it('externalTrafficPolicy Local without a nodeName lets in pods and nodes alone', () => {
  const { conditions } = theDoor('load balancer', [service({ externalTrafficPolicy: 'Local' }), one])
  expect(conditions).toContainEqual(expect.stringContaining('only pods and nodes get in'))
})

function endpoints(ip: string) {
  const metadata = { name: 'app' }
  return {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata,
    subsets: [{ addresses: [{ ip }], ports: [{ name: 'http', port: 8080 }] }],
  }
}
