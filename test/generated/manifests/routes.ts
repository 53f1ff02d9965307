import { fc } from '../../fast-check.ts'
import { path, port, target } from './hosts.ts'
import type { Manifest } from './manifests.ts'
import { mostly, namespace } from './services.ts'

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

/** Routes, with what is aimed at them, and what they hang on. */
export const led = fc
  .tuple(routes, policies, fc.option(gateway, { nil: undefined }))
  .map(([some, above, hung]): Manifest[] => [...some, ...above, ...(hung ? [hung] : [])])
