import { describe, expect, it } from 'vitest'
import type { Backend, Ingress, Route, RouteFilter } from '../../../schema/generated/values.ts'
import { render } from '../../../tools/chart/render.ts'
import { app } from '../../values.ts'

const ingress: Ingress = { controller: 'traefik', className: 'traefik', hosts: ['a.example.com'] }
const parentRefs = [{ name: 'edge' }]
const host = 'app2.example.com'

describe.concurrent('an Ingress', () => {
  const objects = (backend: Backend = {}, fields: object = {}) => render(app({ ingress, backend, ...fields }))

  it('is held to sourceRanges by a Middleware', async () => {
    const { get, list: of } = await objects()
    const [list] = of('Middleware')
    expect(list?.spec).toEqual({ ipAllowList: { sourceRange: ['1.2.3.4/32'] } })
    expect(get('Ingress', 'app').metadata?.annotations).toEqual({
      'traefik.ingress.kubernetes.io/router.middlewares': `default-${list?.metadata.name}@kubernetescrd`,
    })
  })

  it('names what holds it as Traefik does, with one dash for two', async () => {
    const { proxies } = app({ ingress, backend: { protocol: 'https', host } })
    const { get, list: of } = await render({ proxies: { 'a--b': proxies.app } })
    const [list] = of('Middleware')
    expect(list?.metadata.name).toContain('a--b-list-')
    const names = JSON.stringify([get('Ingress', 'a--b'), get('Service', 'a--b')]).match(
      /[^",]+@kubernetescrd/g,
    )
    expect(names?.length).toBeGreaterThan(1)
    expect(names?.filter((name) => !name.startsWith('default-a-b-'))).toEqual([])
  })

  it('is open to anyone', async () => {
    const { get, list } = await objects({}, { sourceRanges: ['0.0.0.0/0', '::/0'] })
    expect(list('Middleware')).toEqual([])
    expect(get('Ingress', 'app').metadata?.annotations).toBeUndefined()
  })

  it.each([
    ['http', 'http'],
    ['https', 'https'],
    ['grpcs', 'https'],
    ['h2c', 'h2c'],
    ['grpc', 'h2c'],
  ] as const)('speaks %s by scheme %s', async (protocol, scheme) => {
    const { get } = await objects({ protocol, ...(protocol.endsWith('s') && { host }) })
    expect(get('Service', 'app').metadata?.annotations).toMatchObject({
      'traefik.ingress.kubernetes.io/service.serversscheme': scheme,
    })
  })

  it('sends the Host header that App2 expects, after the list', async () => {
    const { get, list } = await objects({ host })
    const [held, named] = list('Middleware')
    expect(named?.spec).toEqual({ headers: { customRequestHeaders: { Host: host } } })
    expect(get('Ingress', 'app').metadata?.annotations).toEqual({
      'traefik.ingress.kubernetes.io/router.middlewares': `default-${held?.metadata.name}@kubernetescrd,default-${named?.metadata.name}@kubernetescrd`,
    })
  })

  it.each<[string, Backend, object]>([
    ['a CA of a ConfigMap', { tls: { caConfigMap: 'ca' } }, { rootCAs: [{ configMap: 'ca' }] }],
    ['a CA of a Secret', { tls: { caSecret: 'ca' } }, { rootCAs: [{ secret: 'ca' }] }],
    ["the system's CAs", {}, {}],
    ['nothing', { tls: { insecureSkipVerify: true } }, { insecureSkipVerify: true }],
  ])('verifies its certificate by %s', async (_, backend, expected) => {
    const { get, list } = await objects({ protocol: 'https', host, ...backend })
    const [transport] = list('ServersTransport')
    expect(transport?.spec).toEqual({ serverName: host, ...expected })
    expect(get('Service', 'app').metadata?.annotations).toMatchObject({
      'traefik.ingress.kubernetes.io/service.serverstransport': `default-${transport?.metadata.name}@kubernetescrd`,
    })
  })

  it('has timeouts', async () => {
    const { list } = await objects({ timeouts: { connect: '2s', request: '30s' } })
    expect(list('ServersTransport')[0]?.spec).toEqual({
      forwardingTimeouts: { dialTimeout: '2s', responseHeaderTimeout: '30s' },
    })
  })
})

describe.concurrent('a route', () => {
  const objects = (fields: Route = {}, more: object = {}) =>
    render(app({ routes: { web: { controller: 'traefik', parentRefs, ...fields } }, ...more }))

  it('is held to sourceRanges by a filter of every rule, before all others', async () => {
    const remove: RouteFilter = { type: 'RequestHeaderModifier', requestHeaderModifier: { remove: ['A'] } }
    const { get, list } = await objects({ rules: [{ filters: [remove] }, {}] })
    const [middleware] = list('Middleware')
    const held = {
      type: 'ExtensionRef',
      extensionRef: { group: 'traefik.io', kind: 'Middleware', name: middleware?.metadata.name },
    }
    expect(middleware?.spec).toEqual({ ipAllowList: { sourceRange: ['1.2.3.4/32'] } })
    expect(get('HTTPRoute', 'app.web').spec).toMatchObject({
      rules: [{ filters: [held, remove] }, { filters: [held] }],
    })
  })

  it('is held in its own namespace', async () => {
    const { list } = await objects({ namespace: 'edge' })
    expect(list('Middleware')[0]?.metadata.namespace).toBe('edge')
  })

  it('is open to anyone', async () => {
    const { get, list } = await objects({}, { sourceRanges: ['0.0.0.0/0', '::/0'] })
    expect(list('Middleware')).toEqual([])
    expect(get('HTTPRoute', 'app.web').spec).not.toHaveProperty('rules.0.filters')
  })
})
