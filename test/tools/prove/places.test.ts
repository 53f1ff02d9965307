import { describe, expect, it } from 'vitest'
import type { Knock } from '../../../tools/prove/knocks.ts'
import { type Installed, targetsOf } from '../../../tools/prove/places.ts'

const knock = (fields: Partial<Knock>): Knock => ({
  proxy: 'app',
  door: 'load balancer',
  client: { who: 'App1', address: '1.2.3.4' },
  place: { of: 'load balancer', service: 'app', port: 80 },
  protocol: 'http',
  open: true,
  targetPort: 8080,
  ...fields,
})
const installed: Installed = {
  services: new Map([
    [
      'app',
      {
        spec: {
          clusterIPs: ['10.0.0.7', 'fd00::7'],
          ports: [{ port: 80, protocol: 'TCP', nodePort: 30080 }],
        },
        status: { loadBalancer: { ingress: [{ ip: '198.18.10.101' }, { ip: '2001:2::101' }] } },
      },
    ],
    ['headless', { spec: { clusterIPs: ['None'], ports: [{ port: 80, protocol: 'TCP' }] } }],
  ]),
  gateways: new Map([['default/edge', ['198.18.10.102', '2001:2::102']]]),
  ingressAddresses: ['198.18.10.100', '2001:2::100'],
  controllers: new Map([
    [
      'default/edge',
      {
        service: {
          spec: {
            clusterIPs: ['10.0.0.8', 'fd00::8'],
            ports: [{ name: 'http', port: 8000, nodePort: 30081 }],
          },
        },
        pods: [{ name: 'envoy', address: '10.1.0.2', ports: { http: 8000 } }],
      },
    ],
  ]),
  inside: [],
  nodes: ['198.18.10.11', '2001:2::11', '198.18.10.12', '2001:2::12'],
}
const places = (fields: Partial<Knock>) => targetsOf(knock(fields), installed).map(({ at }) => at)

describe('a place becomes addresses of the family of who knocks', () => {
  it.each<[string, Partial<Knock>, string[]]>([
    ['a load balancer', {}, ['http://198.18.10.101:80']],
    ['by IPv6', { client: { who: 'App1', address: 'fd00::1' } }, ['http://[2001:2::101]:80']],
    [
      'a ClusterIP, by each node',
      { place: { of: 'ClusterIP', service: 'app', port: 80 } },
      ['http://10.0.0.7:80 by node1', 'http://10.0.0.7:80 by node2'],
    ],
    ['a headless Service has none', { place: { of: 'ClusterIP', service: 'headless', port: 80 } }, []],
    [
      'each node, at its node port',
      { place: { of: 'nodes', service: 'app', port: 80, transport: 'TCP' } },
      ['http://198.18.10.11:30080', 'http://198.18.10.12:30080'],
    ],
    [
      "or at the Service's own, where none is allocated",
      { protocol: 'udp', place: { of: 'nodes', service: 'app', port: 80, transport: 'UDP' } },
      ['udp://198.18.10.11:80 (none allocated)', 'udp://198.18.10.12:80 (none allocated)'],
    ],
    [
      'a host name',
      {
        place: { of: 'Ingress controller', port: 443 },
        protocol: 'https',
        hostName: 'a.example.com',
        path: '/api',
      },
      ['https://a.example.com/api (198.18.10.100)'],
    ],
    [
      'a route without a host name',
      { place: { of: 'Gateway', gateway: 'default/edge', port: 8000 }, path: '/' },
      ['http://198.18.10.102:8000/ (default/edge)'],
    ],
    [
      'a route with one',
      { place: { of: 'Gateway', gateway: 'default/edge', port: 8000 }, path: '/', hostName: 'a.example.com' },
      ['http://a.example.com:8000/ (default/edge 198.18.10.102)'],
    ],
    [
      'a route of datagrams',
      { place: { of: 'Gateway', gateway: 'default/edge', port: 53 }, protocol: 'udp', path: '/' },
      ['udp://198.18.10.102:53 (default/edge)'],
    ],
    [
      "a controller's ClusterIP, node ports and pod",
      { place: { of: 'controller', gateway: 'default/edge', port: 8000 }, hostName: 'a.example.com' },
      [
        'http://a.example.com:8000 (ClusterIP of default/edge, by node1)',
        'http://a.example.com:8000 (ClusterIP of default/edge, by node2)',
        'http://a.example.com:30081 (node port of default/edge)',
        'http://a.example.com:30081 (node port of default/edge)',
        'http://a.example.com:8000 (pod of default/edge)',
      ],
    ],
    ['one that is not there has none', { place: { of: 'controller', port: 443 } }, []],
    [
      "App2's own address",
      { place: { of: 'App2', address: '2.3.4.5', port: 8080 } },
      ['http://2.3.4.5:8080'],
    ],
  ])('%s', (_, fields, expected) => {
    expect(places(fields)).toEqual(expected)
  })
})
