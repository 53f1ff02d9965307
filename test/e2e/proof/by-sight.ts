import type { EndpointSlice } from 'kubernetes-types/discovery/v1.d.ts'
import { expect } from 'vitest'
import type { Proxy as ProxyValues } from '../../../schema/generated/values.ts'
import { type Outcome, urlHost } from '../../../tools/cluster/machines/request.ts'
import { nodes } from '../../../tools/cluster/network/nodes.ts'
import { loadBalancerAddresses } from '../../../tools/prove/places.ts'
import { app, contour } from '../../values.ts'
import { cluster, installed, many } from '../cluster.ts'
import { unchecked } from './unchecked.ts'

const [envoy = ''] = cluster.ingressAddresses
const host = 'a.example.com'
const ipv6 = '2001:db8:2::5'

/** Installs what the chart refuses, and waits for so many addresses of load balancers. */
const install = (fields: ProxyValues, addresses = 1) => installed(app(fields), { addresses, from: unchecked })

const from = (who: 'app1' | 'intruder') => (address: string, port?: number) =>
  cluster.machine(who).http(`http://${urlHost(address)}:${port ?? 80}/`, { seconds: 0.5 })
const [app1, intruder] = [from('app1'), from('intruder')]
const byName = (who: 'app1' | 'intruder', name = host) =>
  cluster.machine(who).http(`http://${name}/`, { resolve: envoy, seconds: 0.5 })

const gets = (outcome: Outcome) => ('echo' in outcome ? outcome.echo : undefined)
/** A hole, or a way that should be there: App2 answers, at the latest when the cluster has settled. */
const answered = (what: string, send: () => Promise<Outcome>) =>
  cluster.until(what, async () => gets(await send()))
/** An outage: App2 does not answer five times in a row, once the cluster has settled. */
const unanswered = (send: () => Promise<Outcome>) =>
  cluster.until('nobody is answered', async () => {
    for (let request = 0; request < 5; request++) if (gets(await send())) return undefined
    return true
  })
/** Contour has judged the host, and found it wrong. */
const refusedByContour = () =>
  cluster.until('Contour says invalid', async () => {
    const query = ['get', 'httpproxy', 'app', '--output=jsonpath={.status.currentStatus}']
    return (await cluster.kubectl(query)) === 'invalid' || undefined
  })
/** Of 60 requests, how many each address of App2 got. */
async function shares(address: string): Promise<Record<string, number>> {
  const got: Record<string, number> = {}
  for (let request = 0; request < 60; request++) {
    const local = gets(await app1(address))?.local.address ?? 'nobody'
    got[local] = (got[local] ?? 0) + 1
  }
  return got
}
const loadBalancerOf = async (fields: ProxyValues) => loadBalancerAddresses(await install(fields))[0] ?? ''
const ofFamily = (addresses: string[], family: 'IPv4' | 'IPv6') =>
  addresses.find((address) => address.includes(':') === (family === 'IPv6')) ?? ''

/** What comes of values that the API server would take: each a hole or an outage, seen, by the rule's code. */
export const bySight: Record<string, Record<string, () => Promise<unknown>>> = {
  'addresses-required': {
    'App1 gets nothing': async () => {
      const address = await loadBalancerOf({ addresses: [] })
      await unanswered(() => app1(address))
    },
  },
  'address-reserved': {
    'nobody is at 240.0.0.1': async () => {
      const address = await loadBalancerOf({ addresses: ['240.0.0.1'] })
      await unanswered(() => app1(address))
    },
  },
  'address-twice': {
    'it gets two shares of three': async () => {
      const address = await loadBalancerOf({ addresses: ['2.3.4.5', { ip: '2.3.4.5' }, '2.3.4.6'] })
      await cluster.until('it gets the most', async () => {
        const { '2.3.4.5': twice = 0, '2.3.4.6': once = 0 } = await shares(address)
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
      expect(await shares(address)).toEqual({ '2.3.4.5': 60 })
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
  'controller-open': {
    'the intruder gets in by an Ingress': async () => {
      await install({ ingress: { hosts: [host], className: 'contour' } })
      await answered('the intruder gets in', () => byName('intruder'))
    },
  },
  'node-name-in-cluster': {
    'the intruder gets in by the ClusterIP, on that node': async () => {
      const { spec } = await install({ addresses: [{ ip: '2.3.4.5', nodeName: 'node1' }] })
      let sourcePort = nodes.node1.sourcePorts.first
      await answered('the intruder gets in', () => {
        const request = { protocol: 'http', address: spec?.clusterIP ?? '', port: 80, seconds: 0.5 } as const
        return cluster.machine('intruder').send({ ...request, sourcePort: sourcePort++ })
      })
    },
  },
  'local-node-name': {
    'App1 gets nothing': async () => {
      const address = await loadBalancerOf({ service: { externalTrafficPolicy: 'Local' } })
      await unanswered(() => app1(address))
    },
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
        async () => Object.keys(await shares(address)).length === 2 || undefined,
      )
    },
  },
  'host-twice': {
    'Contour serves neither': async () => {
      const { proxies } = app(contour())
      await installed({ proxies }, { from: unchecked })
      await answered('App1 gets through', () => byName('app1'))
      await installed({ proxies: { ...proxies, other: proxies.app } }, { from: unchecked })
      await cluster.until('nobody is served', async () => !gets(await byName('app1')) || undefined)
    },
  },
  'ingress-port-unknown': {
    'nothing is served by UDP': async () => {
      const ports = { dns: { port: 53, targetPort: 8080, protocol: 'UDP' } } as const
      await install({ ports, ...contour({ port: 'dns' }) })
      await refusedByContour()
      await unanswered(() => byName('app1'))
    },
  },
  'tls-certificate-required': {
    'without a certificate the host is not served at all': async () => {
      await install(contour({ tls: { enabled: true } }))
      await refusedByContour()
      await unanswered(() => byName('app1'))
    },
  },
  'tls-host': {
    'the host is served in the clear': async () => {
      const hosts = [host, 'b.example.com']
      await install(contour({ hosts, tls: { certificates: [{ secretName: 'a', hosts: [host] }] } }))
      await answered('App1 gets through', () => byName('app1', 'b.example.com'))
    },
  },
}
