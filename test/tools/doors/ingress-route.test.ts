import { describe, expect, it } from 'vitest'
import { intersection, whoOf } from '../../../tools/doors/cidr.ts'
import { doorsOf } from '../../../tools/doors/doors.ts'
import { fc, ofSamples } from '../../fast-check.ts'
import { type Fields, mayBeWider, said } from './changes.ts'
import { anyone, app1, app2, custom, theDoor } from './objects.ts'

const services = [{ name: 'app', port: 80 }]
const middlewares = [{ name: 'ours' }]
const host = 'Host(`a.example.com`)'
const ingressRoute = (route: Fields = {}, spec: Fields = {}, metadata: Fields = {}) =>
  custom(
    'traefik.io/v1alpha1',
    'IngressRoute',
    'app',
    {
      entryPoints: ['web'],
      routes: [{ kind: 'Rule', match: host, middlewares, services, ...route }],
      ...spec,
    },
    metadata,
  )
const middleware = (spec: Fields, name = 'ours', metadata: Fields = {}) =>
  custom('traefik.io/v1alpha1', 'Middleware', name, spec, metadata)
const list = middleware({ ipAllowList: { sourceRange: ['1.2.3.4/32'] } })
const judged = (route: Fields, spec: Fields = {}, more: object[] = [list]) =>
  theDoor('IngressRoute', [ingressRoute(route, spec), ...more, ...app2])

describe('where an IngressRoute is', () => {
  it.each<[string, Fields]>([
    [host, { protocol: 'http', host: 'a.example.com', path: '/' }],
    [`${host} && PathPrefix(\`/x\`)`, { protocol: 'http', host: 'a.example.com', path: '/x' }],
    [`Path("/x") && ${host} && Method(\`GET\`)`, { protocol: 'http', host: 'a.example.com', path: '/x' }],
    ['PathPrefix(`/x`)', { protocol: 'http', path: '/x' }],
  ])('%s', (match, where) => expect(judged({ match }).where).toEqual(where))

  it('by TLS', () => expect(judged({}, { tls: {} }).where.protocol).toBe('https'))

  it.each([
    `${host} || Host(\`b.example.com\`)`,
    `!${host}`,
    `(${host} && Path(\`/\`)) || Path(\`/x\`)`,
    'HostRegexp(`.+`)',
    'Host(`a`, `b`)',
    `${host} && PathPrefix(\`/{x:.*}\`)`,
    `${host} && Host(\`b.example.com\`)`,
    '',
  ])('nobody says of %s', (match) => {
    const { where, reasons } = judged({ match })
    expect([where.protocol, where.host]).toEqual(['any', `IngressRoute default/app ${match}`])
    expect(reasons.join()).toContain('nobody says which requests')
  })
})

describe('who gets in by an IngressRoute', () => {
  const chain = middleware({ chain: { middlewares: [{ name: 'inner' }] } })
  const inner = { ...list, metadata: { name: 'inner' } }
  it.each<[string, Fields, object[]]>([
    ['a Middleware', {}, [list]],
    ['one by its whole name', { middlewares: [{ name: 'default-ours@kubernetescrd' }] }, [list]],
    [
      'one of another namespace',
      { middlewares: [{ name: 'ours', namespace: 'other' }] },
      [middleware({ ipAllowList: { sourceRange: ['1.2.3.4/32'] } }, 'ours', { namespace: 'other' })],
    ],
    ['a chain', {}, [chain, inner]],
    [
      'one beside another',
      { middlewares: [{ name: 'login' }, { name: 'ours' }] },
      [list, middleware({ basicAuth: {} }, 'login')],
    ],
    ['whatever its rule asks for', { match: 'HostRegexp(`.+`)' }, [list]],
  ])('is held by %s', (_, route, more) => {
    expect(judged(route, {}, more)).toMatchObject({ who: app1, sure: 'read' })
  })

  const itself = middleware({ chain: { middlewares: [{ name: 'ours' }] } })
  it.each<[string, Fields, Fields, object[]]>([
    ['has no Middleware', { middlewares: undefined }, {}, [list]],
    ['names one that is not here', {}, {}, []],
    ['names one of another namespace', { middlewares: [{ name: 'ours', namespace: 'other' }] }, {}, [list]],
    [
      'believes a header',
      {},
      {},
      [middleware({ ipAllowList: { sourceRange: ['1.2.3.4/32'], ipStrategy: { depth: 1 } } })],
    ],
    ['has a chain of itself', {}, {}, [itself]],
    [
      'has a plugin beside the list',
      { middlewares: [{ name: 'plugin' }, { name: 'ours' }] },
      {},
      [list, middleware({ plugin: { address: {} } }, 'plugin')],
    ],
    [
      'has one in a chain beside the list',
      { middlewares: [{ name: 'chain' }, { name: 'ours' }] },
      {},
      [
        list,
        middleware({ chain: { middlewares: [{ name: 'plugin' }] } }, 'chain'),
        middleware({ plugin: { address: {} } }, 'plugin'),
      ],
    ],
    ['hangs on another', {}, { parentRefs: [{ name: 'above' }] }, [list]],
    ['is there twice', {}, {}, [list, ingressRoute()]],
  ])('is anyone where it %s', (_, route, spec, more) => {
    expect(judged(route, spec, more)).toMatchObject({ who: anyone, heldBy: [] })
  })

  it('is anyone beside an annotation that nobody knows', () => {
    const annotated = ingressRoute({}, {}, { annotations: { 'traefik.io/new': 'a' } })
    expect(theDoor('IngressRoute', [annotated, list, ...app2]).who).toEqual(anyone)
  })

  it.each<[string, object]>([
    ['of the former group', { ...ingressRoute(), apiVersion: 'traefik.containo.us/v1alpha1' }],
    ['of TCP, by a Middleware of HTTP', { ...ingressRoute(), kind: 'IngressRouteTCP' }],
    [
      "by another provider's name",
      ingressRoute({ services: [{ name: 'default-app-80@kubernetes' }], middlewares: [] }),
    ],
  ])('is anyone %s', (_, object) => {
    const ways = doorsOf([object, list, ...app2]).doors.filter(({ way }) => way !== 'ClusterIP')
    expect(ways).toMatchObject([{ who: anyone, to: ['2.3.4.5:8080'] }])
  })
})

