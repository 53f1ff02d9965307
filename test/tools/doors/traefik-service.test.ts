import { describe, expect, it } from 'vitest'
import { doorsOf } from '../../../tools/doors/doors.ts'
import { fc, ofSamples } from '../../fast-check.ts'
import { type Fields, mayBeWider } from './changes.ts'
import { anyone, app1, app2, custom, ingress, route } from './objects.ts'

const app = { name: 'app', port: 80 }
const traefik = (kind: string, name: string, spec: Fields, namespace = 'default') =>
  custom('traefik.io/v1alpha1', kind, name, spec, { namespace })
const to = (...services: Fields[]) =>
  traefik('IngressRoute', 'web', {
    routes: [{ match: 'Host(`a.example.com`)', middlewares: [{ name: 'ours' }], services }],
  })
const both = { kind: 'TraefikService', name: 'both' }
const weighted = (...services: Fields[]) => traefik('TraefikService', 'both', { weighted: { services } })
const list = traefik('Middleware', 'ours', { ipAllowList: { sourceRange: ['1.2.3.4/32'] } })
const ways = (...objects: object[]) =>
  doorsOf([...objects, list, ...app2]).doors.filter(({ way }) => way !== 'ClusterIP')
const held = { way: 'IngressRoute', service: 'default/app', who: app1, to: ['2.3.4.5:8080'] }

describe('a route by a TraefikService is held as one by a Service', () => {
  it.each<[string, object[]]>([
    ['with weights', [to(both), weighted(app)]],
    [
      'by rendezvous',
      [to(both), traefik('TraefikService', 'both', { highestRandomWeight: { services: [app] } })],
    ],
    ['that mirrors', [to(both), traefik('TraefikService', 'both', { mirroring: { ...app, mirrors: [] } })]],
    [
      'to which it mirrors',
      [to(both), traefik('TraefikService', 'both', { mirroring: { name: 'pods', mirrors: [app] } })],
    ],
    [
      'of another namespace',
      [
        to({ ...both, namespace: 'other' }),
        traefik(
          'TraefikService',
          'both',
          { weighted: { services: [{ ...app, namespace: 'default' }] } },
          'other',
        ),
      ],
    ],
    [
      'by its whole name',
      [to({ kind: 'TraefikService', name: 'default-both@kubernetescrd' }), weighted(app)],
    ],
    [
      'by another, which leads back',
      [to(both), weighted({ kind: 'TraefikService', name: 'inner' }), inner(app, both)],
    ],
  ])('%s', (_, objects) => {
    const found = ways(...objects).filter(({ service }) => service === 'default/app')
    expect(found).toMatchObject([held])
  })
})

describe('is open', () => {
  it.each<[string, object[]]>([
    ['where nobody here leads to it', [weighted(app)]],
    ['where nobody here leads to it, beside one that does', [to(app), weighted(app)]],
    [
      'where nobody here leads to it, and it mirrors what another namespace has',
      [
        traefik('TraefikService', 'both', {
          mirroring: { name: 'pods', namespace: 'other', mirrors: [app] },
        }),
      ],
    ],
    [
      'where it says what nobody knows',
      [to(both), traefik('TraefikService', 'both', { failover: { service: app } })],
    ],
    [
      'where it also says what nobody knows',
      [to(both), traefik('TraefikService', 'both', { weighted: { services: [app] }, failover: {} })],
    ],
    [
      'where it names another that is unknown',
      [
        to(both),
        weighted({ kind: 'Other', name: 'x' }),
        custom('example.com/v1', 'Other', 'x', { to: 'app' }),
      ],
    ],
  ])('%s', (_, objects) => {
    expect(ways(...objects)).toContainEqual(expect.objectContaining({ service: 'default/app', who: anyone }))
  })
})

