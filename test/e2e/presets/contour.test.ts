import { cluster } from '../cluster.ts'
import { specify } from './preset.ts'

await specify('contour', {
  door: (name) => ({ ingress: { controller: 'contour', hosts: [`${name}.example.com`] } }),
  addresses: async () => cluster.ingressAddresses,
  refuses: ['grpc-over-tls', 'ca-of-a-configmap', 'system-cas', 'another-server-name', 'connect-timeout'],
})
