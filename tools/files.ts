import { randomUUID } from 'node:crypto'
import { access, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Writes a file beside its place and then renames it, so that a file that is there is whole, whoever else writes it
 * at the same time. Its folder is made where it is missing.
 * @param mode its rights, as `chmod` takes them
 */
export async function writeWhole(file: string, content: string | Uint8Array, mode = 0o644): Promise<void> {
  const part = `${file}.${randomUUID()}`
  await mkdir(dirname(file), { recursive: true })
  try {
    await writeFile(part, content, { mode })
    await rename(part, file)
  } finally {
    await rm(part, { force: true })
  }
}

/** Is there anything of that path? */
export const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )
