import { describe, expect, it } from 'vitest'
import type { Proxy as ProxyValues, Route } from '../../../schema/generated/values.ts'
import { routesOf } from '../../../tools/prove/routes.ts'

const ports = { http: { port: 80, targetPort: 8080 }, dns: { port: 53, protocol: 'UDP' } } as const
const release = { namespace: 'default' }
const parentRefs = [{ name: 'edge' }]
const found = (route: Route, more: ProxyValues = {}, own = {}) =>
  routesOf({ ports, routes: { web: { parentRefs, ...route } }, ...more }, release, own)

describe('a Gateway that the values name and do not make', () => {
  it.each<[string, Route, object]>([
    ['an HTTPRoute asks for HTTP', {}, { 'http-80': { port: 80, protocol: 'HTTP' } }],
    [
      'a section named https for HTTPS',
      { parentRefs: [{ name: 'edge', sectionName: 'https' }] },
      { https: { port: 443, protocol: 'HTTPS' } },
    ],
    [
      'as does port 443',
      { parentRefs: [{ name: 'edge', port: 443 }] },
      { 'https-443': { port: 443, protocol: 'HTTPS' } },
    ],
    ['a TCPRoute for its own port', { kind: 'TCPRoute' }, { 'tcp-80': { port: 80, protocol: 'TCP' } }],
    ['a UDPRoute too', { kind: 'UDPRoute' }, { 'udp-53': { port: 53, protocol: 'UDP' } }],
  ])('%s', (_, route, listeners) => {
    expect(found(route).gateways).toEqual([{ namespace: 'default', name: 'edge', listeners }])
  })

  it('is in the namespace of the parentRef, else of the route', () => {
    const of = (route: Route) => found(route).gateways.map(({ namespace }) => namespace)
    expect(of({ namespace: 'edge' })).toEqual(['edge'])
    expect(of({ namespace: 'edge', parentRefs: [{ name: 'edge', namespace: 'own' }] })).toEqual(['own'])
  })
})

it("of the values' own Gateway every listener that takes the route is tried", () => {
  const own = {
    'default/edge': {
      http: { port: 8080, protocol: 'HTTP' },
      https: { port: 8443, protocol: 'HTTPS' },
      tcp: { port: 9000, protocol: 'TCP' },
    },
  }
  const { gateways, routes } = found({ hostnames: ['*.example.com'] }, {}, own)
  expect(gateways).toEqual([])
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
  expect(found(route, more)).toEqual({ routes: [], gateways: [], skipped: [{ what: 'route web', why }] })
})

it.each<[string, Route['parentRefs']]>([
  ['default/edge htp', [{ name: 'edge', sectionName: 'htp' }]],
  ['default/edge 9999', [{ name: 'edge', port: 9999 }]],
  ['default/edge tcp', [{ name: 'edge', sectionName: 'tcp' }]],
])('a parent without a listener that fits is not left out in silence: %s', (at, parents) => {
  const own = {
    'default/edge': { http: { port: 80, protocol: 'HTTP' }, tcp: { port: 9000, protocol: 'TCP' } },
  }
  const { routes, skipped } = found({ ...(parents && { parentRefs: parents }) }, {}, own)
  expect(routes).toEqual([])
  expect(skipped).toEqual([{ what: `route web at ${at}`, why: 'no listener of it takes HTTPRoutes there' }])
})
