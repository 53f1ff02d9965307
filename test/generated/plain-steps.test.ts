import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pLimit from 'p-limit'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import type { Proxy as ProxyValues, Values } from '../../schema/generated/values.ts'
import { merged } from '../../tools/chart/merged.ts'
import { root } from '../../tools/root.ts'
import { adviceOf, followed } from '../chart/checks/advice.ts'
import { everyCheck } from '../chart/checks/check.ts'
import { fc, seed } from '../fast-check.ts'
import { refusals } from '../refusals.ts'

const timeout = 300_000
/** So many runs of Helm at once. */
const few = pLimit(2)

const codeOf = (problem: string) => /\[([-a-z]+)\]$/.exec(problem)?.[1] ?? ''
const pathOf = (problem: string) => problem.slice(0, problem.indexOf(': '))

/** A step that people take from values that are right: a change of one proxy; undefined where there is nothing to change. */
type Step = (proxy: ProxyValues) => ProxyValues | undefined

const firstRoute = (proxy: ProxyValues, change: object): ProxyValues | undefined => {
  const [[name, route] = []] = Object.entries(proxy.routes ?? {})
  return name && route
    ? { ...proxy, routes: { ...proxy.routes, [name]: { ...route, ...change } } }
    : undefined
}
const service =
  (fields: object): Step =>
  (proxy) =>
    merged(proxy, { service: fields })
const backend =
  (fields: object): Step =>
  (proxy) =>
    merged(proxy, { backend: fields })
const ingress =
  (fields: object): Step =>
  (proxy) =>
    proxy.ingress ? merged(proxy, { ingress: fields }) : undefined
const more =
  (field: 'addresses' | 'sourceRanges', added: string): Step =>
  (proxy) => ({
    ...proxy,
    [field]: [...(proxy[field] ?? []), added],
  })
const without =
  (field: keyof ProxyValues): Step =>
  ({ [field]: gone, ...left }) =>
    gone ? left : undefined

const steps: Record<string, Step> = {
  'a port': (proxy) => merged(proxy, { ports: { added: { port: 9000 } } }),
  'a port by UDP': (proxy) => merged(proxy, { ports: { added: { port: 9000, protocol: 'UDP' } } }),
  'an address': more('addresses', '2.3.4.99'),
  'an address of IPv6': more('addresses', '2001:db8:2::99'),
  'a range': more('sourceRanges', '198.51.100.0/24'),
  'a range of IPv6': more('sourceRanges', '2001:db8:77::/64'),
  'anyone may come in': (proxy) => ({ ...proxy, sourceRanges: ['0.0.0.0/0', '::/0'] }),
  'type ClusterIP': service({ type: 'ClusterIP' }),
  'type NodePort': service({ type: 'NodePort' }),
  'a headless Service': service({ type: 'ClusterIP', clusterIP: 'None' }),
  inCluster: service({ inCluster: true }),
  'the other family': service({ ipFamilies: ['IPv6'] }),
  'both families': service({ ipFamilyPolicy: 'PreferDualStack' }),
  'a name in DNS': (proxy) => merged(proxy, { dns: { hostnames: ['added.example.net'] } }),
  'a name in place of addresses': (proxy) => ({ ...proxy, externalName: 'app2.example.com' }),
  'TLS to App2': backend({ protocol: 'https', tls: { serverName: 'app2.example.com' } }),
  'TLS to App2, whose name nobody says': backend({ protocol: 'https' }),
  'gRPC by TLS to App2': backend({ protocol: 'grpcs', tls: { serverName: 'app2.example.com' } }),
  'HTTP/2 to App2': backend({ protocol: 'h2c' }),
  'gRPC to App2': backend({ protocol: 'grpc' }),
  'a host for App2': backend({ host: 'app2.example.com' }),
  times: backend({ timeouts: { connect: '1s', request: '5s' } }),
  'an Ingress by another': ingress({ controller: 'traefik' }),
  'an Ingress by none': ingress({ controller: 'none' }),
  'an Ingress by what has none': ingress({ controller: 'envoy-gateway' }),
  'a certificate': ingress({ tls: { issuer: { name: 'ca' } } }),
  'the Ingress off': ingress({ enabled: false }),
  'routes by another': (proxy) => firstRoute(proxy, { controller: 'istio' }),
  'routes by none': (proxy) => firstRoute(proxy, { controller: 'none' }),
  'routes by what has none': (proxy) => firstRoute(proxy, { controller: 'contour' }),
  bytes: (proxy) => firstRoute(proxy, { kind: 'TCPRoute' }),
  gRPC: (proxy) => firstRoute(proxy, { kind: 'GRPCRoute' }),
  'the route off': (proxy) => firstRoute(proxy, { enabled: false }),
  'no routes': without('routes'),
  'no Ingress': without('ingress'),
  'no addresses': without('addresses'),
  'no ports': without('ports'),
  'no ranges': without('sourceRanges'),
  'no name in DNS': without('dns'),
}