describe('what became of an IngressRoute', () => {
  const of = (...objects: object[]) => [...objects, list, ...app2]
  it.each<[string, object[], object[]]>([
    ['no Middleware', of(ingressRoute()), of(ingressRoute({ middlewares: [] }))],
    ['another entry point', of(ingressRoute()), of(ingressRoute({}, { entryPoints: ['other'] }))],
    ['every entry point', of(ingressRoute()), of(ingressRoute({}, { entryPoints: undefined }))],
    [
      'another class',
      of(ingressRoute()),
      of(ingressRoute({}, {}, { annotations: { 'kubernetes.io/ingress.class': 'a' } })),
    ],
    ['another host', of(ingressRoute()), of(ingressRoute({ match: 'Host(`b.example.com`)' }))],
    [
      'no client certificate',
      of(ingressRoute({}, { tls: { options: { name: 'mtls' } } })),
      of(ingressRoute({}, { tls: {} })),
    ],
    ...[
      { tls: {} },
      { tls: { options: { name: 'other' } } },
      { tls: { options: { name: 'mtls', namespace: 'other' } } },
    ].map((spec): [string, object[], object[]] => {
      const web = ingressRoute({}, { tls: { options: { name: 'mtls' } } })
      const beside = ingressRoute({ match: `Path(\`/zz\`) && ${host}`, services: [] }, spec)
      const metadata = { name: 'beside' }
      const title = `no client certificate, since its host has ${JSON.stringify(spec)}, too`
      return [title, of(web), of(web, { ...beside, metadata })]
    }),
    [
      'no path of its own, which a wider one takes',
      of(
        ingressRoute(
          {},
          {
            routes: [
              { kind: 'Rule', match: host, services },
              { kind: 'Rule', match: `${host} && PathPrefix(\`/admin\`)`, services, middlewares },
            ],
          },
        ),
      ),
      of(ingressRoute({ middlewares: undefined })),
    ],
  ])('%s: it may be wider', (_, before, now) => {
    expect(mayBeWider(before, now)).toBe(true)
    expect(said(now, now)).toEqual([])
  })

  it.each<[string, string, Fields]>([
    ['one of its options', host, { tls: { options: { name: 'mtls' } } }],
    ['one of another host', 'Host(`b.example.com`)', { tls: {} }],
    ['one in plain text', host, {}],
  ])('beside %s it keeps its client certificate', (_, match, spec) => {
    const web = ingressRoute({}, { tls: { options: { name: 'mtls' } } })
    const beside = ingressRoute({ match, services: [] }, spec)
    expect(mayBeWider(of(web), of(web, { ...beside, metadata: { name: 'beside' } }))).toBe(false)
  })

  it('another name of its Middleware is no change', () => {
    const renamed = { ...list, metadata: { name: 'theirs' } }
    const now = [ingressRoute({ middlewares: [{ name: 'theirs' }] }), renamed, ...app2]
    expect(mayBeWider(of(ingressRoute()), now)).toBe(false)
  })
})

