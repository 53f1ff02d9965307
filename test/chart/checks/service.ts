import type { Proxy as ProxyValues, Service } from '../../../schema/generated/values.ts'
import { app, contour, dual } from '../../values.ts'
import { check } from './check.ts'

const fieldType = (field: string, type: string, only: string) =>
  `proxies.app.service.${field}: not for service.type ${type}, only for ${only}: leave it out`

check('service-field-type', {
  'loadBalancerClass is for a load balancer': {
    refused: app({ sourceRanges: [], service: { type: 'ClusterIP', loadBalancerClass: 'example.com/lb' } }),
    says: fieldType('loadBalancerClass', 'ClusterIP', 'LoadBalancer'),
    accepted: app({ service: { loadBalancerClass: 'kube-vip.io/kube-vip-class' } }),
  },
  'so is allocateLoadBalancerNodePorts, false or true': {
    refused: app({ sourceRanges: [], service: { type: 'ClusterIP', allocateLoadBalancerNodePorts: false } }),
    says: fieldType('allocateLoadBalancerNodePorts', 'ClusterIP', 'LoadBalancer'),
    accepted: app({ service: { allocateLoadBalancerNodePorts: true } }),
  },
  'externalTrafficPolicy is not for a ClusterIP': {
    refused: app({ sourceRanges: [], service: { type: 'ClusterIP', externalTrafficPolicy: 'Cluster' } }),
    says: fieldType('externalTrafficPolicy', 'ClusterIP', 'LoadBalancer and NodePort'),
    accepted: app({ service: { externalTrafficPolicy: 'Cluster' } }),
  },
  'though defaults say so for all': {
    refused: app({ sourceRanges: [], service: { type: 'ClusterIP', externalTrafficPolicy: 'Local' } }),
    says: fieldType('externalTrafficPolicy', 'ClusterIP', 'LoadBalancer and NodePort'),
    accepted: {
      defaults: {
        service: {
          externalTrafficPolicy: 'Local',
          loadBalancerClass: 'example.com/lb',
          allocateLoadBalancerNodePorts: true,
        },
      },
      ...app({ sourceRanges: [], service: { type: 'ClusterIP' } }),
    },
  },
})

const headless = (service: Service = {}, fields: ProxyValues = {}) =>
  app({
    sourceRanges: service.type === 'LoadBalancer' ? ['1.2.3.4/32'] : [],
    service: { type: 'ClusterIP', clusterIP: 'None', ...service },
    ports: { http: { port: 8080 } },
    ...fields,
  })

check('headless-type', {
  'only type ClusterIP is headless': {
    refused: headless({ inCluster: true, type: 'LoadBalancer' }),
    says: "proxies.app.service.clusterIP: None makes a headless Service, which service.type LoadBalancer can't be: write service.type ClusterIP, or leave it out",
    accepted: headless(),
  },
})

check('headless-in-cluster', {
  'App2 is told to every pod': {
    refused: headless({ inCluster: false }),
    says: "proxies.app.service.inCluster: false, and a headless Service tells every pod App2's addresses: write true, or a clusterIP other than None",
    accepted: headless(),
    chosen: {
      'write a clusterIP other than None': headless({ inCluster: false, clusterIP: '10.96.0.7' }),
    },
  },
  'and where an Ingress is held to a list, the values say so': {
    refused: headless({}, { ...contour(), sourceRanges: ['1.2.3.4/32'] }),
    says: "proxies.app.service.inCluster: false, and a headless Service tells every pod App2's addresses: write true, or a clusterIP other than None",
    accepted: headless({ inCluster: true }, { ...contour(), sourceRanges: ['1.2.3.4/32'] }),
    chosen: {
      'write a clusterIP other than None': headless(
        { clusterIP: '10.96.0.7' },
        { ...contour(), sourceRanges: ['1.2.3.4/32'] },
      ),
    },
  },
  'also where that Ingress is off': {
    refused: headless({}, { ...contour({ enabled: false }), sourceRanges: ['1.2.3.4/32'] }),
    says: "proxies.app.service.inCluster: false, and a headless Service tells every pod App2's addresses: write true, or a clusterIP other than None",
    accepted: headless({ clusterIP: '' }, { ...contour({ enabled: false }), sourceRanges: ['1.2.3.4/32'] }),
  },
})

check('headless-affinity', {
  'no proxy stands between to hold a client': {
    refused: headless({ sessionAffinity: 'ClientIP' }),
    says: 'proxies.app.service.sessionAffinity: ClientIP has no effect on a headless Service, whose clients connect to App2 themselves: leave it out',
    accepted: headless({ sessionAffinity: 'None' }),
  },
})

const onNode = [{ ip: '2.3.4.5', nodeName: 'node1' }]

