import { Readable, Writable } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import { run } from '../../../tools/commands/run.ts'
import { root } from '../../../tools/root.ts'

/**
 * Runs a command as the binary does, in this process.
 * @param words its name, and what comes behind it
 * @param options.input what is on standard input
 * @param options.folder where the user is
 * @returns what it wrote, without colours and the last line's end, and its exit code
 */
export async function ran(
  words: readonly string[],
  { input = '', folder = root }: { input?: string; folder?: string } = {},
): Promise<{ stdout: string; stderr: string; exitCode: number }> {
  const [stdout, stderr] = [new Written(), new Written()]
  const stdin = Readable.from([Buffer.from(input)])
  const exitCode = await run(words, { stdin, stdout, stderr, folder })
  return { stdout: stdout.text, stderr: stderr.text, exitCode }
}

// --- utils ---

class Written extends Writable {
  #text = ''
  get text(): string {
    return stripVTControlCharacters(this.#text).replace(/\n$/, '')
  }
  override _write(chunk: Buffer, _: BufferEncoding, done: () => void): void {
    this.#text += chunk
    done()
  }
}
