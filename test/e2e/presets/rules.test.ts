import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Proxy as ProxyValues, RouteRule, Values } from '../../../schema/generated/values.ts'
import { chart } from '../../../tools/chart/render.ts'
import { addressesOf, cluster } from '../cluster.ts'

const proxy = (address: string, rules: RouteRule[] = []): ProxyValues => ({
  addresses: [address],
  ports: { main: { port: 80, targetPort: 8080 } },
  sourceRanges: ['1.2.3.4/32'],
  service: { type: 'ClusterIP', inCluster: false },
  ...(rules.length > 0 && {
    routes: { r: { controller: 'envoy-gateway', parentRefs: [{ name: 'rules' }], rules } },
  }),
})
const at = (value: string, more: Partial<RouteRule> = {}): RouteRule => ({
  matches: [{ path: { value } }],
  ...more,
})

const values: Values = {
  gateways: { rules: { className: 'envoy-gateway', listeners: { http: { port: 80, protocol: 'HTTP' } } } },
  proxies: {
    new: proxy('2.3.4.6'),
    app: proxy('2.3.4.5', [
      at('/both', { backendRefs: [{ proxy: 'app' }, { proxy: 'new' }] }),
      at('/moved', { backendRefs: [{ proxy: 'app', weight: 0 }, { proxy: 'new' }] }),
      at('/header', {
        filters: [
          {
            type: 'RequestHeaderModifier',
            requestHeaderModifier: { set: [{ name: 'x-via', value: 'edge' }], remove: ['x-secret'] },
          },
        ],
      }),
      at('/old', {
        filters: [
          {
            type: 'URLRewrite',
            urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/v2' } },
          },
        ],
      }),
      at('/elsewhere', {
        filters: [
          { type: 'RequestRedirect', requestRedirect: { hostname: 'a.example.com', statusCode: 301 } },
        ],
      }),
      { matches: [{ method: 'DELETE', headers: [{ name: 'x-sure', value: 'yes' }] }] },
    ]),
  },
}

describe('rules of an HTTPRoute, by Envoy Gateway', () => {
  let address = ''
  const ask = (path: string, more: { method?: string; headers?: Record<string, string> } = {}) =>
    cluster.machine('app1').send({ protocol: 'http', address, port: 80, path, ...more })
  /** Waits until 20 requests in a row are answered by each of these machines, and by no other. */
  const leadsTo = (path: string, ...machines: string[]) =>
    cluster.until(`${path} leads to ${machines}`, async () => {
      const found = new Set<string | undefined>()
      for (let request = 0; request < 20; request++) {
        const outcome = await ask(path)
        found.add('echo' in outcome ? outcome.echo?.machine : undefined)
      }
      expect([...found].sort()).toEqual(machines)
      return true
    })
  beforeAll(async () => {
    await cluster.helm(['install', 'rules', chart, '--values', '-'], { input: JSON.stringify(values) })
    ;[address = ''] = await addressesOf('rules')
    await cluster.until('App2 answers', async () => 'echo' in (await ask('/header')) || undefined)
  })
  afterAll(() => cluster.helm(['uninstall', 'rules', '--wait']))

  it('weights lead to both proxies, or after the migration to the new one alone', async () => {
    await leadsTo('/both', 'app2', 'app2-moved')
    await leadsTo('/moved', 'app2-moved')
  })

  it('headers are set and taken away', async () => {
    const outcome = await ask('/header', { headers: { 'x-secret': 'x' } })
    expect(outcome).toMatchObject({ echo: { headers: { 'x-via': 'edge' } } })
    expect(outcome).not.toHaveProperty('echo.headers.x-secret')
  })

  it('a path is rewritten', async () => {
    expect(await ask('/old/a')).toMatchObject({ echo: { path: '/v2/a' } })
  })

  it('a redirect sends App1 elsewhere', async () => {
    expect(await ask('/elsewhere')).toMatchObject({
      status: 301,
      headers: { location: 'http://a.example.com/elsewhere' },
    })
  })

  it('a rule that asks for method and header takes nothing else', async () => {
    const method = 'DELETE'
    expect(await ask('/any', { method, headers: { 'x-sure': 'yes' } })).toMatchObject({ echo: { method } })
    expect(await ask('/any', { method })).toMatchObject({ status: 404 })
    expect(await ask('/any')).toMatchObject({ status: 404 })
  })

  it('the intruder passes by none', async () => {
    for (const path of ['/both', '/moved', '/header', '/old']) {
      const asked = { protocol: 'http', address, port: 80, path } as const
      expect(await cluster.machine('intruder').send(asked)).toMatchObject({ status: 403 })
    }
  })
})
