import type { Schema } from './schema.ts'

/**
 * The schema with null for whatever may be left out: every field that isn't required, every entry of a map. So
 * `ports.admin: null` takes away what stands below it, as Helm's users know it. An item of a list is never null.
 * @throws Error where a definition is both, an item of a list and the value of a field
 */
export function withNulls(schema: Schema & { definitions: Record<string, Schema> }): object {
  const found = [schema, ...Object.values(schema.definitions)].flatMap(references)
  const never = new Set(found.flatMap(({ name, optional }) => (optional ? [] : name)))
  const fields = new Set(found.flatMap(({ name, optional }) => (optional ? name : [])))
  const both = [...never].filter((name) => fields.has(name))
  if (both.length > 0) throw new Error(`of these some may be null, some not: ${both.join(', ')}`)
  const definitions = Object.entries(schema.definitions).map(([name, definition]) => {
    const within = inside(definition)
    return [name, fields.has(name) ? orNull(within) : within]
  })
  return { ...inside(schema), definitions: Object.fromEntries(definitions) }
}

// --- utils ---

interface Reference {
  name: string
  /** Whether what it stands for may be left out. */
  optional: boolean
}

/** The definitions that a schema refers to. */
function references({ properties, additionalProperties, items, required }: Schema): Reference[] {
  const to = (schema: Schema, optional: boolean): Reference[] => [
    ...(schema.$ref ? [{ name: schema.$ref.replace('#/definitions/', ''), optional }] : []),
    ...(schema.anyOf ?? []).flatMap((one) => to(one, optional)),
    ...references(schema),
  ]
  return [
    ...Object.entries(properties ?? {}).flatMap(([name, field]) => to(field, !required?.includes(name))),
    ...(typeof additionalProperties === 'object' ? to(additionalProperties, true) : []),
    ...(items ? to(items, false) : []),
  ]
}

/** A schema whose fields and entries may be null, though it itself may not. */
function inside(schema: Schema): Schema {
  const { properties, additionalProperties, items, required } = schema
  const fields = Object.entries(properties ?? {}).map(([name, field]) => {
    return [name, required?.includes(name) ? inside(field) : orNull(inside(field))]
  })
  return {
    ...schema,
    ...(properties && { properties: Object.fromEntries(fields) }),
    ...(typeof additionalProperties === 'object' && {
      additionalProperties: orNull(inside(additionalProperties)),
    }),
    ...(items && { items: inside(items) }),
  }
}

function orNull(schema: Schema): object {
  const { $ref, type, enum: words, anyOf } = schema
  // What it refers to may be null.
  if ($ref) return schema
  if (anyOf) return { ...schema, anyOf: [...anyOf, { type: 'null' }] }
  return { ...schema, type: [type, 'null'].flat(), ...(words && { enum: [...words, null] }) }
}
