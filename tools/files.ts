import { randomUUID } from 'node:crypto'
import { existsSync, renameSync, rmSync } from 'node:fs'
import { access, chmod, lstat, mkdir, mkdtemp, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { caller, print } from './caller.ts'

/**
 * Writes a file beside its place and then renames it, so that a file that is there is whole, whoever else writes it
 * at the same time. Its folder is made where it is missing. What a link leads to is written, and a pipe, a device or a
 * file that is mounted there is written into: none is replaced.
 * @param mode its rights, as `chmod` takes them; left out, those of the file that is there
 * @throws Error with the file's name, where it can't be written
 */
export async function writeWhole(file: string, content: string | Uint8Array, mode?: number): Promise<void> {
  try {
    await makeFolder(dirname(file))
    const there = await stat(file).catch(() => undefined)
    const isLink = (await lstat(file).catch(() => undefined))?.isSymbolicLink()
    if (there ? !there.isFile() : isLink) await writeFile(file, content)
    else await replace(there ? await realpath(file) : file, content, mode, there?.mode)
  } catch (error) {
    throw inWords(error, `${file} can't be written`)
  }
}

/**
 * Makes a folder beside its place and then puts it there, where another may be till then: it is whole, or as it was,
 * whatever ends the process.
 * @param make fills the folder that it is given
 * @returns what that gives
 * @throws Error with the folder's name, where it can't be put there, and what `make` throws
 */
export async function wholeFolder<T>(folder: string, make: (part: string) => Promise<T>): Promise<T> {
  const [part, old] = [`${folder}.${randomUUID()}`, `${folder}.${randomUUID()}`]
  const kept = await Promise.all([part, old].map(removeAtTheEnd))
  try {
    await makeFolder(part).catch((error) => {
      throw inWords(error, `${folder} can't be written`)
    })
    const made = await make(part)
    swap(part, folder, old)
    return made
  } finally {
    await Promise.all([part, old].map((one) => rm(one, { recursive: true, force: true })))
    for (const isRemoved of kept) isRemoved()
  }
}

/** Writes a command's result where its user wants it: left out, `-` and `/dev/stdout` are standard output. */
export const writeOutput = (output: string | undefined, text: string): Promise<void> =>
  output === undefined || ['-', '/dev/stdout'].includes(output)
    ? print(text, '')
    : writeWhole(resolve(caller().folder, output), text)

/**
 * Makes a folder for files that are there only meanwhile; who asks for it removes it, and a signal that ends the process.
 * @throws Error with the place and what to do, where none can be made
 */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'external-service-proxy-')).catch(noTemporaryFile)
  await removeAtTheEnd(folder)
  return folder
}

/**
 * Writes a file into a {@link temporaryFolder}.
 * @returns its path
 * @throws Error as that does
 */
export async function temporaryFile(
  folder: string,
  name: string,
  content: string | Uint8Array,
): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, content).catch(noTemporaryFile)
  return path
}

/** Is there anything of that path? */
export const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

// --- utils ---

function noTemporaryFile(error: unknown): never {
  throw inWords(error, `temporary files can't be written to ${tmpdir()} (name another folder by TMPDIR)`)
}

/**
 * Has a path taken away when the process ends, by a signal, too.
 * @returns what takes that back
 */
async function removeAtTheEnd(path: string): Promise<() => void> {
  const { onExit } = await import('signal-exit') // --help has no need of it.
  // Last, when the processes that still write there have been ended.
  return onExit(() => rmSync(path, { recursive: true, force: true }), { alwaysLast: true })
}

/** Between two calls that don't wait no signal is heeded. */
function swap(part: string, folder: string, old: string): void {
  try {
    if (existsSync(folder)) renameSync(folder, old)
    renameSync(part, folder)
  } catch (error) {
    if (existsSync(old) && !existsSync(folder)) renameSync(old, folder)
    throw inWords(error, `${folder} can't be written`)
  }
}

/** Node's own way to make a folder with those above it never ends where one can't be made, as in /proc. */
async function makeFolder(folder: string): Promise<void> {
  if (await exists(folder)) return
  await makeFolder(dirname(folder))
  await mkdir(folder).catch((error) => {
    if (error.code !== 'EEXIST') throw error // Another was quicker.
  })
}

async function replace(
  file: string,
  content: string | Uint8Array,
  mode: number | undefined,
  before: number | undefined,
): Promise<void> {
  const part = `${file}.${randomUUID()}`
  const isRemoved = await removeAtTheEnd(part)
  try {
    await writeFile(part, content, { mode: mode ?? 0o644 })
    if (mode === undefined && before !== undefined) await chmod(part, before & 0o777)
    await rename(part, file).catch(async (error) => {
      if (error.code !== 'EBUSY') throw error
      await writeFile(file, content) // Something is mounted there, as a file of a container: it can't be replaced.
    })
  } finally {
    await rm(part, { force: true })
    isRemoved()
  }
}

/** The system's error, which keeps its code, with words in the place of its own name and the call that failed. */
function inWords(error: unknown, what: string): unknown {
  if (error instanceof Error)
    error.message = `${what}: ${/^[A-Z0-9]+: ([^,]+)/.exec(error.message)?.[1] ?? error.message}`
  return error
}
