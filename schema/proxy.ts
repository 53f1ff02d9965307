import { addresses } from './addresses.ts'
import { dnsLabel, dnsName, optional } from './formats.ts'
import { ports } from './ports.ts'
import { ref, type Schema } from './schema.ts'
import { sourceRanges } from './source-ranges.ts'

export const proxy: Schema = {
  description: 'One proxy: who may come in, by which doors, and where App2 is.',
  type: 'object',
  additionalProperties: false,
  properties: {
    enabled: {
      description: 'Whether the proxy is there.',
      type: 'boolean',
      default: true,
      examples: [false],
    },
    addresses,
    externalName: {
      ...optional(dnsName),
      description:
        'A DNS name in place of addresses: the Service is then of type ExternalName, a name in DNS and nothing more.',
      default: '',
      examples: ['app2.example.com'],
    },
    ports,
    sourceRanges,
    allowClusterSources: {
      description:
        "Says that sourceRanges may share addresses with clusterRanges: whoever comes by the controller's own ClusterIP then gets in.",
      type: 'boolean',
      default: false,
      examples: [true],
    },
    service: ref('service'),
    endpoints: ref('endpoints'),
    dns: ref('dns'),
    backend: ref('backend'),
    ingress: ref('ingress'),
    routes: {
      description: 'Routes of the Gateway API by name.',
      type: 'object',
      propertyNames: dnsLabel,
      additionalProperties: ref('route'),
      maxProperties: 100,
      default: {},
      examples: [{ web: { controller: 'none', parentRefs: [{ name: 'edge' }] } }],
    },
  },
}
