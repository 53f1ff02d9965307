import { parseDocument } from 'yaml'
import type { Reached, SourceText, Span } from './source.ts'
import { yamlSource } from './yaml-source.ts'

/** The options by which Helm's users write single values. */
export type SetOption = '--set' | '--set-string' | '--set-json'

/**
 * An expression of --set, as `proxies.a.addresses[0]=2.3.4.5,platform=aws`: one assignment after the other, keys with
 * `\` before what means something else, lists also as `{a,b}`. Of --set-json the values are JSON, or all of it is one
 * object.
 */
export function setSource(option: SetOption, expression: string): SourceText {
  const isJson = option === '--set-json'
  const source = { name: `${option} ${expression}`, isExpression: true, text: expression } as const
  if (isJson && expression.trimStart().startsWith('{'))
    return { ...source, reach: jsonSource(expression).reach }
  const assignments = assignmentsIn(expression, isJson)
  return { ...source, reach: (path) => reach(path, assignments) }
}

// --- utils ---

interface Assignment {
  /** In the form of a problem's path. */
  path: string
  key: Span
  value: Span
  /** Of JSON, what is in it. */
  below?: SourceText
}

/** JSON is YAML, too. */
const jsonSource = (text: string): SourceText => yamlSource('', text, parseDocument(text))

function assignmentsIn(expression: string, isJson: boolean): Assignment[] {
  const found: Assignment[] = []
  let start = 0
  while (start < expression.length) {
    const equals = endOf(expression, start, '=')
    const end = endOf(expression, equals + 1, ',', isJson)
    const path = expression.slice(start, equals).replaceAll(/\\(.)/g, '$1')
    const value: Span = [Math.min(equals + 1, expression.length), Math.max(end, equals + 1)]
    const below = isJson ? { below: jsonSource(expression.slice(...value)) } : {}
    found.push({ path, key: [start, equals], value, ...below })
    start = end + 1
  }
  return found
}

/** Where a character stands next, outside of braces and without `\` before it, of JSON outside of brackets and quotes, too; else the text's end. */
function endOf(text: string, from: number, character: string, isJson = false): number {
  const [opening, closing] = isJson ? ['{[', '}]'] : ['{', '}']
  let depth = 0
  let isQuoted = false
  for (let index = from; index < text.length; index++) {
    const one = text.charAt(index)
    if (one === '\\') index++
    else if (isJson && one === '"') isQuoted = !isQuoted
    else if (isQuoted) continue
    else if (one === character && depth === 0) return index
    else if (opening.includes(one)) depth++
    else if (closing.includes(one)) depth--
  }
  return text.length
}

function reach(path: string, assignments: readonly Assignment[]): Reached {
  let best: Reached = { length: 0, whole: path === '', replaces: false, key: [0, 1], value: [0, 1] }
  for (const { path: written, key, value, below } of assignments) {
    const length = shared(path, written)
    // A value that is written as a whole, of which the path names a part, replaces what was there.
    const replaces = length === written.length && length > 0
    if (length > 0 && length >= best.length) {
      best = { length, whole: length === path.length || replaces, replaces, key, value }
      const inside = below && replaces ? below.reach(path.slice(length)) : undefined
      if (inside && inside.length > 0)
        best = {
          ...inside,
          length: length + inside.length,
          replaces,
          key: shifted(inside.key, value),
          value: shifted(inside.value, value),
        }
    }
  }
  return best
}

/** A part of a piece of the text, in the text. */
const shifted = ([start, end]: Span, [from]: Span): Span => [from + start, from + end]

/** So many characters of whole keys and indexes two paths begin with together. */
function shared(one: string, other: string): number {
  let length = 0
  while (length < one.length && one[length] === other[length]) length++
  const ends = (text: string) => length === text.length || '.['.includes(text[length] ?? '')
  while (length > 0 && !(ends(one) && ends(other))) length--
  return length
}
