import { expect, it } from 'vitest'
import type { Route } from '../../../schema/generated/values.ts'
import { render } from '../../../tools/chart/render.ts'
import { app } from '../../values.ts'

const parentRefs = [{ name: 'edge', namespace: 'gateways' }]
const hostnames = ['a.example.com']
const objects = (fields: Route = {}, more: object = {}) =>
  render(app({ routes: { web: { controller: 'istio', parentRefs, hostnames, ...fields } }, ...more }))
const outside = [{ source: { notIpBlocks: ['1.2.3.4/32'] } }]

it.concurrent("a policy in the Gateway's namespace denies its hosts to all others, whatever port their Host header names", async () => {
  const { get } = await objects()
  expect(get('AuthorizationPolicy', 'app.web.of.default')).toMatchObject({
    metadata: { namespace: 'gateways' },
    spec: {
      targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'edge' }],
      action: 'DENY',
      rules: [{ from: outside, to: [{ operation: { hosts: ['a.example.com', 'a.example.com:*'] } }] }],
    },
  })
})

it.concurrent('one policy for each Gateway', async () => {
  const { list } = await objects({ parentRefs: [...parentRefs, { name: 'inner' }] })
  expect(list('AuthorizationPolicy').map(({ metadata }) => [metadata.name, metadata.namespace])).toEqual([
    ['app.web.of.default', 'gateways'],
    ['app.web.2', 'default'],
  ])
})

it.concurrent('is open to anyone', async () => {
  const { list } = await objects({}, { sourceRanges: ['0.0.0.0/0', '::/0'] })
  expect(list('AuthorizationPolicy')).toEqual([])
})
