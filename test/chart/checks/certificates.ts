import type { Gateway, Listener, Proxy as ProxyValues, Tls } from '../../../schema/generated/values.ts'
import { check } from './check.ts'
import { on, proxies } from './hosts/values.ts'

const issuer = { name: 'ca' }
/** An Ingress of two hosts, the first with a certificate in a Secret of its own, the second in another. */
const of = (one: string, other: string, secretName: string): ProxyValues => ({
  ingress: {
    controller: 'nginx',
    className: 'nginx',
    hosts: [`${one}.example.com`, `${other}.example.com`],
    tls: {
      issuer,
      certificates: [
        { secretName: 'own', hosts: [`${one}.example.com`] },
        { secretName, hosts: [`${other}.example.com`] },
      ],
    },
  },
})

const issued: Tls = { secretName: 'web', issuer: { name: 'ca' } }
const secret: ProxyValues = { ingress: { tls: issued } }
const shown = (hostname: string, secretName: string): Listener => ({
  port: 443,
  protocol: 'HTTPS',
  hostname,
  tls: { secretName },
})
/** A Gateway whose two listeners show one certificate of cert-manager's. */
const edge = (secretName: string): Gateway => ({
  className: 'any',
  issuer: { name: 'ca' },
  listeners: { one: shown('c.example.com', secretName), two: shown('d.example.com', secretName) },
})

check('secret-twice', {
  'cert-manager issues into a Secret once': {
    refused: proxies(
      on('a.example.com', { secretName: 'web', issuer: { name: 'ca' } }),
      on('b.example.com', { secretName: 'web', issuer: { name: 'ca' } }),
    ),
    says: 'proxies.b.ingress.tls.secretName: web holds the certificate of proxies.a already, and cert-manager issues no second one into it: write another name, or leave the issuer out where that certificate is for these hosts too',
    accepted: proxies(on('a.example.com', { secretName: 'web' }), on('b.example.com', { secretName: 'web' })),
    chosen: {
      'leave the issuer out where that certificate is for these hosts too': proxies(
        on('a.example.com', { secretName: 'web', issuer: { name: 'ca' } }),
        on('b.example.com', { secretName: 'web' }),
      ),
    },
  },
  'whose name defaults say': {
    refused: { defaults: secret, ...proxies(on('a.example.com'), on('b.example.com')) },
    says: 'proxies.b.ingress.tls.secretName: web holds the certificate of proxies.a already, and cert-manager issues no second one into it: write another name, or leave the issuer out where that certificate is for these hosts too',
    accepted: { defaults: secret, ...proxies(on('a.example.com'), on('b.example.com', { secretName: 'b' })) },
    chosen: {
      'write another name': {
        defaults: secret,
        ...proxies(on('a.example.com'), on('b.example.com', { secretName: 'b' })),
      },
    },
  },
  'of two Gateways': {
    refused: { gateways: { a: edge('web'), b: edge('web') } },
    says: 'gateways.b.listeners.one.tls.secretName: web holds the certificate of gateways.a already, and cert-manager issues no second one into it: write another name, or leave the issuer out where that certificate is for these hosts too',
    accepted: { gateways: { a: edge('web'), b: edge('other') } },
  },
  'of an Ingress and a Gateway, but listeners of one': {
    refused: { ...proxies(on('a.example.com', issued), {}), gateways: { edge: edge('web') } },
    says: 'gateways.edge.listeners.one.tls.secretName: web holds the certificate of proxies.a already, and cert-manager issues no second one into it: write another name, or leave the issuer out where that certificate is for these hosts too',
    accepted: {
      ...proxies(on('a.example.com', issued), {}),
      gateways: { edge: { ...edge('other'), issuer: { name: '' } }, other: edge('other') },
    },
  },
  'of several certificates, too': {
    refused: proxies(on('a.example.com', { secretName: 'web', issuer }), of('b', 'c', 'web')),
    says: 'proxies.b.ingress.tls.certificates[1].secretName: web holds the certificate of proxies.a already, and cert-manager issues no second one into it: write another name, or leave the issuer out where that certificate is for these hosts too',
    accepted: proxies(on('a.example.com', { secretName: 'web', issuer }), of('b', 'c', 'other')),
  },
})
