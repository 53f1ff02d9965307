import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Proxy as ProxyValues, Route, Values } from '../../../schema/generated/values.ts'
import { acceptedAt } from '../../../tools/cluster/machines/accepted.ts'
import { loadBalancerAddresses } from '../../../tools/prove/places.ts'
import { addressesOf, cluster, installed, uninstall } from '../cluster.ts'
import { unchecked } from '../proof/unchecked.ts'
import { app2, prepare } from './cases.ts'

const proxy = (port: number, targetPort: number, fields: ProxyValues): ProxyValues => ({
  addresses: ['2.3.4.5'],
  ports: { main: { port, targetPort } },
  sourceRanges: ['0.0.0.0/0', '::/0'],
  service: { type: 'ClusterIP', inCluster: false },
  ...fields,
})
const greeting = { asked: 8126, port: 8125 }
const route: Route = { controller: 'envoy-gateway', parentRefs: [{ name: 'layer-4' }] }
const values: Values = {
  gateways: {
    'layer-4': {
      className: 'envoy-gateway',
      listeners: {
        tls: { port: 8443, protocol: 'TLS' },
        tcp: { port: 9000, protocol: 'TCP' },
        greeting: { port: 9025, protocol: 'TCP' },
        udp: { port: 5353, protocol: 'UDP' },
      },
    },
  },
  proxies: {
    tls: proxy(443, app2.tls, { routes: { r: { ...route, kind: 'TLSRoute', hostnames: [app2.name] } } }),
    // The chart refuses these two: here they are as it would write them, each with a SecurityPolicy.
    tcp: proxy(80, app2.http, {
      sourceRanges: ['1.2.3.4/32'],
      routes: { r: { ...route, kind: 'TCPRoute', parentRefs: [{ name: 'layer-4', sectionName: 'tcp' }] } },
    }),
    greeting: proxy(25, greeting.port, {
      sourceRanges: ['1.2.3.4/32'],
      routes: {
        r: { ...route, kind: 'TCPRoute', parentRefs: [{ name: 'layer-4', sectionName: 'greeting' }] },
      },
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
    await cluster.startEcho({ machine: 'app2', tcp: [greeting.asked], greeting: [greeting.port], udp: [] })
    await cluster.helm(['install', 'layer-4', unchecked, '--values', '-'], { input: JSON.stringify(values) })
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

  describe('a TCPRoute with a SecurityPolicy', () => {
    const intruder = cluster.machine('intruder')
    /** How many connections App2 accepts in the meantime. */
    async function accepts(asked: number, port: number, act: () => Promise<void>): Promise<number> {
      const count = async () => (await acceptedAt(cluster.machine('app2'), asked, port)).length
      const before = await count()
      await act()
      return (await count()) - before
    }

    it('refuses the intruder who speaks first, after App2 has accepted his connection', async () => {
      const asked = { protocol: 'http', address, port: 9000 } as const
      await cluster.until('App2 answers', async () => 'echo' in (await app1.send(asked)) || undefined)
      const tries = async () => {
        for (let tried = 0; tried < 5; tried++)
          expect(await intruder.send(asked)).toMatchObject({ failure: 'refused' })
      }
      // On a busy machine he may be refused before App2 has heard of him: not of all five, time after time.
      await cluster.until('App2 accepts all five', async () => {
        return (await accepts(app2.http, app2.http, tries)) === 5 || undefined
      })
    })

    it('lets App2 greet the intruder who says nothing', async () => {
      const asked = { protocol: 'tcp', address, port: 9025 } as const
      await cluster.until('App2 greets', async () => 'status' in (await app1.send(asked)) || undefined)
      const accepted = await accepts(greeting.asked, greeting.port, async () => {
        for (let tried = 0; tried < 5; tried++)
          expect(await intruder.send(asked)).toMatchObject({
            body: expect.stringMatching(/^220 hello from app2 /),
          })
      })
      expect(accepted).toBe(5)
    })
  })

  it('a load balancer of the same ports refuses him, and App2 accepts nothing of his', async () => {
    const { greeting: held } = values.proxies ?? {}
    const service = await installed({ proxies: { app: { ...held, service: {}, routes: {} } } })
    const [at = ''] = loadBalancerAddresses(service)
    const asked = { protocol: 'tcp', address: at, port: 25, seconds: 0.5 } as const
    await cluster.until('App2 greets', async () => 'status' in (await app1.send(asked)) || undefined)
    const accepted = () => acceptedAt(cluster.machine('app2'), greeting.asked, greeting.port)
    const before = (await accepted()).length
    for (let tried = 0; tried < 5; tried++)
      expect(await cluster.machine('intruder').send(asked)).toHaveProperty('failure')
    expect(await accepted()).toHaveLength(before)
    await uninstall()
  })

  it('a UDPRoute carries datagrams', async () => {
    const asked = { protocol: 'udp', address, port: 5353, seconds: 0.5 } as const
    await cluster.until('App2 answers', async () => 'echo' in (await app1.send(asked)) || undefined)
  })
})
