import { stripVTControlCharacters } from 'node:util'
import Table from 'cli-table3'

/** So many columns a table has at most, its frame included. */
export const columns = 100

/**
 * A table whose cells are wrapped so that it fits. Columns are as wide as they need, and the widest give way first.
 * @param colour what a line of a cell looks like, by its row and column
 */
export function textTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  colour: (line: string, row: number, column: number) => string = (line) => line,
): string {
  const widths = fitting(
    head.map((title, column) => Math.max(...[title, ...rows.map((row) => row[column] ?? '')].map(widthOf))),
  )
  const table = new Table({ head: [...head], chars: compact, style: { head: [], border: [] } })
  for (const [index, row] of rows.entries()) {
    table.push(
      row.map((cell, column) =>
        wrapped(cell, widths[column] ?? columns)
          .map((line) => colour(line, index, column))
          .join('\n'),
      ),
    )
  }
  return table.toString()
}

/** The lines of a text, none longer than so many characters: broken between words, and in a word only where it must. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ').flatMap((one) => pieces(one, width))) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines.length > 0 ? lines : ['']
}

// --- utils ---

const compact = { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' }

const widthOf = (text: string) => stripVTControlCharacters(text).length

/** What a word is cut into: behind a slash, comma or dot where there is one in the last half, else where it must be. */
function pieces(word: string, width: number): string[] {
  if (word.length <= width) return [word]
  const head = word.slice(0, width)
  const seam = Math.max(...['/', ',', '.', ':', '-'].map((mark) => head.lastIndexOf(mark))) + 1
  const cut = seam > width / 2 ? seam : width
  return [word.slice(0, cut), ...pieces(word.slice(cut), width)]
}

/** Frames and padding take three columns each, and one more. */
function fitting(natural: readonly number[]): number[] {
  const widths = [...natural]
  const room = columns - 3 * widths.length - 1
  for (let over = sum(widths) - room; over > 0; over -= 1) {
    const widest = widths.indexOf(Math.max(...widths))
    widths[widest] = (widths[widest] ?? 0) - 1
  }
  return widths
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0)
