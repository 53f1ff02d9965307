import { describe, expect, it } from 'vitest'
import { values as schema } from '../../schema/index.ts'
import type { Schema } from '../../schema/schema.ts'
import { RefusedError, render } from '../../tools/chart/render.ts'
import { resolved } from '../../tools/generate/fields.ts'

type Path = (string | number)[]
type Json = Record<string, unknown>

const issuer = { kind: 'Issuer', name: 'ca' }
const owner = { 'example.com/owner': 'edge' }
const path = { type: 'ReplaceFullPath', replaceFullPath: '/v2' }
const headers = { set: [{ name: 'X-A', value: 'a' }], add: [{ name: 'X-B', value: 'b' }], remove: ['X-C'] }
const rule = {
  matches: [
    {
      path: { type: 'PathPrefix', value: '/api' },
      method: 'GET',
      headers: [{ type: 'Exact', name: 'X-V', value: '2' }],
      queryParams: [{ type: 'Exact', name: 'beta', value: 'yes' }],
    },
  ],
  filters: [
    { type: 'RequestHeaderModifier', requestHeaderModifier: headers },
    { type: 'ResponseHeaderModifier', responseHeaderModifier: headers },
    { type: 'RequestMirror', requestMirror: { backendRef: { proxy: 'other', port: 'http' }, percent: 10 } },
    { type: 'URLRewrite', urlRewrite: { hostname: 'app2.example.com', path } },
    { type: 'ExtensionRef', extensionRef: { group: 'example.com', kind: 'Any', name: 'one' } },
  ],
  timeouts: { request: '2s', backendRequest: '1s' },
  backendRefs: [{ proxy: 'other', port: 'http', weight: 2 }],
}
const redirect = { scheme: 'https', hostname: 'new.example.com', path, port: 443, statusCode: 301 }
const cors = {
  allowOrigins: ['https://app1.example.com'],
  allowMethods: ['GET'],
  allowHeaders: ['X-A'],
  exposeHeaders: ['X-A'],
  allowCredentials: true,
  maxAge: 600,
}

/** A proxy with as many fields as go together. */
const full: Json = {
  enabled: true,
  addresses: [{ ip: '2.3.4.5', name: 'app2.example.com', ready: true, zone: 'a', nodeName: 'node1' }],
  ports: {
    http: { port: 80, targetPort: 8080, protocol: 'TCP', appProtocol: 'http' },
    more: { port: 81, protocol: 'UDP' },
  },
  sourceRanges: ['0.0.0.0/0', '::/0'],
  allowClusterSources: true,
  service: {
    type: 'LoadBalancer',
    inCluster: true,
    allocateLoadBalancerNodePorts: true,
    labels: { team: 'edge' },
    annotations: owner,
    loadBalancerClass: 'example.com/own',
    externalTrafficPolicy: 'Local',
    sessionAffinity: 'ClientIP',
    ipFamilyPolicy: 'SingleStack',
    ipFamilies: ['IPv4'],
    trafficDistribution: 'PreferClose',
    clusterIP: '10.96.0.7',
  },
  endpoints: { kind: 'EndpointSlice' },
  dns: { hostnames: ['lb.example.com'], ttl: 60, target: 'lb.example.net' },
  backend: { protocol: 'http', host: '', timeouts: { request: '' }, healthCheck: { interval: '2s' } },
  ingress: {
    enabled: true,
    className: 'any',
    controller: 'none',
    hosts: ['a.example.com'],
    port: 'http',
    paths: [{ path: '/api', pathType: 'Exact' }],
    annotations: owner,
    tls: { enabled: true, issuer, secretName: 'a-tls' },
  },
  routes: {
    web: {
      enabled: true,
      kind: 'HTTPRoute',
      apiVersion: 'v1beta1',
      controller: 'none',
      namespace: 'edge',
      parentRefs: [{ kind: 'Gateway', name: 'edge', namespace: 'edge', sectionName: 'web', port: 80 }],
      hostnames: ['b.example.com'],
      port: 'http',
      rules: [
        rule,
        {
          matches: [{ path: { value: '/old' } }],
          filters: [{ type: 'RequestRedirect', requestRedirect: redirect }],
        },
        { matches: [{ path: { value: '/cors' } }], filters: [{ type: 'CORS', cors }] },
      ],
      annotations: owner,
    },
  },
}
const edge: Json = {
  enabled: true,
  kind: 'Gateway',
  className: 'eg',
  parentRef: { name: '', namespace: '' },
  addresses: ['198.51.100.7'],
  listeners: {
    web: {
      port: 443,
      protocol: 'HTTPS',
      hostname: 'a.example.com',
      tls: { secretName: 'a' },
      allowedRoutes: 'All',
    },
  },
  issuer,
  annotations: owner,
}

