import type { Gateway, Ingress } from '../../../schema/generated/values.ts'
import { app, contour } from '../../values.ts'
import { check } from './check.ts'

const on = (fields: Ingress) => app(contour(fields))

const https = { port: 443, protocol: 'HTTPS', hostname: 'a.example.com', tls: { secretName: 'a' } } as const
const gateway = (fields: Gateway) => ({
  gateways: { edge: { className: 'eg', listeners: { https }, issuer: { name: 'ca' }, ...fields } },
})

check('ingress-hosts-required', {
  'an Ingress without a host takes every request': {
    refused: on({ hosts: [], enabled: true }),
    says: "proxies.app.ingress.hosts: none is written, and an Ingress without one takes every host's requests: write App2's names, or ingress.enabled: false",
    accepted: on({ enabled: true }),
  },
})

const ports = { api: { port: 80 }, dns: { port: 53, protocol: 'UDP' }, web: { port: 81 } } as const

check('ingress-port-required', {
  'two TCP ports': {
    refused: app({ ports, ...contour() }),
    says: 'proxies.app.ingress.port: not written, and api and web are TCP ports: write one of them',
    accepted: app({ ports, ...contour({ port: 'web' }) }),
  },
  'no TCP port': {
    refused: app({ ports: { dns: ports.dns }, ...contour() }),
    says: 'proxies.app.ingress.port: not written, and an Ingress carries only TCP, which no port is: add one to ports, or write ingress.enabled: false',
    accepted: app({ ports: { dns: ports.dns, web: ports.web }, ...contour() }),
  },
})

check('ingress-port-unknown', {
  'a name that ports lack': {
    refused: on({ port: 'web' }),
    says: 'proxies.app.ingress.port: web is not a TCP port of ports: write http',
    accepted: on({ port: 'http' }),
  },
  'a UDP port': {
    refused: app({ ports, ...contour({ port: 'dns' }) }),
    says: 'proxies.app.ingress.port: dns is not a TCP port of ports: write api or web',
    accepted: app({ ports, ...contour({ port: 'api' }) }),
  },
  'a name, and no port is of TCP': {
    refused: app({ ports: { dns: ports.dns }, ...contour({ port: 'web' }) }),
    says: 'proxies.app.ingress.port: web is not a TCP port of ports: write one, and add it to ports',
    accepted: app({ ports: { dns: ports.dns, web: ports.web }, ...contour({ port: 'web' }) }),
  },
})

const path = (value: string) =>
  `proxies.app.ingress.paths[0].path: ${value} has //, /./, /../ or %2f, which Kubernetes refuses in a path of type Prefix: write the path without it`

check('ingress-path', {
  'a double slash': {
    refused: on({ paths: [{ path: '/a//b' }] }),
    says: path('/a//b'),
    accepted: on({ paths: [{ path: '/a/b' }] }),
  },
  'a parent folder at the end': {
    refused: on({ paths: [{ path: '/a/..' }] }),
    says: path('/a/..'),
    accepted: on({ paths: [{ path: '/a/..b' }] }),
  },
  'an encoded slash': {
    refused: on({ paths: [{ path: '/a%2Fb' }] }),
    says: path('/a%2Fb'),
    accepted: on({ paths: [{ path: '/a%2Fb', pathType: 'ImplementationSpecific' }] }),
  },
})

check('ingress-path-twice', {
  'whatever its type': {
    refused: on({ paths: [{ path: '/a', pathType: 'Exact' }, { path: '/b' }, { path: '/a/' }] }),
    says: 'proxies.app.ingress.paths[2].path: /a/ is paths[0] already, and all lead to the same port: leave one of them out',
    accepted: on({ paths: [{ path: '/a' }, { path: '/b' }, { path: '/a/c', pathType: 'Exact' }] }),
  },
  'to Exact a slash at the end makes another path': {
    refused: on({ paths: [{ path: '/a' }, { path: '/a', pathType: 'Exact' }] }),
    says: 'proxies.app.ingress.paths[1].path: /a is paths[0] already, and all lead to the same port: leave one of them out',
    accepted: on({ paths: ['/a', '/a/'].map((path) => ({ path, pathType: 'Exact' as const })) }),
  },
})

check('class-annotation', {
  'a class is named once': {
    refused: on({ className: 'edge', annotations: { 'kubernetes.io/ingress.class': 'edge' } }),
    says: 'proxies.app.ingress.annotations: kubernetes.io/ingress.class, and ingress.className names a class already: leave it out',
    accepted: on({ className: 'edge' }),
  },
})

