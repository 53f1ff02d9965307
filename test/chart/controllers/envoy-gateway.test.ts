import { expect, it } from 'vitest'
import type { Backend, Route } from '../../../schema/generated/values.ts'
import { render } from '../../../tools/chart/render.ts'
import { app } from '../../values.ts'

const parentRefs = [{ name: 'edge' }]
const objects = (fields: Route = {}, backend: Backend = {}, more: object = {}) =>
  render(app({ routes: { web: { controller: 'envoy-gateway', parentRefs, ...fields } }, backend, ...more }))
const targetRefs = (kind: string) => [{ group: 'gateway.networking.k8s.io', kind, name: 'app.web' }]

// Of another name each, so that a route whose kind changes keeps its policy until it goes.
it.concurrent.each([
  ['HTTPRoute', 'app.web'],
  ['GRPCRoute', 'app.web.grpcroute'],
] as const)('a %s is held to sourceRanges by %s', async (kind, name) => {
  const { get } = await objects({ kind }, kind === 'GRPCRoute' ? { protocol: 'grpc' } : {})
  expect(get('SecurityPolicy', name).spec).toEqual({
    targetRefs: targetRefs(kind),
    authorization: {
      defaultAction: 'Deny',
      rules: [{ action: 'Allow', principal: { clientCIDRs: ['1.2.3.4/32'] } }],
    },
  })
})

it.concurrent('is open to anyone', async () => {
  const { list } = await objects({}, {}, { sourceRanges: ['0.0.0.0/0', '::/0'], addresses: ['fd00::5'] })
  expect(list('SecurityPolicy')).toEqual([])
})

it.concurrent('the policies are in the namespace of the route', async () => {
  const { get } = await objects({ namespace: 'edge' }, { timeouts: { connect: '1s' } })
  for (const kind of ['SecurityPolicy', 'BackendTrafficPolicy'] as const)
    expect(get(kind, 'app.web.of.default').metadata.namespace).toBe('edge')
})

it.concurrent('the connect timeout', async () => {
  const { get } = await objects({}, { timeouts: { connect: '2s', request: '9s' } })
  expect(get('BackendTrafficPolicy', 'app.web').spec).toEqual({
    targetRefs: targetRefs('HTTPRoute'),
    timeout: { tcp: { connectTimeout: '2s' } },
  })
})

it.concurrent("a GRPCRoute's request timeout, for which it has no field", async () => {
  const { get } = await objects({ kind: 'GRPCRoute' }, { protocol: 'grpc', timeouts: { request: '9s' } })
  expect(get('BackendTrafficPolicy', 'app.web.grpcroute').spec).toMatchObject({
    timeout: { http: { requestTimeout: '9s' } },
  })
})

it.concurrent('health checks', async () => {
  const backend = { host: 'app2.example.com', healthCheck: { path: '/healthz', interval: '2s' } }
  const { get } = await objects({}, backend)
  expect(get('BackendTrafficPolicy', 'app.web').spec).toEqual({
    targetRefs: targetRefs('HTTPRoute'),
    healthCheck: {
      panicThreshold: 0,
      active: {
        type: 'HTTP',
        interval: '2s',
        timeout: '2s',
        unhealthyThreshold: 1,
        healthyThreshold: 1,
        http: { path: '/healthz', hostname: 'app2.example.com' },
      },
    },
  })
})

it.concurrent('no policy where nothing is asked, nor where bytes are carried', async () => {
  const made = await Promise.all([
    objects(),
    objects({ kind: 'TCPRoute' }, { timeouts: { connect: '2s' } }, { sourceRanges: ['0.0.0.0/0', '::/0'] }),
  ])
  expect(made.map(({ list }) => list('BackendTrafficPolicy'))).toEqual([[], []])
})
