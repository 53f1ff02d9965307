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
    says: "proxies.app.service.clusterIP: None makes a headless Service, which service.type LoadBalancer can't be: write service.type ClusterIP",
    accepted: headless(),
  },
})

check('headless-in-cluster', {
  'App2 is told to every pod': {
    refused: headless({ inCluster: false }),
    says: "proxies.app.service.inCluster: false, and a headless Service tells every pod App2's addresses: write true, or a clusterIP other than None",
    accepted: headless(),
  },
  'and where an Ingress is held to a list, the values say so': {
    refused: headless({}, { ...contour(), sourceRanges: ['1.2.3.4/32'] }),
    says: "proxies.app.service.inCluster: false, and a headless Service tells every pod App2's addresses: write true, or a clusterIP other than None",
    accepted: headless({ inCluster: true }, { ...contour(), sourceRanges: ['1.2.3.4/32'] }),
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
    says: 'proxies.app.addresses[1]: no nodeName, and externalTrafficPolicy Local sends only to addresses with one: write {ip, nodeName}, or policy Cluster',
    accepted: app({ addresses: onNode, service: { externalTrafficPolicy: 'Local', inCluster: true } }),
  },
})

check('node-name-in-cluster', {
  'a nodeName opens the ClusterIP on that node': {
    refused: app({ addresses: onNode }),
    says: 'proxies.app.addresses[0].nodeName: written, so the ClusterIP is open on that node, and service.inCluster is false: leave it out, or set inCluster to true',
    accepted: app({ addresses: onNode, service: { inCluster: true } }),
  },
})

check('traffic-distribution', {
  'PreferClose needs a zone at every address': {
    refused: app({
      addresses: [{ ip: '2.3.4.5', zone: 'a' }, '2.3.4.6'],
      service: { trafficDistribution: 'PreferClose' },
    }),
    says: 'proxies.app.addresses[1]: no zone, and trafficDistribution PreferClose has no effect unless every address has one: write {ip, zone}, or leave trafficDistribution out',
    accepted: app({
      addresses: [
        { ip: '2.3.4.5', zone: 'a' },
        { ip: '2.3.4.6', zone: 'b' },
      ],
      service: { trafficDistribution: 'PreferClose' },
    }),
  },
  'PreferSameNode needs a nodeName': {
    refused: app({ service: { trafficDistribution: 'PreferSameNode', inCluster: true } }),
    says: 'proxies.app.addresses[0]: no nodeName, and trafficDistribution PreferSameNode has no effect unless every address has one: write {ip, nodeName}, or leave trafficDistribution out',
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
})

check('address-without-family', {
  'an address whose family the Service lacks': {
    refused: app({ ...dual, service: { ipFamilies: ['IPv6'] } }),
    says: 'proxies.app.service.ipFamilies: IPv4 is not in it, and App2 has an address of that family, which would get no traffic: add IPv4, or leave ipFamilies out',
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
    says: 'proxies.app.service.ipFamilyPolicy: PreferDualStack asks for a second family, in which App2 has no address: write SingleStack, or add an address',
    accepted: app({ service: { ipFamilyPolicy: 'SingleStack' } }),
  },
})

check('cluster-ip-family', {
  'clusterIP is of the first family': {
    refused: app({ service: { clusterIP: 'fd00:96::7' } }),
    says: "proxies.app.service.clusterIP: fd00:96::7 is not of the Service's first family, IPv4: write one that is, or reverse ipFamilies",
    accepted: app({ service: { clusterIP: '10.96.0.7' } }),
  },
})
