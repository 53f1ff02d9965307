import type { Reached, SourceText, Span } from './source.ts'

/** The options by which Helm's users write single values. */
export type SetOption = '--set' | '--set-string' | '--set-json'

/**
 * An expression of --set, as `proxies.a.addresses[0]=2.3.4.5,platform=aws`: one assignment after the other, keys with
 * `\` before what means something else, lists also as `{a,b}`. Of --set-json the value goes on to the end.
 */
export function setSource(option: SetOption, expression: string): SourceText {
  const assignments = assignmentsIn(expression, option === '--set-json')
  return {
    name: `${option} ${expression}`,
    isExpression: true,
    text: expression,
    reach: (path) => reach(path, assignments),
  }
}

// --- utils ---

interface Assignment {
  /** In the form of a problem's path. */
  path: string
  key: Span
  value: Span
}

function assignmentsIn(expression: string, json: boolean): Assignment[] {
  const found: Assignment[] = []
  let start = 0
  while (start < expression.length) {
    const equals = endOf(expression, start, '=')
    const end = json ? expression.length : endOf(expression, equals + 1, ',')
    const path = expression.slice(start, equals).replaceAll(/\\(.)/g, '$1')
    const value: Span = [Math.min(equals + 1, expression.length), Math.max(end, equals + 1)]
    found.push({ path, key: [start, equals], value })
    start = end + 1
  }
  return found
}

/** Where a character stands next, outside of braces and without `\` before it; else the text's end. */
function endOf(text: string, from: number, character: string): number {
  let depth = 0
  for (let index = from; index < text.length; index++) {
    if (text[index] === '\\') index++
    else if (text[index] === character && depth === 0) return index
    else if (text[index] === '{') depth++
    else if (text[index] === '}') depth--
  }
  return text.length
}

function reach(path: string, assignments: readonly Assignment[]): Reached {
  let best: Reached = { length: 0, whole: path === '', replaces: false, key: [0, 1], value: [0, 1] }
  for (const { path: written, key, value } of assignments) {
    const length = shared(path, written)
    // A value that is written as a whole, of which the path names a part, replaces what was there.
    const replaces = length === written.length && length > 0
    if (length > 0 && length >= best.length) {
      best = { length, whole: length === path.length || replaces, replaces, key, value }
    }
  }
  return best
}

/** So many characters of whole keys and indexes two paths begin with together. */
function shared(one: string, other: string): number {
  let length = 0
  while (length < one.length && one[length] === other[length]) length++
  const ends = (text: string) => length === text.length || '.['.includes(text[length] ?? '')
  while (length > 0 && !(ends(one) && ends(other))) length--
  return length
}
