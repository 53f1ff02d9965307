import fc from 'fast-check'
import { load, loadAll } from 'js-yaml'
import { expect, it } from 'vitest'
import { RefusedError, render } from '../../../tools/chart/render.ts'
import { difference, isNobody, nobody, union } from '../../../tools/doors/cidr.ts'
import { type Door, passing } from '../../../tools/doors/door.ts'
import { doorsOf } from '../../../tools/doors/doors.ts'
import { imported } from '../../../tools/import/import.ts'

/** Ranges as people write them: right, with host bits, and none at all. */
const range = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('1.2.3.0/24', '1.2.3.4/32', '1.2.3.4', '5.6.7.9/24') },
  { weight: 1, arbitrary: fc.constantFrom('0.0.0.0/0', 'office', '1.2.3.4/33') },
)
const ranges = fc.array(range, { maxLength: 2 })

/** Mostly the first. */
const mostly = <T>(usual: T, other: T) =>
  fc.oneof({ weight: 7, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constant(other) })

const service = fc
  .record({ type: fc.constantFrom('LoadBalancer', 'ClusterIP', undefined), ranges, local: fc.boolean() })
  .map(({ type, ranges: list, local }) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'app', namespace: 'default' },
    spec: {
      ...(type && { type }),
      ...(list.length > 0 && type === 'LoadBalancer' && { loadBalancerSourceRanges: list }),
      ...(local && { internalTrafficPolicy: 'Local' }),
      ports: [{ name: 'http', port: 80 }],
    },
  }))

const endpoints = {
  apiVersion: 'v1',
  kind: 'Endpoints',
  metadata: { name: 'app', namespace: 'default' },
  subsets: [{ addresses: [{ ip: '2.3.4.5' }], ports: [{ name: 'http', port: 80 }] }],
}

const path = fc.constantFrom('/', '/a', '/b')

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
    arbitrary: fc.constantFrom(['denylist-source-range', '1.2.3.4/32'], ['ssl-redirect', 'true']),
  },
)

const ingress = fc
  .record({
    paths: fc.uniqueArray(path, { minLength: 1, maxLength: 2 }),
    pathType: fc.constantFrom('Prefix', 'Exact', 'ImplementationSpecific'),
    annotations: fc.array(annotation, { maxLength: 2 }),
  })
  .map(({ paths, pathType, annotations }) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      name: 'app',
      namespace: 'default',
      annotations: Object.fromEntries(
        annotations.map(([key, value]) => [`nginx.ingress.kubernetes.io/${key}`, value]),
      ),
    },
    spec: {
      ingressClassName: 'nginx',
      rules: [
        {
          host: 'a.example',
          http: {
            paths: paths.map((one) => ({
              path: one,
              pathType,
              backend: { service: { name: 'app', port: { number: 80 } } },
            })),
          },
        },
      ],
    },
  }))

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

const httpProxy = fc
  .record({
    whole: policy,
    routes: fc.array(fc.tuple(policy, fc.array(condition, { maxLength: 1 })), { minLength: 1, maxLength: 2 }),
  })
  .map(({ whole, routes }) => ({
    apiVersion: 'projectcontour.io/v1',
    kind: 'HTTPProxy',
    metadata: { name: 'app', namespace: 'default' },
    spec: {
      virtualhost: { fqdn: 'a.example', ...whole },
      routes: routes.map(([own, conditions]) => ({
        ...own,
        ...(conditions.length > 0 && { conditions }),
        services: [{ name: 'app', port: 80 }],
      })),
    },
  }))

const manifests = fc
  .tuple(service, fc.oneof(ingress, httpProxy, httpProxy))
  .map(([one, other]) => [one, endpoints, other])

/** Who got in by the same way, or by one that holds its path. */
const before = (doors: readonly Door[], { way, where: { host, path: inside } }: Door) =>
  doors
    .filter((one) => one.way === way && one.where.host === host && isBelow(inside, one.where.path))
    .reduce((who, one) => union(who, passing(one)), nobody)

const isBelow = (inside: string | undefined, outside: string | undefined) =>
  inside === outside || (inside ?? '/').startsWith(outside?.replace(/\/?$/, '/') ?? '/')

it('no door of imported values is wider than it was', async () => {
  let accepted = 0
  await fc.assert(
    fc.asyncProperty(manifests, async (objects) => {
      const text = objects.map((one) => JSON.stringify(one)).join('\n---\n')
      const { values } = imported([{ file: 'in.yaml', text }])
      const old = doorsOf(loadAll(text)).doors
      const rendered = await render(load(values) as object).catch((error: unknown) => {
        if (error instanceof RefusedError) return undefined // Nothing is installed: all is closed.
        throw error
      })
      if (!rendered) return
      accepted++
      const wider = doorsOf(rendered.objects).doors.filter(
        (door) => !isNobody(difference(passing(door), before(old, door))),
      )
      expect(wider.length > 0 ? { wider, values } : {}).toEqual({})
    }),
    { numRuns: 60 },
  )
  expect(accepted).toBeGreaterThan(10)
}, 120_000)
