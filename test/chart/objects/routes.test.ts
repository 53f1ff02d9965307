import { describe, expect, it } from 'vitest'
import type { Backend, Route } from '../../../schema/generated/values.ts'
import { render } from '../../../tools/chart/render.ts'
import { app, route } from '../../values.ts'

const parentRefs = [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'edge' }]
const backendRefs = [{ kind: 'Service', name: 'app', port: 80, weight: 1 }]
const web = async (fields: Route = {}, backend: Backend = {}) =>
  (await render(app(route(fields, backend)))).get(fields.kind ?? 'HTTPRoute', 'app.web')

it.concurrent('a route leads everything of its Gateway to the Service', async () => {
  expect(await web()).toMatchObject({
    apiVersion: 'gateway.networking.k8s.io/v1',
    metadata: { name: 'app.web', namespace: 'default' },
    spec: { parentRefs, rules: [{ backendRefs }] },
  })
})

it.concurrent('a namespace or sectionName that is empty is none', async () => {
  const { spec } = await web({ parentRefs: [{ name: 'edge', namespace: '', sectionName: '' }] })
  expect(spec).toMatchObject({ parentRefs })
  expect(JSON.stringify(spec)).not.toMatch(/namespace|sectionName/)
})

it.concurrent.each(['TLSRoute', 'TCPRoute', 'UDPRoute'] as const)('a %s carries bytes', async (kind) => {
  const dns = { dns: { port: 53, protocol: kind === 'UDPRoute' ? 'UDP' : 'TCP' } } as const
  const hostnames = kind === 'TLSRoute' ? ['a.example.com'] : []
  const { get } = await render(app({ ...route({ kind, hostnames }), ports: dns }))
  expect(get(kind, 'app.web').spec).toEqual({
    parentRefs,
    ...(kind === 'TLSRoute' && { hostnames }),
    rules: [{ backendRefs: [{ kind: 'Service', name: 'app', port: 53, weight: 1 }] }],
  })
})

it.concurrent('an older version for clusters that serve only that', async () => {
  expect((await web({ kind: 'TCPRoute', apiVersion: 'v1alpha2' })).apiVersion).toBe(
    'gateway.networking.k8s.io/v1alpha2',
  )
})

it.concurrent('parentRefs, hostnames, annotations, matches and filters as they are written', async () => {
  const refs = [
    { kind: 'ListenerSet', name: 'edge', namespace: 'edge', sectionName: 'https', port: 443 },
  ] as const
  const rules = [
    {
      matches: [
        {
          path: { type: 'Exact', value: '/a' },
          method: 'GET',
          headers: [{ name: 'X-A', value: '1' }],
          queryParams: [{ name: 'b', value: '2' }],
        },
      ],
      filters: [{ type: 'RequestHeaderModifier', requestHeaderModifier: { remove: ['X-B'] } }],
      timeouts: { request: '2s', backendRequest: '1s' },
    },
  ] satisfies Route['rules']
  const found = await web({
    parentRefs: [...refs],
    hostnames: ['*.example.com'],
    annotations: { 'example.com/on': 'yes' },
    rules,
  })
  expect(found.metadata.annotations).toEqual({ 'example.com/on': 'yes' })
  expect(found.spec).toEqual({
    parentRefs: [{ group: 'gateway.networking.k8s.io', ...refs[0] }],
    hostnames: ['*.example.com'],
    rules: [{ ...rules[0], backendRefs }],
  })
})

it.concurrent('weights between two proxies, for a migration, and a mirror', async () => {
  const rules: Route['rules'] = [
    {
      backendRefs: [{ proxy: 'app', weight: 0 }, { proxy: 'new' }],
      filters: [{ type: 'RequestMirror', requestMirror: { backendRef: { proxy: 'new' }, percent: 5 } }],
    },
  ]
  const { proxies } = app(route({ rules }))
  const { get } = await render({ proxies: { ...proxies, new: { ...proxies.app, routes: {} } } })
  expect(get('HTTPRoute', 'app.web').spec).toMatchObject({
    rules: [
      {
        backendRefs: [
          { ...backendRefs[0], weight: 0 },
          { ...backendRefs[0], name: 'new' },
        ],
        filters: [{ requestMirror: { backendRef: { kind: 'Service', name: 'new', port: 80 }, percent: 5 } }],
      },
    ],
  })
})

it.concurrent('one that is off leads nowhere yet', async () => {
  const rules: Route['rules'] = [{ backendRefs: [{ proxy: 'not-there-yet' }] }]
  const { list } = await render(app(route({ enabled: false, rules })))
  expect(list('HTTPRoute')).toEqual([])
})

it.concurrent('a redirect leads nowhere', async () => {
  const redirect = { type: 'RequestRedirect', requestRedirect: { scheme: 'https' } } as const
  const found = await web(
    { rules: [{ filters: [redirect] }] },
    { host: 'app2.example.com', timeouts: { request: '3s' } },
  )
  expect(found.spec).toEqual({ parentRefs, rules: [{ filters: [redirect] }] })
})

it.concurrent('in another namespace, with a ReferenceGrant for the Service', async () => {
  const { get } = await render(app(route({ namespace: 'edge' })))
  const found = get('HTTPRoute', 'app.web.of.default')
  expect(found.metadata.namespace).toBe('edge')
  expect(found.spec).toMatchObject({ rules: [{ backendRefs: [{ name: 'app', namespace: 'default' }] }] })
  expect(get('ReferenceGrant', 'app')).toMatchObject({
    metadata: { namespace: 'default' },
    spec: {
      from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'edge' }],
      to: [{ group: '', kind: 'Service', name: 'app' }],
    },
  })
})

