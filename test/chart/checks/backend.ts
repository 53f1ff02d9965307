import { app, route } from '../../values.ts'
import { check } from './check.ts'

const host = 'app2.example.com'
const grpc = { kind: 'GRPCRoute', controller: 'envoy-gateway' } as const

check('backend-tls-protocol', {
  'a CA without TLS': {
    refused: app(route({}, { tls: { caConfigMap: 'ca' } })),
    says: 'proxies.app.backend.tls.caConfigMap: has no effect with backend.protocol http: write backend.protocol https, or leave it out',
    accepted: app(route({}, { protocol: 'https', host, tls: { caConfigMap: 'ca' } })),
  },
  'nor one in a Secret, of gRPC': {
    refused: app(route(grpc, { protocol: 'grpc', tls: { caSecret: 'ca' } })),
    says: 'proxies.app.backend.tls.caSecret: has no effect with backend.protocol grpc: write backend.protocol grpcs, or leave it out',
    accepted: app(route(grpc, { protocol: 'grpcs', tls: { caSecret: 'ca', serverName: host } })),
  },
  'nor a name': {
    refused: app(route({}, { tls: { serverName: host } })),
    says: 'proxies.app.backend.tls.serverName: has no effect with backend.protocol http: write backend.protocol https, or leave it out',
    accepted: app(route({}, { protocol: 'https', tls: { serverName: host } })),
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
    chosen: { 'write backend.host': app(route({}, { protocol: 'https', host })) },
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
