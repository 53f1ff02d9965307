import fc from 'fast-check'
import { load, loadAll } from 'js-yaml'
import { expect, it } from 'vitest'
import { RefusedError, render } from '../../../tools/chart/render.ts'
import { nobody } from '../../../tools/doors/cidr.ts'
import { compare, isWider } from '../../../tools/doors/compare.ts'
import type { Door, Judged } from '../../../tools/doors/door.ts'
import { doorsOf } from '../../../tools/doors/doors.ts'
import { imported } from '../../../tools/import/import.ts'

/** Ranges as people write them: right, with host bits, and none at all. */
const range = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('1.2.3.0/24', '1.2.3.4/32', '1.2.3.4', '5.6.7.9/24') },
  { weight: 1, arbitrary: fc.constantFrom('0.0.0.0/0', 'office', '1.2.3.4/33') },
)
const ranges = fc.array(range, { maxLength: 2 })

/** Mostly the first. */
const mostly = <T>(usual: T, ...others: T[]) =>
  fc.oneof({ weight: 7, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) })

/** What a load balancer reads beside its list: nothing, what is harmless, what turns it round, adds to it, undoes it. */
const besideList = mostly<object>(
  {},
  { 'metallb.io/address-pool': 'public' },
  { 'service.cilium.io/src-ranges-policy': 'deny' },
  { 'service.beta.kubernetes.io/azure-allowed-ip-ranges': '10.0.0.0/8' },
  { 'service.beta.kubernetes.io/aws-load-balancer-security-groups': 'sg-1' },
  { 'service.beta.kubernetes.io/load-balancer-source-ranges': ['1.2.3.0/24'] },
)

const service = fc
  .record({
    type: fc.constantFrom('LoadBalancer', 'ClusterIP', undefined),
    ranges,
    local: fc.boolean(),
    annotations: besideList,
    more: fc.array(fc.constant({ name: 'admin', port: 81 }), { maxLength: 1 }),
  })
  .map(({ type, ranges: list, local, annotations, more }) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'app', namespace: 'default', annotations },
    spec: {
      ...(type && { type }),
      ...(list.length > 0 && type === 'LoadBalancer' && { loadBalancerSourceRanges: list }),
      ...(local && { internalTrafficPolicy: 'Local' }),
      ports: [{ name: 'http', port: 80 }, ...more],
    },
  }))

const pods = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'pods', namespace: 'default' },
  spec: { selector: { app: 'pods' }, ports: [{ name: 'http', port: 80 }] },
}

const endpoints = {
  apiVersion: 'v1',
  kind: 'Endpoints',
  metadata: { name: 'app', namespace: 'default' },
  subsets: [
    {
      addresses: [{ ip: '2.3.4.5' }],
      ports: [
        { name: 'http', port: 80 },
        { name: 'admin', port: 81 },
      ],
    },
  ],
}

const host = fc.constantFrom('a.example', 'a.example', '*.example')
const path = fc.constantFrom('/', '/', '/a', '/a/b', '/b')
/** A Service of pods is there, `gone` is not. */
const target = mostly('app', 'pods', 'gone')
const port = mostly(80, 81, 8080)

const annotation = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(
      fc.constantFrom('whitelist-source-range', 'allowlist-source-range'),
      ranges.map(String),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<[string, unknown]>(
      ['denylist-source-range', '1.2.3.4/32'],
      ['ssl-redirect', 'true'],
      ['allowlist-source-range', ['1.2.3.4/32']],
      ['server-alias', 'b.example'],
      ['canary', 'true'],
    ),
  },
)

const backend = fc
  .tuple(target, port, fc.integer({ max: 9, min: 0 }))
  .map(([name, number, kind]) =>
    kind === 0 ? { resource: { kind: 'Bucket', name } } : { service: { name, port: { number } } },
  )

const ingress = fc.record({
  host,
  paths: fc.uniqueArray(
    fc.tuple(path, fc.constantFrom('Prefix', 'Exact', 'ImplementationSpecific'), backend),
    {
      minLength: 1,
      maxLength: 3,
      selector: ([one]) => one,
    },
  ),
  annotations: fc.array(annotation, { maxLength: 2 }),
})
const ingresses = fc.array(ingress, { minLength: 1, maxLength: 3 }).map((all) =>
  all.map(({ host: name, paths, annotations }, index) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      name: index === 0 ? 'app' : `app-${index}`,
      namespace: 'default',
      annotations: Object.fromEntries(
        annotations.map(([key, value]) => [`nginx.ingress.kubernetes.io/${key}`, value]),
      ),
    },
    spec: {
      ingressClassName: 'nginx',
      rules: [
        {
          host: name,
          http: { paths: paths.map(([one, pathType, to]) => ({ path: one, pathType, backend: to })) },
        },
      ],
    },
  })),
)

const policy = fc
  .record({ list: ranges, source: mostly('Peer', 'Remote'), deny: mostly(false, true) })
  .map(({ list, source, deny }) =>
    list.length > 0
      ? { [deny ? 'ipDenyPolicy' : 'ipAllowPolicy']: list.map((cidr) => ({ source, cidr })) }
      : {},
  )

const condition = fc.oneof(
  { weight: 6, arbitrary: path.map((prefix) => ({ prefix })) },
  { weight: 2, arbitrary: path.map((exact) => ({ exact })) },
  { weight: 1, arbitrary: fc.constantFrom({ regex: '/a.*' }, { header: { name: 'x-who', exact: 'us' } }) },
)

