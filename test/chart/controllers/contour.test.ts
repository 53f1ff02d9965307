import { describe, expect, it } from 'vitest'
import type { Backend } from '../../../schema/generated/values.ts'
import { render } from '../../../tools/chart/render.ts'
import { app, contour } from '../../values.ts'

const proxy = async (ingress: object = {}, fields: object = {}) =>
  (await render(app({ ...fields, ...contour(ingress) }))).get('HTTPProxy', 'app')

it.concurrent('leads the host to the Service, for sourceRanges alone, with no Ingress beside', async () => {
  const { get, list } = await render(app(contour()))
  expect(list('Ingress')).toEqual([])
  expect(get('HTTPProxy', 'app').spec).toEqual({
    virtualhost: { fqdn: 'a.example.com', ipAllowPolicy: [{ source: 'Peer', cidr: '1.2.3.4/32' }] },
    routes: [{ conditions: [{ prefix: '/' }], services: [{ name: 'app', port: 80 }] }],
  })
})

it.concurrent('0.0.0.0/0 and ::/0 together let anyone in', async () => {
  const { spec } = await proxy({}, { sourceRanges: ['0.0.0.0/0', '::/0'] })
  expect(spec.virtualhost).toEqual({ fqdn: 'a.example.com' })
})

it.concurrent.each([
  ['0.0.0.0/0', '2.3.4.5'],
  ['::/0', 'fd00::5'],
])('%s alone is one family, and the other is held', async (anyone, address) => {
  const { spec } = await proxy({}, { addresses: [address], sourceRanges: [anyone] })
  expect(spec.virtualhost.ipAllowPolicy).toEqual([{ source: 'Peer', cidr: anyone }])
})

it.concurrent('is one for each host, since one has one fqdn', async () => {
  const { list } = await render(app(contour({ hosts: ['a.example.com', '*.b.example.com'] })))
  expect(list('HTTPProxy').map(({ metadata, spec }) => [metadata.name, spec.virtualhost.fqdn])).toEqual([
    ['app', 'a.example.com'],
    ['app.2', '*.b.example.com'],
  ])
  expect(list('HTTPProxy')[1]?.spec.virtualhost.ipAllowPolicy).toEqual([
    { source: 'Peer', cidr: '1.2.3.4/32' },
  ])
})

describe.concurrent('paths', () => {
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

it.concurrent('takes class and annotations as written', async () => {
  const { metadata, spec } = await proxy({
    className: 'edge',
    annotations: { 'link.argocd.argoproj.io/on': 'yes' },
  })
  expect(metadata.annotations).toEqual({ 'link.argocd.argoproj.io/on': 'yes' })
  expect(spec.ingressClassName).toBe('edge')
})

it.concurrent('gets its certificate by a Certificate, since cert-manager does not watch HTTPProxy', async () => {
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

it.concurrent("takes a Secret of one's own, without a Certificate", async () => {
  const { get, list } = await render(app(contour({ tls: { secretName: 'mine' } })))
  expect(get('HTTPProxy', 'app').spec.virtualhost.tls).toEqual({ secretName: 'mine' })
  expect(list('Certificate')).toEqual([])
})

describe.concurrent('speaks to App2 as backend says', () => {
  const host = 'app2.example.com'
  const routeTo = async (backend: Backend) => (await proxy({}, { backend })).spec.routes[0]

  it.each([
    ['https', 'tls'],
    ['grpcs', 'h2'],
    ['h2c', 'h2c'],
    ['grpc', 'h2c'],
  ] as const)('%s', async (protocol, expected) => {
    const tls = protocol.endsWith('s') ? { tls: { insecureSkipVerify: true } } : {}
    expect((await routeTo({ protocol, ...tls }))?.services).toEqual([
      { name: 'app', port: 80, protocol: expected },
    ])
  })

  it('its certificate is verified by the CA and the name', async () => {
    const found = await routeTo({ protocol: 'https', host, tls: { caSecret: 'ca' } })
    expect(found?.services[0]?.validation).toEqual({ caSecret: 'ca', subjectName: host })
  })

  it('its own Host header, which is SNI too', async () => {
    expect((await routeTo({ host }))?.requestHeadersPolicy).toEqual({ set: [{ name: 'Host', value: host }] })
  })

  it('the request timeout', async () => {
    expect((await routeTo({ timeouts: { request: '1m30s' } }))?.timeoutPolicy).toEqual({ response: '1m30s' })
  })

  it('health checks, in whole seconds', async () => {
    expect(
      (await routeTo({ healthCheck: { path: '/healthz', interval: '1500ms' } }))?.healthCheckPolicy,
    ).toEqual({
      path: '/healthz',
      intervalSeconds: 2,
      timeoutSeconds: 2,
      unhealthyThresholdCount: 1,
      healthyThresholdCount: 1,
    })
  })
})

it.concurrent('several certificates, each with its hosts', async () => {
  const hosts = ['a.example.com', 'b.example.com']
  const certificates = hosts.map((host) => ({ secretName: host[0] ?? '', hosts: [host] }))
  const { list } = await render(
    app(contour({ hosts, tls: { certificates, issuer: { name: 'letsencrypt' } } })),
  )
  expect(list('HTTPProxy').map(({ spec }) => spec.virtualhost.tls?.secretName)).toEqual(['a', 'b'])
  expect(
    list('Certificate').map(({ metadata, spec }) => [metadata.name, spec.secretName, spec.dnsNames]),
  ).toEqual([
    ['app', 'a', ['a.example.com']],
    ['app.2', 'b', ['b.example.com']],
  ])
})

it.concurrent("asks App2's health for the host that requests have", async () => {
  const backend = { host: 'app2.example.com', healthCheck: { path: '/healthz', interval: '2s' } }
  const { spec } = await proxy({}, { backend })
  expect(spec.routes?.[0]).toMatchObject({
    healthCheckPolicy: { path: '/healthz', host: 'app2.example.com' },
  })
})
