import { readFile, writeFile } from 'node:fs/promises'
import { between } from '../tools/generate/inserted.ts'

const page = 'docs/conformance.md'

/** Writes what a suite found into its place in docs/conformance.md, where CONFORMANCE_FIGURES asks for it. */
export async function noted(place: string, figures: string): Promise<void> {
  console.log(figures)
  if (!process.env.CONFORMANCE_FIGURES) return
  const text = await readFile(page, 'utf8')
  await writeFile(page, between(text, [`<!-- ${place} -->`, `<!-- /${place} -->`], figures))
}