check('local-node-name', {
  'Local never sends to an address without a node': {
    refused: app({
      addresses: [...onNode, '2.3.4.6'],
      service: { externalTrafficPolicy: 'Local', inCluster: true },
    }),
    says: 'proxies.app.addresses[1]: no nodeName, and externalTrafficPolicy Local sends only to addresses with one: write {ip, nodeName}, or service.externalTrafficPolicy Cluster',
    accepted: app({
      addresses: [...onNode, { ip: '2.3.4.6', ready: false }],
      service: { externalTrafficPolicy: 'Local', inCluster: true },
    }),
  },
  'which opens the ClusterIP on that node': {
    refused: app({ service: { externalTrafficPolicy: 'Local' } }),
    says: 'proxies.app.addresses[0]: no nodeName, and externalTrafficPolicy Local sends only to addresses with one: write {ip, nodeName} and service.inCluster: true, or service.externalTrafficPolicy Cluster',
    accepted: app({ addresses: onNode, service: { externalTrafficPolicy: 'Local', inCluster: true } }),
  },
})

check('node-name-in-cluster', {
  'a nodeName opens the ClusterIP on that node': {
    refused: app({ addresses: onNode }),
    says: 'proxies.app.addresses[0].nodeName: written, so the ClusterIP is open on that node, and service.inCluster is false: leave it out, or write service.inCluster: true',
    accepted: app({ addresses: onNode, service: { inCluster: true } }),
  },
  'said once, of the first': {
    refused: app({ addresses: [...onNode, { ip: '2.3.4.6', nodeName: 'node2' }] }),
    says: 'proxies.app.addresses[0].nodeName: written, so the ClusterIP is open on that node, and service.inCluster is false: leave it out, or write service.inCluster: true',
    accepted: app({
      addresses: [...onNode, { ip: '2.3.4.6', nodeName: 'node2' }],
      service: { inCluster: true },
    }),
  },
  'not one that is drained': {
    refused: app({ addresses: onNode }),
    says: 'proxies.app.addresses[0].nodeName: written, so the ClusterIP is open on that node, and service.inCluster is false: leave it out, or write service.inCluster: true',
    accepted: app({ addresses: ['2.3.4.6', { ip: '2.3.4.5', nodeName: 'node1', ready: false }] }),
  },
  'which Local needs': {
    refused: app({ addresses: onNode, service: { externalTrafficPolicy: 'Local' } }),
    says: 'proxies.app.addresses[0].nodeName: written, so the ClusterIP is open on that node, and service.inCluster is false: write service.inCluster: true',
    accepted: app({ addresses: onNode, service: { externalTrafficPolicy: 'Local', inCluster: true } }),
  },
})

check('traffic-distribution', {
  'PreferClose needs a zone at every address': {
    refused: app({
      addresses: [{ ip: '2.3.4.5', zone: 'a' }, '2.3.4.6'],
      service: { trafficDistribution: 'PreferClose' },
    }),
    says: 'proxies.app.addresses[1]: no zone, and trafficDistribution PreferClose has no effect unless every address has one: write {ip, zone}, or leave service.trafficDistribution out',
    accepted: app({
      addresses: [
        { ip: '2.3.4.5', zone: 'a' },
        { ip: '2.3.4.6', zone: 'b' },
        { ip: '2.3.4.7', ready: false },
      ],
      service: { trafficDistribution: 'PreferClose' },
    }),
  },
  'PreferSameNode needs a nodeName': {
    refused: app({ service: { trafficDistribution: 'PreferSameNode', inCluster: true } }),
    says: 'proxies.app.addresses[0]: no nodeName, and trafficDistribution PreferSameNode has no effect unless every address has one: write {ip, nodeName}, or leave service.trafficDistribution out',
    accepted: app({
      addresses: onNode,
      service: { trafficDistribution: 'PreferSameNode', inCluster: true },
    }),
  },
  'which opens the ClusterIP there': {
    refused: app({ service: { trafficDistribution: 'PreferSameNode' } }),
    says: 'proxies.app.addresses[0]: no nodeName, and trafficDistribution PreferSameNode has no effect unless every address has one: write {ip, nodeName} and service.inCluster: true, or leave service.trafficDistribution out',
    accepted: app({
      addresses: onNode,
      service: { trafficDistribution: 'PreferSameNode', inCluster: true },
    }),
  },
})

check('family-without-address', {
  'a family in which App2 has no address': {
    refused: app({ sourceRanges: dual.sourceRanges, service: { ipFamilies: ['IPv4', 'IPv6'] } }),
    says: "proxies.app.service.ipFamilies: IPv6, and App2 has no IPv6 address, so the Service's own IPv6 address would lead nowhere: add one to addresses, or leave IPv6 out",
    accepted: app({ ...dual, service: { ipFamilies: ['IPv4', 'IPv6'] } }),
  },
  'the one family, of which App2 has only the other': {
    refused: app({ sourceRanges: dual.sourceRanges, service: { ipFamilies: ['IPv6'] } }),
    says: "proxies.app.service.ipFamilies: IPv6, and App2 has no IPv6 address, so the Service's own IPv6 address would lead nowhere: add one to addresses, or leave service.ipFamilies out",
    accepted: app({ ...dual, addresses: ['fd00::5'], service: { ipFamilies: ['IPv6'] } }),
  },
})

