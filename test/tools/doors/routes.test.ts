import { describe, expect, it } from 'vitest'
import { asFiles, compare } from '../../../tools/doors/compare.ts'
import { doorsOf } from '../../../tools/doors/doors.ts'
import { listenersBeside } from '../../../tools/doors/gateways.ts'
import { anyone, app2, codes, custom, gateway, route, service, slice, theDoor } from './objects.ts'

const door = (spec: object = {}, more: object[] = []) =>
  theDoor('HTTPRoute', [route('HTTPRoute', { ...spec }), ...more, ...app2])
const backendRefs = [{ name: 'app', port: 80 }]

describe('where a route is', () => {
  it('its host on its Gateway', () => {
    expect(door().where).toEqual({
      protocol: 'http',
      gateway: 'default/edge',
      host: 'a.example.com',
      path: '/',
    })
  })

  it('at a listener, and by what it speaks', () => {
    const listeners = [{ name: 'https', port: 443, protocol: 'HTTPS' }]
    const found = door({ parentRefs: [{ name: 'edge', sectionName: 'https' }] }, [
      gateway('eg', { listeners }),
    ])
    expect(found.where).toMatchObject({ protocol: 'https', gateway: 'default/edge#https' })
  })

  it('at each path of each host', () => {
    const rules = [{ backendRefs, matches: [{ path: { value: '/a' } }, { path: { value: '/b' } }] }]
    const { doors } = doorsOf([route('HTTPRoute', { hostnames: ['a.b', 'c.d'], rules }), ...app2])
    const places = doors.flatMap(({ where: { host, path } }) => (host ? [`${host}${path}`] : []))
    expect(places).toEqual(['a.b/a', 'a.b/b', 'c.d/a', 'c.d/b'])
  })
})

describe("a route's hosts are those that its listeners take", () => {
  const listener = (name: string, hostname?: string, protocol = 'HTTP') => ({
    name,
    port: 80,
    protocol,
    ...(hostname && { hostname }),
  })
  const hosts = (kind: string, hostnames: string[], listeners: object[], sectionName?: string) => {
    const parentRefs = [{ name: 'edge', ...(sectionName && { sectionName }) }]
    return doorsOf([
      route(kind, { hostnames, parentRefs }),
      gateway('eg', { listeners }),
      ...app2,
    ]).doors.flatMap(({ way, where }) => (way === kind ? [where.host] : []))
  }
  const x = listener('x', 'x.a.example')

  it.each<[string, string[], object[], (string | undefined)[]]>([
    ['of a wildcard those below it', ['*.a.example'], [x], ['x.a.example']],
    ['of a wildcard of a listener its own', ['x.a.example'], [listener('a', '*.a.example')], ['x.a.example']],
    ['without its own, theirs', [], [x, listener('y', 'y.example')], ['x.a.example', 'y.example']],
    ['where one takes any, its own', ['*.a.example'], [x, listener('any')], ['*.a.example']],
    ['where none is known, its own', ['*.a.example'], [], ['*.a.example']],
    ['nor by what speaks something else', ['b.example'], [x, listener('any', undefined, 'TCP')], []],
    ['none in common: no door', ['b.example', 'a.example', '*.x.a.example'], [x], []],
  ])('%s', (_, hostnames, listeners, expected) => {
    for (const kind of ['HTTPRoute', 'GRPCRoute'])
      expect([kind, hosts(kind, hostnames, listeners)]).toEqual([kind, expected])
  })

  it('at the listener that it names, and at that one alone', () => {
    const listeners = [x, listener('y', 'y.a.example')]
    expect(hosts('HTTPRoute', ['*.a.example'], listeners, 'y')).toEqual(['y.a.example'])
    expect(hosts('HTTPRoute', ['x.a.example'], listeners, 'y')).toEqual([])
  })

  it('also of TLS, but not of TCP, which knows no names', () => {
    expect(hosts('TLSRoute', ['*.a.example'], [listener('x', 'x.a.example', 'TLS')])).toEqual(['x.a.example'])
    expect(hosts('TCPRoute', [], [listener('x', 'x.a.example', 'TCP')])).toEqual([undefined])
  })

  it('a cluster has them, where files say nothing of its Gateway', () => {
    const edge = gateway('eg', { listeners: [x] })
    const own = [route('HTTPRoute', { hostnames: ['*.a.example'] }), ...app2]
    const found = asFiles(doorsOf([...own, edge]), doorsOf(own))
    const said = doorsOf([...own, ...listenersBeside([edge], own, {})])
    expect(compare(doorsOf(own), found)).not.toEqual([])
    expect(compare(said, found)).toEqual([])
    expect(listenersBeside([edge], [...own, edge], {})).toEqual([])
  })
})

