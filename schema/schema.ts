/**
 * JSON Schema draft-07, as far as it is used here. Every field says `description`; `default` is there where the
 * default is fixed, `examples` wherever a reader could wonder.
 */
export interface Schema {
  $schema?: string
  $ref?: string
  title?: string
  description?: string
  type?: 'object' | 'array' | 'string' | 'integer' | 'boolean'
  default?: unknown
  examples?: unknown[]
  enum?: (string | number)[]
  format?: 'hostname' | 'ipv4' | 'ipv6'
  pattern?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  items?: Schema
  minItems?: number
  maxItems?: number
  uniqueItems?: boolean
  properties?: Record<string, Schema>
  propertyNames?: Schema
  additionalProperties?: Schema | boolean
  maxProperties?: number
  required?: string[]
  anyOf?: Schema[]
  if?: Schema
  then?: Schema
  else?: Schema
  definitions?: Record<string, Schema>
}

/** A field whose fields are a definition of their own. Beside $ref, draft-07 reads nothing but a description. */
export const ref = (definition: string): Schema => ({ $ref: `#/definitions/${definition}` })

/** A list of a definition's objects. */
export const list = (
  description: string,
  definition: string,
  maxItems: number,
  examples: unknown[],
): Schema => ({
  description,
  type: 'array',
  items: ref(definition),
  maxItems,
  examples: [examples],
})
