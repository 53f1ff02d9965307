import { createReadStream, existsSync, statSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import type { Readable } from 'node:stream'
import { execa } from 'execa'
import { loadAll, YAMLException } from 'js-yaml'
import { caller } from '../caller.ts'
import { inWords } from '../files.ts'
import { isPackage, root } from '../root.ts'

/**
 * A file's path, from the user's folder, else from the project's, which holds the examples.
 * @throws Error where there is no such file, or it is a folder
 */
export function found(file: string): string {
  const path = pathOf(file)
  if (!path) throw new Error(`${file}: no such file`)
  if (statSync(path).isDirectory()) throw new Error(`${file}: it is a folder, and no file`)
  return path
}

/** Can it be read once only, as standard input and what a shell's `<(…)` stands for? */
export const isReadOnce = (file: string) => isStandardInput(file) || !statSync(found(file)).isFile()

/** Does a file's name stand for standard input? */
const isStandardInput = (file: string) => file === '-' || file === '/dev/stdin'

/** What ten thousand proxies with a route each make is half of it; more takes minutes to read, or is no YAML. */
const mostMegabytes = 64

/**
 * What is in a file, or in standard input for `-` and `/dev/stdin`.
 * @throws Error where it can't be read, or is too much: a device or a pipe may have no end
 */
async function bytesOf(file: string): Promise<Uint8Array> {
  const input = isStandardInput(file) ? standardInput() : beginning(createReadStream(found(file)))
  const bytes = await input.catch((error) => {
    throw inWords(error, `${file} can't be read`)
  })
  if (bytes) return bytes
  throw new Error(`${file}: it has more than ${mostMegabytes} MB: no release holds so much, so make several`)
}

/** Files by the names that an error calls them, with what is in them. */
export const filesOf = (names: readonly string[]) =>
  Promise.all(
    names.map(async (name) => ({
      name: isStandardInput(name) ? 'stdin' : name,
      bytes: await bytesOf(name),
    })),
  )

/**
 * The same as text.
 * @throws Error where there is no such file, or it is not UTF-8
 */
export const contentOf = async (file: string): Promise<string> => textOf(await bytesOf(file), file)

/**
 * The text of UTF-8, without the byte order mark that it may begin with.
 * @param name what an error calls it
 * @throws Error where it is not UTF-8
 */
export function textOf(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Error(`${name}: it is not UTF-8: save it as UTF-8`)
  }
}

/**
 * The texts that stand for what files were before: of each that is named, a file's own, that of `REVISION:FILE` in git,
 * or, of a revision alone, those of the files, where one that was not there yet is empty.
 * @throws Error where it is neither a file nor a git revision
 */
export async function oldContents(files: readonly string[], old: readonly string[]): Promise<string[]> {
  const contents = old.map(async (name) => {
    if (isStandardInput(name) || isThere(name)) return [await contentOf(name)]
    const [, revision, path] = /^([^:]+):(.+)$/.exec(name) ?? []
    if (!revision || !path) return Promise.all(files.map(async (file) => (await contentAt(name, file)) ?? ''))
    const content = await contentAt(revision, path)
    if (content === undefined) throw new Error(`${name}: that revision has no such file`)
    return [content]
  })
  return (await Promise.all(contents)).flat()
}

/**
 * The documents of YAML or JSON, those that are not empty.
 * @param name what an error calls it
 */
export function documentsOf(content: string, name: string): unknown[] {
  try {
    return loadAll(content).filter((document) => document !== null && document !== undefined)
  } catch (error) {
    const where = error instanceof YAMLException && error.mark ? ` line ${error.mark.line + 1}:` : ''
    const why = error instanceof YAMLException ? error.reason : error
    throw new Error(
      `${name}:${where} it is no YAML: ${why}; of a page, or of what is for a shell, give the YAML alone`,
    )
  }
}

/** Are these documents objects of Kubernetes, rather than values? */
export const areManifests = (documents: readonly unknown[]): boolean =>
  documents.some(
    (document) =>
      typeof document === 'object' && document !== null && 'apiVersion' in document && 'kind' in document,
  )

// --- utils ---

/** Where the examples are: of the npm package the folder above what is built. */
const project = isPackage ? dirname(root) : root

const pathOf = (file: string) =>
  [caller().folder, project].map((folder) => resolve(folder, file)).find(existsSync)

const isThere = (file: string) => pathOf(file) !== undefined

/** A file's text as it was in a git revision; undefined where it was not there. */
async function contentAt(revision: string, file: string): Promise<string | undefined> {
  if (isStandardInput(file)) throw new Error('standard input has no revision: name a file')
  // It may be gone since.
  const path = isThere(file) ? found(file) : resolve(caller().folder, file)
  const git = (...args: string[]) =>
    execa('git', args, { cwd: dirname(path), reject: false, stripFinalNewline: false })
  const { failed } = await git('rev-parse', '--verify', '--quiet', `${revision}^{commit}`)
  if (failed) throw new Error(`${revision}: neither a file nor a git revision`)
  const shown = await git('show', `${revision}:./${basename(path)}`)
  return shown.failed ? undefined : shown.stdout
}

const inputs = new WeakMap<Readable, Promise<Uint8Array | undefined>>()
/** It can be read once only. */
function standardInput(): Promise<Uint8Array | undefined> {
  const { stdin } = caller()
  const input = inputs.get(stdin) ?? beginning(stdin)
  inputs.set(stdin, input)
  return input
}

/** All of a stream; undefined as soon as that is too much. */
async function beginning(stream: Readable): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of stream) {
    size += chunk.length
    if (size > mostMegabytes * 2 ** 20) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
