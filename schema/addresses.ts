import { dnsName, dnsSubdomain, ip, labelValue, optional } from './formats.ts'
import { ref, type Schema } from './schema.ts'

export const address: Schema = {
  description: 'One address of App2, with what is to be said of it.',
  type: 'object',
  additionalProperties: false,
  required: ['ip'],
  properties: {
    ip: { ...ip, description: 'IPv4 or IPv6 address.', examples: ['2.3.4.5', '2001:db8::5'] },
    name: {
      ...optional(dnsName),
      description:
        'DNS name that the address comes from. The chart looks nothing up: `npm run resolve` writes the addresses that the name stands for.',
      default: '',
      examples: ['app2.corp.example'],
    },
    ready: {
      description: 'false drains the address: it stays in the values and gets no new connection.',
      type: 'boolean',
      default: true,
      examples: [false],
    },
    zone: {
      ...labelValue,
      description: 'Zone that App2 is in, for trafficDistribution.',
      default: '',
      examples: ['eu-west-1a'],
    },
    nodeName: {
      ...optional(dnsSubdomain),
      description:
        'Node that alone sends to this address under a policy Local. It opens the ClusterIP on that node, so service.inCluster must be true.',
      default: '',
      examples: ['node1'],
    },
  },
}

export const addresses: Schema = {
  description: "App2's addresses: an IP address each, or {ip, name, ready, zone, nodeName}.",
  type: 'array',
  items: { anyOf: [ip, ref('address')] },
  maxItems: 10000,
  uniqueItems: true,
  default: [],
  examples: [['2.3.4.5', { ip: '2.3.4.6', ready: false }]],
}
