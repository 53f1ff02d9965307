import { describe, expect, it } from 'vitest'
import type { Proxy as ProxyValues, Route } from '../../../schema/generated/values.ts'
import { type Gateways, routesOf } from '../../../tools/prove/routes.ts'

const ports = { http: { port: 80, targetPort: 8080 }, dns: { port: 53, protocol: 'UDP' } } as const
const release = { namespace: 'default' }
const parentRefs = [{ name: 'edge' }]
const there = { 'default/edge': { 'http-80': { port: 80, protocol: 'HTTP' } } } as const
const found = (route: Route, more: ProxyValues = {}, gateways: Gateways = there) =>
  routesOf(
    { ports, routes: { web: { parentRefs, ...route } }, ...more },
    { key: 'app', name: 'app', release, gateways },
  )

it("of the values' own Gateway every listener that takes the route is tried", () => {
  const own: Gateways = {
    'default/edge': {
      http: { port: 8080, protocol: 'HTTP' },
      https: { port: 8443, protocol: 'HTTPS' },
      tcp: { port: 9000, protocol: 'TCP' },
    },
  }
  const { routes } = found({ hostnames: ['*.example.com'] }, {}, own)
  expect(routes).toEqual(
    [
      { port: 8080, protocol: 'http' },
      { port: 8443, protocol: 'https' },
    ].map(({ port, protocol }) => ({
      gateway: 'default/edge',
      port,
      protocol,
      hostName: 'any.example.com',
      path: '/',
      targetPort: 8080,
      of: { object: 'app.web', gateway: 'default/edge', hosts: ['*.example.com'], path: '/' },
    })),
  )
})

it('its door is for the host names that its listener leaves of them, where the judge knows the listener', () => {
  const own: Gateways = {
    'default/edge': { http: { port: 80, protocol: 'HTTP', hostname: '*.example.com' } },
  }
  const { routes } = found({}, {}, own)
  expect(routes.map(({ of }) => of.hosts)).toEqual([['', '*.example.com']])
})

it('each rule is asked for by a request of its own, and what is not is said', () => {
  const rules: Route['rules'] = [
    { matches: [{ path: { value: '/a' } }, { method: 'POST', headers: [{ name: 'X-A', value: '1' }] }] },
    { backendRefs: [{ proxy: 'new' }] },
  ]
  const { routes, skipped } = found({ rules })
  expect(routes.map(({ path, method, headers }) => ({ path, method, headers }))).toEqual([
    { path: '/a' },
    { path: '/', method: 'POST', headers: { 'x-a': '1' } },
  ])
  expect(skipped).toMatchObject([{ what: 'route web, rules[1]', why: 'it leads to new too' }])
})

it.each<[Route, ProxyValues, string]>([
  [{ controller: 'istio' }, {}, 'no istio runs here, only Envoy Gateway'],
  [{ kind: 'GRPCRoute' }, {}, 'App2 speaks no gRPC here'],
  [{ kind: 'TLSRoute' }, {}, 'App2 shows no certificate here'],
  [{}, { backend: { protocol: 'https' } }, 'App2 speaks http here, and not https'],
  [{ parentRefs: [{ kind: 'ListenerSet', name: 'a' }] }, {}, 'no ListenerSet is tried here'],
  [{ kind: 'TCPRoute', apiVersion: 'v1alpha2' }, {}, 'v1alpha2 of TCPRoute is not served here, only v1'],
])('%j is not tried, with the reason', (route, more, why) => {
  expect(found(route, more)).toMatchObject({ routes: [], skipped: [{ what: 'route web', why }] })
})

it.each<[Route, boolean]>([
  [{ controller: 'traefik' }, true],
  [
    {
      rules: [{ filters: [{ type: 'ExtensionRef', extensionRef: { group: 'a.b', kind: 'C', name: 'c' } }] }],
    },
    true,
  ],
  [{ kind: 'GRPCRoute' }, false],
  [{ rules: [{ filters: [{ type: 'RequestRedirect' }] }] }, false],
])('%j needs what is not here: %s', (route, foreign) => {
  expect(found(route).skipped.map((one) => one.foreign)).toEqual([foreign])
})

it.each<[string, Route['parentRefs']]>([
  ['default/edge htp', [{ name: 'edge', sectionName: 'htp' }]],
  ['default/edge 9999', [{ name: 'edge', port: 9999 }]],
  ['default/edge tcp', [{ name: 'edge', sectionName: 'tcp' }]],
])('a parent without a listener that fits is not left out in silence: %s', (at, parents) => {
  const own: Gateways = {
    'default/edge': { http: { port: 80, protocol: 'HTTP' }, tcp: { port: 9000, protocol: 'TCP' } },
  }
  const { routes, skipped } = found({ ...(parents && { parentRefs: parents }) }, {}, own)
  expect(routes).toEqual([])
  expect(skipped).toMatchObject([
    { what: `route web at ${at}`, why: 'no listener of it takes HTTPRoutes there' },
  ])
})

describe("a listener's own host name", () => {
  const at = (hostname: string, hostnames: string[]) =>
    found({ hostnames }, {}, { 'default/edge': { a: { port: 80, protocol: 'HTTP', hostname } } })
  it.each<[string, string[], string[]]>([
    ['a.example.com', [], ['a.example.com']],
    ['*.example.com', ['a.example.com'], ['a.example.com']],
    ['*.example.com', ['*.a.example.com'], ['any.a.example.com']],
    ['a.example.com', ['*.example.com'], ['a.example.com']],
  ])('%s, of a route for %j', (hostname, hostnames, asked) => {
    const { routes, skipped } = at(hostname, hostnames)
    expect(routes.map(({ hostName }) => hostName)).toEqual(asked)
    expect(skipped).toEqual([])
  })

  it('that is another than the route has is not tried, with the reason', () => {
    const { routes, skipped } = at('*.example.com', ['a.example.com', 'a.example.org', 'example.com'])
    expect(routes.map(({ hostName }) => hostName)).toEqual(['a.example.com'])
    const why = 'no listener of it is for that host name'
    expect(skipped).toMatchObject([
      { what: 'route web at default/edge, a.example.org', why },
      { what: 'route web at default/edge, example.com', why },
    ])
  })
})