check('tls-certificate-required', {
  'a certificate comes from an issuer or a Secret': {
    refused: on({ tls: { enabled: true } }),
    says: 'proxies.app.ingress.tls: enabled, with nowhere to get a certificate from: write issuer.name for cert-manager, or the secretName of one that is there',
    accepted: on({ tls: { enabled: true, secretName: 'web' } }),
    chosen: { 'write issuer.name for cert-manager': on({ tls: { enabled: true, issuer: { name: 'ca' } } }) },
  },
})

check('issuer-annotation', {
  'two issuers make cert-manager issue nothing': {
    refused: on({ tls: { issuer: { name: 'ca' } }, annotations: { 'cert-manager.io/issuer': 'other' } }),
    says: 'proxies.app.ingress.annotations: cert-manager.io/issuer, and ingress.tls.issuer names an issuer too, so cert-manager would issue nothing: leave it out',
    accepted: on({
      tls: { issuer: { name: 'ca' } },
      annotations: { 'cert-manager.io/duration': '24h' },
    }),
  },
  'two annotations do as much': {
    refused: on({ annotations: { 'cert-manager.io/cluster-issuer': 'ca', 'cert-manager.io/issuer': 'ca' } }),
    says: 'proxies.app.ingress.annotations: cert-manager.io/issuer, and cert-manager.io/cluster-issuer is written too, so cert-manager would issue nothing: leave it out',
    accepted: on({ annotations: { 'cert-manager.io/issuer': 'ca' } }),
  },
  'one may be common to all objects': {
    refused: {
      commonAnnotations: { 'cert-manager.io/cluster-issuer': 'other' },
      ...on({ tls: { issuer: { name: 'ca' } } }),
    },
    says: 'commonAnnotations: cert-manager.io/cluster-issuer, and ingress.tls.issuer names an issuer too, so cert-manager would issue nothing: leave it out',
    accepted: on({ tls: { issuer: { name: 'ca' } } }),
  },
  'a Gateway is watched by cert-manager as well': {
    refused: gateway({ annotations: { 'cert-manager.io/issuer': 'other' } }),
    says: 'gateways.edge.annotations: cert-manager.io/issuer, and issuer names an issuer too, so cert-manager would issue nothing: leave it out',
    accepted: gateway({}),
  },
})

const two = { hosts: ['a.example.com', 'b.example.com'] }
const a = { secretName: 'a', hosts: ['a.example.com'] }
const b = { secretName: 'b', hosts: ['b.example.com'] }

check('tls-secret-name', {
  'one certificate for all hosts, or several': {
    refused: on({ ...two, tls: { secretName: 'c', certificates: [a, b] } }),
    says: 'proxies.app.ingress.tls.secretName: c is for all hosts, and certificates has one for each: leave one of the two out',
    accepted: on({ ...two, tls: { certificates: [a, b] } }),
  },
})

check('tls-host', {
  'a host without a certificate': {
    refused: on({ ...two, tls: { certificates: [a] } }),
    says: 'proxies.app.ingress.tls.certificates: b.example.com is in none of them, and a host has one certificate: write it in one',
    accepted: on({ ...two, tls: { certificates: [a, b] } }),
  },
  'a host with two': {
    refused: on({ ...two, tls: { certificates: [{ ...a, hosts: two.hosts }, b] } }),
    says: 'proxies.app.ingress.tls.certificates: b.example.com is in certificates[0] and certificates[1] of them, and a host has one certificate: write it in one',
    accepted: on({ ...two, tls: { certificates: [{ ...a, hosts: two.hosts }] } }),
  },
})

check('tls-host-unknown', {
  'a certificate for another host': {
    refused: on({ tls: { certificates: [a, b] } }),
    says: 'proxies.app.ingress.tls.certificates[1].hosts: b.example.com is not in ingress.hosts: add it there, or leave ingress.tls.certificates[1] out',
    accepted: on({ tls: { certificates: [a] } }),
    chosen: { 'add it there': on({ ...two, tls: { certificates: [a, b] } }) },
  },
  'a certificate for another host beside its own': {
    refused: on({ tls: { certificates: [{ ...a, hosts: two.hosts }] } }),
    says: 'proxies.app.ingress.tls.certificates[0].hosts: b.example.com is not in ingress.hosts: add it there, or leave it out',
    accepted: on({ tls: { certificates: [a] } }),
    chosen: { 'add it there': on({ ...two, tls: { certificates: [{ ...a, hosts: two.hosts }] } }) },
  },
})
