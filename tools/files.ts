import { randomUUID } from 'node:crypto'
import { constants, existsSync, renameSync, rmSync, type Stats } from 'node:fs'
import {
  access,
  chmod,
  chown,
  lstat,
  mkdir,
  mkdtemp,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { caller, print } from './caller.ts'

/**
 * Writes a file beside its place and then renames it, so that a file that is there is whole, whoever else writes it
 * at the same time. Its folder is made where it is missing. What a link leads to is written, a pipe or a device is
 * written into, and so is a file that no other may take the place of: one that is mounted, whose folder may not be
 * written, or that is somebody else's. Another name of the same file (a hard link) keeps what was there.
 * @param mode its rights, as `chmod` takes them; left out, those of the file that is there
 * @throws Error with the file's name, where it can't be written, as where it is there to be read only
 */
export async function writeWhole(file: string, content: string | Uint8Array, mode?: number): Promise<void> {
  try {
    await makeFolder(dirname(file))
    const there = await stat(file).catch(() => undefined)
    const isLink = (await lstat(file).catch(() => undefined))?.isSymbolicLink()
    if (there ? !there.isFile() : isLink) await writeFile(file, content)
    else if (there) await replace(await realpath(file), content, there, mode)
    else await putWhole(file, (part) => writeFile(part, content, { mode: mode ?? 0o644 }))
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

/** The system's error, which keeps its code, with words in the place of its own name and the call that failed. */
export function inWords(error: unknown, what: string): unknown {
  if (error instanceof Error)
    error.message = `${what}: ${/^[A-Z0-9]+: ([^,]+)/.exec(error.message)?.[1] ?? error.message}`
  return error
}

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

/** Of a file that is there: its owner and, but for `mode`, its rights stay. */
async function replace(
  file: string,
  content: string | Uint8Array,
  { uid, gid, mode: before }: Stats,
  mode: number | undefined,
): Promise<void> {
  await access(file, constants.W_OK)
  try {
    await putWhole(file, async (part) => {
      await writeFile(part, content, { mode: 0o600 })
      const own = await stat(part)
      if (own.uid !== uid || own.gid !== gid) await chown(part, uid, gid)
      await chmod(part, mode ?? before & 0o777)
    })
  } catch (error) {
    if (!mayNotReplace.includes(codeOf(error))) throw error
    await writeFile(file, content)
  }
}

/** What the system says where no file may take the place of one that itself may be written. */
const mayNotReplace = ['EACCES', 'EBUSY', 'EPERM', 'EROFS']

/** Makes a file beside its place, and puts it there. */
async function putWhole(file: string, write: (part: string) => Promise<void>): Promise<void> {
  const part = beside(file)
  const isRemoved = await removeAtTheEnd(part)
  try {
    await write(part)
    await rename(part, file)
  } finally {
    await rm(part, { force: true })
    isRemoved()
  }
}

/** A path in the same folder that nothing has. A name that is as long as one may be leaves no room for more. */
const beside = (path: string) => join(dirname(path), `.${randomUUID()}`)

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : '')
