import type { Schema } from '../../schema/schema.ts'

export type Definitions = Record<string, Schema>

/** The schema that a `$ref` names, or the schema itself. */
export function resolved(schema: Schema, definitions: Definitions): Schema {
  if (!schema.$ref) return schema
  const found = definitions[schema.$ref.replace('#/definitions/', '')]
  if (!found) throw new Error(`the schema has no ${schema.$ref}`)
  return { ...found, ...schema }
}

/** The schema of a list's or map's items, where these have fields of their own. */
export function itemsOf(schema: Schema, definitions: Definitions): Schema | undefined {
  const map = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined
  const items = schema.items ?? map
  const choices = items?.anyOf ?? (items ? [items] : [])
  return choices.map((choice) => resolved(choice, definitions)).find(({ properties }) => properties)
}

/**
 * The fixed defaults of an object's fields, those of its objects within; derived ones are absent.
 * @returns an object shaped as the values are
 */
export function fixedDefaults(schema: Schema, definitions: Definitions): Record<string, unknown> {
  const entries = Object.entries(schema.properties ?? {}).flatMap(([name, field]): [string, unknown][] => {
    const found = resolved(field, definitions)
    if (found.properties) return [[name, fixedDefaults(found, definitions)]]
    return 'default' in found ? [[name, found.default]] : []
  })
  return Object.fromEntries(entries)
}
