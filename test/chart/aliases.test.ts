import { expect, it } from 'vitest'
import type { Proxy as ProxyValues } from '../../schema/generated/values.ts'
import { helmVersions } from '../../tools/chart/helm.ts'
import { aliases, refusedBy } from '../aliases.ts'
import { app } from '../values.ts'

/** Proxies that are right as they stand, whose objects alone have names of their alias's own. */
const of = (alias: string, fields: Record<string, ProxyValues>) => ({
  namePrefix: `${alias}-`,
  proxies: Object.fromEntries(Object.entries(fields).map(([key, own]) => [key, app(own).proxies.app])),
})
const folder = await aliases()

const parentRefs = [{ name: 'edge' }]
const options = (name: string) => ({ 'traefik.ingress.kubernetes.io/router.tls.options': `${name}@file` })
const tls = { secretName: 'web', issuer: { name: 'ca' } }

/** An alias: of what is one in a cluster or in DNS it has the same as another, by its own proxies. */
const alias = (name: string, ingress: 'haproxy' | 'nginx', route: 'envoy-gateway' | 'istio') =>
  of(name, {
    address: { service: { clusterIP: '10.96.0.7' } },
    balancer: { dns: { hostnames: ['lb.example.com'] } },
    class: { ingress: { controller: ingress, className: 'edge', hosts: [`class-${name}.example.com`] } },
    node: {
      ports: { http: { port: 80, nodePort: 30080 } },
      service: { allocateLoadBalancerNodePorts: true },
    },
    option: {
      ingress: {
        controller: 'traefik',
        className: 'traefik',
        hosts: ['c.example.com'],
        annotations: options(name),
        paths: [{ path: `/${name}` }],
      },
    },
    route: { routes: { web: { controller: route, parentRefs, hostnames: [`route-${name}.example.com`] } } },
    secret: { ingress: { controller: 'contour', hosts: [`secret-${name}.example.com`], tls } },
  })
const first = alias('a', 'haproxy', 'istio')
const second = alias('b', 'nginx', 'envoy-gateway')

it.concurrent.each(helmVersions)(
  'by Helm %s, two aliases of the chart know of each other',
  async (version) => {
    const said = async (values: object) =>
      (await refusedBy(folder, values, version)).map(({ path, message, code }) =>
        // Which of the two Helm renders before the other is its own affair.
        [path, code, / (\w+\.proxies\.[-\w]+)/.exec(message)?.[1]].join(' '),
      )
    expect(await said({ first, second })).toEqual([
      'first.proxies.node.ports.http.nodePort node-port-twice second.proxies.node',
      'first.proxies.address.service.clusterIP cluster-ip-twice second.proxies.address',
      'first.proxies.class.ingress.controller class-twice second.proxies.class',
      'first.proxies.route.routes.web.controller gateway-controller-twice second.proxies.route',
      'first.proxies.balancer.dns.hostnames[0] host-twice second.proxies.balancer',
      'first.proxies.option.ingress.hosts[0] host-option second.proxies.option',
      'first.proxies.secret.ingress.tls.secretName secret-twice second.proxies.secret',
    ])
    expect(await said({ first, second: { namePrefix: 'b-', ...app() }, inner: { edge: app() } })).toEqual([])
  },
)

it.concurrent.each(helmVersions)('by Helm %s, what two aliases make has a name each', async (version) => {
  const { app: proxy } = app().proxies
  const unlike = app({ service: { inCluster: true } }).proxies.app
  // Of one by itself, and of several that are alike.
  const second = { proxies: { a: proxy, app: proxy, b: proxy, unlike } }
  const problems = await refusedBy(folder, { first: { proxies: { app: proxy, unlike } }, second }, version)
  const said = problems.map(({ message }) => message).filter((message) => message.startsWith('its Service'))
  expect(said.sort()).toEqual([
    expect.stringMatching(/^its Service app is made by (first|second)\.proxies\.app already/),
    expect.stringMatching(/^its Service unlike is made by (first|second)\.proxies\.unlike already/),
  ])
})

it.concurrent('what an alias adds to a host of several App2 is laid to that alias alone', async () => {
  const hosts = ['a.example.com']
  const old = (ip: string, path: string): ProxyValues => ({
    addresses: [ip],
    ingress: { controller: 'nginx', className: 'nginx', hosts, paths: [{ path }] },
  })
  const moved = (ip: string, value: string): ProxyValues => {
    const rules = [{ matches: [{ path: { type: 'PathPrefix' as const, value } }] }]
    const web = { controller: 'envoy-gateway' as const, parentRefs, hostnames: hosts, rules }
    return { addresses: [ip], routes: { web } }
  }
  const second = of('b', {
    old: old('2.3.4.5', '/x'),
    older: old('2.3.4.6', '/y'),
    moved: moved('2.3.4.5', '/x'),
    other: moved('2.3.4.6', '/y'),
  })
  expect(await refusedBy(folder, { second })).toEqual([])
  const first = of('a', { more: moved('2.3.4.5', '/z') })
  const said = await refusedBy(folder, { second, first })
  expect(said.map(({ path, code }) => `${path} ${code}`)).toEqual([
    'first.proxies.more.routes.web.hostnames[0] host-twice',
  ])
})
