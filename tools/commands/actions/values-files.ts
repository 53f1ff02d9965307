import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { insideSandbox } from '../../cluster/sandbox/sandbox.ts'
import { temporaryFile, temporaryFolder } from '../../files.ts'
import { contentOf, oldContents } from '../../sources/files.ts'

/** The paths of values files, and of those that were before. */
export interface ValuesFiles {
  now: string[]
  old?: string[]
}

/** Carries the paths into the sandbox, where no pipe of the outside is there any more. */
const carrier = 'PROVE_VALUES'
export const handedIn = (files: ValuesFiles) => ({ [carrier]: JSON.stringify(files) })

/**
 * The paths of copies of what the user named: what a pipe has can be read once only, and there are names that Helm does
 * not read (it takes them for addresses, and a % or a line's end is none of those).
 * @param from as {@link oldContents} takes it
 * @throws Error where a file is not there
 */
export async function valuesFiles(
  files: readonly string[],
  from: readonly string[] | undefined,
  copies: Copies,
): Promise<ValuesFiles> {
  const before = insideSandbox() ? process.env[carrier] : undefined
  if (before) return JSON.parse(before)
  const now = files.map(async (file) => copies.of(await contentOf(file), file))
  const old = from && (await oldContents(files, from)).map((content) => copies.of(content, from.join(', ')))
  return { now: await Promise.all(now), ...(old && { old: await Promise.all(old) }) }
}

/** Copies in a folder of their own, until they are removed. */
export class Copies {
  #folder: Promise<string> | undefined
  readonly #names = new Map<string, string>()
  /** The path of a copy of what the user calls by that name. */
  async of(content: string, name: string): Promise<string> {
    this.#folder ??= temporaryFolder()
    const path = await temporaryFile(await this.#folder, `${randomUUID()}.yaml`, content)
    this.#names.set(path, name)
    return path
  }
  /** A text with the user's names in the place of the copies' paths. */
  named(text: string): string {
    return [...this.#names].reduce((said, [path, name]) => said.replaceAll(path, () => name), text)
  }
  async remove(): Promise<void> {
    if (this.#folder) await rm(await this.#folder, { recursive: true, force: true })
  }
}
