import { dump } from 'js-yaml'
import type { Schema } from '../../schema/schema.ts'
import { type Definitions, itemsOf, resolved } from './fields.ts'

const width = 100

/** The definitions whose fields are shown one by one: as deep as people edit. The reference has the rest. */
const shown = ['service', 'endpoints', 'dns', 'backend', 'ingress', 'tls', 'route'].map(
  (name) => `#/definitions/${name}`,
)

/**
 * The chart's values.yaml: the root's fields with their defaults, and the fields of a proxy as a comment. (What
 * stood there live would be in everybody's values.)
 */
export function valuesYaml(values: Schema): string {
  const definitions = values.definitions ?? {}
  const fields = Object.entries(values.properties ?? {}).map(([name, written]) => {
    const field = resolved(written, definitions)
    const proxy = name === 'proxies' ? fieldsOf(resolved({ $ref: '#/definitions/proxy' }, definitions)) : []
    return [
      ...prose(field.description, '# '),
      `${name}: ${flow(field.default ?? {})}`,
      ...(proxy.length > 0 ? commented(['NAME:', ...indented(proxy)], '  # ') : []),
      '',
    ].join('\n')
  })
  return [
    '# Generated from schema/ by: npm run generate',
    '# Every field, with its type and bounds, is in the reference of README.md.',
    '',
    ...fields,
  ].join('\n')

  /** The fields of an object: of each what it is, then the field itself. */
  function fieldsOf(schema: Schema): string[] {
    return Object.entries(schema.properties ?? {}).flatMap(([name, written]) => {
      const field = resolved(written, definitions)
      const about = ['', ...prose(field.description, '')]
      if (written.$ref && shown.includes(written.$ref))
        return [...about, `${name}:`, ...indented(fieldsOf(field))]
      const each = typeof field.additionalProperties === 'object' ? field.additionalProperties : undefined
      if (each?.$ref && shown.includes(each.$ref))
        return [...about, `${name}:`, '  NAME:', ...indented(indented(fieldsOf(resolved(each, definitions))))]
      return [...about, ...within(field, definitions), line(name, field)]
    })
  }
}

// --- utils ---

/** A field with its fixed default, or an example of it. */
function line(name: string, field: Schema): string {
  if ('default' in field || field.properties) return `${name}: ${flow(field.default ?? {})}`
  return `${name}: ${flow(field.examples?.[0])} # for example`
}

/** The names of the fields that are not shown one by one. */
function within(field: Schema, definitions: Definitions): string[] {
  const items = itemsOf(field, definitions)
  const names = Object.keys((items ?? field).properties ?? {}).join(', ')
  return names ? prose(`${items ? 'Each has' : 'It has'} ${names}.`, '') : []
}

const flow = (value: unknown) => dump(value, { flowLevel: 0, lineWidth: -1, quoteStyle: 'double' }).trim()
const commented = (lines: string[], prefix: string) => lines.map((text) => `${prefix}${text}`.trimEnd())
const indented = (lines: string[]) => lines.map((text) => (text ? `  ${text}` : text))

/** A text as lines of at most `width` characters, with room for what they stand in. */
function prose(text = '', prefix: string): string[] {
  const room = width - 12
  return commented(text.match(new RegExp(`.{1,${room}}(?: |$)`, 'g')) ?? [], prefix)
}
