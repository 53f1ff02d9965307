import { describe, expect, it } from 'vitest'
import { fc, ofSamples } from '../../fast-check.ts'
import { changes, type Fields, mayBeWider } from './changes.ts'
import { app2, custom, gateway, route } from './objects.ts'

const listener = (name: string, port: number, more: Fields = {}) => ({
  name,
  port,
  protocol: 'HTTP',
  ...more,
})
const named = (name: string, className: string, listeners: object[]) => ({
  ...gateway(className, { listeners }),
  metadata: { name },
})
const on = (parent: string, more: Fields = {}, name = 'web') => ({
  ...route('HTTPRoute', { parentRefs: [{ name: parent }], ...more }),
  metadata: { name },
})
const both = (className: string, ports = [80]) =>
  ['one', 'two'].map((name) =>
    named(
      name,
      className,
      ports.map((port) => listener(`at-${port}`, port)),
    ),
  )

describe('Gateways of one Traefik are one program', () => {
  it('so a route that moves from one to the other is the same door', () => {
    const gateways = both('traefik')
    expect(changes([on('one'), ...gateways, ...app2], [on('two'), ...gateways, ...app2])).toEqual([])
  })

  it('of one listener, too, by its port', () => {
    const gateways = [
      named('one', 'traefik', [listener('a', 80)]),
      named('two', 'traefik', [listener('b', 80)]),
    ]
    const at = (parent: string, sectionName: string) =>
      on(parent, { parentRefs: [{ name: parent, sectionName }] })
    expect(changes([at('one', 'a'), ...gateways, ...app2], [at('two', 'b'), ...gateways, ...app2])).toEqual(
      [],
    )
  })

  it('and a path that is gone at one is taken by a wider one at the other', () => {
    const rule = (value: string, filters: object[] = []) => ({
      matches: [{ path: { type: 'PathPrefix', value } }],
      filters,
      backendRefs: [{ name: 'app', port: 80 }],
    })
    const filters = [
      { type: 'ExtensionRef', extensionRef: { group: 'traefik.io', kind: 'Middleware', name: 'ours' } },
    ]
    const ours = custom('traefik.io/v1alpha1', 'Middleware', 'ours', {
      ipAllowList: { sourceRange: ['1.2.3.4/32'] },
    })
    const admin = on('one', { rules: [rule('/admin', filters)] }, 'admin')
    const whole = on('two', { rules: [rule('/')] })
    const of = (className: string, ...routes: object[]) => [...routes, ours, ...both(className), ...app2]
    const [change] = changes(of('traefik', admin, whole), of('traefik', whole))
    expect([change?.door.where.path, change?.by, change?.wider.IPv6]).toEqual([
      '/admin',
      'a.example.com/',
      ['::/0'],
    ])
    expect(mayBeWider(of('eg', admin, whole), of('eg', whole))).toBe(false)
  })

  it.each<[string, object[], object[]]>([
    ["another controller's", both('eg'), both('eg')],
    ['nobody knows whose', both('mine'), both('mine')],
    [
      'at another port',
      [named('one', 'traefik', [listener('a', 80)])],
      [named('two', 'traefik', [listener('a', 8443)])],
    ],
    [
      'at one more port',
      [named('one', 'traefik', [listener('a', 80)])],
      [named('two', 'traefik', [listener('a', 80), listener('b', 8443)])],
    ],
    [
      "from another controller's",
      [named('one', 'eg', [listener('a', 80)])],
      [named('two', 'traefik', [listener('a', 80)])],
    ],
  ])('but not %s', (_, before, now) => {
    expect(mayBeWider([on('one'), ...before, ...app2], [on('two'), ...now, ...app2])).toBe(true)
  })
})

it('a route of Traefik is wider by another Gateway just where that has a port or a host that it had not', () => {
  const listeners = fc.uniqueArray(
    fc.record({
      port: fc.constantFrom(80, 443),
      hostname: fc.constantFrom(undefined, 'a.example.com', 'b.example.com'),
    }),
    { selector: ({ port, hostname }) => `${port} ${hostname}`, minLength: 1, maxLength: 3 },
  )
  fc.assert(
    fc.property(listeners, listeners, (one, two) => {
      const gateways = [one, two].map((all, index) =>
        named(
          ['one', 'two'][index] ?? '',
          'traefik',
          all.map(({ port, hostname }, at) => listener(`l${at}`, port, hostname ? { hostname } : {})),
        ),
      )
      // The listeners' combinations of port and host at which the route is served; undefined stands for each host.
      const served = (all: typeof one) =>
        all.flatMap(({ port, hostname }) => (hostname === 'b.example.com' ? [] : [port]))
      const isWider = served(two).some((port) => !served(one).includes(port))
      expect(mayBeWider([on('one'), ...gateways, ...app2], [on('two'), ...gateways, ...app2])).toBe(isWider)
    }),
    { numRuns: ofSamples(200) },
  )
})
