import { join } from 'node:path'
import { execa } from 'execa'
import { root } from '../root.ts'

const cli = join(root, 'dist', 'tools', 'cli.js')

/** How often each is started, in turn: what else runs on the machine then slows down all of them alike. */
const times = 21

/** Prints how many times as long as Node itself the built package takes until it has said its help. */
export async function bench(): Promise<void> {
  await execa('npm', ['run', 'build'], { cwd: root })
  const { stdout } = await execa(process.execPath, [cli, '--help'])
  const names = [...stdout.matchAll(/^ {2}(\S+) /gm)].map(([, name = '']) => [name])
  console.log(
    `Milliseconds of node -e 0 and of --help, the median of ${times}, and how many times as long that is.\n`,
  )
  for (const words of [[], ...names]) console.log(await lineOf([...words, '--help']))
}

// --- utils ---

async function lineOf(words: readonly string[]): Promise<string> {
  const plain: number[] = []
  const ours: number[] = []
  for (let time = 0; time < times; time += 1) {
    plain.push(await milliseconds(['-e', '0']))
    ours.push(await milliseconds([cli, ...words]))
  }
  const [before, after] = [median(plain), median(ours)]
  return `${words.join(' ').padEnd(20)} ${before.toFixed(0).padStart(5)} ${after.toFixed(0).padStart(5)} ×${(after / before).toFixed(2)}`
}

const milliseconds = async (args: readonly string[]) => (await execa(process.execPath, args)).durationMs

const median = (all: readonly number[]) => all.toSorted((one, other) => one - other)[all.length >> 1] ?? 0
