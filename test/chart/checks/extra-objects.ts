import { app } from '../../values.ts'
import { check } from './check.ts'

const extra = (object: object, more: object = {}) => ({ ...app(), ...more, extraObjects: { mine: object } })
const secret = { apiVersion: 'v1', kind: 'Secret', stringData: { password: 'none' } }
const service = { apiVersion: 'v1', kind: 'Service', spec: { ports: [{ port: 80 }] } }
const configMap = (data: object) => ({ apiVersion: 'v1', kind: 'ConfigMap', data })
const middleware = { apiVersion: 'traefik.io/v1alpha1', kind: 'Middleware', spec: {} }
const unknown = (kind: string) =>
  `extraObjects.mine: ${kind} is not known to open no way and to leave sourceRanges in force: leave it out, or write ${kind} in harmlessKinds`

check('extra-object-kind', {
  'a kind that is a door': {
    refused: extra(service),
    says: unknown('Service'),
    accepted: extra(secret),
  },
  'a kind of a group, which the values call harmless': {
    refused: extra(middleware, { harmlessKinds: ['Middleware'] }),
    says: unknown('traefik.io/Middleware'),
    accepted: extra(middleware, { harmlessKinds: ['traefik.io/Middleware'] }),
  },
  'a harmless kind of another group': {
    refused: extra({ apiVersion: 'example.com/v1', kind: 'Secret' }),
    says: unknown('example.com/Secret'),
    accepted: extra(secret),
  },
  'where no list is to be held, none is undone': {
    refused: extra(service),
    says: unknown('Service'),
    accepted: extra(service, app({ sourceRanges: ['0.0.0.0/0', '::/0'] })),
  },
})

check('extra-object-namespace', {
  'settings of somebody elsewhere': {
    refused: extra({ ...configMap({}), metadata: { namespace: 'ingress-nginx' } }),
    says: 'extraObjects.mine: in the namespace ingress-nginx somebody may read it as settings that undo sourceRanges: leave it out, or write ConfigMap in harmlessKinds',
    accepted: extra({ ...configMap({}), metadata: { namespace: 'default' } }),
  },
})

const settings = (key: string) =>
  `extraObjects.mine: its ${key} is no certificate, and a controller may read it as settings that undo sourceRanges: leave it out, or write ConfigMap in harmlessKinds`
const certificate = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'

check('extra-object-settings', {
  "a controller's own": {
    refused: extra(configMap({ 'use-forwarded-headers': 'true' })),
    says: settings('use-forwarded-headers'),
    accepted: extra(configMap({ 'ca.crt': certificate })),
  },
  'a line of tcp-services beside a certificate': {
    refused: extra(configMap({ 80: 'default/app:80', 'ca.crt': certificate })),
    says: settings('80'),
    accepted: extra(configMap({ 80: 'default/app:80' }), { harmlessKinds: ['ConfigMap'] }),
  },
  bytes: {
    refused: extra({ ...configMap({}), binaryData: { config: 'aGk=' } }),
    says: settings('config'),
    accepted: extra(configMap({ 'ca.crt': `# of App2\n\n${certificate}` })),
  },
})

check('extra-object-list', {
  'what a List holds': {
    refused: extra({ apiVersion: 'v1', kind: 'List', items: [service] }, { harmlessKinds: ['List'] }),
    says: 'extraObjects.mine: what a List holds is judged by nobody: write each of its objects by itself',
    accepted: extra(service, { harmlessKinds: ['Service'] }),
  },
})
