import { cluster } from '../cluster.ts'
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
  addresses: () =>
    cluster.until('the Gateway has its addresses', async () => {
      const query = ['gateway', 'presets', '--output=jsonpath={.status.addresses[*].value}']
      const found = (await cluster.kubectl(['get', ...query])).split(' ').filter(Boolean)
      return found.length === 2 ? found : undefined
    }),
  refuses: ['grpc-over-tls-by-host', 'unverified'],
})
