import { labelValue, qualifiedName } from './formats.ts'
import type { Schema } from './schema.ts'

export const labels = (description: string, example: object): Schema => ({
  description,
  type: 'object',
  propertyNames: qualifiedName,
  additionalProperties: labelValue,
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
