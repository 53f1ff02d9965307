import { check } from './check.ts'

const named = (fields: object = {}) => ({ proxies: { app: { externalName: 'app2.example.com', ...fields } } })

check('external-name-and-addresses', {
  'App2 has a name or addresses': {
    refused: named({ addresses: ['2.3.4.5'], ports: { http: { port: 80 } } }),
    says: 'proxies.app.externalName: written beside addresses: write one of the two',
    accepted: named(),
  },
  'and nothing is said of what the addresses would open': {
    refused: named({ addresses: [{ ip: '2.3.4.5', nodeName: 'node1' }], ports: { http: { port: 80 } } }),
    says: 'proxies.app.externalName: written beside addresses: write one of the two',
    accepted: named(),
  },
  'and nothing is said of either before it is known which': {
    refused: named({
      addresses: ['2.3.4.5'],
      ports: { http: { port: 80, targetPort: 8080 } },
      sourceRanges: ['1.2.3.4/32'],
      service: { type: 'ClusterIP', sessionAffinity: 'ClientIP' },
      routes: {
        web: { controller: 'traefik', parentRefs: [{ name: 'edge' }], hostnames: ['a.example.com'] },
      },
    }),
    says: 'proxies.app.externalName: written beside addresses: write one of the two',
    accepted: named(),
  },
})

check('external-name-type', {
  'any other type is refused': {
    refused: named({ service: { type: 'ClusterIP' } }),
    says: 'proxies.app.service.type: ClusterIP, and externalName makes the Service an ExternalName: leave service.type out, or write addresses instead of externalName',
    accepted: named({ service: { type: 'ExternalName' } }),
  },
  'where defaults say it, too': {
    refused: { defaults: { service: { type: 'ClusterIP' } }, ...named() },
    says: 'defaults.service.type: ClusterIP, and externalName makes the Service an ExternalName: leave service.type out, or write addresses instead of externalName',
    accepted: {
      defaults: { service: { type: 'ClusterIP' } },
      ...named({ service: { type: 'ExternalName' } }),
    },
  },
  'and nothing is said of ranges, which defaults say for others': {
    refused: {
      defaults: { sourceRanges: ['1.2.3.4/32'] },
      ...named({ service: { type: 'ClusterIP' } }),
    },
    says: 'proxies.app.service.type: ClusterIP, and externalName makes the Service an ExternalName: leave service.type out, or write addresses instead of externalName',
    accepted: { defaults: { sourceRanges: ['1.2.3.4/32'] }, ...named() },
  },
})

const noEffect = (field: string) =>
  `proxies.app.${field}: has no effect with externalName, which is a name in DNS only: leave it out, or write addresses instead of externalName`

check('external-name-field', {
  'ranges of its own, but not those that defaults say for others': {
    refused: named({ sourceRanges: ['1.2.3.4/32'] }),
    says: noEffect('sourceRanges'),
    accepted: { defaults: { sourceRanges: ['1.2.3.4/32'] }, ...named() },
  },
  'sourceRanges hold no name': {
    refused: named({ sourceRanges: ['1.2.3.4/32'] }),
    says: noEffect('sourceRanges'),
    accepted: named({
      sourceRanges: ['1.2.3.4/32'],
      ports: { http: { port: 80 } },
      ingress: { controller: 'contour', hosts: ['a.example.com'] },
    }),
  },
  'inCluster closes nothing': {
    refused: named({ service: { inCluster: false } }),
    says: noEffect('service.inCluster'),
    accepted: named({ service: { labels: { a: 'b' } } }),
  },
  'node ports lead nowhere': {
    refused: named({ service: { allocateLoadBalancerNodePorts: true } }),
    says: noEffect('service.allocateLoadBalancerNodePorts'),
    accepted: named({ service: { annotations: {} } }),
  },
  'nor does traffic': {
    refused: named({ service: { externalTrafficPolicy: 'Local' } }),
    says: noEffect('service.externalTrafficPolicy'),
    accepted: { defaults: { service: { externalTrafficPolicy: 'Local' } }, ...named() },
  },
  'to no address near by': {
    refused: named({ service: { trafficDistribution: 'PreferClose' } }),
    says: noEffect('service.trafficDistribution'),
    accepted: named({ service: {} }),
  },
  'nor is it of a family': {
    refused: named({ service: { ipFamilies: ['IPv4'] } }),
    says: noEffect('service.ipFamilies'),
    accepted: named({ service: {} }),
  },
  'of no family': {
    refused: named({ service: { ipFamilyPolicy: 'SingleStack' } }),
    says: noEffect('service.ipFamilyPolicy'),
    accepted: named({ service: {} }),
  },
  'though defaults say so for all': {
    refused: named({ service: { sessionAffinity: 'ClientIP' } }),
    says: noEffect('service.sessionAffinity'),
    accepted: { defaults: { service: { sessionAffinity: 'ClientIP', inCluster: true } }, ...named() },
  },
  'nor is there a clusterIP': {
    refused: named({ service: { clusterIP: 'None' } }),
    says: noEffect('service.clusterIP'),
    accepted: named({ service: { clusterIP: '' } }),
  },
})

check('external-name-required', {
  'the type needs the name': {
    refused: {
      proxies: {
        app: { addresses: ['2.3.4.5'], ports: { http: { port: 80 } }, service: { type: 'ExternalName' } },
      },
    },
    says: "proxies.app.service.type: ExternalName needs externalName: write App2's DNS name there, or another type here",
    accepted: named({ service: { type: 'ExternalName' } }),
    chosen: {
      "write App2's DNS name there": named({ service: { type: 'ExternalName' } }),
      'write another type here': {
        proxies: {
          app: { addresses: ['2.3.4.5'], ports: { http: { port: 80 } }, service: { type: 'ClusterIP' } },
        },
      },
    },
  },
})
