import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { between } from '../generate/inserted.ts'
import { root } from '../root.ts'

/** A table in Markdown. */
export const tableOf = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

/**
 * Writes what a bench found into a place of a page of docs.
 * @throws Error where the page has no such place
 */
export async function writeFigures(place: string, figures: string, page = 'performance'): Promise<void> {
  const path = join(root, 'docs', `${page}.md`)
  const markers = [`<!-- ${place} -->`, `<!-- /${place} -->`] as const
  await writeFile(path, between(await readFile(path, 'utf8'), markers, `\n${figures}\n`))
}

/** Writes an SVG of the pages, by its name. */
export const writePicture = (name: string, svg: string): Promise<void> =>
  writeFile(join(root, 'docs', 'images', `${name}.svg`), svg)
