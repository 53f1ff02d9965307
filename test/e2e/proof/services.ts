import { execa } from 'execa'
import type { EndpointSlice } from 'kubernetes-types/discovery/v1.d.ts'
import { expect } from 'vitest'
import type { Proxy as ProxyValues } from '../../../schema/generated/values.ts'
import { type NodeName, nodes } from '../../../tools/cluster/network/nodes.ts'
import { loadBalancerAddresses } from '../../../tools/prove/places.ts'
import { app, contour } from '../../values.ts'
import { cluster, hasRules, installed, many, whenKnown } from '../cluster.ts'
import {
  answered,
  app1,
  byContour,
  host,
  install,
  intruder,
  loadBalancerOf,
  onlyAnswers,
  type Sights,
  shares,
  unanswered,
} from './see.ts'
import { isInVain, unchecked } from './unchecked.ts'

const ipv6 = '2001:db8:2::5'
const ofFamily = (addresses: string[], family: 'IPv4' | 'IPv6') =>
  addresses.find((address) => address.includes(':') === (family === 'IPv6')) ?? ''

/** An outage: App1 got through before these fields were written, and then no more. */
async function breaks(fields: ProxyValues) {
  const address = await loadBalancerOf({})
  await answered('App1 gets through', () => app1(address))
  expect(await loadBalancerOf(fields)).toBe(address)
  await unanswered(() => app1(address))
}

let asked = 0
/** The intruder, routed to a ClusterIP by a node. */
const byClusterIP = (address = '', { node = 'node1', ...more }: { node?: NodeName; host?: string } = {}) => {
  const sourcePort = nodes[node].sourcePorts.first + asked++
  const request = { protocol: 'http', address, port: 80, sourcePort, seconds: 0.5, ...more } as const
  return cluster.machine('intruder').send(request)
}

