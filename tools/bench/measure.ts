import { readFileSync } from 'node:fs'
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

// --- utils ---

/** The processor time of all children that have ended (proc_pid_stat(5): cutime and cstime, in ticks of 10 ms). */
function childrensSeconds(): number {
  const fields = readFileSync('/proc/self/stat', 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
  return (Number(fields[13]) + Number(fields[14])) / 100
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
