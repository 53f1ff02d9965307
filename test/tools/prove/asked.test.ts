import { expect, it } from 'vitest'
import { render } from '../../../tools/chart/render.ts'
import { askedOf } from '../../../tools/prove/asked.ts'

const base = { addresses: ['2.3.4.5'], ports: { http: { port: 80 } }, sourceRanges: ['1.2.3.4/32'] }
const asked = async (values: object) => askedOf(await render(values))
const pools = async (service: object) =>
  (await asked({ loadBalancerClasses: { 'a.b/c': 'generic' }, proxies: { app: { ...base, service } } })).pools

it.concurrent.each<[string, object, object]>([
  ['nothing of who names none', {}, { name: 'front', loadBalancerClass: '', addresses: [] }],
  [
    'a pool',
    { annotations: { 'metallb.io/address-pool': 'prod' } },
    { name: 'prod', loadBalancerClass: '', addresses: [] },
  ],
  [
    'its addresses, by the old prefix too',
    { annotations: { 'metallb.universe.tf/loadBalancerIPs': '192.168.7.7, fd00::7' } },
    { name: 'fixed', loadBalancerClass: '', addresses: ['192.168.7.7/32', 'fd00::7/128'] },
  ],
  ['a class', { loadBalancerClass: 'a.b/c' }, { name: 'front', loadBalancerClass: 'a.b/c', addresses: [] }],
])('of a load balancer: %s', async (_, service, expected) => {
  expect(await pools(service)).toEqual([expected])
})

it.concurrent('an address that two share is in one pool', async () => {
  const annotations = { 'metallb.io/loadBalancerIPs': '192.168.7.7', 'metallb.io/allow-shared-ip': 'a' }
  const one = { ...base, service: { annotations } }
  const { pools } = await asked({ proxies: { a: one, b: { ...one, ports: { http: { port: 81 } } } } })
  expect(pools).toEqual([{ name: 'fixed', loadBalancerClass: '', addresses: ['192.168.7.7/32'] }])
})

it.concurrent('ClusterIPs, and the addresses of Gateways', async () => {
  const values = {
    gateways: {
      own: {
        className: 'x',
        addresses: ['192.168.7.7'],
        listeners: { http: { port: 80, protocol: 'HTTP' } },
      },
    },
    proxies: {
      app: { ...base, service: { clusterIP: '10.96.0.7' } },
      headless: {
        ...base,
        sourceRanges: ['0.0.0.0/0', '::/0'],
        service: { type: 'ClusterIP', clusterIP: 'None' },
      },
    },
  }
  expect(await asked(values)).toMatchObject({ clusterIPs: ['10.96.0.7'], gateways: ['192.168.7.7'] })
})
