import { app, contour, dual } from '../../values.ts'
import { check } from './check.ts'

const on = (platform: string, fields: object = {}) => ({ platform, ...app(fields) })
const anyone = { sourceRanges: ['0.0.0.0/0', '::/0'] }

check('platform-open', {
  'load balancers that take no list are open to anyone, and the values say so': {
    refused: on('hetzner', { sourceRanges: ['1.2.3.4/32', '::/0'] }),
    says: 'proxies.app.sourceRanges: load balancers of platform hetzner take no list and are open to anyone, by both families: add 0.0.0.0/0 to say so, or write service.type ClusterIP with an Ingress or a route',
    accepted: on('hetzner', anyone),
  },
  'those of Oracle Cloud, too, whose security lists hold them only beside others of the subnet': {
    refused: on('oci', { sourceRanges: ['1.2.3.4/32', '::/0'] }),
    says: 'proxies.app.sourceRanges: load balancers of platform oci take no list and are open to anyone, by both families: add 0.0.0.0/0 to say so, or write service.type ClusterIP with an Ingress or a route',
    accepted: on('oci', anyone),
  },
  'by both families, whatever the Service has': {
    refused: on('hetzner', { sourceRanges: ['0.0.0.0/0'] }),
    says: 'proxies.app.sourceRanges: load balancers of platform hetzner take no list and are open to anyone, by both families: add ::/0 to say so, or write service.type ClusterIP with an Ingress or a route',
    accepted: on('hetzner', {
      service: { type: 'ClusterIP' },
      ingress: { controller: 'contour', hosts: ['a.example.com'] },
    }),
  },
  'where another door is there, without it': {
    refused: on('hetzner', { sourceRanges: ['0.0.0.0/0'], ...contour() }),
    says: 'proxies.app.sourceRanges: load balancers of platform hetzner take no list and are open to anyone, by both families: add ::/0 to say so, or write service.type ClusterIP',
    accepted: on('hetzner', { sourceRanges: ['0.0.0.0/0'], ...contour(), service: { type: 'ClusterIP' } }),
  },
})

check('platform-family-open', {
  'digitalocean holds no IPv6': {
    refused: on('digitalocean', { ...dual, sourceRanges: ['1.2.3.4/32'] }),
    says: 'proxies.app.sourceRanges: load balancers of platform digitalocean take no range of IPv6, which is open to anyone: add ::/0 to say so, or leave its addresses out',
    accepted: on('digitalocean', { ...dual, sourceRanges: ['1.2.3.4/32', '::/0'] }),
  },
})

check('platform-families', {
  'openstack has one': {
    refused: on('openstack', dual),
    says: 'proxies.app.addresses: are of IPv4 and IPv6, and a load balancer of platform openstack has one family: write one proxy for each',
    accepted: on('openstack', { addresses: ['fd00::5'], sourceRanges: ['fd00::/64'] }),
  },
})

check('platform-node-ports', {
  'aws has no other way to the nodes': {
    refused: on('aws', { service: { allocateLoadBalancerNodePorts: false } }),
    says: 'proxies.app.service.allocateLoadBalancerNodePorts: false, and load balancers of platform aws reach the nodes by node ports: leave it out',
    accepted: on('azure', { service: { allocateLoadBalancerNodePorts: false } }),
  },
})

check('platform-protocol', {
  'hetzner carries TCP alone': {
    refused: on('hetzner', { ...anyone, ports: { dns: { port: 53, protocol: 'UDP' } } }),
    says: 'proxies.app.ports.dns.protocol: UDP, and load balancers of platform hetzner carry only TCP: write another protocol, or service.type NodePort',
    accepted: on('hetzner', { ...anyone, ports: { dns: { port: 53 } } }),
  },
})

const of = (loadBalancerClass: string, more: object = {}) => ({
  ...app({ service: { loadBalancerClass } }),
  ...more,
})
const unknown =
  'proxies.app.service.loadBalancerClass: example.com/lb, and nobody says that what serves it heeds sourceRanges: write whose it is in loadBalancerClasses, {example.com/lb: generic} where its address is on the nodes, or leave it out'

check('load-balancer-class', {
  'a class that nobody knows may heed no list': {
    refused: of('example.com/lb'),
    says: unknown,
    accepted: of('example.com/lb', { loadBalancerClasses: { 'example.com/lb': 'generic' } }),
  },
  'one that is known does': {
    refused: of('example.com/lb'),
    says: unknown,
    accepted: of('service.k8s.aws/nlb'),
  },
  'and one of Cilium': {
    refused: of('example.com/lb'),
    says: unknown,
    accepted: of('io.cilium/l2-announcer'),
  },
  'and without a list there is nothing to heed': {
    refused: of('example.com/lb'),
    says: unknown,
    accepted: app({ service: { loadBalancerClass: 'example.com/lb' }, ...anyone }),
  },
})
