import { isAlias, isMap, isNode, isScalar, isSeq, type Node, parseDocument, visit } from 'yaml'
import type { Span } from './source.ts'

/**
 * Where Helm's YAML library finds that a text is no YAML. Of its parser's errors it says the line before (go-yaml,
 * decode.go, fail: only a scanner's line is counted from 1), of the first line and of what it finds later none.
 * @param line as it says it
 * @param message what it says behind that
 * @returns the span of what it means, or else the line as a whole
 */
export function spanOf(text: string, line: number | undefined, message: string): Span {
  if (line === undefined) {
    const found = foundLater(text, message)
    if (found) return found
  }
  const lines = text.split('\n')
  const index = line === undefined ? 0 : ofParser.test(message) ? line : line - 1
  const start = lines.slice(0, index).reduce((length, one) => length + one.length + 1, 0)
  const shown = /^\s*/.exec(lines[index] ?? '')?.[0].length ?? 0
  const length = (lines[index] ?? '').trimEnd().length
  // Where the text ends too early, its end is meant.
  return start > text.length
    ? [text.length, text.length + 1]
    : [start + Math.min(shown, length), start + Math.max(length, 1)]
}

// --- utils ---

/** What its parser says; the scanner has other words, also behind "did not find expected". */
const ofParser =
  /^(did not find expected (<(stream|document)[ -]start>|node content|key|'-' indicator|',' or '[\]}]')|found (undefined tag handle|duplicate|incompatible YAML))/

/** What is found when the text has been read, without a line. */
function foundLater(text: string, message: string): Span | undefined {
  if (message.startsWith('control characters')) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
    const start = text.search(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/)
    return start < 0 ? undefined : [start, start + 1]
  }
  const anchor = /^unknown anchor '(.+)' referenced/.exec(message)?.[1]
  const isMerge = message.startsWith('map merge requires')
  const isKey = message.startsWith('invalid map key')
  const document = parseDocument(text, { prettyErrors: false, uniqueKeys: false, version: '1.1' })
  let found: Node | undefined
  visit(document, {
    Alias(_, node) {
      if (node.source !== anchor) return undefined
      found = node
      return visit.BREAK
    },
    Pair(_, { key, value }) {
      const given = isAlias(value) ? value.resolve(document) : value
      const merged = isSeq(given)
        ? given.items.map((one) => (isAlias(one) ? one.resolve(document) : one))
        : [given]
      const isWrongMerge =
        isMerge && isScalar(key) && key.source === '<<' && !merged.every((one) => isMap(one))
      if (!isNode(key) || !(isWrongMerge || (isKey && !isScalar(key) && !isAlias(key)))) return undefined
      found = key
      return visit.BREAK
    },
  })
  const range = found?.range
  return range ? [range[0], Math.max(range[1], range[0] + 1)] : undefined
}