const answer = mostly<object>({}, { directResponsePolicy: { statusCode: 403 } }, { ipAllowPolicy: [] })
const httpProxies = fc
  .array(
    fc.record({
      whole: policy,
      routes: fc.array(
        fc.record({ own: policy, conditions: fc.array(condition, { maxLength: 1 }), target, port, answer }),
        { minLength: 1, maxLength: 3 },
      ),
    }),
    { minLength: 1, maxLength: 2 },
  )
  .map((all) =>
    all.map(({ whole, routes }, index) => ({
      apiVersion: 'projectcontour.io/v1',
      kind: 'HTTPProxy',
      metadata: { name: index === 0 ? 'app' : 'other', namespace: 'default' },
      spec: {
        virtualhost: { fqdn: index === 0 ? 'a.example' : '*.example', ...whole },
        routes: routes.map((route) => ({
          ...route.own,
          ...route.answer,
          ...(route.conditions.length > 0 && { conditions: route.conditions }),
          services: [{ name: route.target, port: route.port }],
        })),
      },
    })),
  )

const match = fc.oneof(
  { weight: 5, arbitrary: path.map((value) => ({ path: { type: 'PathPrefix', value } })) },
  { weight: 2, arbitrary: path.map((value) => ({ path: { type: 'Exact', value } })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom({ method: 'POST' }, { headers: [{ name: 'x-who', value: 'us' }] }),
  },
)
const login = { type: 'ExtensionRef', extensionRef: { group: 'example.com', kind: 'Login', name: 'who' } }
const backendRef = fc.record({
  name: target,
  port,
  more: mostly<object>(
    {},
    { filters: [login] },
    { kind: 'ServiceImport', group: 'multicluster.x-k8s.io' },
    { weight: 0 },
  ),
})
const rule = fc
  .record({
    matches: fc.array(match, { maxLength: 2 }),
    refs: fc.array(backendRef, { maxLength: 2 }),
  })
  .map(({ matches, refs }) => ({
    ...(matches.length > 0 && { matches }),
    backendRefs: refs.map(({ more, ...ref }) => ({ ...ref, ...more })),
  }))
const routes = fc
  .array(
    fc.record({
      host: mostly<unknown>('a.example', '*.example', null),
      rules: fc.array(rule, { maxLength: 3 }),
    }),
    {
      minLength: 1,
      maxLength: 2,
    },
  )
  .map((all) =>
    all.map(({ host: name, rules }, index) => ({
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { name: `web${index}`, namespace: 'default' },
      spec: { parentRefs: [{ name: 'edge' }], hostnames: [name], rules },
    })),
  )
const aimed = fc
  .tuple(
    fc.constantFrom('SecurityPolicy', 'Login'),
    fc.constantFrom({ kind: 'HTTPRoute', name: 'web0' }, { kind: 'Gateway', name: 'edge' }),
  )
  .map(([kind, ref]) => ({
    apiVersion: 'gateway.envoyproxy.io/v1alpha1',
    kind,
    metadata: { name: 'who', namespace: 'default' },
    spec: {
      targetRefs: [{ group: 'gateway.networking.k8s.io', ...ref }],
      authorization: {
        defaultAction: 'Deny',
        rules: [{ action: 'Allow', principal: { clientCIDRs: ['1.2.3.4/32'] } }],
      },
    },
  }))
const policies = fc.oneof(
  { weight: 3, arbitrary: fc.constant([]) },
  { weight: 1, arbitrary: fc.array(aimed, { minLength: 1, maxLength: 1 }) },
)

const manifests = fc
  .tuple(
    service,
    fc.oneof(
      ingresses,
      httpProxies,
      fc.tuple(routes, policies).map(([own, above]) => [...own, ...above]),
    ),
  )
  .map(([one, others]) => [one, pods, endpoints, ...others])

/**
 * What the judge is not sure of was nobody's: an import opens nothing that it does not understand. A range that can't
 * be read lets nobody in, and leaves the others.
 */
const sureOf = ({ doors, problems, paths }: Judged): Judged => {
  const isUnsure = ({ sure, reasons }: Door) =>
    sure === 'assumed' && !reasons.some((one) => one.includes("can't be read as a range"))
  const sure = (door: Door): Door => (isUnsure(door) ? { ...door, who: nobody } : door)
  return {
    doors: doors.map(sure),
    problems,
    paths: paths.map((one) => (one.door ? { ...one, door: sure(one.door) } : one)),
  }
}

/** Who gets in by imported values that did not before; undefined where the chart refuses them, and nothing is installed. */
async function widerIn(text: string) {
  const { values } = imported([{ file: 'in.yaml', text }])
  const old = sureOf(doorsOf(loadAll(text)))
  const rendered = await render(load(values) as object).catch((error: unknown) => {
    if (error instanceof RefusedError) return undefined
    throw error
  })
  if (!rendered) return undefined
  const changes = compare(old, doorsOf(rendered.objects)).filter(isWider)
  return { changes: changes.map(({ door, wider, by }) => [door.id, wider, by]), values }
}

it('no door of imported values is wider than it was', async () => {
  let accepted = 0
  await fc.assert(
    fc.asyncProperty(manifests, async (objects) => {
      const found = await widerIn(objects.map((one) => JSON.stringify(one)).join('\n---\n'))
      if (!found) return
      accepted++
      expect(found.changes.length > 0 ? found : {}).toEqual({})
    }),
    { numRuns: 60 },
  )
  expect(accepted).toBeGreaterThan(5)
}, 600_000)
