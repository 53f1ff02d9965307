import { readFile, writeFile } from 'node:fs/promises'

const page = 'docs/conformance.md'

/** Writes what a suite found into its place in docs/conformance.md, where CONFORMANCE_FIGURES asks for it. */
export async function noted(place: string, figures: string): Promise<void> {
  console.log(figures)
  if (!process.env.CONFORMANCE_FIGURES) return
  const text = await readFile(page, 'utf8')
  const [begin, end] = [`<!-- ${place} -->`, `<!-- /${place} -->`]
  const [before, rest] = text.split(begin)
  const after = rest?.split(end)[1]
  if (before === undefined || after === undefined) throw new Error(`${page} lacks ${begin} or ${end}`)
  await writeFile(page, `${before}${begin}${figures}${end}${after}`)
}
