import { describe, expect, it } from 'vitest'
import { mayBeWider } from '../changes.ts'
import {
  anyone,
  app1,
  app2,
  codes,
  custom,
  gateway,
  ingress,
  route,
  service,
  slice,
  theDoor,
} from '../objects.ts'

const middleware = (spec: object, name = 'app', namespace = 'default') =>
  custom('traefik.io/v1alpha1', 'Middleware', name, { ...spec }, { namespace })
const allow = middleware({ ipAllowList: { sourceRange: ['1.2.3.4/32'] } })
const key = 'traefik.ingress.kubernetes.io/router.middlewares'

describe('an Ingress', () => {
  const who = (annotations: object, ...middlewares: object[]) => {
    const one = ingress({ ...annotations }, { ingressClassName: 'traefik' })
    return theDoor('Ingress', [one, ...middlewares, ...app2]).who
  }
  const named = { [key]: 'default-app@kubernetescrd' }

  it.each<[string, object, object[], object]>([
    ['is held by a Middleware', named, [allow], app1],
    [
      'by the strictest of several',
      { [key]: 'default-app@kubernetescrd, default-two@kubernetescrd' },
      [allow, middleware({ ipAllowList: { sourceRange: ['1.2.0.0/16'] } }, 'two')],
      app1,
    ],
    ['is open without one', {}, [allow], anyone],
    ['is open where it is not there', named, [], anyone],
    ['is open by one of another sort', named, [middleware({ headers: {} })], anyone],
    [
      'is open by one that believes headers',
      named,
      [middleware({ ipAllowList: { sourceRange: ['1.2.3.4/32'], ipStrategy: { depth: 1 } } })],
      anyone,
    ],
    [
      'is open by a Middleware of another group',
      named,
      [{ ...allow, apiVersion: 'traefik.containo.us/v1alpha1' }],
      anyone,
    ],
    [
      'is open beside a newer kind of Traefik',
      named,
      [allow, custom('traefik.io/v1', 'Bypass', 'a', {})],
      anyone,
    ],
    ['is open by one that another provider has', { [key]: 'default-app@file' }, [allow], anyone],
    [
      'is open with an annotation of a later version',
      { ...named, 'traefik.ingress.kubernetes.io/router.new': 'a' },
      [allow],
      anyone,
    ],
    [
      'is held with one that is harmless',
      { ...named, 'traefik.ingress.kubernetes.io/router.entrypoints': 'web' },
      [allow],
      app1,
    ],
  ])('%s', (_, annotations, middlewares, expected) =>
    expect(who(annotations, ...middlewares)).toEqual(expected),
  )

  it('who had not got in by a ClusterIP that drops all is new without it', () => {
    const one = ingress({}, { ingressClassName: 'traefik' })
    const of = (internalTrafficPolicy: string, nativelb: string) => [
      one,
      service(
        { type: 'ClusterIP', internalTrafficPolicy },
        { annotations: { 'traefik.ingress.kubernetes.io/service.nativelb': nativelb } },
      ),
      slice(['2.3.4.5']),
    ]
    expect(mayBeWider(of('Local', 'true'), of('Local', 'false'))).toBe(true)
    expect(mayBeWider(of('Cluster', 'true'), of('Cluster', 'false'))).toBe(false)
    expect(mayBeWider(of('Local', 'false'), of('Local', 'true'))).toBe(false)
  })

  it('is open where two Middlewares have its name: dots and namespaces become dashes', () => {
    const other = middleware({ ipAllowList: { sourceRange: ['0.0.0.0/0'] } }, 'two', 'default-app')
    const two = middleware({ ipAllowList: { sourceRange: ['1.2.3.4/32'] } }, 'app.two')
    expect(who({ [key]: 'default-app-two@kubernetescrd' }, two, other)).toEqual(anyone)
  })

  it('is open where the Middleware is there twice, and one of them is lost', () => {
    const objects = [allow, middleware({ headers: {} })]
    expect(who(named, ...objects)).toEqual(anyone)
    expect(codes(objects)).toEqual(['identity-twice'])
  })
})

describe('a route', () => {
  const filters = (name: string) => [
    { type: 'ExtensionRef', extensionRef: { group: 'traefik.io', kind: 'Middleware', name } },
  ]
  const rules = (name: string) => [{ filters: filters(name), backendRefs: [{ name: 'app', port: 80 }] }]
  const who = (kind: string, name: string) =>
    theDoor(kind, [route(kind, { rules: rules(name) }), gateway('traefik'), allow, ...app2]).who

  it.each<[string, string, object]>([
    ['HTTPRoute', 'app', app1],
    ['GRPCRoute', 'app', app1],
    ['HTTPRoute', 'missing', anyone],
    ['TCPRoute', 'app', anyone],
    ['TLSRoute', 'app', anyone],
  ])('%s with Middleware %s', (kind, name, expected) => expect(who(kind, name)).toEqual(expected))
})

describe('TLS options that a host loses', () => {
  const options = 'traefik.ingress.kubernetes.io/router.tls.options'
  const at = (name: string, annotations: object = {}, host = 'a.example.com') =>
    custom(
      'networking.k8s.io/v1',
      'Ingress',
      name,
      {
        ingressClassName: 'traefik',
        rules: [
          {
            host,
            http: {
              paths: [{ path: `/${name}`, backend: { service: { name: 'app', port: { number: 80 } } } }],
            },
          },
        ],
      },
      { annotations },
    )
  const mine = at('one', { [options]: 'default-one@kubernetescrd' })
  const listeners = (protocol: string) =>
    gateway('traefik', { listeners: [{ name: 'a', port: 1, protocol }] })

  it.each<[string, object[], string[]]>([
    [
      'two Ingresses with others',
      [mine, at('two', { [options]: 'default-two@kubernetescrd' })],
      ['traefik-tls-options'],
    ],
    ['an Ingress without any', [mine, at('two')], ['traefik-tls-options']],
    [
      'by a key in other letters',
      [at('one', { [options.replace('tls', 'TLS')]: 'a@file' }), at('two')],
      ['traefik-tls-options'],
    ],
    [
      'options that router.tls turns off',
      [
        mine,
        at('two', { [options]: 'default-one@kubernetescrd', [options.replace('.options', '')]: 'false' }),
      ],
      ['traefik-tls-options'],
    ],
    ['a route of HTTPS', [mine, route('HTTPRoute'), listeners('HTTPS')], ['traefik-tls-options']],
    ['a host with *', [at('one', { [options]: 'a@file' }, '*.example.com')], ['traefik-tls-options']],
    ['two Ingresses alike', [mine, at('two', { [options]: 'default-one@kubernetescrd' })], []],
    ['default, which is what none is', [at('one', { [options]: 'default' }), at('two')], []],
    ['of two hosts', [mine, at('two', {}, 'b.example.com')], []],
    ['a route of HTTP alone', [mine, route('HTTPRoute'), listeners('HTTP')], []],
    ['a route of another controller', [mine, route('HTTPRoute'), gateway('eg')], []],
    ['a host with *, and none', [at('one', {}, '*.example.com')], []],
  ])('%s', (_, objects, expected) => expect(codes(objects)).toEqual(expected))
})
