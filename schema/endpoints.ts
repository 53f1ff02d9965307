import type { Schema } from './schema.ts'

export const endpoints: Schema = {
  description: "The objects that hold App2's addresses.",
  type: 'object',
  additionalProperties: false,
  properties: {
    kind: {
      description:
        'EndpointSlice, or Endpoints (deprecated since Kubernetes 1.33) for consumers that still need them.',
      type: 'string',
      enum: ['EndpointSlice', 'Endpoints'],
      default: 'EndpointSlice',
      examples: ['Endpoints'],
    },
  },
}
