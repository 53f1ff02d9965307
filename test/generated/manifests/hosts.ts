import { fc } from '../../fast-check.ts'
import { mostly, namespace, ranges } from './services.ts'

const host = fc.constantFrom('a.~.example', 'a.~.example', '*.~.example')
export const path = fc.constantFrom('/', '/', '/a', '/a/b', '/b')
/** A Service of pods is there, `gone` is not. */
export const target = mostly('~app', '~app2', '~pods', '~gone')
export const port = mostly(80, 81, 8080)

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
export const ingresses = fc.array(ingress, { minLength: 1, maxLength: 3 }).map((all) =>
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
export const httpProxies = fc
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
