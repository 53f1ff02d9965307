import { describe, expect, it } from 'vitest'
import { compare } from '../../../tools/doors/compare.ts'
import { doorsOf } from '../../../tools/doors/doors.ts'
import { isWider } from '../../../tools/doors/requests.ts'
import { fc, ofSamples } from '../../fast-check.ts'
import { changes, type Fields, mayBeWider, said } from './changes.ts'
import { anyone, app2, custom, httpProxy, ingress, nobody, service, slice } from './objects.ts'

const ofContour = { ingressClassName: 'contour' }
const open = { ipAllowPolicy: undefined }
const contourIngress = (annotations: Fields = {}, spec: Fields = {}) =>
  ingress(annotations, { ...ofContour, ...spec })
/** One that takes what the Ingress does. */
const contourProxy = (virtualhost: Fields = open, spec: Fields = {}) =>
  httpProxy({ ...ofContour, ...spec }, virtualhost)

describe('an HTTPProxy in the place of an Ingress of its class is the same door', () => {
  it.each<[string, object[], object[]]>([
    ['as it stands', [contourIngress()], [contourProxy()]],
    ['without a class, which is contour', [contourIngress()], [httpProxy({}, open)]],
    ['and back', [contourProxy()], [contourIngress()]],
    [
      'of a class with an IngressClass',
      [contourIngress({}, { ingressClassName: 'inner' })],
      [contourProxy(open, { ingressClassName: 'inner' })],
    ],
    [
      'beside an Ingress of another class',
      [contourIngress(), { ...ingress(), metadata: { name: 'other' } }],
      [contourProxy(), { ...ingress(), metadata: { name: 'other' } }],
    ],
  ])('%s: no change', (_, before, now) => {
    const inner = custom('networking.k8s.io/v1', 'IngressClass', 'inner', {
      controller: 'projectcontour.io/ingress-controller/inner',
    })
    expect(changes([...before, inner, ...app2], [...now, inner, ...app2])).toEqual([])
  })

  it('with a list, it is narrower, and without it wider, by whom the list keeps out', () => {
    const [before, now] = [
      [contourIngress(), ...app2],
      [contourProxy({}), ...app2],
    ]
    const [closing, ...others] = changes(before, now)
    expect([closing?.door.way, closing?.wider, others]).toEqual(['HTTPProxy', nobody, []])
    expect(closing?.narrower.IPv6).toEqual(anyone.IPv6)
    expect(changes(now, before)[0]?.wider).toEqual(closing?.narrower)
  })

  it('of another name of its Service, one door with another name', () => {
    const rule = { conditions: [{ prefix: '/' }], services: [{ name: 'web', port: 80 }] }
    const ends = slice(
      ['2.3.4.5'],
      {},
      { metadata: { name: 'web', labels: { 'kubernetes.io/service-name': 'web' } } },
    )
    const renamed = [service({ type: 'ClusterIP', loadBalancerSourceRanges: [] }, { name: 'web' }), ends]
    const now = [contourProxy(open, { routes: [rule] }), ...renamed]
    expect(changes([contourIngress(), ...app2], now).map((one) => [one.renamed, one.wider])).toContainEqual([
      'default/app',
      nobody,
    ])
  })
})

it('one that is gone leaves its requests to nobody of another class, though that has a wildcard of its host', () => {
  const backend = { service: { name: 'app', port: { number: 80 } } }
  const rules = [{ host: '*.example.com', http: { paths: [{ path: '/', backend }] } }]
  const wide = ingress({}, { rules })
  expect(mayBeWider([contourProxy(), wide, ...app2], [wide, ...app2])).toBe(false)
})

