import { type Document, isScalar, type LineCounter, visit, YAMLParseError } from 'yaml'

/**
 * Adds an error for each key that its map has twice. Documents are to be read with `uniqueKeys: false`: the library
 * compares each key with each (yaml 2.9.1, src/compose/util-map-includes.ts), for minutes where a map has 300,000.
 * @param lines those of the document's text
 */
export function findKeysTwice(document: Document, lines: LineCounter): void {
  visit(document, {
    Map(_, { items }) {
      const seen = new Set<unknown>()
      for (const { key } of items) {
        if (!isScalar(key) || !key.range) continue
        const [start] = key.range
        if (seen.has(key.value)) {
          const error = new YAMLParseError([start, start + 1], 'DUPLICATE_KEY', 'Map keys must be unique')
          error.linePos = [lines.linePos(start)]
          document.errors.push(error)
        }
        seen.add(key.value)
      }
    },
  })
}
