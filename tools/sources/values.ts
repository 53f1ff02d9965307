import { rm } from 'node:fs/promises'
import { render } from '../chart/render.ts'
import type { RenderOptions } from '../chart/template.ts'
import { temporaryFile, temporaryFolder } from '../files.ts'

/** What is in a values file, and what an error calls it. */
export interface Named {
  name: string
  content: string | Uint8Array
}

/**
 * The objects that the chart makes of values, by Helm.
 * @param values merged in this order
 * @throws RefusedError where the schema or a check refuses the values
 */
export async function objectsOfValues(values: readonly Named[], options: RenderOptions): Promise<object[]> {
  return temporaryFiles(values, async (files) => (await render(files, options)).objects)
}

/**
 * Does something with files of these contents, which are there only meanwhile.
 * @throws what it throws; an error's words name each file as its user does
 */
export async function temporaryFiles<T>(
  named: readonly Named[],
  use: (paths: string[]) => Promise<T>,
): Promise<T> {
  const folder = await temporaryFolder()
  let files: string[] = []
  try {
    files = await Promise.all(
      named.map(({ content }, index) => temporaryFile(folder, `${index}.yaml`, content)),
    )
    return await use(files)
  } catch (error) {
    if (error instanceof Error) error.message = renamed(error.message, files, named)
    throw error
  } finally {
    await rm(folder, { recursive: true })
  }
}

// --- utils ---

const renamed = (text: string, files: readonly string[], named: readonly Named[]) =>
  files.reduce((said, file, index) => said.replaceAll(file, () => named[index]?.name ?? file), text)
