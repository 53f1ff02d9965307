import { load, loadAll } from 'js-yaml'
import { expect, it } from 'vitest'
import { stringify } from 'yaml'
import type { Problem } from '../../tools/chart/problems.ts'
import { RefusedError, render } from '../../tools/chart/render.ts'
import { nobody } from '../../tools/doors/cidr.ts'
import { compare } from '../../tools/doors/compare.ts'
import type { Door, Judged } from '../../tools/doors/door.ts'
import { doorsOf } from '../../tools/doors/doors.ts'
import { elsewhere } from '../../tools/doors/endpoints.ts'
import { isWider } from '../../tools/doors/requests.ts'
import { accepted } from '../../tools/import/accepted.ts'
import { fc } from '../fast-check.ts'

/** Ranges as people write them: right, with host bits, and none at all. */
const range = fc.oneof(
  { weight: 15, arbitrary: fc.constantFrom('1.2.3.0/24', '1.2.3.4/32', '1.2.3.4', '5.6.7.9/24') },
  { weight: 1, arbitrary: fc.constantFrom('0.0.0.0/0', 'office', '1.2.3.4/33') },
)
const ranges = fc.array(range, { maxLength: 2 })

/** Mostly the first: a sample has many of these, and one that is odd may close all of it. */
const mostly = <T>(usual: T, ...others: T[]) =>
  fc.oneof(
    { weight: 30, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  )

/** What a load balancer reads beside its list: nothing, what is harmless, what turns it round, adds to it, undoes it. */
const besideList = mostly<object>(
  {},
  { 'metallb.io/address-pool': 'public' },
  { 'service.cilium.io/src-ranges-policy': 'deny' },
  { 'service.beta.kubernetes.io/azure-allowed-ip-ranges': '10.0.0.0/8' },
  { 'service.beta.kubernetes.io/aws-load-balancer-security-groups': 'sg-1' },
  { 'service.beta.kubernetes.io/load-balancer-source-ranges': ['1.2.3.0/24'] },
)

/** Of names and hosts a ~ stands for what is one sample's own among several. */
const own = '~'

/** Mostly where all else is; written, or not. */
const namespace = mostly<object>({}, { namespace: 'default' }, { namespace: 'edge' })

const serviceOf = (name: string) =>
  fc
    .record({
      type: fc.constantFrom('LoadBalancer', 'ClusterIP', 'NodePort', undefined),
      ranges,
      more: fc.array(fc.constant({ name: 'admin', port: 81 }), { maxLength: 1 }),
      annotations: besideList,
      namespace,
      beside: mostly<object>(
        {},
        { internalTrafficPolicy: 'Local' },
        { externalTrafficPolicy: 'Local' },
        { clusterIP: 'None' },
        { ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack' },
        { ipFamilies: ['IPv6', 'IPv4'], ipFamilyPolicy: 'PreferDualStack' },
        { loadBalancerSourceRange: ['1.2.3.4/32'] },
      ),
    })
    .map(({ type, ranges: list, annotations, more, beside, namespace: where }) => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, ...where, annotations },
      spec: {
        ...(type && { type }),
        ...(list.length > 0 && type === 'LoadBalancer' && { loadBalancerSourceRanges: list }),
        ...beside,
        ports: [{ name: 'http', port: 80 }, ...more],
      },
    }))

const pods = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: '~pods', namespace: 'default' },
  spec: { selector: { app: 'pods' }, ports: [{ name: 'http', port: 80 }] },
}

/** Ports of App2, as its addresses have them: all alike, one less, another number, another name. */
const theirs = mostly<object[]>(
  [
    { name: 'http', port: 80 },
    { name: 'admin', port: 81 },
  ],
  [{ name: 'http', port: 80 }],
  [
    { name: 'http', port: 8080 },
    { name: 'admin', port: 81 },
  ],
  [{ port: 80 }],
  [{ name: 'admin', port: 81, protocol: 'UDP' }],
)
const subset = fc
  .record({
    ips: fc.uniqueArray(mostly('2.3.4.5', '2.3.4.6', '2001:db8::5'), { minLength: 1, maxLength: 2 }),
    field: mostly('addresses', 'notReadyAddresses'),
    ports: theirs,
  })
  .map(({ ips, field, ports }) => ({ [field]: ips.map((ip) => ({ ip })), ports }))
const holderOf = (name: string) =>
  fc.tuple(fc.array(subset, { minLength: 1, maxLength: 3 }), namespace).map(([subsets, where]) => ({
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { name, ...where },
    subsets,
  }))

