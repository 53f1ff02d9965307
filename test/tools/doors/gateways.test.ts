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
    [
      'where that alone speaks HTTP',
      [named('one', 'traefik', [listener('a', 80, { protocol: 'TCP' })])],
      [named('two', 'traefik', [listener('a', 80)])],
    ],
  ])('but not %s', (_, before, now) => {
    expect(mayBeWider([on('one'), ...before, ...app2], [on('two'), ...now, ...app2])).toBe(true)
  })
})

it('a route of Traefik is wider by another Gateway just where it is served there at a port at which it was not', () => {
  const [serving, others] = [
    [{}, { protocol: 'HTTPS', hostname: '*.example.com' }],
    [{ hostname: 'b.example.com' }, { protocol: 'TCP' }],
  ]
  const listeners = fc.uniqueArray(
    fc.record({ port: fc.constantFrom(80, 443, 8443), more: fc.constantFrom<Fields>(...serving, ...others) }),
    { selector: ({ port }) => port, minLength: 2 },
  )
  /** What a route asks of a Gateway: a listener by its name, or those of a port, or all. */
  const asking = fc.constantFrom<Fields>(
    ...[{}, {}, {}, { sectionName: 'l0' }, { sectionName: 'l1' }, { port: 80 }, { port: 80 }],
  )
  const isTurned = fc.constantFrom(true, false, false)
  fc.assert(
    fc.property(listeners, asking, asking, isTurned, (all, ofFirst, ofSecond, turned) => {
      // One of them has a listener more: else each would have something that the other has not.
      const two = [
        { name: 'one', all: all.slice(0, -1), asked: ofFirst },
        { name: 'two', all, asked: ofSecond },
      ]
      const [before, now] = turned ? two.reverse() : two
      if (!before || !now) throw new Error('no Gateways')
      const asked = ({ all, asked }: typeof now) =>
        all.filter(
          ({ port }, at) => (asked.port ?? port) === port && (asked.sectionName ?? `l${at}`) === `l${at}`,
        )
      /** The ports at which the route is served. */
      const served = (gateway: typeof now) =>
        asked(gateway).flatMap(({ port, more }) => (serving.includes(more) ? [port] : []))
      const isWider = served(now).some((port) => !served(before).includes(port))
      const objects = [
        ...two.map(({ name, all }) =>
          named(
            name,
            'traefik',
            all.map(({ port, more }, at) => listener(`l${at}`, port, more)),
          ),
        ),
        ...app2,
      ]
      const by = ({ name, asked }: typeof now) => on(name, { parentRefs: [{ name, ...asked }] })
      const found = mayBeWider([by(before), ...objects], [by(now), ...objects])
      // Where the listener that it asks for is not known, it may be served anywhere.
      if (two.every((gateway) => asked(gateway).length > 0)) expect(found).toBe(isWider)
    }),
    { numRuns: ofSamples(200) },
  )
})
