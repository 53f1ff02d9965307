import { expect, it } from 'vitest'
import type { Backend, Ingress } from '../../../schema/generated/values.ts'
import { render } from '../../../tools/chart/render.ts'
import { app, dual } from '../../values.ts'

/** The annotations of the Ingress, without their common prefix. */
async function annotations(backend: Backend = {}, fields: object = {}) {
  const ingress: Ingress = { controller: 'nginx', className: 'nginx', hosts: ['a.example.com'] }
  const { get } = await render(app({ ingress, backend, ...fields }))
  const all = Object.entries(get('Ingress', 'app').metadata?.annotations ?? {})
  return Object.fromEntries(
    all.map(([key, value]) => [key.replace('nginx.ingress.kubernetes.io/', ''), value]),
  )
}
const held = { 'whitelist-source-range': '1.2.3.4/32' }
const host = 'app2.example.com'

it.concurrent('is held to sourceRanges, of both families', async () => {
  const [ofOne, ofBoth] = await Promise.all([annotations(), annotations({}, dual)])
  expect(ofOne).toEqual(held)
  expect(ofBoth).toEqual({ 'whitelist-source-range': '1.2.3.4/32,fd00::/64' })
})

it.concurrent('is open to anyone', async () => {
  expect(await annotations({}, { sourceRanges: ['0.0.0.0/0', '::/0'] })).toEqual({})
})

it.concurrent.each<[string, Backend, object]>([
  ['its Host header', { host }, { 'upstream-vhost': host }],
  ['gRPC', { protocol: 'grpc' }, { 'backend-protocol': 'GRPC' }],
  [
    'TLS that nobody verifies',
    { protocol: 'https', tls: { insecureSkipVerify: true } },
    { 'backend-protocol': 'HTTPS' },
  ],
  [
    'its certificate, by CA and name, which are off by default',
    { protocol: 'https', tls: { caSecret: 'ca', serverName: 'a.b' } },
    {
      'backend-protocol': 'HTTPS',
      'proxy-ssl-secret': 'default/ca',
      'proxy-ssl-verify': 'on',
      'proxy-ssl-verify-depth': '5',
      'proxy-ssl-name': 'a.b',
      'proxy-ssl-server-name': 'on',
    },
  ],
  [
    'timeouts, in whole seconds',
    { timeouts: { connect: '500ms', request: '1m30s' } },
    { 'proxy-connect-timeout': '1', 'proxy-read-timeout': '90', 'proxy-send-timeout': '90' },
  ],
])('speaks to App2 as backend says: %s', async (_, backend, expected) => {
  expect(await annotations(backend)).toEqual({ ...held, ...expected })
})
