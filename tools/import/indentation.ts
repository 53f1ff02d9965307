import { parseAllDocuments } from 'yaml'

/** A line that was moved. */
export interface Moved {
  /** From 1 on. */
  line: number
  /** Spaces before it, as written and as read. */
  by: { from: number; to: number }
}

/**
 * Text whose lines are indented so that YAML can read it: at each error, the line there goes to the indent of a line
 * above it that leaves the fewest errors, the nearest first. Where none helps, the text stays as it is.
 */
export function indented(text: string): { text: string; moved: Moved[] } {
  const lines = text.replaceAll('\t', '  ').split('\n')
  if (lines.length > mostLines) return { text: lines.join('\n'), moved: [] }
  const moved: Moved[] = []
  for (let tried = 0; tried < 20; tried++) {
    const errors = errorsIn(lines)
    const [first] = errors
    if (!first || errors.length > mostErrors) break
    const better = candidates(lines, first.line)
      .map(({ index, to }) => ({
        index,
        to,
        by: Math.abs(indentOf(lines[index] ?? '') - to),
        errors: errorsIn(withIndent(lines, index, to)).length,
      }))
      .filter((one) => one.errors < errors.length)
      .sort((one, other) => one.errors - other.errors || one.by - other.by)[0]
    if (!better) break
    const from = indentOf(lines[better.index] ?? '')
    lines[better.index] = withIndent(lines, better.index, better.to)[better.index] ?? ''
    moved.push({ line: better.index + 1, by: { from, to: better.to } })
  }
  return { text: lines.join('\n'), moved }
}

// --- utils ---

/** Of a file that is longer nobody has written the indents by hand, and trying each takes its time. */
const mostLines = 2000

/** More come of something else than an indent, such as ten thousand brackets, and each try would find them all again. */
const mostErrors = 200

const indentOf = (line: string) => line.length - line.trimStart().length

const withIndent = (lines: readonly string[], index: number, to: number): string[] =>
  lines.map((line, at) => (at === index ? ' '.repeat(to) + line.trimStart() : line))

function errorsIn(lines: readonly string[]): { line: number }[] {
  const documents = parseAllDocuments(lines.join('\n'), { uniqueKeys: false })
  return (Array.isArray(documents) ? documents : []).flatMap(({ errors }) =>
    errors.map(({ linePos }) => ({ line: linePos?.[0].line ?? 1 })),
  )
}

/** The line of an error and the one above it, each at the indents of the ten lines before. */
function candidates(lines: readonly string[], line: number): { index: number; to: number }[] {
  return [line - 1, line - 2, line].flatMap((index) => {
    const text = lines[index]
    if (text === undefined || text.trim() === '') return []
    const above = lines.slice(Math.max(0, index - 10), index).filter((one) => one.trim() !== '')
    const indents = above.flatMap((one) => [indentOf(one), one.length - one.replace(/^\s*(- +)*/, '').length])
    return [...new Set(indents)].filter((to) => to !== indentOf(text)).map((to) => ({ index, to }))
  })
}