const at = (node: unknown, [first, ...rest]: Path): unknown =>
  first === undefined || node === null || node === undefined ? node : at((node as Json)[first], rest)

/** Every path below a schema that may be left out: of a list's items, at the first that has the field. */
function* optional(of: Schema, sample: Json, here: Path = []): Generator<Path> {
  const found = resolved(of, schema.definitions)
  for (const one of found.anyOf ?? []) yield* optional(one, sample, here)
  for (const [name, field] of Object.entries(found.properties ?? {})) {
    if (!found.required?.includes(name)) yield [...here, name]
    yield* optional(field, sample, [...here, name])
  }
  if (typeof found.additionalProperties === 'object') {
    const key = Object.keys((at(sample, here) as Json) ?? {})[0] ?? 'a'
    yield [...here, key]
    yield* optional(found.additionalProperties, sample, [...here, key])
  }
  const items = (at(sample, here) as unknown[] | undefined) ?? []
  if (!found.items || !Array.isArray(items)) return
  for (const [name] of Object.entries(fieldsOf(found.items))) {
    const index = items.findIndex((item) => (item as Json)?.[name] !== undefined)
    for (const path of optional(found.items, sample, [...here, Math.max(0, index)]))
      if (path[here.length + 1] === name && index >= 0) yield path
  }
}
function fieldsOf(items: Schema): Record<string, Schema> {
  const found = resolved(items, schema.definitions)
  return found.properties ?? Object.assign({}, ...(found.anyOf ?? []).map(fieldsOf))
}

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value))

/** A sample with something else at a path, or, with undefined, nothing. */
function withAt(sample: Json, path: Path, value: unknown): Json {
  const result = copy(sample)
  let node = result
  for (const word of path.slice(0, -1)) {
    if (typeof node[word] !== 'object') node[word] = {}
    node = node[word] as Json
  }
  node[path.at(-1) ?? ''] = value
  return copy(result)
}

/** Values with null at a path and nothing else; from a list on, all else of it too, since lists are replaced. */
function nullAt(sample: Json, path: Path): Json {
  const list = path.findIndex((word) => typeof word === 'number')
  if (list < 0) return withAt({}, path, null)
  const above = path.slice(0, list)
  return withAt({}, above, at(withAt(sample, path, null), above))
}

const named = (index: number) => `p${index}`
/** What tells a proxy from the others, unless its path takes that away. */
function own(values: Json, path: Path, index: number): Json {
  return withOwn(values, path, [
    [['service', 'clusterIP'], `10.96.${1 + Math.floor(index / 200)}.${1 + (index % 200)}`],
    [['dns', 'hostnames'], [`${named(index)}lb.example.com`]],
    [['ingress', 'hosts'], [`${named(index)}a.example.com`]],
    [['ingress', 'tls', 'secretName'], `${named(index)}tls`],
    [['routes', 'web', 'hostnames'], [`${named(index)}b.example.com`]],
  ])
}

/** Values with others at some places, but for what stands at a path or is of it. */
function withOwn(values: Json, path: Path, own: [Path, unknown][]): Json {
  return own
    .filter(
      ([where]) => !path.every((word, position) => position >= where.length || word === where[position]),
    )
    .reduce((result, [where, value]) => withAt(result, where, value), values)
}

