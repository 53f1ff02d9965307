/** A piece of a template that can be taken out by itself: a line of YAML, or a tag with all its lines. */
export interface Statement {
  /** The line that it begins in, from 1 on. */
  line: number
  /** The piece itself. */
  taken: string
  /** The template's text without it; of an `if`, with what it guards left out. */
  without: string
}

/** What holds others together, and can't be taken out alone. */
const structure = /^\{\{-? *(define|end|else|range|with|\/\*|\$\w+ :=(?! set))/

/** Every piece of a template that can be taken out. */
export function statementsOf(text: string): Statement[] {
  const lines = text.split('\n')
  const found: Statement[] = []
  for (let start = 0; start < lines.length; start++) {
    const end = endOf(lines, start)
    const piece = lines.slice(start, end + 1).join('\n')
    const isAlone = /^\{\{-? *if\b/.test(piece.trim()) && !/\bend -?\}\}/.test(piece)
    if (
      piece.trim() !== '' &&
      (isAlone || !structure.test(piece.trim()) || /\bend -?\}\}/.test(piece.trim().slice(5)))
    ) {
      const instead = isAlone ? ['{{- if false }}'] : []
      const without = [...lines.slice(0, start), ...instead, ...lines.slice(end + 1)].join('\n')
      found.push({ line: start + 1, taken: piece, without })
    }
    start = end
  }
  return found
}

// --- utils ---

/** A whole tag: a comment, or what may hold texts, in which braces close nothing. */
const tag = /\{\{-?\s*(?:\/\*[\s\S]*?\*\/|(?:"(?:[^"\\]|\\.)*"|`[^`]*`|[^"`])*?)\s*-?\}\}/g

/** The line in which the tags that a line opens are all closed; of a comment, its last. */
function endOf(lines: readonly string[], start: number): number {
  for (let end = start; end < lines.length; end++) {
    const piece = lines.slice(start, end + 1).join('\n')
    if (!piece.replaceAll(tag, '').includes('{{')) return end
  }
  return lines.length - 1
}
