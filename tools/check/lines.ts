import type { Wrong } from './wrong.ts'

/** Where a problem is, as people and programs count: lines and columns from 1, the end behind the last character. */
export interface Position {
  /** As the user named it. */
  file: string
  /** Is it an expression of --set, and no file? */
  isExpression: boolean
  line: number
  column: number
  endLine: number
  endColumn: number
  /** The line itself. */
  text: string
}

/** Where each problem is; undefined where no source writes any of it. */
export function positions(wrong: readonly Wrong[]): (Position | undefined)[] {
  const starts = new Map<string, number[]>()
  return wrong.map(({ place }) => {
    if (!place) return undefined
    const { name, text, isExpression = false } = place.source
    const ofLines = starts.get(text) ?? startsOf(text)
    starts.set(text, ofLines)
    const [start, end] = place.span
    const line = lineOf(ofLines, start)
    const endLine = lineOf(ofLines, Math.max(end - 1, start))
    const first = ofLines[line] ?? 0
    return {
      file: name,
      isExpression,
      line: line + 1,
      column: start - first + 1,
      endLine: endLine + 1,
      endColumn: end - (ofLines[endLine] ?? 0) + 1,
      text: text.slice(first, ofLines[line + 1]).replace(/\r?\n$/, ''),
    }
  })
}

// --- utils ---

const startsOf = (text: string) => [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)]

/** The last line that starts at an offset or before it. */
function lineOf(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return low
}
