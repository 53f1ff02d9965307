import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { difference, isNobody, nobody, union, type Who, whoOf } from '../../../tools/doors/cidr.ts'
import { compare, isWider } from '../../../tools/doors/compare.ts'
import { doorsOf } from '../../../tools/doors/doors.ts'
import { service, slice } from './objects.ts'

/** Two App2s and a Service of pods. */
const services = [
  ...['app', 'other'].flatMap((name, index) => [
    service({ type: 'ClusterIP', internalTrafficPolicy: 'Local' }, { name }),
    slice([`2.3.4.${index}`], {}, { metadata: { name, labels: { 'kubernetes.io/service-name': name } } }),
  ]),
  service({ type: 'ClusterIP', selector: { app: 'pods' } }, { name: 'pods' }),
]

interface Path {
  host: string | undefined
  path: string
  pathType: string
  to: string
  list: string | undefined
}

/** Each path by an Ingress of its own, since a list is one's alone. */
const ingressOf = ({ host, path, pathType, to, list }: Path, index: number) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: {
    name: `i${index}`,
    namespace: 'default',
    annotations: list ? { 'nginx.ingress.kubernetes.io/allowlist-source-range': list } : {},
  },
  spec: {
    ingressClassName: 'nginx',
    rules: [
      {
        ...(host !== undefined && { host }),
        http: { paths: [{ path, pathType, backend: { service: { name: to, port: { number: 80 } } } }] },
      },
    ],
  },
})

const path = fc.record<Path>({
  host: fc.constantFrom('a.example', 'a.example', '*.example', undefined),
  path: fc.constantFrom('/', '/a', '/a/b', '/ab', '/a/'),
  pathType: fc.constantFrom('Prefix', 'Prefix', 'Exact'),
  to: fc.constantFrom('app', 'app', 'other', 'pods'),
  list: fc.constantFrom(undefined, '1.2.3.0/24', '1.2.3.4/32'),
})
const paths = fc.array(path, { maxLength: 4 })

/** Who reaches a Service by a request, as a controller goes about it: the nearest host, then the most specific path. */
function reaching(to: string, host: string, sent: string, all: readonly Path[], goesOn: boolean): Who {
  for (const name of [host, ...(host.endsWith('.example') ? ['*.example'] : []), undefined]) {
    const own = all.filter((one) => one.host === name)
    const segments = (text: string) => text.split('/').filter(Boolean)
    const taking = own.filter((one) =>
      one.pathType === 'Exact'
        ? one.path === sent
        : segments(one.path).every((segment, index) => segment === segments(sent)[index]),
    )
    const rank = (one: Path) => (one.pathType === 'Exact' ? 1000 : one.path.length)
    const best = Math.max(...taking.map(rank))
    const met = taking.filter((one) => rank(one) === best)
    if (met.length > 0)
      return met
        .filter((one) => one.to === to)
        .reduce((who, { list }) => union(who, list ? whoOf([list]).who : anyone), nobody)
    if (own.length > 0 && !goesOn) return nobody
  }
  return nobody
}

const anyone = whoOf(['0.0.0.0/0', '::/0']).who
const sent = ['/', '/x', '/a', '/a/', '/a/x', '/a/b', '/a/b/x', '/ab', '/ab/x']
const requests = ['a.example', 'x.example', 'y.org'].flatMap((host) =>
  sent.map((one) => [host, one] as const),
)

const isWiderByRequests = (before: readonly Path[], now: readonly Path[]) =>
  [true, false].some((goesOn) =>
    requests.some(([host, one]) =>
      ['app', 'other'].some((to) => {
        const [was, is] = [before, now].map((all) => reaching(to, host, one, all, goesOn))
        return !isNobody(difference(is ?? nobody, was ?? nobody))
      }),
    ),
  )

const changesOf = (before: readonly object[], now: readonly object[]) =>
  compare(doorsOf([...services, ...before]), doorsOf([...services, ...now]))

describe('who gets in by a request that did not before', () => {
  it('is what the comparison says, no more and no less', () => {
    fc.assert(
      fc.property(paths, paths, fc.boolean(), (one, other, isSubset) => {
        const [before, now] = isSubset ? [[...one, ...other], one] : [one, other]
        const changes = changesOf(before.map(ingressOf), now.map(ingressOf))
        expect(changes.some(isWider)).toBe(isWiderByRequests(before, now))
      }),
      { numRuns: 1000 },
    )
  })

  it('is nobody where nothing changed', () => {
    fc.assert(
      fc.property(paths, (all) => {
        const objects = all.map(ingressOf)
        expect(changesOf(objects, [...objects].reverse())).toEqual([])
      }),
    )
  })
})