/** Addresses, ranges and options of a Service. */
export const services: Sights = {
  'addresses-required': {
    'App1 gets nothing': () => breaks({ addresses: [] }),
  },
  'address-reserved': {
    'nobody is at 239.0.0.1': () => breaks({ addresses: ['239.0.0.1'] }),
  },
  'address-twice': {
    'it gets two shares of three': async () => {
      const address = await loadBalancerOf({ addresses: ['2.3.4.5', { ip: '2.3.4.5' }, '2.3.4.6'] })
      await cluster.until('it gets the most', async () => {
        const { '2.3.4.5': twice = 0, '2.3.4.6': once = 0 } = await shares(() => app1(address))
        return (once > 0 && twice > 1.3 * once) || undefined
      })
    },
  },
  'address-without-family': {
    'it gets nothing': async () => {
      const service = { ipFamilies: ['IPv4' as const] }
      const addresses = loadBalancerAddresses(await install({ addresses: ['2.3.4.5', ipv6], service }))
      expect(addresses).toHaveLength(1)
      const [address = ''] = addresses
      await answered('App1 gets through', () => app1(address))
      await onlyAnswers('2.3.4.5', () => app1(address))
    },
  },
  'family-without-address': {
    'its address leads nowhere': async () => {
      const service = { ipFamilies: ['IPv4' as const, 'IPv6' as const] }
      const sourceRanges = ['1.2.3.4/32', '2001:db8:1::4/128']
      const addresses = loadBalancerAddresses(await install({ sourceRanges, service }, 2))
      await answered('App1 gets through by IPv4', () => app1(ofFamily(addresses, 'IPv4')))
      await unanswered(() => app1(ofFamily(addresses, 'IPv6')))
    },
  },
  'family-policy': {
    'the second family leads nowhere': async () => {
      const sourceRanges = ['1.2.3.4/32', '2001:db8:1::4/128']
      const service = { ipFamilyPolicy: 'RequireDualStack' as const }
      const addresses = loadBalancerAddresses(await install({ sourceRanges, service }, 2))
      await answered('App1 gets through by IPv4', () => app1(ofFamily(addresses, 'IPv4')))
      await unanswered(() => app1(ofFamily(addresses, 'IPv6')))
    },
  },
  'family-open': {
    'the intruder gets in by IPv6': async () => {
      const addresses = loadBalancerAddresses(await install({ addresses: ['2.3.4.5', ipv6] }, 2))
      await answered('App1 gets through by IPv4', () => app1(ofFamily(addresses, 'IPv4')))
      await unanswered(() => intruder(ofFamily(addresses, 'IPv4')))
      await answered('the intruder gets in', () => intruder(ofFamily(addresses, 'IPv6')))
    },
    'the intruder gets in by IPv4': async () => {
      const sourceRanges = ['2001:db8:1::4/128']
      const addresses = loadBalancerAddresses(
        await install({ addresses: ['2.3.4.5', ipv6], sourceRanges }, 2),
      )
      await answered('App1 gets through by IPv6', () => app1(ofFamily(addresses, 'IPv6')))
      await unanswered(() => intruder(ofFamily(addresses, 'IPv6')))
      await answered('the intruder gets in', () => intruder(ofFamily(addresses, 'IPv4')))
    },
  },
  'source-ranges-required': {
    'the intruder gets in by the load balancer': async () => {
      const address = await loadBalancerOf({ sourceRanges: [] })
      await answered('the intruder gets in', () => intruder(address))
    },
  },
  'node-port-open': {
    'the intruder gets in': async () => {
      const { spec } = await install({ service: { type: 'NodePort' } }, 0)
      const node = cluster.addressing.node('node1').front.ipv4
      await answered('the intruder gets in', () => intruder(node, spec?.ports?.[0]?.nodePort))
    },
  },
  'node-port-twice': {
    'the API server refuses the second': async () => {
      const twice = { http: { port: 80, nodePort: 30080 }, dns: { port: 53, nodePort: 30080 } }
      const installing = install({ service: { type: 'NodePort' }, ports: twice }, 0)
      await expect(installing).rejects.toThrow(/nodePort: (Duplicate value|Invalid value: 30080)/)
    },
  },
  'cluster-ip-twice': {
    'the API server refuses the second': async () => {
      const { spec } = await install({})
      const { app: fixed } = app({ service: { clusterIP: spec?.clusterIP ?? '' } }).proxies
      const installing = installed({ proxies: { app: fixed, other: fixed } }, { from: unchecked })
      await expect(installing).rejects.toThrow(/provided IP is already allocated/)
    },
  },
  'node-name-in-cluster': {
    'the intruder gets in by the ClusterIP, on that node': async () => {
      const { spec } = await install({ addresses: [{ ip: '2.3.4.5', nodeName: 'node1' }] })
      await answered('the intruder gets in', () => byClusterIP(spec?.clusterIP))
    },
  },
  'source-ranges-unused': {
    'the intruder gets in by the ClusterIP': async () => {
      const { spec } = await install({ service: { type: 'ClusterIP', inCluster: true } }, 0)
      await answered('the intruder gets in', () => byClusterIP(spec?.clusterIP))
    },
  },
  'ranges-hold-nodes': {
    "the intruder, refused by the Envoy's load balancer, gets in by its ClusterIP": async () => {
      await install({ sourceRanges: ['198.0.0.0/8', '1.2.3.4/32'], ...contour() })
      await answered('App1 gets through', () => byContour('app1'))
      expect(await byContour('intruder', { seconds: 10 })).toMatchObject({ status: 403 })
      const query = ['service', 'envoy', '--namespace=projectcontour', '--output=jsonpath={.spec.clusterIP}']
      const address = await cluster.kubectl(['get', ...query])
      // Not by the Envoy's own node, on whose network it is: there it sees him himself.
      const { headers } = await answered('the intruder gets in', () =>
        byClusterIP(address, { node: 'node2', host }),
      )
      expect(headers).toMatchObject({ 'x-forwarded-for': cluster.addressing.node('node2').front.ipv4 })
    },
  },
  'local-node-name': {
    'App1 gets nothing': () => breaks({ service: { externalTrafficPolicy: 'Local' } }),
  },
  'endpoints-limit': {
    'Kubernetes mirrors 1000 of them': async () => {
      await install({ addresses: many, endpoints: { kind: 'Endpoints' } })
      const query = ['get', 'endpointslices', '--selector=kubernetes.io/service-name=app', '--output=json']
      await cluster.until('they are mirrored', async () => {
        const { items }: { items: EndpointSlice[] } = JSON.parse(await cluster.kubectl(query))
        const mirrored = items.flatMap(({ endpoints }) => endpoints)
        return mirrored.length === 1000 || undefined
      })
    },
  },
  'endpoints-traffic-distribution': {
    'the mirrored slice has no hint': async () => {
      await install({
        endpoints: { kind: 'Endpoints' },
        service: { trafficDistribution: 'PreferClose' },
      })
      const query = ['get', 'endpointslices', '--selector=kubernetes.io/service-name=app', '--output=json']
      await cluster.until('it is mirrored', async () => {
        const { items }: { items: EndpointSlice[] } = JSON.parse(await cluster.kubectl(query))
        return items.some(({ endpoints }) => endpoints.some(({ hints }) => !hints)) || undefined
      })
    },
  },
  'traffic-distribution': {
    'without zones it prefers nobody': async () => {
      const address = await loadBalancerOf({
        addresses: ['2.3.4.5', '2.3.4.6'],
        service: { trafficDistribution: 'PreferClose' },
      })
      await cluster.until(
        'both get requests',
        async () => Object.keys(await shares(() => app1(address))).length === 2 || undefined,
      )
    },
  },
  'external-name-and-addresses': {
    'nothing comes of the addresses': async () => {
      const values = app({ externalName: 'app2.example.com' })
      expect(await isInVain(values, 'proxies.app.addresses')).toBe(true)
    },
  },
  'headless-affinity': {
    'kube-proxy does nothing for the Service': async () => {
      const service = { type: 'ClusterIP', clusterIP: 'None', sessionAffinity: 'ClientIP' } as const
      const headless = app({ ports: { http: { port: 8080 } }, service }).proxies.app
      const values = { proxies: { app: app().proxies.app, headless } }
      await installed(values, { from: unchecked })
      await whenKnown()
      const { stdout } = await execa('ip', ['netns', 'exec', 'node1', 'nft', 'list', 'ruleset'])
      expect(hasRules(stdout, 'headless')).toBe(false)
    },
  },
  'target-port-direct': {
    "whoever has App2's address from DNS, and the Service's port, is refused": async () => {
      const { spec } = await install({ service: { type: 'ClusterIP', clusterIP: 'None' } }, 0)
      const [{ port, targetPort } = {}] = spec?.ports ?? []
      const straight = (to: unknown) => cluster.machine('node1').http(`http://2.3.4.5:${to}/`)
      await answered('App2 is there', () => straight(targetPort))
      expect(await straight(port)).toMatchObject({ failure: 'refused' })
    },
  },
}
