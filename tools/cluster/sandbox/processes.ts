import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { stateFolder } from './sandbox.ts'

/**
 * So many seconds is waited for what should come: on a busy machine it may take long. What can't come any more has mostly
 * ended, which is told at once.
 */
export const patience = 150

/** The components that run, each with its log. */
export interface Processes {
  /**
   * Starts a component and goes on. Its output goes to the log of that name.
   * @param command program and arguments
   * @param options the machine it runs on (in the sandbox's own network namespace where left out), and more environment
   */
  start(
    name: string,
    command: readonly string[],
    options?: { machine?: string; env?: Record<string, string> },
  ): void
  /**
   * Asks again and again until `probe` gives something, and gives that.
   * @param what is awaited, for the error's sake
   * @throws Error with the end of the component's log as soon as one has ended
   * @throws Error when `seconds` have passed, {@link patience} where left out, with what the probe last said and the end of the logs: of those that `of` names, else of all
   */
  until<T>(
    what: string,
    probe: () => Promise<T | undefined>,
    options?: { seconds?: number; of?: string[] },
  ): Promise<T>
  /**
   * Ends one by SIGKILL, on purpose: that is then no failure of the others. Gives what starts it again.
   * @throws Error where none of that name runs
   */
  crash(name: string): Promise<() => void>
  /** Ends them all, and waits until they are gone. */
  stop(): Promise<void>
}

/** The path of a component's log, in the sandbox. */
const logOf = (name: string) => join(stateFolder, `${name}.log`)

/** A timer can't be set to more milliseconds. */
const longest = 2 ** 31 - 1

/** A set of components that live and end together. */
export function processes(): Processes {
  const running = new Map<string, Running>()
  let ended: string | undefined
  let stopping = false
  let tellOfEnd = () => {}
  const someEnds = new Promise<void>((resolve) => {
    tellOfEnd = resolve
  })
  const start: Processes['start'] = (name, command, options) => {
    const subprocess = spawned(name, command, options)
    const own: Running = { subprocess, again: () => start(name, command, options), isCrashed: false }
    running.set(name, own)
    subprocess.on('exit', () => {
      running.delete(name)
      if (stopping || own.isCrashed) return
      ended ??= name
      tellOfEnd()
    })
  }
  return {
    start,
    async until(what, probe, { seconds = patience, of } = {}) {
      const deadline = Date.now() + seconds * 1000
      for (;;) {
        if (ended) throw new Error(`${ended} has ended. Its last words:\n${await tail(ended, 15)}`)
        let said = ''
        const attempt = probe().catch((error: Error) => {
          said = error.message
        })
        // A component that hangs may never answer a probe.
        const late = sleep(Math.min(deadline - Date.now(), longest), undefined, { ref: false })
        const result = await Promise.race([attempt, late, someEnds])
        if (result !== undefined) return result
        if (Date.now() > deadline) {
          const logs = of ? await tails(of, 15) : await tails([...running.keys()], 3)
          throw new Error(`${what}: not within ${seconds} s. ${said}\n${logs}`)
        }
        await sleep(50)
      }
    },
    async crash(name) {
      const found = running.get(name)
      if (!found) throw new Error(`${name} does not run: ${[...running.keys()].join(', ')} do`)
      found.isCrashed = true
      const gone = once(found.subprocess, 'exit')
      found.subprocess.kill('SIGKILL')
      await gone
      return found.again
    },
    async stop() {
      stopping = true
      const gone = [...running.values()].map(({ subprocess }) => once(subprocess, 'exit'))
      for (const { subprocess } of running.values()) subprocess.kill('SIGKILL')
      await Promise.all(gone)
    },
  }
}

// --- utils ---

/** A component that runs. */
interface Running {
  subprocess: ChildProcess
  /** Starts it again, as it was started. */
  again: () => void
  /** Has it been ended on purpose? */
  isCrashed: boolean
}

type Options = Parameters<Processes['start']>[2]

/** A component's process, which writes to its log. */
function spawned(name: string, command: readonly string[], { machine, env }: Options = {}): ChildProcess {
  const log = openSync(logOf(name), 'a')
  const [program = '', ...args] = machine ? ['ip', 'netns', 'exec', machine, ...command] : command
  const subprocess = spawn(program, args, {
    stdio: ['ignore', log, log],
    env: { ...process.env, ...env },
  })
  closeSync(log)
  return subprocess
}

/** The ends of several logs, each under its name. */
async function tails(names: readonly string[], lines: number): Promise<string> {
  const logs = names.map(async (name) => `--- ${name}\n${await tail(name, lines)}`)
  return (await Promise.all(logs)).join('\n')
}

async function tail(name: string, lines: number): Promise<string> {
  const text = await readFile(logOf(name), 'utf8').catch(() => '')
  return text.trimEnd().split('\n').slice(-lines).join('\n')
}