describe('but whoever gets in anew is said', () => {
  const routes = (prefix: string) => ({
    routes: [{ conditions: [{ prefix }], services: [{ name: 'app', port: 80 }] }],
  })
  const at = (path: string) => ({
    rules: [
      {
        host: 'a.example.com',
        http: {
          paths: [{ path, pathType: 'Prefix', backend: { service: { name: 'app', port: { number: 80 } } } }],
        },
      },
    ],
  })
  const external = { ingressClassName: 'external' }

  it.each<[string, object[], object[]]>([
    ['by another host', [contourIngress()], [contourProxy({ ...open, fqdn: 'b.example.com' })]],
    ['by a wider path', [contourIngress({}, at('/a'))], [contourProxy(open, routes('/'))]],
    ['by what begins with its path', [contourIngress({}, at('/a'))], [contourProxy(open, routes('/a'))]],
    ["by another Contour's class", [contourIngress()], [contourProxy(open, external)]],
    ["by another Contour's class, from none", [httpProxy({}, open)], [contourProxy(open, external)]],
    ['by another controller', [ingress()], [contourProxy()]],
    ['by a class, from none', [ingress({}, { ingressClassName: undefined })], [contourProxy()]],
    ['by another controller, of a class with its name', [contourProxy()], [ingress()]],
    ['past a login', [contourIngress({ 'example.com/auth': 'yes' })], [contourProxy()]],
    [
      'past a policy of the virtual host',
      [contourProxy({ ...open, authorization: { extensionRef: { name: 'auth' } } })],
      [contourIngress()],
    ],
  ])('%s', (_, before, now) => {
    expect(mayBeWider([...before, ...app2], [...now, ...app2])).toBe(true)
    expect(said([...now, ...app2], [...now, ...app2])).toEqual([])
  })

  it('of a class of its name that another controller serves', () => {
    const other = custom('networking.k8s.io/v1', 'IngressClass', 'contour', {
      controller: 'k8s.io/ingress-nginx',
    })
    expect(mayBeWider([contourIngress(), other, ...app2], [contourProxy(), other, ...app2])).toBe(true)
  })
})

describe('an Ingress without a class may be of any controller, as where its class is the default', () => {
  const at = (path: string, ingressClassName: string | undefined, annotations: Fields = {}, to = 'app') => {
    const paths = [{ path, pathType: 'Prefix', backend: { service: { name: to, port: { number: 80 } } } }]
    const made = ingress(annotations, {
      ingressClassName,
      rules: [{ host: 'a.example.com', http: { paths } }],
    })
    return { ...made, metadata: { name: `${ingressClassName}${path}`, annotations } }
  }
  const pods = service({ type: 'ClusterIP', selector: { app: 'a' } }, { name: 'pods' })
  const login = { 'nginx.ingress.kubernetes.io/auth-url': 'https://login' }
  const of = (...objects: object[]) => [...objects, pods, ...app2]
  const anyHost = JSON.parse(JSON.stringify(at('/', undefined)).replace('a.example.com', '*.example.com'))

  it.each<[string, object[], object[]]>([
    [
      'its login is gone, and a path with a class takes its requests',
      of(at('/', 'nginx'), at('/admin', undefined, login)),
      of(at('/', 'nginx')),
    ],
    [
      'what led to pods is gone',
      of(at('/', 'nginx'), at('/admin', undefined, {}, 'pods')),
      of(at('/', 'nginx')),
    ],
    [
      'the login of one with a class is gone, and its path takes the requests',
      of(at('/', undefined), at('/admin', 'nginx', login)),
      of(at('/', undefined)),
    ],
    [
      'of a wildcard, it takes what one of two classes had behind a login',
      of(at('/', 'other'), at('/', 'nginx', login), anyHost),
      of(at('/', 'other'), anyHost),
    ],
    [
      "HTTPProxy's path takes the requests",
      of(contourProxy({ ...open, fqdn: 'a.example.com' }), at('/admin', undefined, {}, 'pods')),
      of(contourProxy({ ...open, fqdn: 'a.example.com' })),
    ],
  ])('%s: it may be wider', (_, before, now) => {
    expect(mayBeWider(before, now)).toBe(true)
    expect(changes(now, now)).toEqual([])
  })

  it.each<[string, object[], object[]]>([
    ['it gets a class', of(at('/', undefined)), of(at('/', 'nginx'))],
    [
      'one of a class is gone, that another had, too',
      of(at('/', 'nginx'), at('/admin', 'other', login)),
      of(at('/', 'nginx')),
    ],
    ['one that was as open is gone', of(at('/', 'nginx'), at('/admin', undefined)), of(at('/', 'nginx'))],
  ])('%s: it is not', (_, before, now) => expect(mayBeWider(before, now)).toBe(false))
})

