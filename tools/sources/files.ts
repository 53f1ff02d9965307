import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { execa } from 'execa'
import { loadAll } from 'js-yaml'

/**
 * A file's path, from the folder that npm was called in, else from the project's.
 * @throws Error where there is no such file
 */
export function found(file: string): string {
  const path = [process.env.INIT_CWD ?? '', ''].map((folder) => resolve(folder, file)).find(existsSync)
  if (!path) throw new Error(`${file}: no such file`)
  return path
}

/** Does a file's name stand for standard input? */
export const isStandardInput = (file: string) => file === '-' || file === '/dev/stdin'

/** What is in a file, or in standard input for `-` and `/dev/stdin`. */
export const bytesOf = async (file: string): Promise<Uint8Array> =>
  isStandardInput(file) ? standardInput() : readFile(found(file))

/** The same as text. */
export const contentOf = async (file: string): Promise<string> =>
  new TextDecoder().decode(await bytesOf(file))

/**
 * A file's text as it was in a git revision; empty where it was not there yet.
 * @throws Error with git's words where there is no such revision
 */
export async function contentAt(revision: string, file: string): Promise<string> {
  if (isStandardInput(file)) throw new Error('standard input has no revision: name a file')
  const path = found(file)
  const git = (...args: string[]) =>
    execa('git', args, { cwd: dirname(path), reject: false, stripFinalNewline: false })
  const { failed } = await git('rev-parse', '--verify', '--quiet', `${revision}^{commit}`)
  if (failed) throw new Error(`${revision}: neither a file nor a git revision`)
  const shown = await git('show', `${revision}:./${basename(path)}`)
  return shown.failed ? '' : shown.stdout
}

/**
 * The documents of YAML or JSON, those that are not empty.
 * @param name what an error calls it
 */
export function documentsOf(content: string, name: string): unknown[] {
  try {
    return loadAll(content).filter((document) => document !== null && document !== undefined)
  } catch (error) {
    throw new Error(`${name}: ${error instanceof Error ? error.message : error}`)
  }
}

/** Are these documents objects of Kubernetes, rather than values? */
export const areManifests = (documents: readonly unknown[]): boolean =>
  documents.some(
    (document) =>
      typeof document === 'object' && document !== null && 'apiVersion' in document && 'kind' in document,
  )

// --- utils ---

let input: Promise<Uint8Array> | undefined
/** It can be read once only. */
function standardInput(): Promise<Uint8Array> {
  input ??= buffer(process.stdin)
  return input
}
