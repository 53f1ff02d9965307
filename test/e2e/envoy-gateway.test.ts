import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { urlHost } from '../../tools/cluster/machines/request.ts'
import { nodes } from '../../tools/cluster/network/nodes.ts'
import { addressesOf, answeredBy, cluster } from './cluster.ts'

const objects = 'test/e2e/fixtures/gateway.yaml'
const policy = 'test/e2e/fixtures/gateway-policy.yaml'

/** Waits until a Gateway's Envoy runs, and gives the Gateway's addresses. */
async function programmed(gateway: string): Promise<string[]> {
  await cluster.until(`${gateway} is programmed`, async () => {
    const path = '--output=jsonpath={.status.conditions[?(@.type=="Programmed")].status}'
    return (await cluster.kubectl(['get', 'gateway', gateway, path])) === 'True' || undefined
  })
  return addressesOf(gateway)
}

describe('a Gateway of class envoy-gateway', () => {
  let ipv4 = ''
  let ipv6 = ''
  beforeAll(async () => {
    await cluster.kubectl(['apply', '--validate=false', '--filename', objects])
    const addresses = await programmed('edge')
    ;[ipv4 = '', ipv6 = ''] = addresses
    for (const address of addresses) {
      await answeredBy('app2', () => cluster.machine('app1').http(`http://${urlHost(address)}/`))
    }
  })
  afterAll(() => cluster.kubectl(['delete', '--ignore-not-found', '--filename', objects]))

  it.for([
    { who: 'app1', family: 'IPv4', from: '1.2.3.4' },
    { who: 'app1', family: 'IPv6', from: '2001:db8:1::4' },
    { who: 'intruder', family: 'IPv4', from: '1.2.3.5' },
    { who: 'intruder', family: 'IPv6', from: '2001:db8:bad::66' },
  ])('Envoy sees the own address of $who by $family', async ({ who, family, from }) => {
    const address = family === 'IPv4' ? ipv4 : ipv6
    const outcome = await cluster.machine(who).send({ protocol: 'http', address, port: 80, from })
    expect(outcome).toMatchObject({ echo: { machine: 'app2', headers: { 'x-forwarded-for': from } } })
  })

  it.for(['http', 'udp'] as const)(
    'a port below 1024 carries %s by a route of that layer',
    async (protocol) => {
      await answeredBy('app2', () =>
        cluster.machine('app1').send({ protocol, address: ipv4, port: 53, seconds: 1 }),
      )
    },
  )

  it('another one has an Envoy and addresses of its own, as long as it is there', async () => {
    const gateway = JSON.parse(await cluster.kubectl(['get', 'gateway', 'edge', '--output=json']))
    const other = { ...gateway, metadata: { name: 'other' }, status: undefined }
    await cluster.kubectl(['apply', '--validate=false', '--filename=-'], { input: JSON.stringify(other) })
    const [address = ''] = await programmed('other')
    expect(address).not.toBe(ipv4)
    const { http } = cluster.machine('app1')
    await cluster.until('its Envoy answers', async () => {
      const outcome = await http(`http://${address}/`)
      return ('status' in outcome && outcome.status === 404) || undefined // It has no routes.
    })
    await cluster.kubectl(['delete', 'gateway', 'other'])
    await cluster.until('its Envoy is gone', async () => {
      const outcome = await http(`http://${address}/`, { seconds: 0.5 })
      const { stdout } = await execa('ip', ['netns'])
      return ('failure' in outcome && !stdout.includes('envoy-default-other')) || undefined
    })
    expect(await http(`http://${ipv4}/`)).toMatchObject({ status: 200 })
  })

  describe('with a SecurityPolicy on the HTTPRoute', () => {
    beforeAll(async () => {
      await cluster.kubectl(['apply', '--validate=false', '--filename', policy])
      await intruderGets(403)
    })
    afterAll(async () => {
      await cluster.kubectl(['delete', '--ignore-not-found', '--filename', policy])
      await intruderGets(200)
    })
    const intruderGets = (status: number) =>
      cluster.until(`the intruder gets ${status}`, async () => {
        const outcome = await cluster.machine('intruder').http(`http://${ipv4}/`)
        return ('status' in outcome && outcome.status === status) || undefined
      })

    it.for(['IPv4', 'IPv6'])('App1 gets through and the intruder does not, by %s', async (family) => {
      const url = `http://${urlHost(family === 'IPv4' ? ipv4 : ipv6)}/`
      expect(await cluster.machine('app1').http(url)).toMatchObject({ echo: { machine: 'app2' } })
      const refused = { status: 403, body: 'RBAC: access denied' }
      expect(await cluster.machine('intruder').http(url)).toMatchObject(refused)
    })

    it('a list that holds the nodes lets him in by the ClusterIP of the Envoy', async () => {
      const clientCIDRs = ['198.0.0.0/8', '1.2.3.4/32']
      const rules = [{ action: 'Allow', principal: { clientCIDRs } }]
      const patch = JSON.stringify({ spec: { authorization: { rules } } })
      await cluster.kubectl(['patch', 'securitypolicy', 'web', '--type=merge', '--patch', patch])
      const query = '--output=jsonpath={.items[0].spec.clusterIP}'
      const owned = '--selector=gateway.envoyproxy.io/owning-gateway-name=edge'
      const address = await cluster.kubectl([
        'get',
        'services',
        '--namespace=envoy-gateway-system',
        owned,
        query,
      ])
      let sourcePort = nodes.node2.sourcePorts.first
      await cluster.until('App2 answers the intruder', async () => {
        const from = { port: 80, sourcePort: sourcePort++, seconds: 0.5 }
        const outcome = await cluster.machine('intruder').send({ protocol: 'http', address, ...from })
        return 'echo' in outcome || undefined
      })
      expect(await cluster.machine('intruder').http(`http://${ipv4}/`)).toMatchObject({ status: 403 })
      await cluster.kubectl(['apply', '--validate=false', '--filename', policy])
    })

    it('a forged X-Forwarded-For does not let the intruder in', async () => {
      const headers = { 'X-Forwarded-For': '1.2.3.4' }
      expect(await cluster.machine('intruder').http(`http://${ipv4}/`, { headers })).toMatchObject({
        status: 403,
      })
    })
  })
})

it('Envoy Gateway has no more rights than its own', async () => {
  const as = '--as=system:serviceaccount:envoy-gateway-system:envoy-gateway'
  const may = (...args: string[]) =>
    cluster
      .kubectl(['auth', 'can-i', ...args, '--namespace=default', as])
      .catch((error: { stdout: string }) => error.stdout)
  expect(await may('update', 'gateways.gateway.networking.k8s.io', '--subresource=status')).toBe('yes')
  expect(await may('create', 'services')).toBe('no')
})
