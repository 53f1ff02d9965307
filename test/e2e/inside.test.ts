import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apply } from '../../tools/cluster/control-plane/kubectl.ts'
import { urlHost } from '../../tools/cluster/machines/request.ts'
import { loadBalancerAddresses } from '../../tools/prove/places.ts'
import { app } from '../values.ts'
import { addressesOf, cluster, installed, uninstall } from './cluster.ts'

/** Its Envoy is a pod of the pods' own network. */
const gateway = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'Gateway',
  metadata: { name: 'inside', namespace: 'default' },
  spec: {
    gatewayClassName: 'envoy-gateway',
    listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }],
  },
}

describe('who stands in the cluster, at the address of a load balancer', () => {
  let pod = ''
  beforeAll(async () => {
    await apply(cluster.kubectl, [gateway])
    await addressesOf('inside')
    const query = [
      'get',
      'pods',
      '--namespace=envoy-gateway-system',
      '--selector=gateway.envoyproxy.io/owning-gateway-name=inside',
      '--output=jsonpath={.items[?(@.status.phase=="Running")].metadata.name}',
    ]
    // Its network is there when it runs, which may be after the Gateway has its addresses.
    pod = await cluster.until('its pod runs', async () => (await cluster.kubectl(query)) || undefined)
  })
  afterAll(async () => {
    await uninstall()
    await cluster.kubectl(['delete', 'gateway', 'inside'])
  })

  /** Waits until those of them, and no other, get in with these ranges beside App1's, by either family. */
  async function letIn(ranges: readonly string[], expected: readonly string[]): Promise<void> {
    const sourceRanges = ['1.2.3.4/32', '2001:db8:1::4/128', ...ranges]
    const values = app({ addresses: ['2.3.4.5', '2001:db8:2::5'], sourceRanges })
    const addresses = loadBalancerAddresses(await installed(values, { addresses: 2 }))
    const machines = { App1: 'app1', pod, node1: 'node1', node2: 'node2', intruder: 'intruder' }
    const knock = async ([who, machine]: [string, string], address: string) => {
      const seconds = expected.includes(who) ? 5 : 0.5
      const outcome = await cluster.machine(machine).http(`http://${urlHost(address)}/`, { seconds })
      if ('echo' in outcome) return [who]
      return 'failure' in outcome && outcome.failure === 'timed out' ? [] : [`${who}: no silence`]
    }
    await cluster.until(`${expected} get in, and no other`, async () => {
      const in4and6 = await Promise.all(
        addresses.map((address) =>
          Promise.all(Object.entries(machines).map((machine) => knock(machine, address))),
        ),
      )
      for (const found of in4and6) expect(found.flat()).toEqual(expected)
      return true
    })
  }

  // From the widest on, so that each who is out was in before.
  it('is held to the ranges as anybody else, by their own addresses', async () => {
    const { pods, node } = cluster.addressing
    const { ipv4, ipv6 } = node('node1').front
    const ofPods = Object.values(pods)
    await letIn([...ofPods, `${ipv4}/32`, `${ipv6}/128`], ['App1', 'pod', 'node1'])
    await letIn(ofPods, ['App1', 'pod'])
    await letIn([], ['App1'])
  })
})
