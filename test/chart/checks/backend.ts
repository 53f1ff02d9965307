import { app, route } from '../../values.ts'
import { check } from './check.ts'

const host = 'app2.example.com'

check('backend-tls-protocol', {
  'a CA without TLS': {
    refused: app(route({}, { tls: { caConfigMap: 'ca' } })),
    says: 'proxies.app.backend.tls.caConfigMap: has no effect with backend.protocol http: write protocol https, or leave it out',
    accepted: app(route({}, { protocol: 'https', host, tls: { caConfigMap: 'ca' } })),
  },
})

check('backend-tls-twice', {
  'a CA, and no verification': {
    refused: app({
      backend: { protocol: 'https', host, tls: { caConfigMap: 'ca', insecureSkipVerify: true } },
    }),
    says: "proxies.app.backend.tls: caConfigMap and insecureSkipVerify each say how App2's certificate is verified: leave all but one out",
    accepted: app({ backend: { protocol: 'https', host, tls: { insecureSkipVerify: true } } }),
  },
})

check('server-name-required', {
  'a certificate of nobody': {
    refused: app(route({}, { protocol: 'https' })),
    says: "proxies.app.backend.tls.serverName: not written, and a certificate proves nothing without a name: write the name that App2's certificate has, or backend.host",
    accepted: app(route({}, { protocol: 'https', tls: { serverName: host } })),
  },
})

check('backend-time-zero', {
  'no time for a connection': {
    refused: app(route({ controller: 'envoy-gateway' }, { timeouts: { connect: '0s' } })),
    says: 'proxies.app.backend.timeouts.connect: 0s is no time, which controllers leave out or refuse: write 1s, for example',
    accepted: app(route({ controller: 'envoy-gateway' }, { timeouts: { request: '0s' } })),
  },
  'no time between two checks': {
    refused: app(route({ controller: 'envoy-gateway' }, { healthCheck: { path: '/', interval: '0ms' } })),
    says: 'proxies.app.backend.healthCheck.interval: 0ms is no time, which controllers leave out or refuse: write 1s, for example',
    accepted: app(route({ controller: 'envoy-gateway' }, { healthCheck: { path: '', interval: '1ms' } })),
  },
})
