import { join } from 'node:path'
import { execa } from 'execa'
import { root } from '../root.ts'
import { measure } from './measure.ts'

const cli = join(root, 'dist', 'tools', 'cli.js')

/** How often each is started, in turn. Of processor time other programs on the machine hardly change the ratio. */
const times = 21

/** Prints how many times as much of the processor as Node itself the built package takes to say its help. */
export async function bench(): Promise<void> {
  await execa('npm', ['run', 'build'], { cwd: root })
  const { stdout } = await execa(process.execPath, [cli, '--help'])
  const names = [...stdout.matchAll(/^ {2}(\S+) /gm)].map(([, name = '']) => [name])
  console.log(
    `Milliseconds of the processor for node -e 0 and for --help, the mean of ${times}, and how many times as much that is.\n`,
  )
  for (const words of [[], ...names]) console.log(await lineOf([...words, '--help']))
}

// --- utils ---

async function lineOf(words: readonly string[]): Promise<string> {
  let [before, after] = [0, 0]
  for (let time = 0; time < times; time += 1) {
    before += await seconds(['-e', '0'])
    after += await seconds([cli, ...words])
  }
  const shown = [before, after].map((all) => ((all / times) * 1000).toFixed(0).padStart(5)).join(' ')
  return `${words.join(' ').padEnd(20)} ${shown} ×${(after / before).toFixed(2)}`
}

const seconds = async (args: readonly string[]) => (await measure(process.execPath, args, '')).seconds
