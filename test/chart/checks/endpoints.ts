import { app } from '../../values.ts'
import { check } from './check.ts'

const many = (count: number) => Array.from({ length: count }, (_, n) => `10.0.${n >> 8}.${n & 255}`)
const endpoints = { kind: 'Endpoints' } as const

check('endpoints-limit', {
  'Kubernetes mirrors the first 1000 addresses only': {
    refused: app({ endpoints, addresses: many(1001) }),
    says: 'proxies.app.endpoints.kind: Endpoints, and of 1001 addresses Kubernetes mirrors only the first 1000: write EndpointSlice',
    accepted: app({ endpoints, addresses: [...many(1000), { ip: '10.1.0.0', ready: false }] }),
  },
})

check('endpoints-zone', {
  'Endpoints have no zone': {
    refused: app({ endpoints, addresses: [{ ip: '2.3.4.5', zone: 'a' }] }),
    says: 'proxies.app.addresses[0].zone: Endpoints have no zone: leave it out, or write endpoints.kind EndpointSlice',
    accepted: app({ addresses: [{ ip: '2.3.4.5', zone: 'a' }] }),
  },
  'that a drained address may have, which is in none': {
    refused: app({ endpoints, addresses: [{ ip: '2.3.4.5', zone: 'a' }] }),
    says: 'proxies.app.addresses[0].zone: Endpoints have no zone: leave it out, or write endpoints.kind EndpointSlice',
    accepted: app({ endpoints, addresses: ['2.3.4.5', { ip: '2.3.4.6', zone: 'a', ready: false }] }),
  },
})

check('endpoints-traffic-distribution', {
  'nor hints': {
    refused: app({
      endpoints,
      addresses: [{ ip: '2.3.4.5', nodeName: 'node1' }],
      service: { trafficDistribution: 'PreferSameNode', inCluster: true },
    }),
    says: 'proxies.app.service.trafficDistribution: has no effect with Endpoints, which have no hints: leave it out, or write endpoints.kind EndpointSlice',
    accepted: app({
      addresses: [{ ip: '2.3.4.5', nodeName: 'node1' }],
      service: { trafficDistribution: 'PreferSameNode', inCluster: true },
    }),
  },
})