const host = fc.constantFrom('a.~.example', 'a.~.example', '*.~.example')
const path = fc.constantFrom('/', '/', '/a', '/a/b', '/b')
/** A Service of pods is there, `gone` is not. */
const target = mostly('~app', '~app2', '~pods', '~gone')
const port = mostly(80, 81, 8080)

/** A list as people write it in an annotation. */
const listed = fc
  .tuple(ranges, fc.constantFrom(',', ',', ',', ', ', ',,', ' '))
  .map(([all, between]) => all.join(between))

/** By its class, what an Ingress's controller reads. */
const annotationsOf: Readonly<Record<string, readonly string[]>> = {
  nginx: [
    'nginx.ingress.kubernetes.io/whitelist-source-range',
    'nginx.ingress.kubernetes.io/allowlist-source-range',
  ],
  haproxy: ['haproxy.org/allow-list', 'haproxy.org/whitelist'],
}
const annotation = (className: string | undefined) =>
  fc.oneof(
    {
      weight: 15,
      arbitrary: fc.tuple(
        fc.constantFrom(...(annotationsOf[className ?? ''] ?? ['example.com/list'])),
        listed,
      ),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom<[string, unknown]>(
        ['nginx.ingress.kubernetes.io/denylist-source-range', '1.2.3.4/32'],
        ['nginx.ingress.kubernetes.io/ssl-redirect', 'true'],
        ['nginx.ingress.kubernetes.io/allowlist-source-range', ['1.2.3.4/32']],
        ['nginx.ingress.kubernetes.io/server-alias', 'b.~.example'],
        ['nginx.ingress.kubernetes.io/canary', 'true'],
        ['traefik.ingress.kubernetes.io/router.middlewares', 'default-office@kubernetescrd'],
        ['haproxy.org/deny-list', '1.2.3.4/32'],
      ),
    },
  )

const backend = fc
  .tuple(target, port, mostly('service', 'resource'))
  .map(([name, number, kind]) =>
    kind === 'resource' ? { resource: { kind: 'Bucket', name } } : { service: { name, port: { number } } },
  )

