import { describe, expect, it } from 'vitest'
import type { Backend, Values } from '../../../schema/generated/values.ts'
import { doorKind, kindNames as kinds } from '../../../schema/kinds.ts'
import { needs } from '../../../schema/needs.ts'
import { answer, asked, presets } from '../../../tools/chart/presets.ts'
import { render } from '../../../tools/chart/render.ts'
import { refusals } from '../../refusals.ts'
import { asksFor, door, doorWith, held } from './doors.ts'
import { validators, wrongs } from './schemas.ts'

const all = await presets()
const schemas = await validators()
const tlsProtocols = ['backend.protocol https', 'backend.protocol grpcs'] as const

describe.concurrent.each(Object.entries(all))('%s', (name, preset) => {
  it('declares itself well', () => {
    expect(preset).toMatchObject({
      title: expect.any(String),
      version: expect.any(String),
      proved: expect.any(Boolean),
    })
    for (const kind of kinds) {
      if (!preset[kind]) continue
      const { else: otherwise, not, object, filters, notes, serviceAnnotations, ...answers } = preset[kind]
      expect(otherwise).toEqual(expect.any(String))
      expect(needs).toEqual(expect.arrayContaining(Object.keys(answers)))
    }
    if (name !== 'none') expect(preset.clientAddress).toEqual(expect.any(String))
    if (kinds.some((kind) => !preset[kind])) expect(preset.else).toEqual(expect.any(String))
  })

  describe.each(kinds.filter((kind) => preset[kind]))('%s', (kind) => {
    it.each(needs.filter((need) => asked(kind, need)))('%s', async (need) => {
      const can = answer(preset, kind, need)
      const values = asksFor(name, preset, kind, need)
      if (can === true) {
        expect(wrongs(schemas, (await render(values)).objects)).toEqual([])
      } else {
        const code = need === 'sourceRanges' ? 'controller-open' : 'preset-lacks'
        const found = await refusals(values)
        // TLS that it can't speak at all is said of the protocol.
        const speaks = need.startsWith('backend.tls') ? tlsProtocols : []
        const why = [need, ...speaks].map((one) => String(answer(preset, kind, one)))
        const said = found.filter((one) => one.endsWith(` [${code}]`))
        expect(said.filter((one) => why.some((words) => one.includes(words)))).not.toEqual([])
      }
    })
  })

  const refused = kinds.flatMap((kind) =>
    Object.entries(preset[kind]?.not ?? {}).map(([trait, why]) => [kind, trait, why] as const),
  )
  it.each(refused)('%s is refused with %s, for its reason', async (kind, trait, why) => {
    const found = await refusals(doorWith(trait, name, kind))
    expect(found.filter((one) => one.endsWith(`, since ${why} [preset-refuses]`))).toHaveLength(1)
  })

  it.each(kinds.filter((kind) => !preset[kind]))('%s is refused', async (kind) => {
    const backend: Backend = doorKind(kind).speaks ? { protocol: 'grpc' } : {}
    const found = await refusals(door(name, kind, { sourceRanges: held, backend }))
    expect(found).toEqual([expect.stringMatching(/ \[preset-kind\]$/)])
    expect(found[0]).toContain(preset.else)
  })
})

