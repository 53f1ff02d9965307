import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Proxy as ProxyValues, Route, Values } from '../../../schema/generated/values.ts'
import { chart } from '../../../tools/chart/render.ts'
import { addressesOf, cluster } from '../cluster.ts'
import { app2, prepare } from './cases.ts'

const proxy = (port: number, targetPort: number, fields: ProxyValues): ProxyValues => ({
  addresses: ['2.3.4.5'],
  ports: { main: { port, targetPort } },
  sourceRanges: ['0.0.0.0/0'],
  service: { type: 'ClusterIP', inCluster: false },
  ...fields,
})
const route: Route = { controller: 'envoy-gateway', parentRefs: [{ name: 'layer-4' }] }
const values: Values = {
  gateways: {
    'layer-4': {
      className: 'envoy-gateway',
      listeners: {
        tls: { port: 8443, protocol: 'TLS' },
        tcp: { port: 9000, protocol: 'TCP' },
        udp: { port: 5353, protocol: 'UDP' },
      },
    },
  },
  proxies: {
    tls: proxy(443, app2.tls, { routes: { r: { ...route, kind: 'TLSRoute', hostnames: [app2.name] } } }),
    tcp: proxy(80, app2.http, {
      sourceRanges: ['1.2.3.4/32'],
      routes: { r: { ...route, kind: 'TCPRoute' } },
    }),
    udp: proxy(53, app2.http, {
      ports: { main: { port: 53, targetPort: app2.http, protocol: 'UDP' } },
      routes: { r: { ...route, kind: 'UDPRoute' } },
    }),
  },
}

describe('routes that carry bytes, by Envoy Gateway', () => {
  let address = ''
  let ca = ''
  beforeAll(async () => {
    ca = await prepare()
    await cluster.helm(['install', 'layer-4', chart, '--values', '-'], { input: JSON.stringify(values) })
    ;[address = ''] = await addressesOf('layer-4')
  })
  afterAll(() => cluster.helm(['uninstall', 'layer-4', '--wait']))
  const app1 = cluster.machine('app1')

  it('a TLSRoute passes TLS on: App1 is shown the certificate of App2 itself', async () => {
    const asked = { protocol: 'https', address, port: 8443, host: app2.name, ca } as const
    const outcome = await cluster.until('App2 answers', async () => {
      const found = await app1.send(asked)
      return 'echo' in found ? found : undefined
    })
    expect(outcome).toMatchObject({
      echo: { machine: 'app2', serverName: app2.name },
      certificate: { subject: `CN=${app2.name}` },
    })
    expect(await app1.send({ ...asked, host: 'other.example.net' })).toHaveProperty('failure')
  })

  it('a TCPRoute lets App1 through, and drops the connection of the intruder', async () => {
    const asked = { protocol: 'http', address, port: 9000 } as const
    await cluster.until('App2 answers', async () => 'echo' in (await app1.send(asked)) || undefined)
    expect(await cluster.machine('intruder').send(asked)).toMatchObject({ failure: 'refused' })
  })

  it('a UDPRoute carries datagrams', async () => {
    const asked = { protocol: 'udp', address, port: 5353, seconds: 0.5 } as const
    await cluster.until('App2 answers', async () => 'echo' in (await app1.send(asked)) || undefined)
  })
})
