import { expect, it } from 'vitest'
import { render } from '../../../tools/chart/render.ts'
import { app, dual } from '../../values.ts'

const slices = async (fields: object) => (await render(app(fields))).list('EndpointSlice')
const conditions = { ready: true, serving: true, terminating: false }
const many = (count: number) => Array.from({ length: count }, (_, n) => `10.0.${n >> 8}.${n & 255}`)

it.concurrent("holds App2's address and the port's target, named and protocolled as the Service's port", async () => {
  const slice = (await render(app())).get('EndpointSlice', 'app-ipv4')
  expect(slice).toMatchObject({
    addressType: 'IPv4',
    ports: [{ name: 'http', protocol: 'TCP', port: 8080 }],
    endpoints: [{ addresses: ['2.3.4.5'], conditions }],
  })
})

it.concurrent("carries its Service's name and a manager that is none of the control plane's", async () => {
  const { labels } = (await render(app())).get('EndpointSlice', 'app-ipv4').metadata ?? {}
  expect(labels).toMatchObject({
    'kubernetes.io/service-name': 'app',
    'endpointslice.kubernetes.io/managed-by': 'external-service-proxy',
    'app.kubernetes.io/name': 'external-service-proxy',
  })
})

it.concurrent('is one for each family', async () => {
  expect(await slices(dual)).toMatchObject([
    { metadata: { name: 'app-ipv4' }, addressType: 'IPv4', endpoints: [{ addresses: ['2.3.4.5'] }] },
    { metadata: { name: 'app-ipv6' }, addressType: 'IPv6', endpoints: [{ addresses: ['fd00::5'] }] },
  ])
})

it.concurrent('holds at most 1000 endpoints, one address each', async () => {
  const found = await slices({ addresses: many(2001) })
  expect(found.map(({ metadata, endpoints }) => [metadata?.name, endpoints.length])).toEqual([
    ['app-ipv4', 1000],
    ['app-ipv4-2', 1000],
    ['app-ipv4-3', 1],
  ])
  expect(found.flatMap(({ endpoints }) => endpoints.flatMap(({ addresses }) => addresses))).toEqual(
    many(2001),
  )
})

it.concurrent('leaves a drained address out', async () => {
  expect(await slices({ addresses: [{ ip: '2.3.4.5', ready: false }, { ip: '2.3.4.6' }] })).toMatchObject([
    { endpoints: [{ addresses: ['2.3.4.6'], conditions }] },
  ])
})

it.concurrent('is not there when all addresses are drained, and the Service keeps its address', async () => {
  const { objects } = await render(app({ addresses: [{ ip: '2.3.4.5', ready: false }] }))
  expect(objects.map(({ kind }) => kind)).toEqual(['Service'])
})

it.concurrent('says node and zone', async () => {
  const addresses = [{ ip: '2.3.4.5', nodeName: 'node1', zone: 'a' }]
  expect((await slices({ addresses, service: { inCluster: true } }))[0]?.endpoints).toEqual([
    { addresses: ['2.3.4.5'], conditions, nodeName: 'node1', zone: 'a' },
  ])
})

it.concurrent.each([
  ['PreferClose', { forZones: [{ name: 'a' }] }],
  ['PreferSameZone', { forZones: [{ name: 'a' }] }],
  ['PreferSameNode', { forNodes: [{ name: 'node1' }] }],
])('gives the hints without which %s would do nothing', async (trafficDistribution, hints) => {
  const addresses = [{ ip: '2.3.4.5', nodeName: 'node1', zone: 'a' }]
  expect(await slices({ addresses, service: { inCluster: true, trafficDistribution } })).toMatchObject([
    { endpoints: [{ hints }] },
  ])
})
