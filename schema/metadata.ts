import { qualifiedName } from './formats.ts'
import type { Schema } from './schema.ts'

export const labels = (description: string, example: object): Schema => ({
  description,
  type: 'object',
  propertyNames: qualifiedName,
  additionalProperties: {
    type: 'string',
    maxLength: 63,
    pattern: '^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$',
  },
  maxProperties: 100,
  default: {},
  examples: [example],
})

export const annotations = (description: string, example: object): Schema => ({
  description,
  type: 'object',
  propertyNames: qualifiedName,
  additionalProperties: { type: 'string', maxLength: 262144 },
  maxProperties: 100,
  default: {},
  examples: [example],
})