describe('whoever names it leads to App2, past the list of who leads through it', () => {
  const opening = (named: Fields): object[] => [
    custom('example.com/v1', 'Other', 'x', { to: named }),
    custom('traefik.containo.us/v1alpha1', 'IngressRoute', 'old', {
      routes: [{ match: 'Host(`b.example.com`)', services: [named] }],
    }),
    traefik('Middleware', 'pages', { errors: { status: ['400-599'], query: '{url}', service: named } }),
    traefik('TraefikService', 'orphan', { weighted: { services: [named] } }),
    route('HTTPRoute', { rules: [{ backendRefs: [{ group: 'traefik.io', ...named }] }] }),
    ingress({}, { rules: [], defaultBackend: { resource: { apiGroup: 'traefik.io', ...named } } }),
    ingress({ 'example.com/mirror-target': String(named.name) }, { rules: [] }),
  ]
  const file = (name: string) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'file', namespace: 'traefik' },
    data: { 'dynamic.yaml': `http: {routers: {x: {rule: 'Host("z")', service: ${name}}}}` },
  })
  const behind = [to(both), weighted({ kind: 'TraefikService', name: 'inner' }), inner(app)]

  it.each(
    [both, { kind: 'TraefikService', name: 'inner' }, { ...both, name: 'default-both@kubernetescrd' }]
      .flatMap(opening)
      .concat([file('default-both@kubernetescrd')])
      .map((other) => [JSON.stringify(other), other] as const),
  )('%s', (_, other) => {
    const found = ways(...behind, other).filter(({ service }) => service === 'default/app')
    expect(found).toContainEqual(expect.objectContaining(held))
    expect(found).toContainEqual(expect.objectContaining({ who: anyone }))
  })

  it('and of another name, or namespace, is no door', () => {
    const other = custom('example.com/v1', 'Other', 'x', { to: both }, { namespace: 'other' })
    const found = ways(...behind, other, file('other-both@kubernetescrd'), file('default-ours@kubernetescrd'))
    expect(found).toMatchObject([held])
  })
})

it('one that is not here may lead to App2', () => {
  expect(ways(to(both))).toMatchObject([{ service: 'TraefikService default/both', who: app1 }])
})

it('a list of a Service is not taken to be in force: versions before 3.7 do not read it', () => {
  const route = traefik('IngressRoute', 'web', {
    routes: [{ match: 'Host(`a.example.com`)', services: [{ ...app, middlewares: [{ name: 'ours' }] }] }],
  })
  expect(ways(route)).toMatchObject([{ who: anyone, heldBy: [] }])
})

it('but where it is gone, or wider, beside another list, somebody may be new', () => {
  const narrow = traefik('Middleware', 'narrow', { ipAllowList: { sourceRange: ['1.2.3.4/32'] } })
  const wider = traefik('Middleware', 'narrow', { ipAllowList: { sourceRange: ['1.2.3.0/24'] } })
  const wide = traefik('Middleware', 'ours', { ipAllowList: { sourceRange: ['1.2.0.0/16'] } })
  const before = [to({ ...app, middlewares: [{ name: 'narrow' }] }), narrow, wide, ...app2]
  expect(mayBeWider(before, [to(app), narrow, wide, ...app2])).toBe(true)
  expect(mayBeWider(before, [before[0], wider, wide, ...app2])).toBe(true)
  expect(mayBeWider(before, before)).toBe(false)
})

it('another weight, and another way to the same, is no change', () => {
  const of = (...objects: object[]) => [...objects, list, ...app2]
  const one = of(to(both), weighted({ ...app, weight: 1 }))
  expect(mayBeWider(one, of(to(both), weighted({ ...app, weight: 2 })))).toBe(false)
  expect(mayBeWider(one, of(to(app)))).toBe(false)
  expect(mayBeWider(of(to(app)), one)).toBe(false)
})