describe('what leads to App2', () => {
  it.each<[string, object]>([
    ['a backend', { backendRefs }],
    ['a mirror', { filters: [{ type: 'RequestMirror', requestMirror: { backendRef: backendRefs[0] } }] }],
  ])('%s', (_, rule) => expect(door({ rules: [rule] })).toMatchObject({ who: anyone, to: ['2.3.4.5:8080'] }))

  it.each<[string, object]>([
    ['a weight of 0', { backendRefs: [{ ...backendRefs[0], weight: 0 }] }],
    ['a redirect', { filters: [{ type: 'RequestRedirect' }] }],
  ])('not %s', (_, rule) => expect(() => door({ rules: [rule] })).toThrow('not one door'))

  it('a backend of another kind', () => {
    const backend = custom('gateway.envoyproxy.io/v1alpha1', 'Backend', 'app2', {
      endpoints: [{ ip: { address: '2.3.4.5', port: 8080 } }],
    })
    const rules = [{ backendRefs: [{ group: 'gateway.envoyproxy.io', kind: 'Backend', name: 'app2' }] }]
    expect(door({ rules }, [backend])).toMatchObject({
      service: 'Backend default/app2',
      to: ['2.3.4.5:8080'],
    })
  })
})

it.each(['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'])(
  '%s without a policy is open',
  (kind) => {
    expect(theDoor(kind, [route(kind), ...app2])).toMatchObject({ who: anyone, heldBy: [] })
  },
)

it('a route that asks for the default Gateways has a door there', () => {
  expect(door({ parentRefs: undefined, useDefaultGateways: 'All' })).toMatchObject({ who: anyone })
  expect(() => door({ parentRefs: undefined })).toThrow('not one door')
})

it('a route of a mesh, on a Service, is not understood', () => {
  expect(door({ parentRefs: [{ group: '', kind: 'Service', name: 'app' }] })).toMatchObject({
    who: anyone,
    sure: 'assumed',
  })
})

describe('a BackendTLSPolicy', () => {
  const tls = (name: string, sectionName?: string) =>
    custom('gateway.networking.k8s.io/v1', 'BackendTLSPolicy', 'tls', {
      targetRefs: [{ group: '', kind: 'Service', name, ...(sectionName && { sectionName }) }],
    })
  const green = { ...service({ type: 'ClusterIP', loadBalancerSourceRanges: [] }, { name: 'green' }) }
  const both = route('HTTPRoute', { rules: [{ backendRefs: [...backendRefs, { name: 'green', port: 80 }] }] })

  it('that covers one of two backends leaves the other in plain text', () => {
    expect(codes([both, tls('app', 'http'), green, ...app2])).toEqual(['plain-text'])
    expect(codes([both, tls('app', 'web'), green, ...app2])).toEqual(['plain-text', 'plain-text'])
  })

  it.each<[string, object[]]>([
    ['no policy', [both, green]],
    ['all covered', [route('HTTPRoute'), tls('app')]],
  ])('%s: nothing to say', (_, objects) => expect(codes([...objects, ...app2])).toEqual([]))
})

it('a route whose Service has a slice of IPv6 leads there by IPv4 too', () => {
  const objects = [route('HTTPRoute'), service(), slice(['2001:db8:2::5'])]
  expect(theDoor('HTTPRoute', objects)).toMatchObject({ who: anyone, to: ['[2001:db8:2::5]:8080'] })
})
