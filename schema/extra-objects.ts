import { apiVersion, dnsLabel, dnsSubdomain, manifestKind, optional } from './formats.ts'
import { annotations, labels } from './metadata.ts'
import { ref, type Schema } from './schema.ts'

export const extraObject: Schema = {
  description: "An object that the chart doesn't make, as its manifest has it.",
  type: 'object',
  additionalProperties: true,
  required: ['apiVersion', 'kind'],
  properties: {
    apiVersion: { ...apiVersion, description: 'Its group and version.', examples: ['v1'] },
    kind: { ...manifestKind, description: 'Its kind, one that has a namespace.', examples: ['ConfigMap'] },
    metadata: ref('extraMetadata'),
  },
}

export const extraMetadata: Schema = {
  description: "What is known of an extra object's head: the chart writes the rest of it.",
  type: 'object',
  additionalProperties: false,
  properties: {
    name: {
      ...optional(dnsSubdomain),
      description: 'Its name. Default: the key, with namePrefix before it.',
      default: '',
      examples: ['app2-ca'],
    },
    namespace: {
      ...optional(dnsLabel),
      description: "Its namespace. Default: the release's.",
      default: '',
      examples: ['monitoring'],
    },
    labels: labels('Labels of the object.', { team: 'edge' }),
    annotations: annotations('Annotations of the object.', { 'example.com/owner': 'edge' }),
  },
}
