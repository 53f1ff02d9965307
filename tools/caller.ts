import { AsyncLocalStorage } from 'node:async_hooks'
import type { Readable, Writable } from 'node:stream'
import { isPackage } from './root.ts'

/** Who runs a command: what it reads of them and tells them, and the folder that they are in. */
export interface Caller {
  stdin: Readable
  stdout: Writable
  stderr: Writable
  folder: string
}

/** Does something for a caller: all that it leads to, whatever runs beside it, reads and writes what is theirs. */
export const callFor = <T>(caller: Caller, act: () => Promise<T>): Promise<T> => callers.run(caller, act)

/** Who runs this: the user of this process, unless {@link callFor} says otherwise. */
export const caller = (): Caller => callers.getStore() ?? user

/** Tells the caller something, and waits until all of it is written: the process may end before a pipe has taken it. */
export const print = (text: string, end = '\n'): Promise<void> => written(caller().stdout, `${text}${end}`)

/** The same beside what a program reads. */
export const complain = (text: string): Promise<void> => written(caller().stderr, `${text}\n`)

// --- utils ---

const callers = new AsyncLocalStorage<Caller>()

const user: Caller = {
  get stdin() {
    return process.stdin
  },
  stdout: process.stdout,
  stderr: process.stderr,
  get folder() {
    // npm runs a project's scripts in the project's folder.
    return (!isPackage && process.env.INIT_CWD) || currentFolder()
  },
}

/** @throws Error in words where it was removed */
function currentFolder(): string {
  try {
    return process.cwd()
  } catch {
    throw new Error('the folder that you are in is gone: go to another (cd)')
  }
}

const written = (stream: Writable & { isTTY?: boolean }, text: string): Promise<void> =>
  new Promise((done) => stream.write(stream.isTTY ? harmless(text) : text, () => done()))

/** A text of which a terminal takes colors for commands, and nothing else: files and names may hold any. */
const harmless = (text: string) =>
  text.replaceAll(control, (found) => (found.endsWith('m') ? found : '\u{fffd}'))

/** Colors, or a character that is none to be seen, but for tabs and ends of lines; those that turn what follows round, too. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are meant
const control = /\u001b\[[\d;]*m|[\0-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g
