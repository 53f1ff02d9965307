import { expect, it } from 'vitest'
import { render } from '../../../tools/chart/render.ts'

const http = { port: 80, protocol: 'HTTP' }
const allowedRoutes = { namespaces: { from: 'Same' } }

it.concurrent('a Gateway with its listeners', async () => {
  const { get } = await render({
    namePrefix: 'a-',
    gateways: {
      edge: {
        className: 'eg',
        addresses: ['198.51.100.7'],
        listeners: {
          http: { ...http, hostname: '*.example.com', allowedRoutes: 'All' },
          tls: { port: 8443, protocol: 'TLS' },
        },
      },
    },
  })
  expect(get('Gateway', 'a-edge').spec).toEqual({
    gatewayClassName: 'eg',
    addresses: [{ type: 'IPAddress', value: '198.51.100.7' }],
    listeners: [
      { name: 'http', ...http, hostname: '*.example.com', allowedRoutes: { namespaces: { from: 'All' } } },
      { name: 'tls', port: 8443, protocol: 'TLS', tls: { mode: 'Passthrough' }, allowedRoutes },
    ],
  })
})

it.concurrent('a ListenerSet adds to a Gateway', async () => {
  const { get } = await render({
    gateways: {
      mine: { kind: 'ListenerSet', parentRef: { name: 'edge', namespace: 'edge' }, listeners: { http } },
    },
  })
  expect(get('ListenerSet', 'mine').spec).toEqual({
    parentRef: { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'edge', namespace: 'edge' },
    listeners: [{ name: 'http', ...http, allowedRoutes }],
  })
})

it.concurrent('a certificate of cert-manager', async () => {
  const https = { port: 443, protocol: 'HTTPS', hostname: 'a.b', tls: { secretName: 'edge-tls' } }
  const { get } = await render({
    gateways: { edge: { className: 'eg', issuer: { name: 'letsencrypt' }, listeners: { https } } },
  })
  const { metadata, spec } = get('Gateway', 'edge')
  expect(metadata.annotations).toEqual({ 'cert-manager.io/cluster-issuer': 'letsencrypt' })
  expect(spec).toMatchObject({
    listeners: [
      { tls: { mode: 'Terminate', certificateRefs: [{ group: '', kind: 'Secret', name: 'edge-tls' }] } },
    ],
  })
})

it.concurrent('a certificate of another namespace, with the ReferenceGrant there', async () => {
  const listener = (port: number) => ({
    port,
    protocol: 'HTTPS',
    tls: { secretName: 'edge-tls', secretNamespace: 'certificates' },
  })
  const { get } = await render({
    gateways: { edge: { className: 'eg', listeners: { a: listener(443), b: listener(8443) } } },
  })
  expect(get('Gateway', 'edge').spec).toMatchObject({
    listeners: [443, 8443].map((port) => ({
      port,
      tls: { certificateRefs: [{ name: 'edge-tls', namespace: 'certificates' }] },
    })),
  })
  expect(get('ReferenceGrant', 'edge.gateway.of.default')).toMatchObject({
    metadata: { namespace: 'certificates' },
    spec: {
      from: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace: 'default' }],
      to: [{ group: '', kind: 'Secret', name: 'edge-tls' }],
    },
  })
})

it.concurrent('one that is not enabled is not there', async () => {
  const { objects } = await render({ gateways: { edge: { enabled: false } } })
  expect(objects).toEqual([])
})

it.concurrent('certificates of more names than one ReferenceGrant takes, in two', async () => {
  const listeners = Object.fromEntries(
    Array.from({ length: 17 }, (_, index) => [
      `https${index}`,
      {
        port: 443,
        protocol: 'HTTPS',
        hostname: `h${index}.example.com`,
        tls: { secretName: `tls${index}`, secretNamespace: 'certificates' },
      },
    ]),
  )
  const { list } = await render({ gateways: { edge: { className: 'eg', listeners } } })
  expect(
    list('ReferenceGrant').map(({ metadata, spec }) => [metadata.name, (spec as { to: object[] }).to.length]),
  ).toEqual([
    ['edge.gateway.of.default', 16],
    ['edge.gateway.of.default.2', 1],
  ])
})

it.concurrent('a label that is cut ends in no sign', async () => {
  const listeners = { http: { port: 80, protocol: 'HTTP' } }
  const { list } = await render({
    namePrefix: 'abcdefghij-abcdefghij-abcdefghij-abcde-',
    gateways: { 'abcdefghij-abcdefghij----more': { className: 'eg', listeners } },
  })
  expect(list('Gateway')[0]?.metadata.labels?.['app.kubernetes.io/component']).toBe(
    'abcdefghij-abcdefghij-abcdefghij-abcde-abcdefghij-abcdefghij',
  )
})

it.concurrent("a Gateway allows the ListenerSets of the same values, since Kubernetes' default is none", async () => {
  const listeners = { http }
  const { get } = await render({
    gateways: {
      edge: { className: 'eg', listeners },
      mine: { kind: 'ListenerSet', parentRef: { name: 'edge' }, listeners: { other: { ...http, port: 81 } } },
    },
  })
  expect(get('Gateway', 'edge').spec).toMatchObject({ allowedListeners: { namespaces: { from: 'Same' } } })
})
