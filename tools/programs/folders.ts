import { createHash } from 'node:crypto'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { exists } from '../files.ts'
import { cache } from '../root.ts'

/**
 * The folder of something that is built or fetched. Its name carries a hash of all that goes into it, so a folder
 * that exists is current.
 */
export const folderOf = (name: string, stamp: string) => join(cache, 'bin', `${name}-${stamp}`)

export const hash = (parts: unknown[]) =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12)

/**
 * Fills a folder beside its place and then renames it, so that a folder that is there is whole. Older ones of the
 * same name are removed.
 */
export async function inPlace(folder: string, fill: (part: string) => Promise<void>): Promise<void> {
  const part = join(dirname(folder), `.${basename(folder)}.${process.pid}`)
  await mkdir(part, { recursive: true })
  try {
    await fill(part)
    await rename(part, folder).catch(async (error) => {
      if (!(await exists(folder))) throw error // Another run was quicker.
    })
  } finally {
    await rm(part, { recursive: true, force: true })
  }
  const name = nameOf(folder)
  const older = (await readdir(dirname(folder))).filter(
    (entry) => nameOf(entry) === name && entry !== basename(folder),
  )
  for (const entry of older) await rm(join(dirname(folder), entry), { recursive: true, force: true })
}

// --- utils ---

/** The name of a folder without its hash. */
const nameOf = (folder: string) => basename(folder).replace(/-[^-]+$/, '')