describe.concurrent('objects that every preset shares', () => {
  const parentRefs = [{ name: 'edge' }]
  const base = { addresses: ['2.3.4.5'], ports: { http: { port: 80 } }, sourceRanges: ['0.0.0.0/0', '::/0'] }
  it.each<[string, Values]>([
    [
      'a Gateway, with certificates of its own and another namespace',
      {
        gateways: {
          edge: {
            className: 'eg',
            addresses: ['198.51.100.7'],
            issuer: { name: 'ca' },
            listeners: {
              http: { port: 80, protocol: 'HTTP', hostname: '*.example.com', allowedRoutes: 'All' },
              https: { port: 443, protocol: 'HTTPS', hostname: 'a.b', tls: { secretName: 'a' } },
              tls: { port: 8443, protocol: 'TLS' },
              tcp: { port: 9000, protocol: 'TCP' },
              udp: { port: 53, protocol: 'UDP' },
            },
          },
          other: {
            className: 'eg',
            listeners: {
              s: { port: 443, protocol: 'HTTPS', tls: { secretName: 'a', secretNamespace: 'b' } },
            },
          },
        },
      },
    ],
    [
      'a ListenerSet',
      {
        gateways: {
          mine: {
            kind: 'ListenerSet',
            parentRef: { name: 'edge', namespace: 'edge' },
            listeners: { s: { port: 443, protocol: 'HTTPS', tls: { secretName: 'a' } } },
          },
        },
      },
    ],
    [
      'an HTTPRoute with all that a rule can say',
      {
        proxies: {
          new: base,
          app: {
            ...base,
            routes: {
              web: {
                parentRefs: [
                  { kind: 'ListenerSet', name: 'edge', namespace: 'b', sectionName: 's', port: 443 },
                ],
                namespace: 'elsewhere',
                hostnames: ['*.example.com'],
                rules: [
                  {
                    matches: [
                      {
                        path: { type: 'RegularExpression', value: '/a.*' },
                        method: 'GET',
                        headers: [{ type: 'RegularExpression', name: 'A', value: '.' }],
                        queryParams: [{ name: 'b', value: 'c' }],
                      },
                    ],
                    filters: [
                      {
                        type: 'RequestHeaderModifier',
                        requestHeaderModifier: {
                          set: [{ name: 'a', value: 'b' }],
                          add: [{ name: 'c', value: 'd' }],
                          remove: ['e'],
                        },
                      },
                      { type: 'ResponseHeaderModifier', responseHeaderModifier: { remove: ['e'] } },
                      { type: 'RequestMirror', requestMirror: { backendRef: { proxy: 'new' }, percent: 5 } },
                      {
                        type: 'URLRewrite',
                        urlRewrite: { path: { type: 'ReplaceFullPath', replaceFullPath: '/' } },
                      },
                      {
                        type: 'CORS',
                        cors: {
                          allowOrigins: ['https://*.a.b'],
                          allowMethods: ['GET'],
                          allowHeaders: ['X'],
                          exposeHeaders: ['Y'],
                          allowCredentials: true,
                          maxAge: 9,
                        },
                      },
                      { type: 'ExtensionRef', extensionRef: { group: 'a.b', kind: 'C', name: 'd' } },
                    ],
                    timeouts: { request: '2s', backendRequest: '1s' },
                    backendRefs: [{ proxy: 'app', weight: 9 }, { proxy: 'new' }],
                  },
                  {
                    matches: [{ path: { value: '/b' } }],
                    filters: [
                      {
                        type: 'RequestRedirect',
                        requestRedirect: {
                          scheme: 'https',
                          hostname: 'a.b',
                          port: 443,
                          statusCode: 308,
                          path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/' },
                        },
                      },
                    ],
                  },
                ],
              },
            },
          },
        },
      },
    ],
    [
      'a GRPCRoute with all that a rule can say',
      {
        proxies: {
          app: {
            ...base,
            backend: { protocol: 'grpc' },
            routes: {
              web: {
                kind: 'GRPCRoute',
                parentRefs,
                rules: [
                  {
                    matches: [
                      {
                        method: { type: 'Exact', service: 'a.B', method: 'C' },
                        headers: [{ name: 'a', value: 'b' }],
                      },
                    ],
                    filters: [{ type: 'ResponseHeaderModifier', responseHeaderModifier: { remove: ['e'] } }],
                  },
                ],
              },
            },
          },
        },
      },
    ],
    [
      'certificates of cert-manager for HTTPProxies',
      {
        proxies: {
          app: {
            ...base,
            ingress: {
              controller: 'contour',
              hosts: ['*.a.example.com', 'b.example.com'],
              tls: {
                issuer: { kind: 'Issuer', name: 'ca' },
                certificates: [
                  { secretName: 'a', hosts: ['*.a.example.com'] },
                  { secretName: 'b', hosts: ['b.example.com'] },
                ],
              },
            },
          },
        },
      },
    ],
  ])('%s', async (_, values) => {
    const { objects } = await render(values)
    expect(objects.filter(({ apiVersion, kind }) => schemas.has(`${apiVersion} ${kind}`))).not.toEqual([])
    expect(wrongs(schemas, objects)).toEqual([])
  })
})

it.concurrent('an unknown field, a wrong type and a missing one would be seen', async () => {
  const { objects } = await render(door('envoy-gateway', 'HTTPRoute', { sourceRanges: held }))
  const broken = objects.map((object) =>
    object.kind === 'SecurityPolicy'
      ? { ...object, spec: { targetRefs: [{ kind: 7, extra: true }], authorisation: {} } }
      : object,
  )
  expect(wrongs(schemas, broken).map((wrong) => wrong.replace(/^\S+ SecurityPolicy/, ''))).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^\/spec must NOT have additional properties .*authorisation/),
      expect.stringMatching(/^\/spec\/targetRefs\/0 must NOT have additional properties .*extra/),
      expect.stringMatching(/^\/spec\/targetRefs\/0\/kind must be string/),
      expect.stringMatching(/^\/spec\/targetRefs\/0 must have required property 'name'/),
    ]),
  )
})
