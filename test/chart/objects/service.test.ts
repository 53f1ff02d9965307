import type { ServiceSpec } from 'kubernetes-types/core/v1.d.ts'
import { describe, expect, it } from 'vitest'
import { render } from '../../../tools/chart/render.ts'
import { app, contour, dual } from '../../values.ts'

const service = async (fields: object = {}, root: object = {}) =>
  (await render({ ...root, ...app(fields) })).get('Service', 'app')
const spec = async (fields: object = {}, root: object = {}): Promise<ServiceSpec> =>
  (await service(fields, root)).spec ?? {}

it.concurrent('is a load balancer without a selector, held to sourceRanges, with every other door closed', async () => {
  expect(await spec()).toEqual({
    type: 'LoadBalancer',
    ipFamilyPolicy: 'SingleStack',
    ipFamilies: ['IPv4'],
    internalTrafficPolicy: 'Local',
    externalTrafficPolicy: 'Cluster',
    allocateLoadBalancerNodePorts: false,
    loadBalancerSourceRanges: ['1.2.3.4/32'],
    sessionAffinity: 'None',
    ports: [{ name: 'http', protocol: 'TCP', port: 80, targetPort: 8080, nodePort: 0 }],
  })
})

it.concurrent('has no list where its load balancer takes no range of its families', async () => {
  const fields = { addresses: ['fd00::5'], sourceRanges: ['fd00::/64', '::/0'] }
  expect(await spec(fields, { platform: 'digitalocean' })).not.toHaveProperty('loadBalancerSourceRanges')
})

it.concurrent('has the node port that is asked for, and leaves the others to Kubernetes', async () => {
  const ports = { http: { port: 80, nodePort: 30080 }, more: { port: 81 } }
  const { ports: found } = await spec({ ports, service: { allocateLoadBalancerNodePorts: true } })
  expect(found?.map(({ nodePort }) => nodePort)).toEqual([30080, undefined])
})

it.concurrent('carries the recommended labels', async () => {
  expect((await service()).metadata).toEqual({
    name: 'app',
    namespace: 'default',
    labels: {
      'app.kubernetes.io/name': 'external-service-proxy',
      'app.kubernetes.io/instance': 'release',
      'app.kubernetes.io/component': 'app',
      'app.kubernetes.io/version': '0.1.0',
      'app.kubernetes.io/managed-by': 'Helm',
      'helm.sh/chart': 'external-service-proxy-0.1.0',
    },
  })
})

describe.concurrent('doors', () => {
  it('inCluster opens the ClusterIP', async () => {
    expect(await spec({ service: { inCluster: true } })).toMatchObject({ internalTrafficPolicy: 'Cluster' })
  })

  it.each([
    ['NodePort', ['0.0.0.0/0'], 'Cluster'],
    ['ClusterIP', ['0.0.0.0/0', '::/0'], 'Cluster'],
    ['ClusterIP', [], 'Cluster'],
    ['ClusterIP', ['1.2.3.4/32'], 'Local'],
  ] as const)('type %s for %j has internalTrafficPolicy %s by default', async (type, ranges, policy) => {
    const fields = ranges.length > 0 ? contour() : {}
    expect(await spec({ ...fields, sourceRanges: [...ranges], service: { type } })).toMatchObject({
      internalTrafficPolicy: policy,
    })
  })

  it('type ClusterIP has no node port, no ranges and no external policy', async () => {
    expect(await spec({ sourceRanges: [], service: { type: 'ClusterIP' } })).toEqual({
      type: 'ClusterIP',
      ipFamilyPolicy: 'SingleStack',
      ipFamilies: ['IPv4'],
      internalTrafficPolicy: 'Cluster',
      sessionAffinity: 'None',
      ports: [{ name: 'http', protocol: 'TCP', port: 80, targetPort: 8080 }],
    })
  })

  it.each([
    ['generic', false],
    ['aws', true],
    ['azure', true],
    ['gcp', false],
    ['digitalocean', true],
    ['openstack', true],
  ])('platform %s needs node ports: %s', async (platform, needed) => {
    const { allocateLoadBalancerNodePorts, ports } = await spec({}, { platform })
    expect(allocateLoadBalancerNodePorts).toBe(needed)
    expect(ports?.[0]?.nodePort).toBe(needed ? undefined : 0)
  })

  it('what is written about node ports outweighs the platform', async () => {
    const written = { service: { allocateLoadBalancerNodePorts: false } }
    expect(await spec(written, { platform: 'azure' })).toMatchObject({ allocateLoadBalancerNodePorts: false })
  })
})

describe.concurrent('ports', () => {
  it('targetPort defaults to port', async () => {
    expect((await spec({ ports: { http: { port: 81 } } })).ports).toMatchObject([
      { port: 81, targetPort: 81 },
    ])
  })

  it('come in the order of their names, with protocol and appProtocol', async () => {
    const ports = { web: { port: 443, appProtocol: 'kubernetes.io/h2c' }, dns: { port: 53, protocol: 'UDP' } }
    expect((await spec({ ports })).ports).toEqual([
      { name: 'dns', protocol: 'UDP', port: 53, targetPort: 53, nodePort: 0 },
      {
        name: 'web',
        protocol: 'TCP',
        port: 443,
        targetPort: 443,
        appProtocol: 'kubernetes.io/h2c',
        nodePort: 0,
      },
    ])
  })

  it('a name that YAML 1.1 would read as a boolean stays a name', async () => {
    expect((await spec({ ports: { on: { port: 80 } } })).ports?.[0]?.name).toBe('on')
  })
})

