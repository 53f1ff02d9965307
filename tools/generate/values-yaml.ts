import { dump } from 'js-yaml'
import type { Schema } from '../../schema/schema.ts'
import { type Definitions, itemsOf, resolved } from './fields.ts'

const width = 100

/**
 * The chart's values.yaml: the root's fields with their defaults, and every field of a proxy as a comment. (What
 * stood there live would be in everybody's values.)
 */
export function valuesYaml(values: Schema): string {
  const definitions = values.definitions ?? {}
  const fields = Object.entries(values.properties ?? {}).map(([name, schema]) => {
    const field = resolved(schema, definitions)
    const proxies = name === 'proxies' ? commented(['NAME:', ...proxyFields(definitions, '  ')], '  # ') : []
    return [
      ...comment(field.description, '# '),
      `${name}: ${flow(field.default ?? {})}`,
      ...proxies,
      '',
    ].join('\n')
  })
  return ['# Generated from schema/ by: npm run generate', '', ...fields].join('\n')
}

function proxyFields(definitions: Definitions, indent: string): string[] {
  const lines = (schema: Schema, indent: string): string[] =>
    Object.entries(schema.properties ?? {}).flatMap(([name, written]) => {
      const field = resolved(written, definitions)
      const about = comment(field.description, `${indent}# `)
      if (field.properties) return [...about, `${indent}${name}:`, ...lines(field, `${indent}  `)]
      const derived = !('default' in field)
      const items = itemsOf(field, definitions)
      return [
        ...about,
        ...(derived
          ? [`${indent}# ${name}: ${flow(field.examples?.[0])}`]
          : [`${indent}${name}: ${flow(field.default)}`]),
        ...(items ? commented(['each:', ...lines(items, '  ')], `${indent}  # `) : []),
      ]
    })
  return lines(resolved({ $ref: '#/definitions/proxy' }, definitions), indent)
}

const flow = (value: unknown) => dump(value, { flowLevel: 0, lineWidth: -1, quoteStyle: 'double' }).trim()
const commented = (lines: string[], prefix: string) => lines.map((line) => `${prefix}${line}`.trimEnd())

/** A text as lines of comment of at most `width` characters. */
function comment(text = '', prefix: string): string[] {
  const room = width - prefix.length
  const lines = text.match(new RegExp(`.{1,${room}}(?: |$)`, 'g')) ?? []
  return commented(lines, prefix)
}