describe('what became of one that hangs on another', () => {
  const named = (name: string, route: Fields, spec: Fields = {}) => ({
    ...ingressRoute(route, spec),
    metadata: { name },
  })
  const on = (...names: string[]) => ({ entryPoints: undefined, parentRefs: names.map((name) => ({ name })) })
  const own = { middlewares: [], match: 'PathPrefix(`/x`)' }
  const child = named('child', own, on('parent'))
  const parent = (route: Fields = {}, spec: Fields = {}, name = 'parent') =>
    named(name, { services: undefined, ...route }, spec)
  const of = (...objects: object[]) => [...objects, list, ...app2]
  const bare = { middlewares: undefined }
  const above = [parent(), parent(bare, on('parent'), 'between')]

  it.each<[string, object[], object[]]>([
    ['no Middleware above', of(child, parent()), of(child, parent(bare))],
    [
      'no list in that Middleware',
      of(child, parent()),
      [child, parent(), middleware({ headers: {} }), ...app2],
    ],
    [
      'no Middleware two above',
      of(named('child', own, on('between')), ...above),
      of(named('child', own, on('between')), parent(bare), ...above.slice(1)),
    ],
    [
      'no client certificate above',
      of(child, parent({}, { tls: { options: { name: 'mtls' } } })),
      of(child, parent({}, { tls: {} })),
    ],
    ['other requests from above', of(child, parent()), of(child, parent({ match: 'PathPrefix(`/`)' }))],
    [
      'another above, of which nobody knows',
      of(child, parent()),
      of(named('child', own, on('other')), parent()),
    ],
    ['nothing above', of(child, parent()), of(named('child', own, {}), parent())],
  ])('%s: it may be wider', (_, before, now) => {
    expect(mayBeWider(before, now)).toBe(true)
    expect(said(before, before)).toEqual([])
    expect(said(now, now)).toEqual([])
  })

  it.each<[string, object[], object[]]>([
    [
      'another name above',
      of(child, parent()),
      of(named('child', own, on('other')), parent({}, {}, 'other')),
    ],
    ['a Middleware more', of(child, parent(bare)), of(child, parent())],
  ])('%s: it is not', (_, before, now) => expect(mayBeWider(before, now)).toBe(false))

  it('which hangs on itself is read in a moment', () => {
    expect(said(of(child, parent({}, on('child'))), of(child, parent({}, on('child'))))).toEqual([])
  })
})

it('is held, if at all, by every list that each of its routes names, and never by what nobody knows', () => {
  const listed = (...sourceRange: string[]) => ({ ipAllowList: { sourceRange } })
  const chained = (...names: string[]) => ({ chain: { middlewares: names.map((name) => ({ name })) } })
  const specs: Record<string, Fields> = {
    list: listed('1.2.3.4/32', '5.6.7.8/32'),
    wide: listed('1.2.3.0/24'),
    apart: listed('5.6.7.0/24', '2001:db8::/32'),
    believing: { ipAllowList: { sourceRange: ['9.9.9.9/32'], ipStrategy: { depth: 1 } } },
    login: { basicAuth: {} },
    plugin: { plugin: { any: {} } },
    chain: chained('login', 'wide'),
    'chain-of-it': chained('list', 'chain'),
    'chain-of-plugin': chained('wide', 'plugin'),
  }
  const all = Object.entries(specs).map(([name, spec]) => middleware(spec, name))
  // Another one of that name.
  all.push(middleware(listed('1.2.3.0/25'), 'wide', { namespace: 'other' }))
  const name = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom('list', 'wide', 'apart', 'other/wide', 'chain', 'chain-of-it') },
    { weight: 1, arbitrary: fc.constantFrom('login', 'gone', 'believing', 'plugin', 'chain-of-plugin') },
  )
  const named = fc.array(name, { maxLength: 3 })
  /** What a name stands for. */
  const within = (one: string): string[] =>
    ({
      chain: ['login', 'wide'],
      'chain-of-it': ['list', 'login', 'wide'],
      'chain-of-plugin': ['wide', 'plugin'],
    })[one] ?? [one]
  const ranges: Record<string, string[]> = {
    list: ['1.2.3.4/32', '5.6.7.8/32'],
    wide: ['1.2.3.0/24'],
    apart: ['5.6.7.0/24', '2001:db8::/32'],
    'other/wide': ['1.2.3.0/25'],
  }
  fc.assert(
    fc.property(named, named, fc.boolean(), (one, other, isOdd) => {
      const references = (names: string[]) =>
        names.map((text) => {
          const [own = '', namespace] = text.split('/').reverse()
          return { name: own, namespace }
        })
      const routes = [
        { match: isOdd ? `${host} || Path(\`/y\`)` : host, middlewares: references(one), services },
        { match: `${host} && PathPrefix(\`/x\`)`, middlewares: references(other), services },
      ]
      const doors = doorsOf([ingressRoute({}, { routes }), ...all, ...app2]).doors
      const found = doors.filter(({ way }) => way === 'IngressRoute')
      for (const [names, isSecond] of [
        [one, false],
        [other, true],
      ] as const) {
        const [own] = found.filter(({ where }) => (where.path === '/x') === isSecond)
        const meant = names.flatMap(within)
        const who = meant.flatMap((name) => (ranges[name] ? [whoOf(ranges[name]).who] : []))
        const isHeld = !meant.includes('plugin') && who.length > 0
        expect(own?.who).toEqual(isHeld ? who.reduce(intersection) : anyone)
      }
    }),
    { numRuns: ofSamples(200) },
  )
})
