import { describe, expect, it } from 'vitest'
import { render } from '../../../tools/render.ts'
import { app, contour } from '../../values.ts'

const proxy = async (ingress: object = {}, fields: object = {}) =>
  (await render(app({ ...fields, ...contour(ingress) }))).get('HTTPProxy', 'app')

it('leads the host to the Service, for sourceRanges alone, with no Ingress beside', async () => {
  const { get, list } = await render(app(contour()))
  expect(list('Ingress')).toEqual([])
  expect(get('HTTPProxy', 'app').spec).toEqual({
    virtualhost: { fqdn: 'a.example.com', ipAllowPolicy: [{ source: 'Peer', cidr: '1.2.3.4/32' }] },
    routes: [{ conditions: [{ prefix: '/' }], services: [{ name: 'app', port: 80 }] }],
  })
})

it.each([
  ['0.0.0.0/0', '2.3.4.5'],
  ['::/0', 'fd00::5'],
])('%s lets anyone in', async (anyone, address) => {
  const { spec } = await proxy({}, { addresses: [address], sourceRanges: [anyone] })
  expect(spec.virtualhost).toEqual({ fqdn: 'a.example.com' })
})

it('is one for each host, since one has one fqdn', async () => {
  const { list } = await render(app(contour({ hosts: ['a.example.com', '*.b.example.com'] })))
  expect(list('HTTPProxy').map(({ metadata, spec }) => [metadata.name, spec.virtualhost.fqdn])).toEqual([
    ['app', 'a.example.com'],
    ['app.2', '*.b.example.com'],
  ])
  expect(list('HTTPProxy')[1]?.spec.virtualhost.ipAllowPolicy).toEqual([
    { source: 'Peer', cidr: '1.2.3.4/32' },
  ])
})

describe('paths', () => {
  const conditions = async (path: string, pathType: string) =>
    (await proxy({ paths: [{ path, pathType }] })).spec.routes.map((route) => route.conditions)

  it.each([
    ['/', 'Prefix', [[{ prefix: '/' }]]],
    ['/api', 'Prefix', [[{ exact: '/api' }], [{ prefix: '/api/' }]]],
    ['/api/', 'Prefix', [[{ exact: '/api' }], [{ prefix: '/api/' }]]],
    ['/api', 'Exact', [[{ exact: '/api' }]]],
    ['/api', 'ImplementationSpecific', [[{ prefix: '/api' }]]],
  ])('%s of type %s', async (path, pathType, expected) => {
    expect(await conditions(path, pathType)).toEqual(expected)
  })
})

it('takes class and annotations as written', async () => {
  const { metadata, spec } = await proxy({ className: 'edge', annotations: { 'example.com/on': 'yes' } })
  expect(metadata.annotations).toEqual({ 'example.com/on': 'yes' })
  expect(spec.ingressClassName).toBe('edge')
})

it('gets its certificate by a Certificate, since cert-manager does not watch HTTPProxy', async () => {
  const hosts = ['a.example.com', 'b.example.com']
  const { get, list } = await render(app(contour({ hosts, tls: { issuer: { name: 'letsencrypt' } } })))
  expect(get('Certificate', 'app').spec).toEqual({
    secretName: 'app-tls',
    dnsNames: hosts,
    issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'letsencrypt' },
  })
  expect(list('HTTPProxy').map(({ spec }) => spec.virtualhost.tls)).toEqual([
    { secretName: 'app-tls' },
    { secretName: 'app-tls' },
  ])
})

it("takes a Secret of one's own, without a Certificate", async () => {
  const { get, list } = await render(app(contour({ tls: { secretName: 'mine' } })))
  expect(get('HTTPProxy', 'app').spec.virtualhost.tls).toEqual({ secretName: 'mine' })
  expect(list('Certificate')).toEqual([])
})
