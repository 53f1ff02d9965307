import { describe, expect, it } from 'vitest'
import type { Options } from '../../../tools/doors/door.ts'
import { app1, service, slice, theDoor } from './objects.ts'

const open = { IPv4: ['0.0.0.0/0'], IPv6: [] }
const door = (annotations: object, spec: object = {}, options: Options = {}, status: object = {}) =>
  theDoor(
    'load balancer',
    [{ ...service({ ...spec }, { annotations }), status }, slice(['2.3.4.5'])],
    options,
  )

describe('annotations that leave the list alone', () => {
  it.each([
    {},
    { 'example.com/team': 'a', 'argocd.argoproj.io/sync-wave': '1' },
    { 'external-dns.alpha.kubernetes.io/hostname': 'a.example.com' },
    { 'metallb.io/loadBalancerIPs': '198.51.100.1' },
    { 'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type': 'instance' },
    { 'service.beta.kubernetes.io/azure-deny-all-except-load-balancer-source-ranges': 'true' },
    { 'lbipam.cilium.io/ips': '198.51.100.1' },
    { 'service.cilium.io/type': 'LoadBalancer' },
    { 'service.kubernetes.io/firewall-rule': 'k8s2-a' },
    { 'kubernetes.digitalocean.com/load-balancer-id': 'a' },
    { 'kubectl.kubernetes.io/last-applied-configuration': '{}', 'meta.helm.sh/release-name': 'a' },
  ])('%j', (annotations) => expect(door(annotations).who).toEqual(app1))
})

describe('annotations that may undo it', () => {
  it.each([
    { 'service.beta.kubernetes.io/aws-load-balancer-disable-nlb-sg': 'true' },
    { 'service.beta.kubernetes.io/aws-load-balancer-security-group-prefix-lists': 'pl-1' },
    { 'service.beta.kubernetes.io/aws-load-balancer-security-groups': 'sg-1' },
    { 'service.beta.kubernetes.io/azure-allowed-ip-ranges': '9.9.9.9/32' },
    { 'service.beta.kubernetes.io/azure-deny-all-except-load-balancer-source-ranges': 'false' },
    { 'service.beta.kubernetes.io/do-loadbalancer-allow-rules': 'cidr:9.9.9.9/32' },
    { 'service.beta.kubernetes.io/load-balancer-source-ranges': '9.9.9.9/32' },
    { 'service.cilium.io/src-ranges-policy': 'deny' },
    { 'service.cilium.io/type': 'NodePort' },
    { 'service.kubernetes.io/qcloud-loadbalancer-internal-subnetid': 'a' },
    { 'lb.example-cloud.com/anything': 'a' },
  ])('%j', (annotations) => {
    const { who, heldBy, reasons, sure } = door(annotations)
    expect({ who, heldBy, sure }).toEqual({ who: open, heldBy: [], sure: 'assumed' })
    expect(reasons.join()).toContain(Object.keys(annotations)[0])
  })
})

it('an annotation of which nobody says who reads it is a condition', () => {
  expect(door({ 'purelb.io/service-group': 'a' }).conditions).toContain(
    'no load balancer reads annotation purelb.io/service-group',
  )
  expect(door({ team: 'a', 'argocd.argoproj.io/sync-wave': '1' }).conditions.join()).not.toContain(
    'annotation',
  )
})

describe('who holds it', () => {
  it.each<[string, object, object, string[]]>([
    ['nobody else is named', {}, {}, ['kube-proxy']],
    [
      'a known class',
      {},
      { loadBalancerClass: 'service.k8s.aws/nlb' },
      ["the load balancer's security group"],
    ],
    ['an annotation', { 'loadbalancer.openstack.org/flavor-id': 'a' }, {}, ["the listener's allowed CIDRs"]],
  ])('%s', (_, annotations, spec, heldBy) =>
    expect(door(annotations, spec)).toMatchObject({ who: app1, heldBy }),
  )

  it('a class that nobody names: nothing', () => {
    const spec = { loadBalancerClass: 'example.com/mine' }
    expect(door({}, spec).who).toEqual(open)
    expect(door({}, spec, { controllers: { 'example.com/mine': 'kube-proxy' } }).who).toEqual(app1)
  })

  it('Cilium, but not against pods', () => {
    expect(door({}, { loadBalancerClass: 'io.cilium/l2-announcer' })).toMatchObject({
      who: app1,
      heldBy: ['Cilium'],
      conditions: [expect.stringContaining('pods and nodes are not held')],
    })
  })

  it.each(['load-balancer.hetzner.cloud/location', 'oci.oraclecloud.com/load-balancer-type'])(
    '%s: nothing',
    (key) => {
      expect(door({ [key]: 'a' })).toMatchObject({ who: open, heldBy: [] })
    },
  )

  it('Azure without its annotation lets in the virtual network', () => {
    expect(door({ 'service.beta.kubernetes.io/azure-load-balancer-internal': 'true' }).who).toEqual(open)
  })
})

describe('where the cluster says its address', () => {
  const status = (ingress: object) => ({ loadBalancer: { ingress: [ingress] } })

  it('on the nodes, kube-proxy holds it, if there is one', () => {
    const found = door({}, {}, { live: true }, status({ ip: '198.51.100.1', ipMode: 'VIP' }))
    expect(found.conditions).toEqual([expect.stringMatching(/^kube-proxy serves/)])
    expect(found).toMatchObject({ who: app1, where: { addresses: ['198.51.100.1'] } })
  })

  it.each([{ hostname: 'lb.example.com' }, { ip: '198.51.100.1', ipMode: 'Proxy' }])(
    '%j is not',
    (ingress) => {
      const { who, reasons } = door({}, {}, { live: true }, status(ingress))
      expect([who, reasons]).toEqual([
        open,
        [expect.stringContaining('whose address is not of its own on the nodes')],
      ])
    },
  )
})

it("a node's own address is k3s's ServiceLB, which may hold nothing", () => {
  const status = { loadBalancer: { ingress: [{ ip: '10.0.0.7' }] } }
  expect(door({}, {}, { live: true, nodes: ['10.0.0.7'] }, status).who).toEqual(open)
  expect(door({}, {}, { live: true, nodes: ['10.0.0.8'] }, status).who).toEqual(app1)
})

it.each<[object, string]>([
  [{ loadBalancerSourceRanges: [] }, 'no loadBalancerSourceRanges'],
  [{ loadBalancerSourceRanges: undefined }, 'no loadBalancerSourceRanges'],
  [{ loadBalancerSourceRanges: ['App1'] }, "App1 can't be read"],
  [{ loadBalancerSourceRanges: ['::/0'] }, 'IPv4 has no range'],
])('%j is open', (spec, reason) => {
  const { who, reasons } = door({}, spec)
  expect(who).toEqual(open)
  expect(reasons.join()).toContain(reason)
})

it('1.2.3.4/32 beside ::/0 is one address of IPv4, and all of IPv6', () => {
  const spec = { ipFamilies: ['IPv4', 'IPv6'], loadBalancerSourceRanges: ['1.2.3.4/32', '::/0'] }
  const objects = [
    service({ ...spec, ipFamilyPolicy: 'RequireDualStack' }),
    slice(['2.3.4.5']),
    slice(['2001:db8:2::5']),
  ]
  expect(theDoor('load balancer', objects).who).toEqual({ IPv4: ['1.2.3.4/32'], IPv6: ['::/0'] })
})
