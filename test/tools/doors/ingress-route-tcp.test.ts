import { describe, expect, it } from 'vitest'
import { type Fields, mayBeWider } from './changes.ts'
import { anyone, app1, app2, custom, service, slice, theDoor } from './objects.ts'

const services = [{ name: 'app', port: 80 }]
const any = 'HostSNI(`*`)'
const traefik = (kind: string, name: string, spec: Fields) => custom('traefik.io/v1alpha1', kind, name, spec)
const tcp = (route: Fields = {}, spec: Fields = {}, name = 'app') =>
  traefik('IngressRouteTCP', name, {
    entryPoints: ['db'],
    routes: [{ match: any, middlewares: [{ name: 'ours' }], services, ...route }],
    ...spec,
  })
const udp = (spec: Fields = {}) =>
  traefik('IngressRouteUDP', 'app', { entryPoints: ['dns'], routes: [{ services }], ...spec })
const middleware = (spec: Fields, name = 'ours', kind = 'MiddlewareTCP') => traefik(kind, name, spec)
const sourceRange = ['1.2.3.4/32']
const list = middleware({ ipAllowList: { sourceRange } })
const judged = (route: Fields, spec: Fields = {}, more: object[] = [list]) =>
  theDoor('IngressRouteTCP', [tcp(route, spec), ...more, ...app2])

describe('where an IngressRouteTCP is', () => {
  it.each<[string, Fields, Fields]>([
    [any, {}, { protocol: 'tcp' }],
    [any, { tls: {} }, { protocol: 'tls' }],
    ['HostSNI(`A.example.com`)', { tls: { passthrough: true } }, { protocol: 'tls', host: 'a.example.com' }],
    ['HostSNI("a.example.com") && ALPN(`h2`)', { tls: {} }, { protocol: 'tls', host: 'a.example.com' }],
  ])('%s, %j', (match, spec, where) => expect(judged({ match }, spec).where).toEqual(where))

  it.each([
    'HostSNIRegexp(`.+`)',
    'Host(`a.example.com`)',
    'HostSNI(`a`) || HostSNI(`b`)',
    '!HostSNI(`a`)',
    'HostSNI(`*.a`)',
    'HostSNI(`a`, `b`)',
    '',
  ])('nobody says of %s', (match) => {
    expect(judged({ match }).where).toEqual({ protocol: 'any', host: `IngressRouteTCP default/app ${match}` })
  })
})

describe('who gets in by an IngressRouteTCP', () => {
  it.each<[string, Fields, object[]]>([
    ['a MiddlewareTCP', {}, [list]],
    ['one by its whole name', { middlewares: [{ name: 'default-ours@kubernetescrd' }] }, [list]],
    [
      'one beside a limit',
      { middlewares: [{ name: 'few' }, { name: 'ours' }] },
      [list, middleware({ inFlightConn: { amount: 1 } }, 'few')],
    ],
  ])('is held by %s', (_, route, more) => {
    expect(judged(route, {}, more)).toMatchObject({ who: app1, sure: 'read', to: ['2.3.4.5:8080'] })
  })

  it.each<[string, Fields, object[]]>([
    ['names none', { middlewares: undefined }, [list]],
    ['names one of HTTP', {}, [middleware({ ipAllowList: { sourceRange } }, 'ours', 'Middleware')]],
    [
      'names a chain, of which TCP has none',
      {},
      [
        middleware({ chain: { middlewares: [{ name: 'inner' }] } }),
        middleware({ ipAllowList: { sourceRange } }, 'inner', 'Middleware'),
      ],
    ],
    [
      'has one beside the list that nobody knows',
      { middlewares: [{ name: 'plugin' }, { name: 'ours' }] },
      [list, middleware({ plugin: {} }, 'plugin')],
    ],
    ['has an empty list', {}, [middleware({ ipAllowList: { sourceRange: [] } })]],
    ['is there twice', {}, [list, tcp()]],
  ])('is anyone where it %s', (_, route, more) => {
    expect(judged(route, {}, more)).toMatchObject({ who: anyone, heldBy: [] })
  })
})

it('an IngressRouteUDP is open: it has no list', () => {
  const named = { routes: [{ services, middlewares: [{ name: 'ours' }] }] }
  for (const one of [udp(), udp(named)])
    expect(theDoor('IngressRouteUDP', [one, list, ...app2])).toMatchObject({
      who: anyone,
      sure: 'read',
      where: { protocol: 'udp' },
      to: ['2.3.4.5:8080'],
    })
})

describe('what became of one', () => {
  const of = (...objects: object[]) => [...objects, list, ...app2]
  const own = { match: 'HostSNI(`a.example.com`)' }
  const open = { middlewares: undefined }
  const http = (route: Fields = {}) =>
    traefik('IngressRoute', 'web', {
      entryPoints: ['db'],
      routes: [{ match: 'Host(`a.example.com`)', services, ...route }],
      tls: {},
    })
  const local = [service({ type: 'ClusterIP', loadBalancerSourceRanges: [] }), slice(['2.3.4.5'])]
  const nativeLB = [{ name: 'app', port: 80, nativeLB: true }]

  it.each<[string, object[], object[]]>([
    ['no list', of(tcp()), of(tcp(open))],
    ['another entry point', of(tcp()), of(tcp({}, { entryPoints: ['other'] }))],
    ['every entry point', of(tcp()), of(tcp({}, { entryPoints: undefined }))],
    ['another name', of(tcp(own)), of(tcp({ match: 'HostSNI(`b.example.com`)' }))],
    ['any name', of(tcp(own)), of(tcp())],
    ['one by UDP', of(tcp()), of(tcp(), udp())],
    ['another entry point, by UDP', of(udp()), of(udp({ entryPoints: ['other'] }))],
    [
      'no name of its own, which any takes',
      of(tcp(own, { tls: {} }), tcp(open, { tls: {} }, 'any')),
      of(tcp(open, { tls: {} }, 'any')),
    ],
    [
      'none, and what it took goes to HTTP, which is open',
      of(tcp(own, { tls: { passthrough: true } }), http()),
      of(http()),
    ],
    [
      'no client certificate, since TLS is passed on',
      of(tcp(own, { tls: { options: { name: 'mtls' } } })),
      of(tcp(own, { tls: { options: { name: 'mtls' }, passthrough: true } })),
    ],
    ['one that no ClusterIP drops', [tcp({ services: nativeLB }), list, ...local], [tcp(), list, ...local]],
    [
      'one by UDP that no ClusterIP drops',
      [udp({ routes: [{ services: nativeLB }] }), ...local],
      [udp(), ...local],
    ],
  ])('%s: it may be wider', (_, before, now) => {
    expect(mayBeWider(before, now)).toBe(true)
    expect(mayBeWider(now, now)).toBe(false)
  })

  it.each<[string, object[], object[]]>([
    ['a list', of(tcp(open)), of(tcp())],
    ['none, where HTTP has the list, too', of(tcp(own), http({ middlewares: [{ name: 'http' }] })), of()],
    ['none', of(tcp(), udp()), of(udp())],
  ])('%s: it is not', (_, before, now) => expect(mayBeWider(before, now)).toBe(false))
})
