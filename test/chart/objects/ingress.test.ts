import { expect, it } from 'vitest'
import { render } from '../../../tools/chart/render.ts'
import { app } from '../../values.ts'

const ingress = async (fields: object = {}) => {
  const values = app({
    sourceRanges: ['0.0.0.0/0', '::/0'],
    ingress: { hosts: ['a.example.com', '*.b.example.com'], ...fields },
  })
  return (await render(values)).get('Ingress', 'app')
}
const paths = (path: string, pathType: string) => [
  { path, pathType, backend: { service: { name: 'app', port: { number: 80 } } } },
]

it.concurrent("leads every host to the Service's port", async () => {
  expect((await ingress()).spec).toEqual({
    rules: [
      { host: 'a.example.com', http: { paths: paths('/', 'Prefix') } },
      { host: '*.b.example.com', http: { paths: paths('/', 'Prefix') } },
    ],
  })
})

it.concurrent('takes class, paths and annotations as written', async () => {
  const written = await ingress({
    className: 'public',
    hosts: ['a.example.com'],
    paths: [{ path: '/api', pathType: 'Exact' }],
    annotations: { 'link.argocd.argoproj.io/on': 'true' },
  })
  expect(written.metadata?.annotations).toEqual({ 'link.argocd.argoproj.io/on': 'true' })
  expect(written.spec).toEqual({
    ingressClassName: 'public',
    rules: [{ host: 'a.example.com', http: { paths: paths('/api', 'Exact') } }],
  })
})

it.concurrent.each([
  ['ClusterIssuer', 'cert-manager.io/cluster-issuer'],
  ['Issuer', 'cert-manager.io/issuer'],
])('asks cert-manager for a certificate of a %s', async (kind, annotation) => {
  const secured = await ingress({ tls: { issuer: { kind, name: 'letsencrypt' } } })
  expect(secured.metadata?.annotations).toEqual({ [annotation]: 'letsencrypt' })
  expect(secured.spec?.tls).toEqual([{ secretName: 'app-tls', hosts: ['a.example.com', '*.b.example.com'] }])
})

it.concurrent("takes a Secret of one's own, without cert-manager", async () => {
  const secured = await ingress({ tls: { secretName: 'mine' } })
  expect(secured.metadata).not.toHaveProperty('annotations')
  expect(secured.spec?.tls).toMatchObject([{ secretName: 'mine' }])
})

it.concurrent('has no certificate with tls.enabled: false, whatever else is written', async () => {
  const plain = await ingress({
    tls: {
      enabled: false,
      issuer: { name: 'letsencrypt' },
      certificates: [{ secretName: 'mine', hosts: ['a.example.com'] }],
    },
  })
  expect(plain.metadata).not.toHaveProperty('annotations')
  expect(plain.spec).not.toHaveProperty('tls')
})

it.concurrent('is not there without hosts, or with enabled: false', async () => {
  expect((await render(app())).list('Ingress')).toEqual([])
  const off = app({ ingress: { enabled: false, hosts: ['a.example.com'] } })
  expect((await render(off)).list('Ingress')).toEqual([])
})
