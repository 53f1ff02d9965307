import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RenderOptions, render } from '../chart/render.ts'

/**
 * The objects that the chart makes of values, by Helm.
 * @param contents the text of each values file, merged in this order
 * @throws RefusedError where the schema or a check refuses the values
 */
export async function objectsOfValues(
  contents: readonly string[],
  options: RenderOptions,
): Promise<object[]> {
  return temporaryFiles(contents, async (files) => (await render(files, options)).objects)
}

/** Does something with files of these contents, which are there only meanwhile. */
export async function temporaryFiles<T>(
  contents: readonly (string | Uint8Array)[],
  use: (paths: string[]) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'values-'))
  try {
    const files = contents.map((_, index) => join(folder, `${index}.yaml`))
    await Promise.all(files.map((file, index) => writeFile(file, contents[index] ?? '')))
    return await use(files)
  } finally {
    await rm(folder, { recursive: true })
  }
}
