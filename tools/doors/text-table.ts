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
  const cells = head.map((title, column) => [title, ...rows.map((row) => row[column] ?? '')])
  const widths = fitting(
    cells.map((texts) => longest(texts)),
    cells.map(([title = '', ...texts]) =>
      longest([title, ...texts.flatMap((text) => text.split(' ').flatMap(parts))]),
    ),
  )
  const table = new Table({ head: [...head], chars: compact, style: { head: [], border: [] } })
  for (const [index, row] of rows.entries()) {
    const lines = row.map((cell, column) => wrapped(cell, widths[column] ?? columns))
    // A row of its own for each line: of a long cell of many lines cli-table3 takes seconds.
    for (let line = 0; line < Math.max(...lines.map(({ length }) => length)); line += 1)
      table.push(lines.map(({ [line]: text = '' }, column) => text && colour(text, index, column)))
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

/** Where a word may be broken: behind a slash or comma, and behind a dot of a host name, but in no range. */
const parts = (word: string): string[] => word.split(/(?<=,|\/(?!\d)|\.(?=[a-z]))/i)

/** What a word is cut into: at its seams, and elsewhere only where a part is longer than a line. */
function pieces(word: string, width: number): string[] {
  const result: string[] = ['']
  for (const part of parts(word).flatMap((one) => one.match(new RegExp(`.{1,${width}}`, 'g')) ?? [])) {
    const last = result.at(-1) ?? ''
    if (last.length + part.length <= width) result[result.length - 1] = last + part
    else result.push(part)
  }
  return result
}

const longest = (texts: readonly string[]) =>
  Math.max(...texts.map((text) => stripVTControlCharacters(text).length))

/**
 * Widths that together fit, where frames and padding take three columns each, and one more. The widest gives way first,
 * and one that is as narrow as its longest piece only where all are.
 */
function fitting(natural: readonly number[], pieces: readonly number[]): number[] {
  const widths = [...natural]
  const room = columns - 3 * widths.length - 1
  for (let over = sum(widths) - room; over > 0; over -= 1) {
    const loose = widths.map((width, column) => (width > (pieces[column] ?? 0) ? width : 0))
    const candidates = loose.some((width) => width > 0) ? loose : widths
    const widest = candidates.indexOf(Math.max(...candidates))
    widths[widest] = (widths[widest] ?? 0) - 1
  }
  return widths
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0)