it('whatever leads to whatever, App2 is led to by whoever leads there, in a moment', () => {
  const [inside, other] = ['default', 'other']
  const names = ['a', 'b']
  const places = [inside, other].flatMap((namespace) => names.map((name) => ({ namespace, name })))
  const titleOf = ({ namespace, name }: { namespace: string; name: string }) => `${namespace}/${name}`
  const reference = fc.record({
    name: fc.constantFrom('a', 'b', 'b', 'app', 'app', 'pods'),
    namespace: fc.constantFrom(inside, other, undefined, undefined),
    isWhole: fc.boolean(),
  })
  const start = reference.filter(({ name }) => names.includes(name))
  type Reference = { name: string; namespace: string | undefined; isWhole: boolean }
  const written = ({ name, namespace, isWhole }: Reference): Fields => {
    if (!names.includes(name)) return { name, port: 80, namespace }
    return isWhole && namespace !== undefined
      ? { kind: 'TraefikService', name: `${namespace}-${name}@kubernetescrd` }
      : { kind: 'TraefikService', name, namespace }
  }
  type Form = (services: Fields[]) => Fields
  const mirroring: Form = ([first = { name: 'pods' }, ...mirrors]) => ({ mirroring: { ...first, mirrors } })
  const forms: Form[] = [
    (services) => ({ weighted: { services } }),
    (services) => ({ weighted: { services } }),
    (services) => ({ highestRandomWeight: { services } }),
    mirroring,
  ]
  const one = fc.record({
    form: fc.constantFrom(...forms),
    next: fc.array(reference, { minLength: 2, maxLength: 3 }),
  })
  const graph = fc.tuple(...places.map(() => one))
  fc.assert(
    fc.property(graph, start, (all, first) => {
      const made = new Map(places.map((place, at) => [titleOf(place), all[at]]))
      const objects = places.flatMap(({ namespace, name }, at) => {
        const { form, next = [] } = all[at] ?? {}
        return form ? [traefik('TraefikService', name, form(next.map(written)), namespace)] : []
      })
      /** Whatever a reference leads through, and to. */
      const reached = ({ name, namespace }: Reference, from: string, seen: string[] = []): string[] => {
        const place = { namespace: namespace ?? from, name }
        const title = titleOf(place)
        return seen.includes(title)
          ? seen
          : (made.get(title)?.next ?? []).reduce(
              (those, next) => reached(next, place.namespace, those),
              [...seen, title],
            )
      }
      const found = ways(to(written(first)), ...objects).filter(({ service }) => service === 'default/app')
      const led = reached(first, inside)
      expect(found.some(({ way, who }) => way === 'IngressRoute' && who.IPv4[0] === '1.2.3.4/32')).toBe(
        led.includes('default/app'),
      )
      // Those that nobody leads through are doors of their own.
      const orphans = places.flatMap((place) =>
        !led.includes(titleOf(place)) && reached({ ...place, isWhole: false }, inside).includes('default/app')
          ? [`TraefikService ${titleOf(place)}`]
          : [],
      )
      const apart = found.flatMap(({ way, object }) => (way === 'TraefikService' ? [object] : []))
      // What they mirror may be of either namespace where they say one beside.
      const isSure = all.every(({ form, next: [to] }) => form !== mirroring || to?.namespace === undefined)
      expect(apart.sort()).toEqual(isSure ? orphans : expect.arrayContaining(orphans))
    }),
    { numRuns: ofSamples(200) },
  )
})

it('a few of which each leads to the next twice are read in a moment, and not all of it: they are open', () => {
  const chain = Array.from({ length: 40 }, (_, index) => {
    const next = index === 39 ? app : { kind: 'TraefikService', name: `t${index + 1}` }
    return traefik('TraefikService', `t${index}`, {
      weighted: {
        services: [
          { ...next, weight: 1 },
          { ...next, weight: 2 },
        ],
      },
    })
  })
  const found = ways(to({ kind: 'TraefikService', name: 't0' }), ...chain)
  expect(found).toContainEqual(expect.objectContaining({ way: 'TraefikService', who: anyone }))
})

function inner(...services: Fields[]) {
  return traefik('TraefikService', 'inner', { weighted: { services } })
}