it.concurrent('grants nothing to a route that only matches a header of that name', async () => {
  const rules: Route['rules'] = [
    { matches: [{ headers: [{ name: 'other', value: 'yes' }] }] },
    { filters: [{ type: 'RequestMirror', requestMirror: { backendRef: { proxy: 'mirror' } } }] },
  ]
  const { proxies } = app(route({ namespace: 'edge', rules }))
  const plain = { ...proxies.app, routes: {} }
  const { list } = await render({ proxies: { ...proxies, other: plain, mirror: plain } })
  expect(list('ReferenceGrant').map(({ metadata }) => metadata.name)).toEqual(['app', 'mirror'])
})

it.concurrent('one that is not enabled is not there', async () => {
  expect((await render(app(route({ enabled: false })))).list('HTTPRoute')).toEqual([])
})

describe.concurrent('speaks to App2 as backend says', () => {
  const host = 'app2.example.com'
  const rule = async (backend: Backend, rules: Route['rules'] = []) =>
    (await web({ rules }, backend)).spec as { rules: object[] }

  it('its Host header', async () => {
    expect((await rule({ host })).rules).toEqual([
      { filters: [{ type: 'URLRewrite', urlRewrite: { hostname: host } }], backendRefs },
    ])
  })

  it('its Host header beside a rewritten path, unless that says another', async () => {
    const path = { type: 'ReplaceFullPath', replaceFullPath: '/' } as const
    const rewrite = (urlRewrite: object) => ({ filters: [{ type: 'URLRewrite' as const, urlRewrite }] })
    const rules = [rewrite({ path }), rewrite({ path, hostname: 'a.b' })]
    expect((await rule({ host }, rules)).rules).toEqual([
      { ...rewrite({ path, hostname: host }), backendRefs },
      { ...rewrite({ path, hostname: 'a.b' }), backendRefs },
    ])
  })

  it('the request timeout, unless a rule has its own', async () => {
    const { rules } = await rule({ timeouts: { request: '3s' } }, [{}, { timeouts: { request: '9s' } }])
    expect(rules).toEqual([
      { timeouts: { request: '3s' }, backendRefs },
      { timeouts: { request: '9s' }, backendRefs },
    ])
  })

  it.each(['h2c', 'grpc'] as const)("%s, by the port's appProtocol", async (protocol) => {
    const { get } = await render(app(route({}, { protocol })))
    expect(get('Service', 'app').spec?.ports?.[0]?.appProtocol).toBe('kubernetes.io/h2c')
  })

  it.each([
    [
      'a CA of a ConfigMap',
      { caConfigMap: 'ca' },
      { caCertificateRefs: [{ group: '', kind: 'ConfigMap', name: 'ca' }] },
    ],
    ["the system's CAs", {}, { wellKnownCACertificates: 'System' }],
    [
      'another name than the host',
      { serverName: 'a.b' },
      { hostname: 'a.b', wellKnownCACertificates: 'System' },
    ],
  ])('its certificate by %s', async (_, tls, validation) => {
    const { get } = await render(app(route({}, { protocol: 'https', host, tls })))
    expect(get('BackendTLSPolicy', 'app').spec).toEqual({
      targetRefs: [{ group: '', kind: 'Service', name: 'app', sectionName: 'http' }],
      validation: { hostname: host, ...validation },
    })
  })

  it('not where bytes are carried', async () => {
    const { list } = await render(app(route({ kind: 'TCPRoute' }, { protocol: 'https', host })))
    expect(list('BackendTLSPolicy')).toEqual([])
  })
})

it.concurrent('the ports of a BackendTLSPolicy are in the order of their names', async () => {
  const routes = { first: { port: 'b' }, second: { port: 'a' } }
  const { get } = await render(
    app({
      ...route({}, { protocol: 'https', host: 'app2.example.com' }),
      ports: { a: { port: 80 }, b: { port: 81 } },
      routes: Object.fromEntries(
        Object.entries(routes).map(([name, { port }]) => [
          name,
          { port, parentRefs: [{ name: 'edge' }], hostnames: [`${name}.example.com`] },
        ]),
      ),
    }),
  )
  expect(get('BackendTLSPolicy', 'app').spec).toMatchObject({
    targetRefs: [{ sectionName: 'a' }, { sectionName: 'b' }],
  })
})

it.concurrent('more ports than one BackendTLSPolicy takes, in two', async () => {
  const names = Array.from({ length: 17 }, (_, index) => `p${String(index).padStart(2, '0')}`)
  const ports = Object.fromEntries(names.map((name, index) => [name, { port: 80 + index }]))
  const routes = Object.fromEntries(
    names.map((port) => [port, { port, parentRefs: [{ name: 'edge' }], hostnames: [`${port}.example.com`] }]),
  )
  const { list } = await render(
    app({ ...route({}, { protocol: 'https', host: 'app2.example.com' }), ports, routes }),
  )
  expect(
    list('BackendTLSPolicy').map(({ metadata, spec }) => [
      metadata.name,
      (spec as { targetRefs: object[] }).targetRefs.length,
    ]),
  ).toEqual([
    ['app', 16],
    ['app.2', 1],
  ])
})

it.concurrent('routes of more namespaces than one ReferenceGrant takes, in two', async () => {
  const routes = Object.fromEntries(
    Array.from({ length: 17 }, (_, index) => [
      `web${index}`,
      { namespace: `edge${index}`, parentRefs: [{ name: 'edge' }], hostnames: [`h${index}.example.com`] },
    ]),
  )
  const { list } = await render(app({ ...route(), routes }))
  expect(
    list('ReferenceGrant').map(({ metadata, spec }) => [
      metadata.name,
      (spec as { from: object[] }).from.length,
    ]),
  ).toEqual([
    ['app', 16],
    ['app.2', 1],
  ])
})
