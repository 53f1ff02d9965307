import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { exists, writeWhole } from '../files.ts'

/** So many states are kept. */
const most = 8

/**
 * Gives what `make` gave before for the same key in the same state, else makes it and keeps it. What throws is not
 * kept, and nothing is where the folder can't be written, as on a full disk. Of states, the few that were last made stay: so the folder
 * does not grow with each change of the chart.
 * @param folder where it is kept, a folder for each state
 * @param make gives what JSON can hold
 */
export async function cached<T>(
  folder: string,
  state: string,
  key: string,
  make: () => Promise<T>,
): Promise<T> {
  const file = join(folder, state, `${key}.json`)
  // A machine that lost its power may leave an empty file.
  const before: T | undefined = await readFile(file, 'utf8')
    .then(JSON.parse)
    .catch(() => undefined)
  if (before !== undefined) return before
  const made = await make()
  await keep(folder, state, file, made).catch((error) => {
    if (error.syscall === undefined) throw error // The system's alone: what was made is right all the same.
  })
  return made
}

// --- utils ---

async function keep(folder: string, state: string, file: string, made: unknown): Promise<void> {
  const isNew = !(await exists(join(folder, state)))
  await writeWhole(file, JSON.stringify(made))
  if (isNew) await forget(folder, state)
}

/** Takes away all but the newest, and never `made`: a file system's clock may give many states the same time. */
async function forget(folder: string, made: string): Promise<void> {
  const others = (await readdir(folder)).filter((name) => name !== made)
  const entries = others.map(async (name) => {
    const path = join(folder, name)
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: 0 })) // Another run was quicker.
    return { path, mtimeMs }
  })
  const old = (await Promise.all(entries)).sort((a, b) => b.mtimeMs - a.mtimeMs).slice(most - 1)
  await Promise.all(old.map(({ path }) => rm(path, { recursive: true, force: true })))
}