const gateway = (rules: object[], more: object = {}) => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: { name: 'app', namespace: 'default' },
  spec: { parentRefs: [{ name: 'edge' }], hostnames: ['a.example'], rules, ...more },
})
const rule = (match: object | undefined, name?: string) => ({
  ...(match && { matches: [match] }),
  ...(name && { backendRefs: [{ name, port: 80 }] }),
})
const proxy = (routes: object[], name = 'app', more: object = { virtualhost: { fqdn: 'a.example' } }) => ({
  apiVersion: 'projectcontour.io/v1',
  kind: 'HTTPProxy',
  metadata: { name, namespace: 'default' },
  spec: { ...more, routes },
})
const led = (conditions: object[], name: string, more: object = {}) => ({
  conditions,
  services: [{ name, port: 80 }],
  ...more,
})
const held = { ipAllowPolicy: [{ source: 'Peer', cidr: '1.2.3.4/32' }] }
const header = { headers: [{ name: 'x-who', value: 'us' }] }
const admin = { path: { type: 'PathPrefix', value: '/admin' } }
const all = rule(undefined, 'app')

describe('a path that is gone, and whose requests a wider one takes', () => {
  it.each<[string, object[], object[], string]>([
    ['of pods', [gateway([all, rule(admin, 'pods')])], [gateway([all])], 'a.example/'],
    ['of no backend', [gateway([all, rule(admin)])], [gateway([all])], 'a.example/'],
    ['of another App2', [gateway([all, rule(admin, 'other')])], [gateway([all])], 'a.example/'],
    [
      'of a route of its own, for one listener',
      [
        gateway([all]),
        {
          ...gateway([rule(admin)], { parentRefs: [{ name: 'edge', sectionName: 'https' }] }),
          metadata: { name: 'admin', namespace: 'default' },
        },
      ],
      [gateway([all])],
      'a.example/',
    ],
    ['of a method', [gateway([all, rule({ method: 'POST' })])], [gateway([all])], 'a.example/'],
    ['of a header', [gateway([all, rule(header)])], [gateway([all])], 'a.example/'],
    [
      'of an expression',
      [gateway([all, rule({ path: { type: 'RegularExpression', value: '/admin/.*' } }, 'pods')])],
      [gateway([all])],
      'a.example/',
    ],
    [
      'of a list, by HTTPProxy',
      [proxy([led([], 'app'), led([{ prefix: '/admin' }], 'app', held)])],
      [proxy([led([], 'app')])],
      'a.example/',
    ],
    [
      'of an answer of its own, by HTTPProxy',
      [
        proxy([
          led([], 'app'),
          { conditions: [{ prefix: '/a' }], directResponsePolicy: { statusCode: 403 } },
        ]),
      ],
      [proxy([led([], 'app')])],
      'a.example/',
    ],
    [
      'of an HTTPProxy that is included',
      [
        proxy([led([], 'app')], 'app', {
          virtualhost: { fqdn: 'a.example' },
          includes: [{ name: 'admin', conditions: [{ prefix: '/admin' }] }],
        }),
        proxy([led([], 'pods')], 'admin', {}),
      ],
      [proxy([led([], 'app')])],
      'a.example/',
    ],
    [
      'of a host under a wildcard',
      [
        gateway([all], { hostnames: ['*.example'] }),
        { ...gateway([rule(undefined, 'pods')]), metadata: { name: 'pods', namespace: 'default' } },
      ],
      [gateway([all], { hostnames: ['*.example'] })],
      '*.example/',
    ],
  ])('%s', (_, before, now, by) => {
    const wider = changesOf(before, now).filter(isWider)
    expect(wider.length).toBeGreaterThan(0)
    expect(wider.map((one) => one.door.service)).toEqual(wider.map(() => 'default/app'))
    const here = wider.flatMap((one) => one.by ?? `${one.door.where.host}${one.door.where.path}`)
    expect(here).toContain(by)
    expect(changesOf(now, before).some(isWider)).toBe(before.length > 0 && isOtherApp2(before))
  })

  /** Is a second App2 led to? Then who comes back to it is new there. */
  const isOtherApp2 = (objects: object[]) => JSON.stringify(objects).includes('"other"')
})

it('a class of another name is no other door; of two classes each is', () => {
  const of = (...classes: [string, string | undefined][]) =>
    classes.map(([ingressClassName, list], index) => {
      const one = ingressOf({ host: 'a.example', path: '/', pathType: 'Prefix', to: 'app', list }, index)
      return { ...one, spec: { ...one.spec, ingressClassName } }
    })
  const open = (name: string): [string, undefined] => [name, undefined]
  expect(changesOf(of(open('one')), of(open('two')))).toEqual([])
  expect(changesOf(of(open('one'), ['nginx', '1.2.3.4']), of(['nginx', undefined])).some(isWider)).toBe(true)
})

it('ten thousand hosts are compared in a moment', () => {
  const objects = Array.from({ length: 10_000 }, (_, index) =>
    ingressOf(
      { host: `h${index}.example`, path: '/', pathType: 'Prefix', to: 'app', list: undefined },
      index,
    ),
  )
  expect(changesOf(objects, objects.slice(1)).filter(isWider)).toEqual([])
}, 20_000)