const ingress = mostly<string | undefined>('nginx', 'haproxy', 'traefik', 'contour', undefined).chain(
  (className) =>
    fc.record({
      className: fc.constant(className),
      host,
      paths: fc.uniqueArray(
        fc.tuple(path, fc.constantFrom('Prefix', 'Exact', 'ImplementationSpecific'), backend),
        {
          minLength: 1,
          maxLength: 3,
          selector: ([one]) => one,
        },
      ),
      annotations: fc.array(annotation(className), { maxLength: 2 }),
      where: namespace,
    }),
)
const ingresses = fc.array(ingress, { minLength: 1, maxLength: 3 }).map((all) =>
  all.map(({ className, host: name, paths, annotations, where }, index) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      name: index === 0 ? '~app' : `~app-${index}`,
      ...where,
      annotations: Object.fromEntries(annotations),
    },
    spec: {
      ...(className !== undefined && { ingressClassName: className }),
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
      where: namespace,
      annotations: mostly<object>({}, { 'example.com/who': 'us' }),
      routes: fc.array(
        fc.record({ own: policy, conditions: fc.array(condition, { maxLength: 1 }), target, port, answer }),
        { minLength: 1, maxLength: 3 },
      ),
    }),
    { minLength: 1, maxLength: 2 },
  )
  .map((all) =>
    all.map(({ whole, routes, where, annotations }, index) => ({
      apiVersion: 'projectcontour.io/v1',
      kind: 'HTTPProxy',
      metadata: { name: index === 0 ? '~app' : '~other', ...where, annotations },
      spec: {
        virtualhost: { fqdn: index === 0 ? 'a.~.example' : '*.~.example', ...whole },
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
    refs: fc.oneof(
      { weight: 9, arbitrary: fc.tuple(backendRef) },
      { weight: 1, arbitrary: fc.array(backendRef, { maxLength: 2 }) },
    ),
  })
  .map(({ matches, refs }) => ({
    ...(matches.length > 0 && { matches }),
    backendRefs: refs.map(({ more, ...ref }) => ({ ...ref, ...more })),
  }))
const routes = fc
  .array(
    fc.record({
      hosts: mostly<unknown[] | undefined>(['a.~.example'], ['*.~.example'], [null], undefined),
      where: namespace,
      rules: fc.array(rule, { maxLength: 3 }),
    }),
    {
      minLength: 1,
      maxLength: 2,
    },
  )
  .map((all) =>
    all.map(({ hosts, rules, where }, index) => ({
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { name: `~web${index}`, ...where },
      spec: { parentRefs: [{ name: '~edge' }], ...(hosts && { hostnames: hosts }), rules },
    })),
  )
const aimed = fc
  .tuple(
    fc.constantFrom('SecurityPolicy', 'Login'),
    fc.constantFrom({ kind: 'HTTPRoute', name: '~web0' }, { kind: 'Gateway', name: '~edge' }),
  )
  .map(([kind, ref]) => ({
    apiVersion: 'gateway.envoyproxy.io/v1alpha1',
    kind,
    metadata: { name: '~who', namespace: 'default' },
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

/** What stays in the cluster, whoever leads there. */
const gateway = fc
  .tuple(
    mostly<unknown>('a.~.example', '*.example', undefined),
    fc.constantFrom('eg', 'traefik', 'istio', 'other'),
  )
  .map(([hostname, className]) => ({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: { name: '~edge', namespace: 'default' },
    spec: {
      gatewayClassName: className,
      listeners: [{ name: 'http', port: 80, protocol: 'HTTP', ...(hostname !== undefined && { hostname }) }],
    },
  }))

type Manifest = Readonly<Record<string, unknown>>

/** Routes, with what is aimed at them, and what they hang on. */
const led = fc
  .tuple(routes, policies, fc.option(gateway, { nil: undefined }))
  .map(([some, above, hung]): Manifest[] => [...some, ...above, ...(hung ? [hung] : [])])

const manifests: fc.Arbitrary<Manifest[]> = fc
  .tuple(
    serviceOf('~app'),
    holderOf('~app'),
    fc.option(fc.tuple(serviceOf('~app2'), holderOf('~app2')), { nil: [] }),
    fc.oneof(
      { weight: 3, arbitrary: ingresses },
      { weight: 3, arbitrary: httpProxies },
      { weight: 3, arbitrary: led },
      { weight: 1, arbitrary: fc.tuple(ingresses, httpProxies).map((both) => both.flat()) },
      { weight: 1, arbitrary: fc.tuple(ingresses, led).map((both) => both.flat()) },
      { weight: 1, arbitrary: fc.tuple(httpProxies, led).map((both) => both.flat()) },
    ),
  )
  .map(([one, held, second, others]) => [one, pods, held, ...second, ...others])

/** Several that don't touch each other: starting Helm costs more than what it does with one. */
const several = fc
  .array(manifests, { minLength: 1, maxLength: 6, size: 'max' })
  .map((samples) => samples.flatMap((sample, index) => renamed(sample, `s${index}`)))

const renamed = (objects: readonly Manifest[], name: string): Manifest[] =>
  JSON.parse(JSON.stringify(objects).replaceAll(own, name))

/** As text, one after the other. */
const writtenOut = (objects: readonly unknown[]) => objects.map((one) => JSON.stringify(one)).join('\n---\n')

/** What the judge is not sure of was nobody's: an import opens nothing that it does not understand. */
const sureOf = (judged: Judged): Judged =>
  ofEach(judged, (door) => (door.sure === 'assumed' ? { ...door, who: nobody } : door))

/** What the chart makes is all there is: of addresses that are all drained it writes no slice. */
const wholeOf = (judged: Judged): Judged =>
  ofEach(judged, (door) => ({ ...door, to: door.to.filter((one) => one !== elsewhere) }))

const ofEach = ({ doors, problems, paths }: Judged, change: (door: Door) => Door): Judged => ({
  doors: doors.map(change),
  problems,
  paths: paths.map((one) => (one.door ? { ...one, door: change(one.door) } : one)),
})

const isGateway = ({ kind }: Manifest) => kind === 'Gateway'

/**
 * Holds the values of a text against each of several readings of the objects that it was made of: nobody gets in by
 * them who did not by any of these.
 * @throws where somebody does, and where the chart refuses the values
 */
async function holdsNobodyNew(text: string, ...befores: (readonly unknown[])[]) {
  const made = await accepted([{ file: 'in.yaml', text }], 'default', problemsOf).catch((error: Error) => {
    // What can't be read is refused with its line.
    if (/^in\.yaml:\d+: /.test(error.message)) return undefined
    throw error
  })
  if (!made) return
  const [first] = made.proxies
  const namespace = first?.namespace ?? 'default'
  const { objects } = await render(load(made.values) as object, { namespace })
  const stays = (befores[0] ?? []).filter((one) => isGateway(one as Manifest))
  const now = wholeOf(doorsOf([...objects, ...stays]))
  const [one = [], ...others] = befores.map((before) =>
    compare(sureOf(doorsOf(before)), now)
      .filter(isWider)
      .map(({ door, wider, by, restraints }) => ({ door: door.id, wider, by, restraints })),
  )
  const changes = one.filter(({ door }) => others.every((all) => all.some((other) => other.door === door)))
  expect(changes, made.values).toEqual([])
}

async function problemsOf(values: string): Promise<readonly Problem[]> {
  return render(load(values) as object).then(
    () => [],
    (error: unknown) => {
      if (error instanceof RefusedError) return error.problems
      throw error
    },
  )
}

it(
  'no door of imported values is wider than it was, and the chart takes them',
  () =>
    fc.assert(
      fc.asyncProperty(several, (objects) => holdsNobodyNew(writtenOut(objects), objects)),
      { numRuns: 30 },
    ),
  600_000,
)

/** The places of an object, but for what it is. */
const placesIn = (value: unknown, path: string[] = []): string[][] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, one]) => [[...path, key], ...placesIn(one, [...path, key])])
    : []

const fraction = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
const at = <T>(list: readonly T[], where: number): T => list[Math.floor(where * list.length)] as T

/** Another value in a place: nothing, of another type, one in a list. */
const odd = fc.constantFrom<((value: unknown) => unknown)[]>(
  () => null,
  () => [],
  () => ({}),
  () => true,
  () => 'x',
  () => 0,
  (value) => [value],
  (value) => ({ value }),
)

const oddObjects = fc
  .tuple(several, fc.array(fc.tuple(fraction, fraction, odd), { minLength: 1, maxLength: 4 }))
  .map(([objects, changes]) => {
    const copy = structuredClone(objects) as Record<string, unknown>[]
    for (const [which, where, change] of changes) {
      const object = at(copy, which)
      const places = placesIn(object).filter(([first]) => first !== 'apiVersion' && first !== 'kind')
      const path = at(places, where) ?? []
      const holder_ = path
        .slice(0, -1)
        .reduce<unknown>((found, key) => (found as Record<string, unknown>)[key], object)
      const key = path.at(-1) ?? ''
      Object.assign(holder_ as object, { [key]: change((holder_ as Record<string, unknown>)[key]) })
    }
    return [objects, copy] as const
  })

it(
  'nor where a value is of another type, or none',
  () =>
    fc.assert(
      fc.asyncProperty(oddObjects, ([objects, copy]) => holdsNobodyNew(writtenOut(copy), objects, copy)),
      { numRuns: 30 },
    ),
  600_000,
)

/** As kubectl prints what a cluster has: a List, with what the API server and controllers write. */
const asPrinted = (objects: readonly Manifest[]) =>
  stringify({
    apiVersion: 'v1',
    kind: 'List',
    metadata: { resourceVersion: '' },
    items: objects.map(({ metadata, ...object }) => ({
      ...object,
      metadata: {
        ...(metadata as object),
        creationTimestamp: '2026-01-01T00:00:00Z',
        generation: 1,
        resourceVersion: '1',
        uid: 'c2a5',
        managedFields: [{ manager: 'kubectl', operation: 'Update', fieldsV1: { 'f:spec': {} } }],
      },
      status: { loadBalancer: {} },
    })),
  })

it(
  'nor of a List as kubectl prints it',
  () =>
    fc.assert(
      fc.asyncProperty(several, (objects) => holdsNobodyNew(asPrinted(objects), objects)),
      { numRuns: 10 },
    ),
  600_000,
)

/** Lines that are indented otherwise. */
const broken = fc
  .tuple(several, fc.array(fc.tuple(fraction, fc.constantFrom(-2, -1, 1, 2)), { minLength: 1, maxLength: 2 }))
  .map(([objects, changes]) => {
    const lines = objects
      .map((one) => stringify(one))
      .join('---\n')
      .split('\n')
    for (const [where, by] of changes) {
      const index = Math.floor(where * lines.length)
      const line = lines[index] ?? ''
      const indent = line.length - line.trimStart().length
      if (line !== '---' && indent > 0) lines[index] = ' '.repeat(Math.max(0, indent + by)) + line.trimStart()
    }
    return [objects, lines.join('\n')] as const
  })

it(
  'nor where a line is indented otherwise',
  () =>
    fc.assert(
      fc.asyncProperty(broken, async ([objects, text]) => {
        const read = loaded(text)
        await holdsNobodyNew(text, objects, ...(read ? [read] : []))
      }),
      { numRuns: 30 },
    ),
  600_000,
)

function loaded(text: string): unknown[] | undefined {
  try {
    return loadAll(text)
  } catch {
    return undefined
  }
}
