import type { Gateway, Listener } from '../../../schema/generated/values.ts'
import { check } from './check.ts'

const http: Listener = { port: 80, protocol: 'HTTP' }
const https: Listener = { port: 443, protocol: 'HTTPS', tls: { secretName: 'edge-tls' } }
const edge = (fields: Gateway) => ({
  gateways: { edge: { className: 'eg', listeners: { http }, ...fields } },
})
const on = (listeners: Record<string, Listener>, fields: Gateway = {}) => edge({ listeners, ...fields })

check('gateway-class-required', {
  'a Gateway is of a class': {
    refused: edge({ className: '' }),
    says: "gateways.edge.className: not written, and a Gateway needs a class: write the controller's GatewayClass",
    accepted: edge({}),
  },
})

check('gateway-parent-required', {
  'a ListenerSet adds to a Gateway': {
    refused: edge({ kind: 'ListenerSet' }),
    says: "gateways.edge.parentRef.name: not written, and a ListenerSet adds to a Gateway: write the Gateway's name",
    accepted: edge({ kind: 'ListenerSet', parentRef: { name: 'shared' } }),
  },
})

check('gateway-listeners-required', {
  'a Gateway that listens to nothing': {
    refused: on({}),
    says: 'gateways.edge.listeners: none is written: add one, for example http: {port: 80, protocol: HTTP}',
    accepted: on({ http }),
  },
})

check('listener-twice', {
  'one port, no names': {
    refused: on({ http, other: http }),
    says: 'gateways.edge.listeners.other.port: TCP port 80 is listener http already: write another port or hostname',
    accepted: on({ http, other: { ...http, hostname: 'a.example.com' } }),
  },
  'UDP is apart': {
    refused: on({ dns: { port: 53, protocol: 'TCP' }, tls: { port: 53, protocol: 'TLS' } }),
    says: 'gateways.edge.listeners.tls.port: TCP port 53 is listener dns already: write another port or hostname',
    accepted: on({ dns: { port: 53, protocol: 'TCP' }, udp: { port: 53, protocol: 'UDP' } }),
  },
})

check('listener-certificate-required', {
  'HTTPS shows a certificate': {
    refused: on({ https: { ...https, tls: {} } }),
    says: "gateways.edge.listeners.https.tls.secretName: not written, and HTTPS needs a certificate: write its Secret's name",
    accepted: on({ https }),
  },
})

check('listener-certificate', {
  'TLS that is passed on shows none': {
    refused: on({ tls: { ...https, protocol: 'TLS' } }),
    says: 'gateways.edge.listeners.tls.tls.secretName: a listener of protocol TLS shows no certificate: leave it out, or write protocol HTTPS',
    accepted: on({ tls: { port: 443, protocol: 'TLS' } }),
  },
  'nor one of a namespace': {
    refused: on({ tls: { port: 443, protocol: 'TLS', tls: { secretNamespace: 'edge' } } }),
    says: 'gateways.edge.listeners.tls.tls.secretNamespace: a listener of protocol TLS shows no certificate: leave it out, or write protocol HTTPS',
    accepted: on({ tls: { port: 443, protocol: 'TLS' } }),
  },
})

check('listener-hostname', {
  'bytes know no names': {
    refused: on({ tcp: { port: 9000, protocol: 'TCP', hostname: 'a.example.com' } }),
    says: "gateways.edge.listeners.tcp.hostname: a listener of protocol TCP can't tell names apart: leave it out",
    accepted: on({ tls: { port: 9000, protocol: 'TLS', hostname: 'a.example.com' } }),
  },
  'nor do packets': {
    refused: on({ udp: { port: 53, protocol: 'UDP', hostname: 'a.example.com' } }),
    says: "gateways.edge.listeners.udp.hostname: a listener of protocol UDP can't tell names apart: leave it out",
    accepted: on({ udp: { port: 53, protocol: 'UDP' } }),
  },
})

const issuer = { name: 'letsencrypt' }
const named = { ...https, hostname: 'a.example.com' }

check('listener-issuer', {
  "cert-manager stays in the Gateway's namespace": {
    refused: on({ https: { ...named, tls: { secretName: 'a', secretNamespace: 'other' } } }, { issuer }),
    says: "gateways.edge.listeners.https.tls.secretNamespace: other, and cert-manager issues only into the Gateway's own namespace: leave it out, or leave the issuer out",
    accepted: on({ https: { ...named, tls: { secretName: 'a', secretNamespace: 'other' } } }),
  },
})

check('listener-issuer-hostname', {
  'a certificate of a name': {
    refused: on({ https }, { issuer }),
    says: 'gateways.edge.listeners.https.hostname: not written, and cert-manager needs a name for the certificate: write the host name',
    accepted: on({ https: named }, { issuer }),
  },
})
