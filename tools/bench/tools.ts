import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdir, rm, symlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { decode, encode } from 'dns-packet'
import { execa } from 'execa'
import { findHelm } from '../chart/helm.ts'
import { chart } from '../chart/render.ts'
import { cache, root } from '../root.ts'
import { type Measured, measure } from './measure.ts'
import { tableOf, writeFigures } from './page.ts'
import { addressOf, valuesOf } from './render.ts'

const cli = join(root, 'dist', 'tools', 'cli.js')

/** What is asked of a command. */
interface Question {
  args: readonly string[]
  input: string
}

/** What a command is asked of so many proxies, and how often its answer names a proxy. */
interface Job {
  name: string
  ask(count: number, place: Place): Question | Promise<Question>
  /** How many proxies the answer is of; any number of them where none is named. */
  answered(stdout: string): number | undefined
}

interface Place {
  /** The address of a name server that knows all App2s. */
  names: string
}

const shape = 'alike but for name and address'
const values = (count: number) => `${JSON.stringify(valuesOf(shape, count))}\n`
const namesIn = (text: string) => new Set(text.match(/app-\d{5}/g)).size
const of = (...args: string[]): Job['ask'] => {
  return (count) => ({ args: [...args, '-'], input: values(count) })
}

const jobs: readonly Job[] = [
  {
    name: 'check',
    ask: of('check', '--format', 'json'),
    answered: (stdout) => (JSON.parse(stdout).problems.length === 0 ? undefined : 0),
  },
  { name: 'doors', ask: of('doors', '--format', 'json'), answered: namesIn },
  {
    name: 'diagram', // Draws those that are alike as one, with their number.
    ask: of('diagram', '--format', 'svg'),
    answered: (stdout) => (/^<svg/.test(stdout) ? undefined : 0),
  },
  { name: 'report', ask: of('report'), answered: namesIn },
  {
    name: 'resolve',
    ask: (count, { names }) => ({ args: ['resolve', '--server', names, '-'], input: named(count) }),
    answered: (stdout) => stdout.match(/10\.\d+\.\d+\.\d+/g)?.length ?? 0,
  },
  {
    name: 'import',
    async ask(count) {
      const args = ['template', 'release', chart, '--kube-version=1.37.0', '--values=-']
      const { stdout } = await execa(await findHelm(), args, { input: values(count), maxBuffer: 1e9 })
      return { args: ['import', '-'], input: stdout }
    },
    answered: namesIn,
  },
]

/**
 * Runs the built package's commands on ever more proxies; prints what each takes.
 * @param write writes it into docs/performance.md, too
 * @param quick few proxies, once
 */
export async function bench(write: boolean, quick: boolean): Promise<void> {
  await execa('npm', ['run', 'build'], { cwd: root })
  const counts = quick ? [1, 10] : [1, 1000, 10_000]
  const { names, stop } = await nameServer()
  await withOwnCache()
  try {
    const heads = counts.map((count) => `${count.toLocaleString('en')} ${count === 1 ? 'proxy' : 'proxies'}`)
    const rows: string[][] = []
    const show = async (row: string[]) => {
      rows.push(row)
      console.log(row.join('  '))
      if (write)
        await writeFigures('tools', tableOf(['command', ...heads, 'ten times the proxies take'], rows))
    }
    const generate = await measure(
      process.execPath,
      ['--import', 'tsx', ...thisCli, 'generate', '--check'],
      '',
    )
    await show(['generate', ...counts.map(() => cellOf(generate)), 'no more: it reads the schema alone'])
    for (const job of jobs) {
      const measured: Measured[] = []
      for (const count of counts)
        measured.push(await least(job, count, names, quick || count === counts.at(-1) ? 1 : 2))
      await show([job.name, ...measured.map(cellOf), growthOf(measured, counts)])
    }
  } finally {
    stop()
  }
}

// --- utils ---

const thisCli = [join(root, 'tools', 'cli.ts')]

/** What the package keeps between two runs. */
const ownCache = join(cache, 'bench', 'external-service-proxy')

/** Has the package keep it there, with the Helm that is unpacked already. */
async function withOwnCache(): Promise<void> {
  const helm = dirname(await findHelm('4.1'))
  await rm(ownCache, { recursive: true, force: true })
  await mkdir(ownCache, { recursive: true })
  await symlink(helm, join(ownCache, basename(helm)))
  process.env.XDG_CACHE_HOME = dirname(ownCache)
}

/** The least of some runs: what else runs only ever adds to them. */
async function least(
  { name, ask, answered }: Job,
  count: number,
  names: string,
  times: number,
): Promise<Measured> {
  const { args, input } = await ask(count, { names })
  const runs: Measured[] = []
  for (let time = 0; time < times; time += 1) {
    await rm(join(ownCache, 'render'), { recursive: true, force: true }) // Else it tells what Helm said the first time.
    const run = await measure(process.execPath, [cli, ...args], input)
    const found = answered(run.stdout)
    if (found !== undefined && found !== count)
      throw new Error(`${name} was asked of ${count} proxies, and its answer is of ${found}`)
    runs.push(run)
  }
  return runs.reduce((best, run) => (run.seconds < best.seconds ? run : best))
}

const cellOf = ({ seconds, mebibytes }: Measured) => `${seconds.toFixed(1)} s, ${mebibytes.toFixed(0)} MiB`

/** How many times as much time the last count takes as the one before, beside how many times as many they are. */
function growthOf(measured: readonly Measured[], counts: readonly number[]): string {
  const [before, last] = measured.slice(-2)
  const [fewer, more] = counts.slice(-2)
  if (!before || !last || !fewer || !more) return ''
  return `×${(last.seconds / before.seconds).toFixed(1)} the time, ×${(last.mebibytes / before.mebibytes).toFixed(1)} the memory`
}

/** Values whose addresses come from a name each, and are not the ones that the name stands for. */
function named(count: number): string {
  const proxies = Array.from({ length: count }, (_, index) => {
    const key = `app-${String(index).padStart(5, '0')}`
    return `  ${key}:\n    addresses: [{name: a${index}.corp.example, ip: 192.0.2.1}]\n    ports: {http: {port: 80}}\n`
  })
  return `proxies:\n${proxies.join('')}`
}

/** A name server on the loopback, which knows a0.corp.example and so on. */
async function nameServer(): Promise<{ names: string; stop(): void }> {
  const socket = createSocket({ type: 'udp4', recvBufferSize: 4 * 1024 * 1024 })
  socket.on('message', (message, from) => {
    const { id = 0, questions: [question] = [] } = decode(message)
    if (!question) return
    const { type, name } = question
    const data = addressOf(Number(/^a(\d+)/.exec(name)?.[1]), 10)
    const answers = type === 'A' ? [{ type, name, ttl: 1, data }] : []
    socket.send(encode({ type: 'response', id, questions: [question], answers }), from.port)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return { names: `127.0.0.1:${socket.address().port}`, stop: () => socket.close() }
}
