import { expect, it } from 'vitest'
import type { Backend, Ingress } from '../../../schema/generated/values.ts'
import { render } from '../../../tools/chart/render.ts'
import { app, dual } from '../../values.ts'

/** The annotations of the Ingress, without their common prefix. */
async function annotations(backend: Backend = {}, fields: object = {}) {
  const ingress: Ingress = { controller: 'haproxy', className: 'haproxy', hosts: ['a.example.com'] }
  const { get } = await render(app({ ingress, backend, ...fields }))
  const all = Object.entries(get('Ingress', 'app').metadata?.annotations ?? {})
  return Object.fromEntries(all.map(([key, value]) => [key.replace('haproxy.org/', ''), value]))
}
const held = { 'allow-list': '1.2.3.4/32', whitelist: '1.2.3.4/32' }

it.concurrent('is held to sourceRanges, under the old name and the new', async () => {
  const [ofOne, ofBoth] = await Promise.all([annotations(), annotations({}, dual)])
  expect(ofOne).toEqual(held)
  const both = '1.2.3.4/32,fd00::/64'
  expect(ofBoth).toEqual({ 'allow-list': both, whitelist: both })
})

it.concurrent('is open to anyone', async () => {
  expect(await annotations({}, { sourceRanges: ['0.0.0.0/0', '::/0'] })).toEqual({})
})

it.concurrent.each<[string, Backend, object]>([
  ['its Host header', { host: 'a.b' }, { 'set-host': 'a.b' }],
  ['HTTP/2 in clear', { protocol: 'h2c' }, { 'server-proto': 'h2' }],
  ['gRPC', { protocol: 'grpc' }, { 'server-proto': 'h2' }],
  [
    'TLS that nobody verifies',
    { protocol: 'https', tls: { insecureSkipVerify: true } },
    { 'server-ssl': 'true' },
  ],
  ['the request timeout', { timeouts: { request: '1m30s' } }, { 'timeout-server': '90000ms' }],
  [
    'health checks',
    { healthCheck: { path: '/healthz', interval: '2s' } },
    { check: 'true', 'check-http': 'GET /healthz', 'check-interval': '2000ms' },
  ],
])('speaks to App2 as backend says: %s', async (_, backend, expected) => {
  expect(await annotations(backend)).toEqual({ ...held, ...expected })
})
