import { describe, expect, it } from 'vitest'
import type { Route } from '../../../schema/generated/values.ts'
import { inventedGateways } from '../../../tools/prove/invented.ts'
import { fc } from '../../fast-check.ts'

const ports = { http: { port: 80, targetPort: 8080 }, dns: { port: 53, protocol: 'UDP' } } as const
const release = { namespace: 'default' }
const gateways = (...routes: Route[]) =>
  inventedGateways(
    routes.map((route) => ({ ports, routes: { web: { parentRefs: [{ name: 'edge' }], ...route } } })),
    release,
    {},
  )
const listeners = (...routes: Route[]) => gateways(...routes)[0]?.listeners
const at = (sectionName: string, port?: number) => ({
  parentRefs: [{ name: 'edge', sectionName, ...(port && { port }) }],
})

describe('a Gateway that the values name and do not make', () => {
  it.each<[string, Route, object]>([
    ['an HTTPRoute asks for HTTP', {}, { 'http-80': { port: 80, protocol: 'HTTP' } }],
    ['a section named https for HTTPS', at('https'), { https: { port: 443, protocol: 'HTTPS' } }],
    [
      'as does port 443',
      { parentRefs: [{ name: 'edge', port: 443 }] },
      { 'https-443': { port: 443, protocol: 'HTTPS' } },
    ],
    ['a TCPRoute for its own port', { kind: 'TCPRoute' }, { 'tcp-80': { port: 80, protocol: 'TCP' } }],
    ['a UDPRoute too', { kind: 'UDPRoute' }, { 'udp-53': { port: 53, protocol: 'UDP' } }],
  ])('%s', (_, route, expected) => {
    expect(gateways(route)).toEqual([{ namespace: 'default', name: 'edge', listeners: expected }])
  })

  it('is in the namespace of the parentRef, else of the route', () => {
    const of = (route: Route) => gateways(route).map(({ namespace }) => namespace)
    expect(of({ namespace: 'edge' })).toEqual(['edge'])
    expect(of({ namespace: 'edge', parentRefs: [{ name: 'edge', namespace: 'own' }] })).toEqual(['own'])
  })

  it('but not one that the values make', () => {
    const values = { ports, routes: { web: { parentRefs: [{ name: 'edge' }] } } }
    expect(inventedGateways([values], release, { 'default/edge': {} })).toEqual([])
  })
})

describe('listeners do not collide', () => {
  it.each<[string, Route[], object]>([
    [
      'two HTTPS sections have a port each',
      [at('https-a'), at('https-b')],
      { 'https-a': { port: 443, protocol: 'HTTPS' }, 'https-b': { port: 444, protocol: 'HTTPS' } },
    ],
    [
      'or, where the routes name one, a host name',
      [
        { ...at('a', 443), hostnames: ['a.example.com'] },
        { ...at('b', 443), hostnames: ['b.example.com'] },
      ],
      {
        a: { port: 443, protocol: 'HTTPS' },
        b: { port: 443, protocol: 'HTTPS', hostname: 'b.example.com' },
      },
    ],
    [
      'HTTP and TCP have a port each',
      [{}, { kind: 'TCPRoute' }],
      { 'http-80': { port: 80, protocol: 'HTTP' }, 'tcp-81': { port: 81, protocol: 'TCP' } },
    ],
    [
      'who names a port gets it, whoever comes first',
      [{}, { ...at('raw', 80), kind: 'TCPRoute' }],
      { raw: { port: 80, protocol: 'TCP' }, 'http-81': { port: 81, protocol: 'HTTP' } },
    ],
    [
      'a section has one port, whoever names it',
      [at('web'), at('web', 8080)],
      { web: { port: 8080, protocol: 'HTTP' } },
    ],
    [
      'a section is of one protocol',
      [at('a'), { ...at('a'), kind: 'TCPRoute' }],
      { a: { port: 80, protocol: 'HTTP' } },
    ],
    [
      'one port can not be of two protocols',
      [at('a', 80), { ...at('b', 80), kind: 'TCPRoute' }],
      { a: { port: 80, protocol: 'HTTP' } },
    ],
    ['routes of one kind share one', [{}, {}], { 'http-80': { port: 80, protocol: 'HTTP' } }],
  ])('%s', (_, routes, expected) => {
    expect(listeners(...routes)).toEqual(expected)
  })

  it('whatever the routes ask for', () => {
    const route: fc.Arbitrary<Route> = fc.record({
      kind: fc.constantFrom('HTTPRoute', 'TCPRoute', 'UDPRoute'),
      hostnames: fc.constantFrom([], ['a.example.com'], ['b.example.com']),
      parentRefs: fc
        .constantFrom('', 'a', 'https', 'https-b')
        .chain((sectionName) =>
          fc.constantFrom(0, 53, 80, 443).map((port) => at(sectionName, port).parentRefs),
        ),
    })
    fc.assert(
      fc.property(fc.array(route), (routes) => {
        const all = Object.values(listeners(...routes) ?? {})
        for (const one of all) {
          const rivals = all.filter(
            ({ port, protocol }) => port === one.port && (protocol === 'UDP') === (one.protocol === 'UDP'),
          )
          expect(new Set(rivals.map(({ protocol }) => protocol)).size).toBe(1)
          expect(new Set(rivals.map(({ hostname }) => hostname)).size).toBe(rivals.length)
        }
      }),
    )
  })
})