/** What rules lead to: it opens no door, and so can't meet another. */
const other = { ingress: null, routes: null, dns: null, service: { clusterIP: null } }
const { ingress: _, routes: __, dns: ___, ...others } = withAt(full, ['service', 'clusterIP'], undefined)

type Batch = Record<string, Json>
const batch = (paths: Path[], make: (path: Path, index: number) => Json): Batch =>
  Object.fromEntries(paths.map((path, index) => [named(index), make(path, index)]))
const part = (all: Batch, names: string[]): Batch =>
  Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)))

/** The problems by the proxy or gateway that they are of, under `defaults` or not; none where all is accepted. */
async function problems(values: object): Promise<{ of?: string; words: string }[]> {
  const error = await render(values).catch((thrown: unknown) => thrown)
  if (!(error instanceof RefusedError)) return []
  return error.problems.map(({ path, message: whole, code }) => {
    const message = whole.replace(/, or write another (?:or null )?in .*/, '') // What defaults say is said so.
    const of = /^(?:proxies|gateways)\.(p\d+)\./.exec(path)?.[1]
    const within = path.replace(/^((?:proxies|gateways)\.p\d+|defaults)\./, '')
    return { ...(of && { of }), words: `${within}: ${message.replaceAll(/p\d+/g, 'p')} [${code}]` }
  })
}

/** Holds a batch with nulls against the same without the fields: what is rendered, and what is refused of it. */
async function alike(none: Batch, nulls: Batch, of: (batch: Batch, isNull: boolean) => object) {
  const refused = new Set<string>()
  for (;;) {
    const left = Object.keys(none).filter((name) => !refused.has(name))
    const found = await problems(of(part(none, left), false))
    if (found.length === 0) break
    for (const { of: name } of found) refused.add(name ?? 'unknown')
    expect([...refused]).not.toContain('unknown')
  }
  const accepted = Object.keys(none).filter((name) => !refused.has(name))
  const [withNulls, without] = [nulls, none].map((one) => of(part(one, accepted), one === nulls))
  expect((await render(withNulls ?? {})).text).toBe((await render(without ?? {})).text)
  const words = async (one: Batch) =>
    [
      ...new Set(
        (await problems(of(part(one, [...refused]), one === nulls)))
          .map((problem) => problem.words)
          .filter((words) => !words.includes(': has no effect ')), // Of defaults it is not said, as they are for all.
      ),
    ].sort()
  expect(await words(nulls)).toEqual(await words(none))
  return { accepted: accepted.length, refused: refused.size }
}

const proxyPaths = [...optional(schema.definitions.proxy, full)]
const gatewayPaths = [...optional(schema.definitions.gateway, edge)]

describe('null is as if the field were not written', () => {
  it('at each path of a proxy, and takes away what defaults say there', { timeout: 600_000 }, async () => {
    const nulls = batch(proxyPaths, (path, index) => own(nullAt(full, path), path, index))
    const none = batch(proxyPaths, (path, index) => own(withAt(full, path, undefined), path, index))
    const root = { loadBalancerClasses: { 'example.com/own': 'generic' } }
    const counts = await alike(none, nulls, (proxies, isNull) =>
      isNull
        ? { ...root, defaults: full, proxies: { ...proxies, other } }
        : { ...root, proxies: { ...proxies, other: others } },
    )
    expect(counts.accepted).toBeGreaterThan(90)
  })

  it('at each path of a gateway', { timeout: 600_000 }, async () => {
    const [nulls, none] = [null, undefined].map((value) =>
      batch(gatewayPaths, (path, index) =>
        withOwn(withAt(edge, path, value), path, [
          [['listeners', 'web', 'tls', 'secretName'], `${named(index)}tls`],
        ]),
      ),
    ) as [Batch, Batch]
    const { accepted } = await alike(none, nulls, (gateways) => ({ gateways }))
    expect(accepted).toBeGreaterThan(10)
  })
})
