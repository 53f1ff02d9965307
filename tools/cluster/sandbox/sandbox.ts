import { readFileSync, readlinkSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { constants } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { execa } from 'execa'

/** Where the sandbox keeps all that it writes: a tmpfs that only the sandbox sees, gone when it ends. */
export const stateFolder = '/run/cluster'

/** Carries the outside's network namespace in, so that nothing takes the outside for a sandbox. */
const outside = 'EMBEDDED_CLUSTER_OUTSIDE'

/** Is this process in the sandbox? */
export function insideSandbox(): boolean {
  const network = process.env[outside]
  return network !== undefined && network !== readlinkSync('/proc/self/ns/net')
}

/** `unshare`'s arguments for a sandbox: namespaces of every kind that a cluster needs, and a tmpfs on /run. */
export function unshareArguments(user: boolean): string[] {
  return [
    ...(user ? ['--user', '--map-root-user'] : []),
    '--net',
    '--mount',
    '--pid',
    '--fork',
    '--mount-proc',
    '--kill-child',
    '--',
    'sh',
    '-c',
    `mount -t tmpfs -o mode=755 cluster /run && mkdir -p /run/netns ${stateFolder}/tmp ${stateFolder}/home && exec "$@"`,
    'sandbox',
  ]
}

/**
 * Runs a command as the first process of a new sandbox, with this process's terminal, and waits for its end.
 *
 * Nothing outlives it: the command is process 1 of its PID namespace, so its end is every process's end, and
 * with them go the network namespaces and the tmpfs. SIGINT, SIGTERM, SIGHUP and the end of the parent or its
 * parent end it; where this process itself is killed, the kernel ends the sandbox (pdeathsig, and `--kill-child`).
 *
 * @param command program and arguments
 * @param user with a user namespace, as needs no root
 * @param env more environment for it
 * @returns its exit code; 128 + N where signal N ended it, unless it has called {@link entrance}
 */
export async function runInSandbox(
  command: readonly string[],
  user: boolean,
  env: Record<string, string> = {},
): Promise<number> {
  const sandbox = execa(
    'setpriv',
    ['--pdeathsig', 'KILL', '--', 'unshare', ...unshareArguments(user), ...command],
    {
      stdio: 'inherit',
      ipc: true,
      reject: false,
      env: {
        [outside]: readlinkSync('/proc/self/ns/net'),
        HOME: `${stateFolder}/home`,
        TMPDIR: `${stateFolder}/tmp`,
        ...env,
      },
    },
  )
  let stopped: number | undefined
  let exitCode: number | undefined
  const first = () => firstProcess(sandbox.pid)
  sandbox.on('message', async (message) => {
    if (typeof message !== 'number') return
    exitCode = message
    sandbox.send?.({ pid: await first(), user } satisfies Entrance)
  })
  let pid: number | undefined
  const stop = async (signal: number) => {
    stopped = signal
    pid ??= await first()
    sandbox.kill('SIGKILL')
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  const end = (signal: NodeJS.Signals) => stop(constants.signals[signal])
  for (const signal of signals) process.on(signal, end)
  const before = ancestors()
  const watch = setInterval(() => ancestors() !== before && stop(constants.signals.SIGHUP), 500)
  const result = await sandbox
  clearInterval(watch)
  for (const signal of signals) process.off(signal, end)
  // unshare is gone, and with its end the kernel ends the sandbox's first process, which goes as the last.
  while (pid && (await isRunning(pid))) await sleep(10)
  if (stopped !== undefined) return exitCode ?? 128 + stopped
  return result.exitCode ?? 128 + (result.signal ? constants.signals[result.signal] : 0)
}

/** What the outside knows of the sandbox, and `nsenter` needs. */
interface Entrance {
  /** The first process, by the outside's number. */
  pid: number | undefined
  /** Has the sandbox a user namespace? */
  user: boolean
}

/**
 * Called in the sandbox's first process: how one gets in from another terminal, as a command to which a
 * program and its arguments can be added. From here on the sandbox's stop by a signal gives `exitCode`.
 */
export function entrance(exitCode: number): Promise<string> {
  return new Promise((resolve, reject) => {
    if (!process.send) return reject(new Error('only the first process of a sandbox knows the outside'))
    process.once('message', ({ pid, user }: Entrance) => {
      process.disconnect()
      resolve(
        user
          ? `nsenter --target ${pid} --user --preserve-credentials --net --mount --pid`
          : `sudo nsenter --target ${pid} --net --mount --pid`,
      )
    })
    process.send(exitCode)
  })
}

// --- utils ---

/** The fields of a process from its state on (proc_pid_stat(5)): the name before them may hold spaces. */
const statusOf = (text: string) => text.replace(/.*\) /s, '').split(' ')

/** The parent and its parent, by PID: the shell in which npm runs a script, and npm, which may be killed. */
function ancestors(): string {
  try {
    return `${process.ppid} ${statusOf(readFileSync(`/proc/${process.ppid}/stat`, 'utf8'))[1]}`
  } catch {
    return 'gone'
  }
}

/** Neither gone nor a zombie: the first process of a PID namespace becomes one when all others are gone. */
async function isRunning(pid: number): Promise<boolean> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  return text !== undefined && statusOf(text)[0] !== 'Z'
}

/** unshare's only child, by the outside's PID; undefined before it is there. */
async function firstProcess(unshare: number | undefined): Promise<number | undefined> {
  const children = await readFile(`/proc/${unshare}/task/${unshare}/children`, 'utf8').catch(() => '')
  return Number.parseInt(children, 10) || undefined
}
