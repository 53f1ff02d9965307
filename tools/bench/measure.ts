import { readdirSync, readFileSync } from 'node:fs'
import { platform } from 'node:os'
import { execa } from 'execa'

/** What one run of a program took. Other programs on the machine hardly change it, as they do the time that passes. */
export interface Measured {
  /** Of all its processors together. */
  seconds: number
  /** The most memory that it held at a time. */
  mebibytes: number
  stdout: string
}

/**
 * Runs a program and measures it, by what Linux tells of processes. Not beside another child of this process.
 * @throws Error with the program's own words where it fails
 */
export async function measure(program: string, args: readonly string[], input: string): Promise<Measured> {
  if (platform() !== 'linux') throw new Error('programs are measured by /proc, which Linux alone has')
  const before = childrensSeconds()
  const run = execa(program, args, { input, maxBuffer: 1e9 })
  let mebibytes = 0
  const watch = setInterval(() => {
    mebibytes = Math.max(mebibytes, peakOf(run.pid))
  }, 5)
  try {
    const { stdout } = await run
    return { seconds: childrensSeconds() - before, mebibytes, stdout }
  } finally {
    clearInterval(watch)
  }
}

/** The processor time of all children that have ended (proc_pid_stat(5): cutime and cstime, in ticks of 10 ms). */
export function childrensSeconds(): number {
  const fields = textOf('/proc/self/stat')
    .replace(/^.*\) /, '')
    .split(' ')
  return (Number(fields[13]) + Number(fields[14])) / 100
}

/**
 * The most memory that a running program has held, in MiB.
 * @param name of its file
 * @throws Error where none of that name runs
 */
export function memoryOf(name: string): number {
  const found = running().find(({ words: [program = ''] }) => program.endsWith(`/${name}`))
  if (!found) throw new Error(`no ${name} runs`)
  return peakOf(found.id)
}

/** All processes, each with its program and arguments. */
export const running = (): { id: number; words: string[] }[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ id: Number(name), words: textOf(`/proc/${name}/cmdline`).split('\0') }))

/** A file of a process's, empty where the process has gone. */
export function textOf(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}

// --- utils ---

/** The most memory that a process has held so far; 0 when it has gone. */
function peakOf(pid: number | undefined): number {
  const [, kibibytes] = /^VmHWM:\s+(\d+)/m.exec(textOf(`/proc/${pid}/status`)) ?? []
  return Number(kibibytes ?? 0) / 1024
}
