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
  const running = execa(program, args, { input, maxBuffer: 1e9 })
  let mebibytes = 0
  const watch = setInterval(() => {
    mebibytes = Math.max(mebibytes, peakOf(running.pid))
  }, 5)
  try {
    const { stdout } = await running
    return { seconds: childrensSeconds() - before, mebibytes, stdout }
  } finally {
    clearInterval(watch)
  }
}

/** The processor time of all children that have ended (proc_pid_stat(5): cutime and cstime, in ticks of 10 ms). */
export function childrensSeconds(): number {
  const fields = readFileSync('/proc/self/stat', 'utf8')
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
  const ids = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))
  const found = ids.find((id) => programOf(id).endsWith(`/${name}`))
  if (!found) throw new Error(`no ${name} runs`)
  return peakOf(Number(found))
}

// --- utils ---

/** The path of a process's program; empty when it has gone. */
function programOf(id: string): string {
  try {
    return readFileSync(`/proc/${id}/cmdline`, 'utf8').split('\0', 1)[0] ?? ''
  } catch {
    return ''
  }
}

/** The most memory that a process has held so far; 0 when it has gone. */
function peakOf(pid: number | undefined): number {
  try {
    const [, kibibytes] = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return Number(kibibytes ?? 0) / 1024
  } catch {
    return 0
  }
}