describe('two classes of one controller may be one program', () => {
  const ofController = (name: string, controller: string) =>
    custom('networking.k8s.io/v1', 'IngressClass', name, { controller })
  const at = (path: string, ingressClassName: string, annotations: Fields = {}) => ({
    ...ingress(annotations, {
      ingressClassName,
      rules: [
        {
          host: 'a.example.com',
          http: {
            paths: [
              { path, pathType: 'Prefix', backend: { service: { name: 'app', port: { number: 80 } } } },
            ],
          },
        },
      ],
    }),
    metadata: { name: `${ingressClassName}${path}`, annotations },
  })
  const list = { 'nginx.ingress.kubernetes.io/whitelist-source-range': '1.2.3.4/32' }
  const login = { 'nginx.ingress.kubernetes.io/auth-url': 'https://login' }
  const other = (annotations: Fields) => at('/admin', 'inner', annotations)

  it.each([list, login])(
    'so where a path of one with %j is gone, what the other has takes its requests',
    (kept) => {
      for (const [one, two, isOne] of [
        ['k8s.io/ingress-nginx', 'k8s.io/ingress-nginx', true],
        ['k8s.io/ingress-nginx', 'k8s.io/internal-nginx', false],
      ] as const) {
        const all = [ofController('outer', one), ofController('inner', two), at('/', 'outer'), ...app2]
        expect(mayBeWider([...all, other(kept)], all)).toBe(isOne)
        expect(changes([...all, other(kept)], [...all, other(kept)])).toEqual([])
      }
    },
  )

  it('as is said by who asks', () => {
    const options = { controllers: { outer: 'nginx', inner: 'nginx' } } as const
    const all = [at('/', 'outer'), ...app2]
    const found = compare(doorsOf([...all, other(list)], options), doorsOf(all, options))
    expect(found.some(isWider)).toBe(true)
  })
})

it('whatever mixture of both there is, the kind alone changes nobody', () => {
  const list = [{ source: 'Peer', cidr: '1.2.3.4/32' }]
  const proxies = fc.uniqueArray(
    fc.record({
      host: fc.constantFrom('a.example', 'b.example', 'c.example'),
      held: fc.boolean(),
      kind: fc.boolean(),
    }),
    { selector: ({ host }) => host, minLength: 1 },
  )
  fc.assert(
    fc.property(proxies, (all) => {
      const made = (isHeld: boolean, turned: boolean) =>
        all.map(({ host, held, kind }) => {
          const isIngress = kind !== turned && !(held && isHeld)
          const object = isIngress
            ? contourIngress(
                {},
                {
                  rules: [
                    {
                      host,
                      http: {
                        paths: [
                          {
                            path: '/',
                            pathType: 'Prefix',
                            backend: { service: { name: 'app', port: { number: 80 } } },
                          },
                        ],
                      },
                    },
                  ],
                },
              )
            : contourProxy({ fqdn: host, ipAllowPolicy: held && isHeld ? list : undefined })
          return { ...object, metadata: { name: host } }
        })
      expect(changes([...made(false, false), ...app2], [...made(false, true), ...app2])).toEqual([])
      const isLoosened = all.some(({ held }) => held)
      expect(mayBeWider([...made(true, false), ...app2], [...made(false, true), ...app2])).toBe(isLoosened)
    }),
    { numRuns: ofSamples(200) },
  )
})
