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
    accepted: extra({
      ...configMap({ 'ca.crt': `# of App2\n\n${certificate}` }),
      binaryData: { 'ca.pem': Buffer.from(certificate).toString('base64') },
    }),
  },
})

const makes = (kind: string, field: string) =>
  `extraObjects.mine: what its ${field} makes of other objects is judged by nobody: leave it out, or write ${kind} in harmlessKinds`
const issuer = (spec: object) => ({ apiVersion: 'cert-manager.io/v1', kind: 'Issuer', spec })
const externalSecret = (target: object) => ({
  apiVersion: 'external-secrets.io/v1',
  kind: 'ExternalSecret',
  spec: { target },
})
const sealed = (template: object) => ({
  apiVersion: 'bitnami.com/v1alpha1',
  kind: 'SealedSecret',
  spec: { template },
})
const labels = { 'argocd.argoproj.io/secret-type': 'cluster' }

check('extra-object-makes', {
  'Ingresses of any annotation, by HTTP-01': {
    refused: extra(issuer({ acme: { solvers: [{ http01: { ingress: {} } }] } })),
    says: makes('cert-manager.io/Issuer', 'spec.acme'),
    accepted: extra(issuer({ ca: { secretName: 'ca' } })),
  },
  'objects of any kind': {
    refused: extra(externalSecret({ manifest: { apiVersion: 'v1', kind: 'ConfigMap' } })),
    says: makes('external-secrets.io/ExternalSecret', 'spec.target.manifest'),
    accepted: extra(externalSecret({ name: 'app2-tls' })),
  },
  'Secrets with labels': {
    refused: extra(sealed({ metadata: { labels } })),
    says: makes('bitnami.com/SealedSecret', 'spec.template.metadata.labels'),
    accepted: extra(sealed({ metadata: { name: 'app2-tls' }, type: 'kubernetes.io/tls' })),
  },
  'Secrets with labels, of certificates': {
    refused: extra({
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      spec: { secretTemplate: { labels } },
    }),
    says: makes('cert-manager.io/Certificate', 'spec.secretTemplate'),
    accepted: extra({ apiVersion: 'cert-manager.io/v1', kind: 'Certificate', spec: { secretName: 'a' } }),
  },
})

const ofType = (type: string, kind: string) =>
  `extraObjects.mine: a Secret of type ${type} is read by Kubernetes or a controller: write Opaque, leave it out, or write ${kind} in harmlessKinds`

check('extra-object-secret', {
  "Helm's own": {
    refused: extra({ ...secret, type: 'helm.sh/release.v1' }),
    says: ofType('helm.sh/release.v1', 'Secret'),
    accepted: extra({ ...secret, type: 'kubernetes.io/tls' }),
  },
  'made by another object': {
    refused: extra(sealed({ type: 'bootstrap.kubernetes.io/token' })),
    says: ofType('bootstrap.kubernetes.io/token', 'bitnami.com/SealedSecret'),
    accepted: extra(sealed({ type: 'Opaque' })),
  },
})

check('extra-object-list', {
  'what a List holds': {
    refused: extra({ apiVersion: 'v1', kind: 'List', items: [service] }, { harmlessKinds: ['List'] }),
    says: 'extraObjects.mine: what a List holds is judged by nobody: write each of its objects by itself',
    accepted: extra(service, { harmlessKinds: ['Service'] }),
  },
})
