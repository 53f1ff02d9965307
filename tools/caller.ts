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
  // npm runs a project's scripts in the project's folder.
  folder: (!isPackage && process.env.INIT_CWD) || process.cwd(),
}

const written = (stream: Writable, text: string): Promise<void> =>
  new Promise((done) => stream.write(text, () => done()))
