import { dump } from 'js-yaml'
import type { Schema } from '../../schema/schema.ts'
import { type Definitions, itemsOf, resolved } from './fields.ts'

/** Every field of the values as a row of a Markdown table: path, type and bounds, default, description. */
export function referenceTable(values: Schema): string {
  const rows = fieldRows(values, '', values.definitions ?? {})
  return ['| value | type | default | description |', '|---|---|---|---|', ...rows].join('\n')
}

function fieldRows(schema: Schema, prefix: string, definitions: Definitions): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, written]) => {
    const field = resolved(written, definitions)
    const path = `${prefix}${name}`
    const fallback = field.default === undefined ? '' : code(flow(field.default))
    const row = `| ${[code(path), typeOf(field, definitions), fallback, field.description ?? ''].map(escaped).join(' | ')} |`
    // `defaults` has the fields of a proxy, which are listed once, under proxies.
    if (path === 'defaults') return [row]
    const items = itemsOf(field, definitions)
    return [
      row,
      ...fieldRows(field, `${path}.`, definitions),
      ...(items ? fieldRows(items, `${path}${field.type === 'array' ? '[]' : '.NAME'}.`, definitions) : []),
    ]
  })
}

function typeOf(field: Schema, definitions: Definitions): string {
  if (field.enum) return field.enum.map(code).join(', ')
  if (field.anyOf) return 'string'
  if (field.type === 'integer') return `integer, ${field.minimum} to ${field.maximum}`
  if (field.type === 'array') {
    const item = field.items?.enum ? ` of ${field.items.enum.map(code).join(', ')}` : ''
    return `list${item}, at most ${field.maxItems}`
  }
  if (field.type === 'object')
    return field.properties || field.additionalProperties === true ? 'object' : 'map'
  return field.maxLength ? `string, at most ${field.maxLength}` : (resolved(field, definitions).type ?? '')
}

const flow = (value: unknown) => dump(value, { flowLevel: 0, lineWidth: -1, quoteStyle: 'double' }).trim()
const code = (text: string | number) => `\`${text}\``
const escaped = (text: string) => text.replaceAll('|', '\\|')
