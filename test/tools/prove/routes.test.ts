import { describe, expect, it } from 'vitest'
import type { Proxy as ProxyValues, Route } from '../../../schema/generated/values.ts'
import { type Gateways, routesOf } from '../../../tools/prove/routes.ts'

const ports = { http: { port: 80, targetPort: 8080 }, dns: { port: 53, protocol: 'UDP' } } as const
const release = { namespace: 'default' }
const parentRefs = [{ name: 'edge' }]
const there = { 'default/edge': { 'http-80': { port: 80, protocol: 'HTTP' } } } as const
const found = (route: Route, more: ProxyValues = {}, gateways: Gateways = there) =>
  routesOf({ ports, routes: { web: { parentRefs, ...route } }, ...more }, release, gateways)

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
    })),
  )
})

describe('the request that is sent', () => {
  const path = (rules: Route['rules']) => found({ ...(rules && { rules }) }).routes[0]?.path
  it.each<[string, Route['rules'], string | undefined]>([
    ['any, without rules', undefined, '/'],
    ['of the first rule that says no more than a path', [{ matches: [{ path: { value: '/a' } }] }], '/a'],
    [
      'not of one that asks for more',
      [{ matches: [{ path: { value: '/a' }, method: 'GET' }] }, { matches: [{ path: { value: '/b' } }] }],
      '/b',
    ],
    [
      'not of one that redirects',
      [{ filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https' } }] }],
      undefined,
    ],
    ['not of one that leads to others', [{ backendRefs: [{ proxy: 'new' }] }], undefined],
  ])('%s', (_, rules, expected) => {
    expect(path(rules)).toBe(expected)
  })
})

it.each<[Route, ProxyValues, string]>([
  [{ controller: 'istio' }, {}, 'no istio runs here, only Envoy Gateway'],
  [{ kind: 'GRPCRoute' }, {}, 'App2 speaks no gRPC here'],
  [{ kind: 'TLSRoute' }, {}, 'App2 shows no certificate here'],
  [{}, { backend: { protocol: 'https' } }, 'App2 speaks http here, and not https'],
  [{ parentRefs: [{ kind: 'ListenerSet', name: 'a' }] }, {}, 'no ListenerSet is tried here'],
  [{ kind: 'TCPRoute', apiVersion: 'v1alpha2' }, {}, 'v1alpha2 of TCPRoute is not served here, only v1'],
  [
    { rules: [{ backendRefs: [{ proxy: 'new' }] }] },
    {},
    'its rules let no plain request through to this proxy',
  ],
])('%j is not tried, with the reason', (route, more, why) => {
  expect(found(route, more)).toEqual({ routes: [], skipped: [{ what: 'route web', why }] })
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
  expect(skipped).toEqual([{ what: `route web at ${at}`, why: 'no listener of it takes HTTPRoutes there' }])
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
    expect(skipped).toEqual([
      { what: 'route web at default/edge, a.example.org', why },
      { what: 'route web at default/edge, example.com', why },
    ])
  })
})