/** Values that are accepted: the examples, and what the rows of the checks let through, of few proxies that say all themselves. */
const bases = [
  ...readdirSync(join(root, 'examples'))
    .filter((name) => name.endsWith('.yaml'))
    .map((name): [string, object] => [
      name,
      parse(readFileSync(join(root, 'examples', name), 'utf8'), { merge: true }),
    ]),
  ...(await everyCheck()).flatMap(([code, rows]) =>
    Object.entries(rows).map(([name, { accepted }]): [string, object] => [`${code}: ${name}`, accepted]),
  ),
].filter(([, values]) => !('defaults' in values) && JSON.stringify(values).length < 4000)

const taken = bases.flatMap(([base, values]) => {
  const { proxies = {} } = values as Values
  const [[key, proxy] = []] = Object.entries(proxies)
  if (!key || !proxy) return []
  return Object.entries(steps).flatMap(([name, step]) => {
    const after = step(structuredClone(proxy))
    return after
      ? [{ words: `${base}, ${name}`, values: { ...values, proxies: { ...proxies, [key]: after } } }]
      : []
  })
})

/** Some of all steps, others with each seed, and what is said of each that is refused. */
const refused = (async () => {
  console.log(`seed ${seed}`)
  const some = fc.sample(fc.constantFrom(...taken), { numRuns: 150, seed })
  const judged = await Promise.all(
    some.map((step) => few(async () => ({ ...step, problems: await refusals(step.values) }))),
  )
  return judged.filter(({ problems }) => problems.length > 0)
})()

it('of a step from values that are right, one cause is said once: no path has problems of two codes', {
  timeout,
}, async () => {
  const twice = (await refused).flatMap(({ words, problems }) => {
    const at = [...new Set(problems.map(pathOf))].map((path) =>
      problems.filter((one) => pathOf(one) === path),
    )
    return at
      .filter((those) => new Set(those.map(codeOf)).size > 1)
      .map((those) => [words, ...those].join('\n'))
  })
  expect((await refused).length).toBeGreaterThan(10)
  expect(twice).toEqual([])
})

it('each advice that says all that is to be written ends its problem, and asks for nothing that the schema refuses', {
  timeout,
}, async () => {
  const cures = (await refused).flatMap(({ words, values, problems }) =>
    problems.flatMap((problem) =>
      adviceOf(problem).flatMap((advice) => {
        const cured = followed(values, problem, advice)
        return cured ? [{ words, cured, problem, advice }] : []
      }),
    ),
  )
  const led = await Promise.all(
    cures.map(({ words, cured, problem, advice }) =>
      few(async () => {
        const left = await refusals(cured)
        const wrong = left.filter((line) => line === problem || /\[(schema|value-[a-z]+)\]$/.test(line))
        return wrong.length > 0 ? [[words, problem, advice, ...wrong].join('\n')] : []
      }),
    ),
  )
  expect(cures.length).toBeGreaterThan(10)
  expect(led.flat()).toEqual([])
})
