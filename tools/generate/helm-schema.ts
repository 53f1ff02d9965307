import { formOf, wordsOf } from '../../schema/formats.ts'
import type { Schema } from '../../schema/schema.ts'

/**
 * The values' schema as Helm reads it: without what the chart's own checks say in words, forms and unknown fields,
 * for which Helm would stop before the checks.
 */
export function helmSchema(schema: Schema): Schema & { definitions: Record<string, Schema> } {
  const unions = new Set(unionsIn(schema))
  const definitions = Object.entries(schema.definitions ?? {}).map(([name, one]) => {
    const type = unions.has(name) ? { type: ['string', 'object'] } : {}
    return [name, { ...withoutForms(one), ...type }]
  })
  return { ...withoutForms(schema), definitions: Object.fromEntries(definitions) }
}

/** JSON.stringify's second argument: an editor shows these words in place of an expression. */
export function withWords(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('pattern' in value)) return value
  const words = wordsOf(String(value.pattern))
  return words ? { ...value, patternErrorMessage: `not ${words.is}: write ${words.write}` } : value
}

// --- utils ---

function withoutForms(schema: Schema): Schema {
  // What may be a text or a definition's object is that definition, which then is of both types.
  const union = schema.anyOf?.find(({ $ref }) => $ref)
  if (union) {
    const { anyOf: _, ...rest } = schema
    return { ...rest, ...union }
  }
  if (schema.type === 'object') return objectWithoutForms(schema)
  const { items, ...rest } = formOf(schema) ? withoutForm(schema) : schema
  return items ? { ...rest, items: withoutForms(items) } : rest
}

function withoutForm(schema: Schema): Schema {
  const { pattern, format, minimum, maximum, enum: _, if: condition, ...rest } = schema
  const { then, else: otherwise, ...left } = rest
  return left
}

function objectWithoutForms(schema: Schema): Schema {
  const { propertyNames, additionalProperties, properties, ...rest } = schema
  const fields = Object.entries(properties ?? {}).map(([name, one]) => [name, withoutForms(one)])
  return {
    ...rest,
    ...(properties && { properties: Object.fromEntries(fields) }),
    ...(propertyNames?.maxLength && { propertyNames: { maxLength: propertyNames.maxLength } }),
    ...(typeof additionalProperties === 'object' && {
      additionalProperties: withoutForms(additionalProperties),
    }),
  }
}

/** The definitions that a text may stand for. */
function unionsIn(schema: Schema): string[] {
  const found: string[] = []
  JSON.stringify(schema, (_, value) => {
    for (const { $ref } of value?.anyOf ?? []) if ($ref) found.push($ref.replace('#/definitions/', ''))
    return value
  })
  return found
}
