import { describe, expect, it } from 'vitest'
import { difference, isNobody, nobody, union, type Who, whoOf } from '../../../tools/doors/cidr.ts'
import { compare } from '../../../tools/doors/compare.ts'
import { doorsOf } from '../../../tools/doors/doors.ts'
import { isWider } from '../../../tools/doors/requests.ts'
import { fc, ofSamples } from '../../fast-check.ts'
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
  path: fc.constantFrom('/', '/', '/a', '/a', '/a', '/ab', '/ab', '/a/b', '/a/'),
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
      // All but one stays, and one of these is open: of much that is new something is found, whatever else is not.
      fc.property(paths, path, fc.option(path, { freq: 2 }), ([first, ...others], gone, came) => {
        const all = [...(first ? [{ ...first, to: 'app', list: undefined }] : []), ...others]
        const [before, now] = [[...all, gone], came ? [...all, came] : all]
        const changes = changesOf(before.map(ingressOf), now.map(ingressOf))
        expect(changes.some(isWider)).toBe(isWiderByRequests(before, now))
      }),
      { numRuns: ofSamples(1000) },
    )
  })

  it('is nobody where nothing changed', () => {
    fc.assert(
      fc.property(fc.array(path, { minLength: 2, maxLength: 4 }), (all) => {
        const objects = all.map(ingressOf)
        expect(changesOf(objects, [...objects].reverse())).toEqual([])
      }),
      { numRuns: ofSamples(200) },
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

/** What one table of routes may hold, of several kinds: each by a list of its own, or by none. */
const byIngress = (
  one: Omit<Path, 'host' | 'pathType' | 'to'> & Partial<Path>,
  index = 0,
  more: { className?: string; annotations?: Record<string, string> } = {},
) => {
  const { className = 'traefik', annotations = {} } = more
  const made = ingressOf({ host: 'a.example', pathType: 'Prefix', to: 'app', ...one }, index)
  const middlewares = { 'traefik.ingress.kubernetes.io/router.middlewares': 'default-ours@kubernetescrd' }
  const metadata = {
    ...made.metadata,
    annotations: {
      ...(one.list && className === 'traefik' ? middlewares : made.metadata.annotations),
      ...annotations,
    },
  }
  return { ...made, metadata, spec: { ...made.spec, ingressClassName: className } }
}
const ours = {
  apiVersion: 'traefik.io/v1alpha1',
  kind: 'Middleware',
  metadata: { name: 'ours', namespace: 'default' },
  spec: { ipAllowList: { sourceRange: ['1.2.3.4/32'] } },
}
const edge = (gatewayClassName: string) => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'Gateway',
  metadata: { name: 'edge', namespace: 'default' },
  spec: { gatewayClassName, listeners: [] },
})
const filters = [
  { type: 'ExtensionRef', extensionRef: { group: 'traefik.io', kind: 'Middleware', name: 'ours' } },
]
const list = '1.2.3.4/32'
const grpc = (rules: object[]) => ({ ...gateway(rules), kind: 'GRPCRoute' })

describe('kinds that may share one table of routes', () => {
  it.each<[string, object[], object[], string]>([
    [
      "Traefik's Ingress before its HTTPRoute for all paths",
      [ours, edge('traefik'), byIngress({ path: '/admin', list }), gateway([all])],
      [ours, edge('traefik'), gateway([all])],
      'HTTPRoute a.example/',
    ],
    [
      'its HTTPRoute before its Ingress',
      [
        ours,
        edge('traefik'),
        byIngress({ path: '/', list: undefined }),
        gateway([{ ...rule(admin, 'app'), filters }]),
      ],
      [ours, edge('traefik'), byIngress({ path: '/', list: undefined })],
      'Ingress a.example/',
    ],
    [
      'an HTTPRoute of a Gateway that nobody knows',
      [ours, byIngress({ path: '/admin', list }), gateway([all])],
      [gateway([all])],
      'HTTPRoute a.example/',
    ],
    [
      'what was led to pods',
      [edge('traefik'), byIngress({ path: '/admin', list: undefined, to: 'pods' }), gateway([all])],
      [edge('traefik'), gateway([all])],
      'HTTPRoute a.example/',
    ],
    [
      "Contour's HTTPProxy and Ingress",
      [
        proxy([led([{ prefix: '/admin' }], 'app', held)]),
        byIngress({ path: '/', list: undefined }, 0, { className: 'contour' }),
      ],
      [byIngress({ path: '/', list: undefined }, 0, { className: 'contour' })],
      'Ingress a.example/',
    ],
    [
      'a GRPCRoute and an HTTPRoute of one Gateway, of whomever',
      [edge('eg'), grpc([rule(undefined)]), gateway([all])],
      [edge('eg'), gateway([all])],
      'HTTPRoute a.example/',
    ],
  ])('%s', (_, before, now, by) => {
    const wider = changesOf(before, now).filter(isWider)
    expect(wider.map((one) => [one.door.service, one.by])).toEqual([['default/app', by]])
    expect(wider[0]?.door.where.host).toBe('a.example')
    expect(changesOf(before, [...before].reverse())).toEqual([])
  })

  /** One of Traefik's routers, by an Ingress or an HTTPRoute. */
  interface Router {
    isRoute: boolean
    path: string
    exact: boolean
    to: string
    list: string | undefined
  }
  const router = fc.record<Router>({
    isRoute: fc.boolean(),
    path: fc.constantFrom('/', '/a', '/a'),
    exact: fc.boolean(),
    to: fc.constantFrom('app', 'app', 'pods'),
    list: fc.constantFrom(undefined, list),
  })
  const objectsOf = (all: readonly Router[]) => [
    ours,
    edge('traefik'),
    ...all.map(({ isRoute, path: value, exact, to, list: held }, index) =>
      isRoute
        ? {
            ...gateway([
              {
                ...rule({ path: { type: exact ? 'Exact' : 'PathPrefix', value } }, to),
                ...(held && { filters }),
              },
            ]),
            metadata: { name: `r${index}`, namespace: 'default' },
          }
        : byIngress({ path: value, pathType: exact ? 'Exact' : 'Prefix', to, list: held }, index),
    ),
  ]
  /** As Traefik's documentation has it: by the rule's length, and as its provider for the Gateway API gives priorities. */
  const priorityOf = ({ isRoute, path: own, exact }: Router) => {
    const ofRoute = 'a.example'.length + (exact ? 100_000 : own === '/' ? 1 : 10_000 + own.length * 100)
    return isRoute ? ofRoute : `Host("a.example") && ${exact ? 'Path' : 'PathPrefix'}("${own}")`.length
  }
  const reachedBy = (all: readonly Router[], request: string): Who => {
    const taking = all.filter(({ path: own, exact }) =>
      exact ? own === request : own === '/' || `${request}/`.startsWith(`${own}/`),
    )
    const highest = Math.max(...taking.map(priorityOf))
    return taking
      .filter((one) => one.to === 'app' && priorityOf(one) === highest)
      .reduce((who, one) => union(who, one.list ? whoOf([one.list]).who : anyone), nobody)
  }

  it('whoever gets in as Traefik orders its routers, and did not before, is said', () => {
    fc.assert(
      // One that is held goes, or one that is open comes; what stays is open, so that it matters which goes first.
      fc.property(router, fc.array(router, { maxLength: 2 }), router, (open, beside, one) => {
        const others = [{ ...open, to: 'app', list: undefined }, ...beside]
        const both = [others, [...others, one]]
        const isHeld = one.to !== 'app' || one.list !== undefined
        const [now = [], before = []] = isHeld ? both : both.reverse()
        const isNew = ['/', '/x', '/a', '/a/x'].some(
          (request) => !isNobody(difference(reachedBy(now, request), reachedBy(before, request))),
        )
        const changes = changesOf(objectsOf(before), objectsOf(now))
        if (isNew) expect(changes.some(isWider)).toBe(true)
      }),
      { numRuns: ofSamples(500) },
    )
  })

  it('what is of two programs shares none', () => {
    for (const [className, gatewayClass] of [
      ['nginx', 'traefik'],
      ['traefik', 'eg'],
      ['traefik', 'istio'],
      ['nginx', undefined],
    ] as const) {
      const stays = [...(gatewayClass ? [edge(gatewayClass)] : []), gateway([all])]
      const gone = byIngress({ path: '/admin', list }, 0, { className })
      expect(changesOf([ours, gone, ...stays], [ours, ...stays]).filter(isWider)).toEqual([])
    }
  })

  it('who had got in by one kind is nobody new by another', () => {
    const stays = [ours, edge('traefik'), gateway([all])]
    const gone = byIngress({ path: '/admin', list: undefined })
    expect(changesOf([...stays, gone], stays).filter(isWider)).toEqual([])
  })
})

describe("Traefik's rules, of which the longest goes first", () => {
  const wild = byIngress({ host: '*.example', path: '/', list })
  const own = byIngress({ path: '/', list: undefined }, 1)
  const exact = byIngress({ path: '/admin', pathType: 'Exact', list: undefined }, 1)
  it.each<[string, object[], object[], string[]]>([
    ['a wildcard before its host, where it is an expression', [wild, own], [own], ['a.example/']],
    [
      'a prefix before its path as a whole',
      [byIngress({ path: '/admin', list }), exact],
      [exact],
      ['a.example/admin'],
    ],
    [
      'whatever its annotation says',
      [
        byIngress({ path: '/', list }, 0, {
          annotations: { 'traefik.ingress.kubernetes.io/router.priority': '900' },
        }),
        byIngress({ path: '/admin', list: undefined }, 1),
      ],
      [byIngress({ path: '/admin', list: undefined }, 1)],
      ['a.example/admin'],
    ],
  ])('%s', (_, before, now, places) => {
    const wider = changesOf([ours, ...before], [ours, ...now]).filter(isWider)
    expect(wider.map(({ door }) => `${door.where.host}${door.where.path}`)).toEqual(places)
  })

  it('none of it is so with ingress-nginx', () => {
    const nginx = (path: Partial<Path>, index: number) =>
      byIngress({ path: '/', list: undefined, ...path }, index, { className: 'nginx' })
    const open = nginx({}, 1)
    expect(changesOf([nginx({ host: '*.example', list }, 0), open], [open]).filter(isWider)).toEqual([])
  })
})

it('a class of another name is no other door, but to be looked at; of two classes each is', () => {
  const of = (...classes: [string, string | undefined][]) =>
    classes.map(([ingressClassName, list], index) => {
      const one = ingressOf({ host: 'a.example', path: '/', pathType: 'Prefix', to: 'app', list }, index)
      return { ...one, spec: { ...one.spec, ingressClassName } }
    })
  const open = (name: string): [string, undefined] => [name, undefined]
  const [renamed, ...others] = changesOf(of(open('one')), of(open('two')))
  expect(others).toEqual([])
  // But it may be reached from elsewhere.
  expect(renamed).toMatchObject({ wider: nobody, restraints: { changed: ['class of Ingress default/i0'] } })
  expect(changesOf(of(open('one'), ['nginx', '1.2.3.4']), of(['nginx', undefined])).some(isWider)).toBe(true)
})

it('thousands of hosts are compared in a moment of a processor', () => {
  const count = ofSamples(10_000)
  const objects = Array.from({ length: count }, (_, index) =>
    ingressOf(
      { host: `h${index}.example`, path: '/', pathType: 'Prefix', to: 'app', list: undefined },
      index,
    ),
  )
  const begin = process.cpuUsage()
  expect(changesOf(objects, objects.slice(1)).filter(isWider)).toEqual([])
  expect(process.cpuUsage(begin).user / 1e6).toBeLessThan(count / 500)
})
