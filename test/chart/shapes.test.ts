import { expect, it } from 'vitest'
import type { Proxy as ProxyValues } from '../../schema/generated/values.ts'
import { render } from '../../tools/chart/render.ts'
import { refusals } from '../refusals.ts'
import { app, contour, dual, route } from '../values.ts'

/** Proxies that the chart makes once, since they differ in their keys, IPs and what leads to them alone. */
const shapes: Record<string, { [key: string]: ProxyValues }> = {
  'names, of which YAML takes some for words': {
    on: {},
    no: { addresses: ['2.3.4.6'] },
    null: { addresses: ['2.3.4.7'] },
    [`a${'-long'.repeat(12)}-1`]: { addresses: ['2.3.4.8'] },
  },
  families: {
    one: dual,
    other: { ...dual, addresses: ['2.3.4.6', 'fd00::6'] },
    turned: { ...dual, addresses: ['fd00::7', '2.3.4.7'] },
  },
  'addresses, some drained': {
    one: { addresses: ['2.3.4.5', { ip: '2.3.4.6', ready: false }] },
    other: { addresses: ['2.3.4.7', { ip: '2.3.4.8', ready: false }] },
    turned: { addresses: [{ ip: '2.3.4.9', ready: false }, '2.3.4.10'] },
    none: { addresses: [{ ip: '2.3.4.11', ready: false }] },
  },
  'zones of addresses': {
    one: { addresses: [{ ip: '2.3.4.5', zone: 'a' }], service: { trafficDistribution: 'PreferClose' } },
    other: { addresses: [{ ip: '2.3.4.6', zone: 'a' }], service: { trafficDistribution: 'PreferClose' } },
    elsewhere: { addresses: [{ ip: '2.3.4.7', zone: 'b' }], service: { trafficDistribution: 'PreferClose' } },
  },
  Endpoints: {
    one: { endpoints: { kind: 'Endpoints' } },
    other: { addresses: ['2.3.4.6', '2.3.4.7'], endpoints: { kind: 'Endpoints' } },
  },
  'labels and annotations, with what stands for a name in the text of a shape': {
    one: { service: { labels: { team: 'a' }, annotations: { 'example.com/owner': '<name>' } } },
    other: { service: { labels: { team: 'a' }, annotations: { 'example.com/owner': '<name>' } } },
  },
  'names in DNS': { one: { dns: { hostnames: ['one.example.com'] } }, other: {} },
  'an Ingress': { none: {}, one: contour(), other: contour({ hosts: ['b.example.com'] }) },
  'what a preset says on the Service': {
    none: { backend: { protocol: 'https', host: 'app2.example.com' } },
    one: {
      ...contour({ controller: 'traefik', className: 'traefik' }),
      backend: { protocol: 'https', host: 'app2.example.com' },
    },
    other: {
      ...contour({ controller: 'traefik', className: 'traefik', hosts: ['b.example.com'] }),
      backend: { protocol: 'https', host: 'app2.example.com' },
    },
  },
  'HTTP/2 without TLS, on the ports that a route speaks it to': {
    none: { ...route({}, { protocol: 'h2c' }), routes: {} },
    one: route({ hostnames: ['a.example.com'] }, { protocol: 'h2c' }),
    other: { ...route({}, { protocol: 'h2c' }), routes: {} },
  },
}

it.concurrent.each(Object.entries(shapes))(
  '%s: proxies of one shape give what each gives alone',
  async (_case, fields) => {
    // The first of a shape is made like any other, the second for all that follow.
    const { ingress: _, dns: _dns, routes: _routes, ...before } = Object.values(fields)[0] ?? {}
    const proxies = Object.fromEntries(
      Object.entries({ 'a-first': before, 'a-second': before, ...fields }).map(
        ([key, own]) => [key, app(own).proxies.app] as const,
      ),
    )
    const common = { harmlessKeys: ['example.com/owner', 'team'] }
    const documentsOf = async (values: object) =>
      (await render({ ...common, ...values })).text.split(/^---\n/m).filter(Boolean)
    const alone = await Promise.all(
      Object.entries(proxies).map(([key, proxy]) => documentsOf({ proxies: { [key]: proxy } })),
    )
    expect((await documentsOf({ proxies })).sort()).toEqual(alone.flat().sort())
  },
)

it.concurrent('a proxy that nothing leads to is refused beside one of its shape that a route leads to', async () => {
  const closed = app({ service: { type: 'ClusterIP' } }).proxies.app
  const proxies = {
    // Refused for itself, so that both kinds are among those that are judged for their shape.
    first: closed,
    led: closed,
    leading: {
      ...closed,
      ...route({
        controller: 'envoy-gateway',
        hostnames: ['a.example.com'],
        rules: [{ backendRefs: [{ proxy: 'led' }] }],
      }),
      sourceRanges: closed.sourceRanges,
    },
    lost: closed,
  }
  const unused =
    'sourceRanges: no Ingress or route leads to this ClusterIP, and no list holds it: add an Ingress or a route, or leave it out, or write service.type LoadBalancer [source-ranges-unused]'
  expect(await refusals({ proxies })).toEqual([`proxies.first.${unused}`, `proxies.lost.${unused}`])
})

it.concurrent('and one whose Ingress is turned off, beside those of its shape that have one', async () => {
  const at = (host: string) =>
    app({ ...contour({ hosts: [host] }), service: { type: 'ClusterIP' } }).proxies.app
  const proxies = {
    first: at('a.example.com'),
    led: at('b.example.com'),
    alike: at('c.example.com'),
    lost: { ...at('d.example.com'), ingress: { enabled: false } },
  }
  expect(await refusals({ proxies })).toEqual([
    'proxies.lost.sourceRanges: no Ingress or route leads to this ClusterIP, and no list holds it: add an Ingress or a route, or leave it out, or write service.type LoadBalancer [source-ranges-unused]',
  ])
})

it.concurrent('of two proxies of one shape the one whose addresses are wrong is refused', async () => {
  const proxies = { right: app().proxies.app, wrong: app({ addresses: ['127.0.0.1'] }).proxies.app }
  expect(await refusals({ proxies })).toEqual([
    "proxies.wrong.addresses[0]: 127.0.0.1 is loopback, and Kubernetes sends nothing there: write an address that the cluster's nodes can reach [address-reserved]",
  ])
})
