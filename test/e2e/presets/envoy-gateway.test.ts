import { addressesOf } from '../cluster.ts'
import { specify } from './preset.ts'

const listeners = { http: { port: 80, protocol: 'HTTP' } } as const

await specify('envoy-gateway', {
  more: { gateways: { presets: { className: 'envoy-gateway', listeners } } },
  door: (name, { request }) => ({
    routes: {
      web: {
        kind: request?.protocol === 'grpc' ? 'GRPCRoute' : 'HTTPRoute',
        controller: 'envoy-gateway',
        parentRefs: [{ name: 'presets' }],
        hostnames: [`${name}.example.com`],
      },
    },
  }),
  addresses: () => addressesOf('presets'),
  refuses: ['grpc-over-tls-by-host', 'unverified'],
})
