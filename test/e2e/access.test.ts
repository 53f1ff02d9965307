import { readFile } from 'node:fs/promises'
import { load } from 'js-yaml'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HelmVersion } from '../../tools/chart/helm.ts'
import { app } from '../values.ts'
import { chart, cluster } from './cluster.ts'

/** The values of docs/access.md, as they are there. */
const page = await readFile('docs/access.md', 'utf8')
const [, text = ''] = /^```yaml\n(.*?)^```/ms.exec(page) ?? []
const { access } = load(text) as { access: { namespace: string; subjects: { name: string }[] } }
const user = access.subjects[0]?.name ?? ''
const { namespace } = access

/** Helm, as the one who has that Role alone. */
const deploys = (args: readonly string[], options: { version?: HelmVersion; input?: string } = {}) =>
  cluster.helm([...args, '--namespace', namespace, '--kube-as-user', user], options)
/** What the API server says of an object that the deployer writes by hand: nothing where it takes it. */
const refusalOf = async (object: object, as = ['--as', user]): Promise<string> => {
  const create = [
    'create',
    '--dry-run=server',
    '--validate=strict',
    '--namespace',
    namespace,
    ...as,
    '--filename=-',
  ]
  return cluster.kubectl(create, { input: JSON.stringify(object) }).then(
    () => '',
    (error: { stderr: string }) => error.stderr,
  )
}
const release = ['edge-access', chart, '--namespace', 'edge-access', '--values', '-']

beforeAll(async () => {
  await cluster.kubectl(['create', 'namespace', namespace])
  const args = ['upgrade', '--install', ...release, '--create-namespace']
  await cluster.helm(args, { input: JSON.stringify({ access: { ...access, addresses: ['2.3.4.0/24'] } }) })
  // A Role and a policy are in force some time after they are written: till then other words refuse, or none.
  const [outside, elsewhere] = [
    slice('9.9.9.9'),
    service({ type: 'ExternalName', externalName: 'app2.example.com' }),
  ]
  await cluster.until('both policies are in force', async () => {
    const said = [await refusalOf(outside), await refusalOf(elsewhere)]
    return (/outside of/.test(said[0] ?? '') && /ExternalName/.test(said[1] ?? '')) || undefined
  })
})
afterAll(async () => {
  await cluster.helm(['uninstall', 'edge-access', '--namespace', 'edge-access'])
  await cluster.kubectl(['delete', 'namespace', namespace, 'edge-access'])
})

const slice = (address: string, more: object = {}) => ({
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { name: 'mine', labels: { 'kubernetes.io/service-name': 'app' } },
  addressType: 'IPv4',
  ports: [{ name: 'http', port: 80 }],
  endpoints: [{ addresses: [address] }],
  ...more,
})
const service = (spec: object) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'mine' },
  spec: { ports: [{ port: 80 }], ...spec },
})
const balancer = {
  type: 'LoadBalancer',
  allocateLoadBalancerNodePorts: false,
  ipFamilies: ['IPv4'],
  ipFamilyPolicy: 'SingleStack',
}
const ranges = { loadBalancerSourceRanges: ['1.2.3.4/32'] }

describe.each<HelmVersion>(['3.17', '4.1'])('who has that Role alone, by Helm %s', (version) => {
  const values = (address: string) => ({ version, input: JSON.stringify(app({ addresses: [address] })) })

  it('installs, upgrades, rolls back and uninstalls a proxy', async () => {
    await deploys(['install', 'proxies', chart, '--values', '-'], values('2.3.4.5'))
    await deploys(['upgrade', 'proxies', chart, '--values', '-'], values('2.3.4.6'))
    const addresses = ['get', 'endpointslice', 'app-ipv4', '--namespace', namespace]
    expect(await cluster.kubectl([...addresses, '--output=jsonpath={.endpoints[*].addresses[*]}'])).toBe(
      '2.3.4.6',
    )
    await deploys(['rollback', 'proxies', '1'], { version })
    await deploys(['uninstall', 'proxies', '--wait'], { version })
    expect(
      await cluster.kubectl(['get', 'service,endpointslice', '--namespace', namespace, '--output=name']),
    ).toBe('')
  })

  it('cannot lead one elsewhere', async () => {
    const installing = deploys(['install', 'elsewhere', chart, '--values', '-'], values('9.9.9.9'))
    await expect(installing).rejects.toThrow(/an address is outside of 2\.3\.4\.0\/24/)
    await deploys(['uninstall', 'elsewhere'], { version })
  })

  it('cannot widen it', async () => {
    const input = JSON.stringify({ access: { ...access, addresses: ['0.0.0.0/0'] } })
    const widening = cluster.helm(['upgrade', ...release, '--kube-as-user', user], { version, input })
    await expect(widening).rejects.toThrow(/forbidden/)
  })
})

it.each<[string, object, RegExp]>([
  ['a slice outside of the networks', slice('2.3.5.1'), /outside of/],
  [
    'one address of two',
    slice('2.3.4.5', { endpoints: [{ addresses: ['2.3.4.5'] }, { addresses: ['2.3.5.1'] }] }),
    /outside of/,
  ],
  ['a name', slice('app2.example.com', { addressType: 'FQDN' }), /FQDN/],
  ['an ExternalName', service({ type: 'ExternalName', externalName: 'app2.example.com' }), /ExternalName/],
  ['external IPs', service({ externalIPs: ['198.51.100.7'] }), /externalIPs/],
  ['a node port', service({ type: 'NodePort' }), /node ports/],
  ['a load balancer without ranges', service(balancer), /loadBalancerSourceRanges/],
  [
    'one with ranges of a family that it is not given',
    service({ ...balancer, loadBalancerSourceRanges: ['fd00::/64'], ipFamilies: undefined }),
    /of each/,
  ],
  [
    'one that may get another family',
    service({ ...balancer, ...ranges, ipFamilyPolicy: 'PreferDualStack' }),
    /of each/,
  ],
  [
    'one with ranges of one family of two',
    service({ ...balancer, ...ranges, ipFamilies: ['IPv4', 'IPv6'], ipFamilyPolicy: 'RequireDualStack' }),
    /of each/,
  ],
  [
    'one with node ports',
    service({ ...balancer, ...ranges, allocateLoadBalancerNodePorts: true }),
    /node ports/,
  ],
  ['Endpoints', { apiVersion: 'v1', kind: 'Endpoints', metadata: { name: 'mine' } }, /forbidden/],
  [
    'an Ingress',
    { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'mine' }, spec: {} },
    /forbidden/,
  ],
])('refused by hand: %s', async (_, object, words) => {
  expect(await refusalOf(object)).toMatch(words)
})

it.each<[string, object]>([
  ['a slice within', slice('2.3.4.255')],
  ['one of no address', slice('', { endpoints: [] })],
  [
    'as many as a slice holds',
    slice('', {
      endpoints: Array.from({ length: 1000 }, (_, index) => ({ addresses: [`2.3.4.${index % 256}`] })),
    }),
  ],
  ['a load balancer with ranges', service({ ...balancer, ...ranges })],
  ['a ClusterIP', service({})],
])('taken by hand: %s', async (_, object) => {
  expect(await refusalOf(object)).toBe('')
})

it('Endpoints are held to the networks, whoever writes them', async () => {
  const endpoints = (field: string) => ({
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { name: 'mine' },
    subsets: [{ [field]: [{ ip: '9.9.9.9' }], ports: [{ port: 80 }] }],
  })
  for (const field of ['addresses', 'notReadyAddresses'])
    expect(await refusalOf(endpoints(field), [])).toMatch(/outside of/)
})
