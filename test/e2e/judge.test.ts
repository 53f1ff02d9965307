import { readFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { loadAll } from 'js-yaml'
import { afterEach, describe, expect, it } from 'vitest'
import { apply } from '../../tools/cluster/control-plane/kubectl.ts'
import { urlHost } from '../../tools/cluster/machines/request.ts'
import { nodeNames } from '../../tools/cluster/network/nodes.ts'
import { familyOf, intersection, isNobody, whoOf } from '../../tools/doors/cidr.ts'
import { type Door, passing } from '../../tools/doors/door.ts'
import { doorsOf } from '../../tools/doors/doors.ts'
import { clusterObjects } from '../../tools/sources/cluster.ts'
import { answeredBy, cluster } from './cluster.ts'

const clients = [
  { machine: 'app1', address: '1.2.3.4' },
  { machine: 'app1', address: '2001:db8:1::4' },
  { machine: 'intruder', address: '203.0.113.66' },
  { machine: 'intruder', address: '2001:db8:bad::66' },
]
type Client = (typeof clients)[number]
const [node = 'node1'] = nodeNames

/** Where a client knocks at a door, and by which address of the door; nowhere, if it has none of the client's family. */
function knocks({ way, where }: Door, client: Client): { url: string; resolve?: string }[] {
  const mine = (addresses: readonly string[] = []) =>
    addresses.filter((one) => isIP(one) === isIP(client.address))
  const { ipv4, ipv6 } = cluster.addressing.node(node).front
  if (way === 'node port')
    return mine([ipv4, ipv6]).map((one) => ({ url: `http://${urlHost(one)}:${where.nodePort}/` }))
  if (where.host)
    return mine(cluster.ingressAddresses).map((resolve) => ({
      url: `http://${where.host}${where.path}`,
      resolve,
    }))
  return mine(where.addresses).map((one) => ({ url: `http://${urlHost(one)}:${where.port}/` }))
}

/** Knocks at every door of the Service as every client, and holds what the judge says against what is seen. */
async function agreed(): Promise<string[]> {
  const { objects } = await clusterObjects(cluster.kubectl)
  const doors = doorsOf(objects, { live: true }).doors.filter(
    ({ service }) => service === 'default/myapp-proxy',
  )
  const rows = doors.flatMap((door) =>
    clients.flatMap((client) => knocks(door, client).map((knock) => ({ door, client, ...knock }))),
  )
  const letsIn = ({ door, client }: (typeof rows)[number]) =>
    !isNobody(intersection(passing(door), whoOf([client.address]).who))
  const knock = ({ client: { machine, address: from }, url, resolve }: (typeof rows)[number]) =>
    cluster.machine(machine).http(url, { from, seconds: 1, ...(resolve && { resolve }) })
  // Each door leads to App2 some time after it is written: till then a refusal says nothing.
  for (const row of rows.filter(letsIn)) await answeredBy('app2', () => knock(row))
  for (const row of rows.filter((one) => !letsIn(one)))
    expect([row, await knock(row)]).toEqual([row, expect.not.objectContaining({ echo: expect.anything() })])
  return rows.map((row) => {
    const { door, client } = row
    return `${client.machine} by ${familyOf(client.address)} ${door.way}: ${letsIn(row) ? 'in' : 'out'}`
  })
}

/** A route to a ClusterIP by a node, as a host has that is on the nodes' network. */
async function routed(act: 'replace' | 'del', addresses: readonly string[]): Promise<void> {
  const { ipv4, ipv6 } = cluster.addressing.node(node).front
  const commands = addresses.map(
    (one) => `route ${act} ${one} via ${isIP(one) === 4 ? ipv4 : ipv6} dev eth0 onlink`,
  )
  await Promise.all(['app1', 'intruder'].map((machine) => cluster.machine(machine).ip(commands)))
}

/** Applies the original with other fields of its Service, for as long as it takes. */
async function withOriginal<T>(spec: object, more: object[], act: () => Promise<T>): Promise<T> {
  const text = await readFile('test/tools/doors/fixtures/original.yaml', 'utf8')
  const objects = (loadAll(text) as { kind: string; spec?: object }[]).map((object) => {
    if (object.kind === 'Service') return { ...object, spec: { ...object.spec, ...spec } }
    return object.kind === 'Ingress'
      ? { ...object, spec: { ...object.spec, ingressClassName: 'contour' } }
      : object
  })
  const wanted = 'ipFamilyPolicy' in spec ? 2 : 1
  await apply(cluster.kubectl, [...objects, ...more])
  const service = await cluster.until('the load balancer has its addresses', async () => {
    const found = JSON.parse(await cluster.kubectl(['get', 'service', 'myapp-proxy', '--output=json']))
    return found.status.loadBalancer.ingress?.length === wanted ? found : undefined
  })
  const clusterIPs: string[] = service.spec.clusterIPs
  await routed('replace', clusterIPs)
  const [first] = cluster.ingressAddresses
  try {
    await cluster.until('App2 answers by the Ingress', async () => {
      const outcome = await cluster
        .machine('app1')
        .http('http://myapp-proxy.somehost.net/', { from: '1.2.3.4', ...(first && { resolve: first }) })
      return 'echo' in outcome && outcome.echo ? outcome : undefined
    })
    return await act()
  } finally {
    await routed('del', clusterIPs)
  }
}

afterEach(async () => {
  await cluster.kubectl([
    'delete',
    'service,endpoints,ingress,endpointslice',
    'myapp-proxy',
    '--ignore-not-found',
  ])
})

describe('the judge is held to packets, on the proxy as blogs print it', () => {
  it('the load balancer is held; node port, ClusterIP and Ingress are open to anyone', async () => {
    const seen = await withOriginal({}, [], agreed)
    const intruder = seen.filter((line) => line.startsWith('intruder by IPv4'))
    expect(intruder.sort()).toEqual([
      'intruder by IPv4 ClusterIP: in',
      'intruder by IPv4 Ingress: in',
      'intruder by IPv4 load balancer: out',
      'intruder by IPv4 node port: in',
    ])
  })

  it('dual-stack with an IPv4 range alone is open by IPv6', async () => {
    const slice = {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: {
        name: 'myapp-proxy',
        namespace: 'default',
        labels: { 'kubernetes.io/service-name': 'myapp-proxy' },
      },
      addressType: 'IPv6',
      ports: [{ name: '', port: 8080 }],
      endpoints: [{ addresses: ['2001:db8:2::5'] }],
    }
    const spec = { ipFamilyPolicy: 'RequireDualStack', ipFamilies: ['IPv4', 'IPv6'] }
    const seen = await withOriginal(spec, [slice], agreed)
    expect(seen).toContain('intruder by IPv4 load balancer: out')
    expect(seen).toContain('intruder by IPv6 load balancer: in')
  })
})