describe.concurrent('families', () => {
  it("are those of App2's addresses", async () => {
    expect(await spec({ addresses: ['fd00::5'], sourceRanges: ['fd00::/64'] })).toMatchObject({
      ipFamilyPolicy: 'SingleStack',
      ipFamilies: ['IPv6'],
    })
    expect(await spec(dual)).toMatchObject({
      ipFamilyPolicy: 'PreferDualStack',
      ipFamilies: ['IPv4', 'IPv6'],
    })
  })

  it('stay when all addresses of one are drained, since the first is fixed after creation', async () => {
    const addresses = [{ ip: '2.3.4.5', ready: false }, 'fd00::5']
    expect(await spec({ ...dual, addresses })).toMatchObject({ ipFamilies: ['IPv4', 'IPv6'] })
  })

  it('take the order and policy that are written', async () => {
    const written = { ipFamilies: ['IPv6', 'IPv4'], ipFamilyPolicy: 'RequireDualStack' }
    expect(await spec({ ...dual, service: written })).toMatchObject(written)
  })
})

it.concurrent('writes every option that its type takes', async () => {
  const options = {
    loadBalancerClass: 'kube-vip.io/kube-vip-class',
    externalTrafficPolicy: 'Local',
    sessionAffinity: 'ClientIP',
    trafficDistribution: 'PreferClose',
    clusterIP: '10.96.0.7',
  }
  const addresses = [{ ip: '2.3.4.5', nodeName: 'node1', zone: 'a' }]
  expect(await spec({ addresses, service: { inCluster: true, ...options } })).toMatchObject(options)
})

it.concurrent('is headless with clusterIP None, without a policy', async () => {
  const headless = await spec({
    sourceRanges: [],
    service: { type: 'ClusterIP', clusterIP: 'None' },
    ports: { http: { port: 80 } },
  })
  expect(headless).toMatchObject({ type: 'ClusterIP', clusterIP: 'None' })
  expect(headless).not.toHaveProperty('internalTrafficPolicy')
})

it.concurrent('is of type ExternalName for an externalName, and has nothing that belongs to an address', async () => {
  const values = { proxies: { app: { externalName: 'app2.example.com', ports: { http: { port: 80 } } } } }
  const { objects } = await render(values)
  expect(objects).toMatchObject([{ kind: 'Service' }])
  expect(objects[0]).toHaveProperty('spec', {
    type: 'ExternalName',
    externalName: 'app2.example.com',
    ports: [{ name: 'http', protocol: 'TCP', port: 80, targetPort: 80 }],
  })
})

describe.concurrent('External DNS', () => {
  it('gets the names, ttl and target under both of its prefixes', async () => {
    const dns = { hostnames: ['a.example.com', 'b.example.com'], ttl: 2147483647, target: 'lb.example.org' }
    expect((await service({ dns })).metadata?.annotations).toEqual({
      'external-dns.alpha.kubernetes.io/hostname': 'a.example.com,b.example.com',
      'external-dns.alpha.kubernetes.io/target': 'lb.example.org',
      'external-dns.alpha.kubernetes.io/ttl': '2147483647',
      'external-dns.kubernetes.io/hostname': 'a.example.com,b.example.com',
      'external-dns.kubernetes.io/target': 'lb.example.org',
      'external-dns.kubernetes.io/ttl': '2147483647',
    })
  })
})

describe.concurrent('platforms', () => {
  const annotations = async (platform: string, fields: object = {}) =>
    (await service(fields, { platform })).metadata?.annotations
  const aws = 'service.beta.kubernetes.io/aws-load-balancer'

  it('tell their load balancer what it needs', async () => {
    const six = { addresses: ['fd00::5'], sourceRanges: ['fd00::/64'] }
    const [ofFour, ofBoth, ofSix, azure] = await Promise.all([
      annotations('aws'),
      annotations('aws', dual),
      annotations('aws', six),
      annotations('azure'),
    ])
    expect(ofFour).toEqual({ [`${aws}-nlb-target-type`]: 'instance' })
    expect(ofBoth).toEqual({
      [`${aws}-nlb-target-type`]: 'instance',
      [`${aws}-ip-address-type`]: 'dualstack',
    })
    expect(ofSix).toHaveProperty([`${aws}-ip-address-type`], 'dualstack')
    expect(azure).toEqual({
      'service.beta.kubernetes.io/azure-deny-all-except-load-balancer-source-ranges': 'true',
    })
  })

  it("have Cilium serve the load balancer's address alone, unless the values open another door of the Service", async () => {
    const alone = { 'service.cilium.io/type': 'LoadBalancer' }
    const made = await Promise.all([
      annotations('cilium'),
      annotations('generic', { service: { loadBalancerClass: 'io.cilium/node' } }),
      annotations('cilium', { service: { inCluster: true } }),
      annotations('cilium', { service: { allocateLoadBalancerNodePorts: true } }),
    ])
    expect(made).toEqual([alone, alone, undefined, undefined])
  })

  it('give way to what is written', async () => {
    const written = { annotations: { [`${aws}-nlb-target-type`]: 'ip' } }
    const anyone = ['0.0.0.0/0', '::/0']
    const doors = { ingress: { hosts: ['a.example.com'] } }
    const made = await annotations('aws', { service: written, sourceRanges: anyone, ...doors })
    expect(made).toEqual(written.annotations)
  })

  it('say nothing to a Service that is no load balancer', async () => {
    expect(await annotations('aws', { sourceRanges: [], service: { type: 'ClusterIP' } })).toBeUndefined()
  })
})