check('address-without-family', {
  'an address whose family the Service lacks': {
    refused: app({ ...dual, service: { ipFamilies: ['IPv6'] } }),
    says: 'proxies.app.service.ipFamilies: IPv4 is not in it, and App2 has an address of that family, which would get no traffic: add IPv4, or leave service.ipFamilies out',
    accepted: app({ ...dual, service: { ipFamilies: ['IPv6', 'IPv4'] } }),
  },
})

check('family-policy', {
  'SingleStack takes one family': {
    refused: app({ ...dual, service: { ipFamilyPolicy: 'SingleStack' } }),
    says: 'proxies.app.service.ipFamilyPolicy: SingleStack takes one family, and here are IPv4 and IPv6: write PreferDualStack or RequireDualStack',
    accepted: app({ ...dual, service: { ipFamilyPolicy: 'RequireDualStack' } }),
  },
  'dual stack asks for a second, which App2 lacks': {
    refused: app({ service: { ipFamilyPolicy: 'PreferDualStack' } }),
    says: 'proxies.app.service.ipFamilyPolicy: PreferDualStack asks for a second family, in which App2 has no address: leave it out, or add an address',
    accepted: app({ ...dual, service: { ipFamilyPolicy: 'PreferDualStack' } }),
  },
})

check('cluster-ip-family', {
  'clusterIP is of the first family': {
    refused: app({ service: { clusterIP: 'fd00:96::7' } }),
    says: "proxies.app.service.clusterIP: fd00:96::7 is not of the Service's first family, IPv4: write one that is",
    accepted: app({ service: { clusterIP: '10.96.0.7' } }),
  },
  'None is of no family': {
    refused: app({ addresses: ['fd00::5'], sourceRanges: ['::/0'], service: { clusterIP: '10.96.0.7' } }),
    says: "proxies.app.service.clusterIP: 10.96.0.7 is not of the Service's first family, IPv6: write one that is",
    accepted: headless({}, { addresses: ['fd00::5'] }),
  },
  'of two families, too': {
    refused: app({ ...dual, service: { clusterIP: 'fd00:96::7' } }),
    says: "proxies.app.service.clusterIP: fd00:96::7 is not of the Service's first family, IPv4: write one that is, or service.ipFamilies [IPv6, IPv4]",
    accepted: app({ ...dual, service: { clusterIP: '10.96.0.7' } }),
  },
})

const twice = (first: string, second: string) => ({
  proxies: {
    app: app({ service: { clusterIP: first } }).proxies.app,
    other: app({ service: { clusterIP: second } }).proxies.app,
  },
})
const shared = (fields: object) => ({
  defaults: { ...app().proxies.app, service: { clusterIP: '10.96.0.7' } },
  proxies: { app: {}, other: fields },
})

check('cluster-ip-reserved', {
  'an address that no Service has': {
    refused: app({ service: { clusterIP: '127.0.0.7' } }),
    says: "proxies.app.service.clusterIP: 127.0.0.7 is loopback, and no Service has such an address: write one of your cluster's Services, or leave it out",
    accepted: app(),
    chosen: { "write one of your cluster's Services": app({ service: { clusterIP: '10.96.0.7' } }) },
  },
})

check('cluster-ip-twice', {
  'an address is of one Service': {
    refused: twice('10.96.0.7', '10.96.0.7'),
    says: 'proxies.other.service.clusterIP: 10.96.0.7 is that of proxies.app already, and Kubernetes gives an address to one Service: write another, or null',
    accepted: twice('10.96.0.7', '10.96.0.8'),
    chosen: { 'write another': twice('10.96.0.7', '10.96.0.8') },
  },
  'though defaults say so for all': {
    refused: shared({}),
    says: 'proxies.other.service.clusterIP: 10.96.0.7 is that of proxies.app already, and Kubernetes gives an address to one Service: write another, or null',
    accepted: shared({ service: { clusterIP: null } }),
    chosen: { 'write another': shared({ service: { clusterIP: '10.96.0.8' } }) },
  },
  'None is no address': {
    refused: twice('10.96.0.7', '10.96.0.7'),
    says: 'proxies.other.service.clusterIP: 10.96.0.7 is that of proxies.app already, and Kubernetes gives an address to one Service: write another, or null',
    accepted: {
      proxies: { app: headless().proxies.app, other: headless().proxies.app },
    },
    chosen: { 'write another': twice('10.96.0.7', '10.96.0.8') },
  },
})
