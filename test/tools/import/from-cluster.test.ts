import { expect, it } from 'vitest'
import { inputsOf } from '../../../tools/import/from-cluster.ts'

it.concurrent('of a cluster reads what may change who gets in, too: policies, and what leads the same hosts', () => {
  const versions: Record<string, string> = {
    HTTPRoute: 'gateway.networking.k8s.io/v1',
    Gateway: 'gateway.networking.k8s.io/v1',
    Ingress: 'networking.k8s.io/v1',
    SecurityPolicy: 'gateway.envoyproxy.io/v1alpha1',
    VirtualService: 'networking.istio.io/v1',
  }
  const object = (kind: string, name: string, spec: object, namespace = 'edge') => ({
    apiVersion: versions[kind] ?? 'v1',
    kind,
    metadata: { name, namespace },
    spec,
  })
  const policy = (name: string, target: string, kind = 'HTTPRoute', namespace = 'edge') =>
    object('SecurityPolicy', name, { targetRefs: [{ kind, name: target }] }, namespace)
  const route = (name: string, backend: string, hostnames: string[], namespace = 'edge') =>
    object(
      'HTTPRoute',
      name,
      { parentRefs: [{ name: 'outer' }], hostnames, rules: [{ backendRefs: [{ name: backend }] }] },
      namespace,
    )
  const led = (host: string, service: string) => ({
    ingressClassName: 'inner',
    rules: [{ host, http: { paths: [{ backend: { service: { name: service } } }] } }],
  })
  const inputs = inputsOf(
    [
      object('Service', 'app', { ports: [{ port: 80 }] }),
      route('web', 'app', ['*.example']),
      route('pods', 'pods', ['a.example'], 'other'),
      route('strange', 'pods', ['a.org']),
      object('Ingress', 'app', led('b.org', 'app')),
      object('Ingress', 'pods', led('b.org', 'pods')),
      { ...object('IngressClass', 'inner', {}), metadata: { name: 'inner' } },
      { ...object('IngressClass', 'outer', {}), metadata: { name: 'outer' } },
      policy('ours', 'web'),
      policy('theirs', 'other'),
      policy('above', 'outer', 'Gateway', 'gateways'),
      policy('elsewhere', 'web', 'HTTPRoute', 'gateways'),
      object('Gateway', 'outer', {}, 'gateways'),
      object('VirtualService', 'below', { hosts: ['*.example'] }, 'mesh'),
      object('VirtualService', 'beside', { hosts: ['*.net'] }, 'mesh'),
      object('ConfigMap', 'noise', { of: 'app' }),
      object('Deployment', 'noise', { of: 'app' }),
    ],
    'edge',
  )
  expect(inputs.map(({ file }) => file)).toEqual([
    'Service edge/app',
    'HTTPRoute edge/web',
    'Ingress edge/app',
    'HTTPRoute other/pods',
    'Ingress edge/pods',
    'IngressClass /inner',
    'Gateway gateways/outer',
    'SecurityPolicy edge/ours',
    'SecurityPolicy gateways/above',
    'VirtualService mesh/below',
  ])
})
