import { addressOrNone, optional, qualifiedName } from './formats.ts'
import { annotations, labels } from './metadata.ts'
import type { Schema } from './schema.ts'

export const service: Schema = {
  description: 'The Service without a selector.',
  type: 'object',
  additionalProperties: false,
  properties: {
    type: {
      description: 'Type of the Service. ExternalName is what externalName makes it.',
      type: 'string',
      enum: ['LoadBalancer', 'ClusterIP', 'NodePort', 'ExternalName'],
      default: 'LoadBalancer',
      examples: ['ClusterIP'],
    },
    inCluster: {
      description:
        'Whether pods, and machines with a route to it, may use the ClusterIP; false drops every packet to it. Default: true for type ClusterIP and NodePort, unless sourceRanges are to be held; else false.',
      type: 'boolean',
      examples: [true],
    },
    allocateLoadBalancerNodePorts: {
      description:
        'Whether a load balancer has node ports, which sourceRanges do not hold. Default: what the platform needs.',
      type: 'boolean',
      examples: [false],
    },
    labels: labels('Labels of the Service alone.', { team: 'edge' }),
    annotations: annotations('Annotations of the Service alone.', {
      'metallb.io/address-pool': 'public',
    }),
    loadBalancerClass: {
      ...optional(qualifiedName),
      description: 'Which implementation makes the load balancer. Fixed after creation.',
      default: '',
      examples: ['service.k8s.aws/nlb'],
    },
    externalTrafficPolicy: {
      description:
        'Local sends only to addresses whose nodeName is the node that the packet reached. Default: Cluster.',
      type: 'string',
      enum: ['Cluster', 'Local'],
      examples: ['Local'],
    },
    sessionAffinity: {
      description: 'ClientIP sends a client to the same address for three hours after its last connection.',
      type: 'string',
      enum: ['None', 'ClientIP'],
      default: 'None',
      examples: ['ClientIP'],
    },
    ipFamilyPolicy: {
      description:
        'How many families the Service has. Default: SingleStack, or PreferDualStack where addresses are of both.',
      type: 'string',
      enum: ['SingleStack', 'PreferDualStack', 'RequireDualStack'],
      examples: ['RequireDualStack'],
    },
    ipFamilies: {
      description:
        'Families of the Service. Default: those of the addresses, in their order. Kubernetes keeps the first of them as long as the Service is there: an upgrade that changes it fails, and `npm run doors -- --against` says so before.',
      type: 'array',
      items: { type: 'string', enum: ['IPv4', 'IPv6'] },
      minItems: 1,
      maxItems: 2,
      uniqueItems: true,
      examples: [['IPv6', 'IPv4']],
    },
    trafficDistribution: {
      description:
        'Prefers addresses near the node. PreferSameZone, and PreferClose, as Kubernetes before 1.34 calls it and newer ones warn of, need a zone at every address, PreferSameNode a nodeName. Default: none.',
      type: 'string',
      enum: ['PreferClose', 'PreferSameZone', 'PreferSameNode'],
      examples: ['PreferClose'],
    },
    clusterIP: {
      ...addressOrNone,
      description: 'A fixed ClusterIP, or None for a headless Service. Fixed after creation.',
      default: '',
      examples: ['None', '10.96.0.7'],
    },
  },
}
