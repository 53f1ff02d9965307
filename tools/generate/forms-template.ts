import { dump } from 'js-yaml'
import { type Form, formOf, forms } from '../../schema/formats.ts'
import type { Schema } from '../../schema/schema.ts'

const prefix = 'external-service-proxy.lib.forms'

/**
 * The named templates by which the chart judges forms and unknown fields: a walk through the values that gives a line
 * for each text, number and unknown field, a regular expression of the lines that are right, and words for those that aren't.
 */
export function formsTemplate(values: Schema): string {
  const definitions = { values, ...values.definitions }
  const all = Object.entries(definitions)
  const closed = all.filter(([, { additionalProperties }]) => additionalProperties === false)
  return [header, right(), words(closed), ...all.map(([name, schema]) => walk(name, schema))].join('\n')
}

// --- utils ---

const header = `{{- /*
What the chart judges in words, for checks/_forms.tpl.
  right         which lines are right: a regular expression, cut into lines; that of an unknown field never is
  words         what is said of those that aren't: YAML, of a form {is, write, ipv6}, of a definition {fields}
  walk.values   a line for each text, number and unknown field of the values, "FORM TEXT" or "DEFINITION FIELD".
                Takes (dict "at" PATH "is" VALUE), as does the walk of each definition within. Unless the path is
                empty, the path of each stands in a line before it.
Generated from schema/ by: npm run generate
*/}}
`

type Named = readonly [name: string, schema: Schema]

const defined = (name: string, lines: readonly string[]) =>
  [`{{- define "${prefix}.${name}" -}}`, ...lines, '{{- end }}', ''].join('\n')

/** The expression of all lines that are right. */
function right(): string {
  const all = Object.entries(forms).map(([name, form]) => `${name} ${expressionOf(form)}`)
  return defined('right', cut(all.join('|')))
}

/** A template's lines are short: what is cut here is joined there. */
const cut = (text: string) => text.match(/.{1,120}/g) ?? []

/** A form's pattern, of either family where it has two; of a number and of a choice in place of its bounds and words. */
function expressionOf({ schema, digits }: Form): string {
  const { pattern, then, else: otherwise, enum: choices } = schema
  const patterns = [pattern, then?.pattern, otherwise?.pattern].flatMap((one) => one?.slice(1, -1) ?? [])
  return `(${[...patterns, ...(digits ? [digits] : []), ...(choices ?? [])].join('|')})`
}

function words(closed: readonly Named[]): string {
  const ofForms = Object.entries(forms).map(([name, { schema: _, digits: _digits, ...said }]) => [name, said])
  const ofFields = closed.map(([name, { properties = {} }]) => [name, { fields: Object.keys(properties) }])
  const body = dump(Object.fromEntries([...ofForms, ...ofFields]), { quoteStyle: 'double', lineWidth: -1 })
  return defined('words', body.trimEnd().split('\n'))
}

/** The walk through a definition: the names of fields that it doesn't have, then what is judged within those that it has. */
function walk(name: string, schema: Schema): string {
  const isOpen = schema.additionalProperties === true
  const names = isOpen
    ? []
    : block(`range $key, $_ := omit .${known(Object.keys(schema.properties ?? {}))}`, [
        `{{- $name := $key | ${oneLine} }}`,
        line(['.', '$name'], `${name} {{ $name }}`),
      ])
  const fields = Object.entries(schema.properties ?? {}).flatMap(([field, one]) =>
    steps(one, `.${field}`, [`.${field}`], schema.required?.includes(field)),
  )
  return defined(`walk.${name}`, ['{{- $at := .at }}', ...block('with .is', [...names, ...fields])])
}

/** Names as what `omit` takes, some a line. */
const known = (names: readonly string[]) =>
  names.map((name, index) => `${index % 6 === 5 ? '\n  ' : ' '}"${name}"`).join('')

/** A text's own ends of lines must not look like those between lines. */
const oneLine = 'replace "\\n" "↵"'

/** Parts of a path: a text as it is, or a variable. */
type Path = readonly string[]
const isVariable = (part: string) => part.startsWith('$')

/** A line, with its path in a line before it where paths are wanted. */
function line(path: Path, text: string): string {
  const written = path.map((part) => (isVariable(part) ? `{{ ${part} }}` : part)).join('')
  return `{{ if $at }}{{ $at }}${written}\n{{ end }}${text}`
}

/** A tag with what stands in it. Tags are indented by their depth; what they write begins its line. */
const block = (tag: string, lines: readonly string[], otherwise: readonly string[] = []): string[] => [
  `{{- ${tag} }}`,
  ...indented(lines),
  ...(otherwise.length > 0 ? ['{{- else }}', ...indented(otherwise)] : []),
  '{{- end }}',
]
const indented = (lines: readonly string[]) => lines.map((one) => (/^ *\{\{-/.test(one) ? `  ${one}` : one))

/** What is judged of a value. What is required, and a list's item, is there: Helm's own schema has no null for it. */
function steps(schema: Schema, value: string, path: Path, isThere = false): string[] {
  const [text, definition] = schema.anyOf ?? []
  if (text && definition)
    return block(
      `if kindIs "map" ${value}`,
      steps(definition, value, path, isThere),
      steps(text, value, path, isThere),
    )
  const form = formOf(schema)
  if (form) {
    const shown = schema.type === 'integer' ? 'int64' : oneLine
    const judged = line(path, `${form.name} {{ ${value} | ${shown} }}`)
    if (form.isOptional) return block(`if ${value}`, [judged])
    return isThere ? [judged] : block(`if not (kindIs "invalid" ${value})`, [judged])
  }
  if (schema.$ref) {
    const name = schema.$ref.replace('#/definitions/', '')
    const at = path.map((part) => (isVariable(part) ? part : JSON.stringify(part))).join(' ')
    const walked = `{{- template "${prefix}.walk.${name}"\n    (dict "at" (and $at (print $at ${at})) "is" ${value}) }}`
    return isThere ? [walked] : block(`if ${value}`, [walked])
  }
  return within(schema, value, path)
}

/** The items of a list, or the names and values of a map. */
function within({ items, additionalProperties, propertyNames }: Schema, value: string, path: Path): string[] {
  const each = items ?? additionalProperties
  if (typeof each !== 'object') return []
  const depth = path.filter(isVariable).length + 1
  const [key, one, name] = [`$key${depth}`, `$one${depth}`, `$name${depth}`]
  const below = items ? [...path, '[', key, ']'] : [...path, '.', name]
  const form = propertyNames && formOf(propertyNames)
  const inner = [
    ...(form ? [line(below, `${form.name} {{ ${name} }}`)] : []),
    ...steps(each, one, below, items !== undefined),
  ]
  if (inner.length === 0) return []
  const named = items ? [] : [`{{- ${name} := ${key} | ${oneLine} }}`]
  return block(`range ${key}, ${one} := ${value}`, [...named, ...inner])
}
