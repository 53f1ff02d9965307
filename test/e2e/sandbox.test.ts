import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { execa } from 'execa'
import { describe, expect, it } from 'vitest'
import { processes } from '../../tools/cluster/sandbox/processes.ts'

/** The processes that carry this mark in their environment. */
function marked(mark: string): { pid: number; command: string }[] {
  return readdirSync('/proc').flatMap((entry) => {
    try {
      if (!readFileSync(`/proc/${entry}/environ`, 'utf8').includes(mark)) return []
      const command = readFileSync(`/proc/${entry}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
      return [{ pid: Number(entry), command }]
    } catch {
      return [] // Not a process, or gone meanwhile.
    }
  })
}

const soon = <T>(probe: () => T | undefined): Promise<T> => processes().until('it is so', async () => probe())

/**
 * A sandbox with a background process in a further namespace, as a component of the cluster is; its command
 * runs below two shells, as npm and its shell.
 */
async function sandbox() {
  const id = randomUUID()
  const script = 'ip netns add inner; ip netns exec inner sleep 1001 & exec sleep 1000'
  const command = `"${process.execPath}" --import tsx test/e2e/fixtures/sandbox.ts sh -c "${script}"`
  const npm = execa('sh', ['-c', `sh -c '${command}; exit $?'; exit $?`], {
    env: { MARK: id },
    reject: false,
  })
  const mark = `MARK=${id}`
  const all = await soon(() => {
    const found = marked(mark)
    const commands = found.map(({ command }) => command)
    return commands.includes('sleep 1000') && commands.includes('sleep 1001') ? found : undefined
  })
  const find = (beginning: string) => {
    const found = all.find(({ command, pid }) => command.startsWith(beginning) && pid !== npm.pid)
    if (found) return found.pid
    throw new Error(`no ${beginning} among ${all.map(({ command }) => command).join(', ')}`)
  }
  const pids = {
    npm: npm.pid,
    shell: find('sh -c'),
    command: find(process.execPath),
    unshare: find('unshare'),
    first: find('sleep 1000'),
  }
  return { mark, npm, pids }
}

describe('whatever ends the sandbox, no process and no namespace is left', () => {
  it.for([
    { what: 'SIGTERM to the command', who: 'command', signal: 'SIGTERM', exitCodes: [143] },
    { what: 'Ctrl-C', who: 'command', signal: 'SIGINT', exitCodes: [130] },
    { what: 'the terminal closed', who: 'command', signal: 'SIGHUP', exitCodes: [129] },
    { what: 'SIGKILL to the command', who: 'command', signal: 'SIGKILL', exitCodes: [137] },
    { what: 'SIGKILL to unshare', who: 'unshare', signal: 'SIGKILL', exitCodes: [137] },
    { what: 'SIGKILL to the first process', who: 'first', signal: 'SIGKILL', exitCodes: [1, 137] }, // unshare of util-linux 2.38 says 1.
    { what: "SIGKILL to the command's shell", who: 'shell', signal: 'SIGKILL', exitCodes: [137] },
    { what: 'SIGKILL to npm', who: 'npm', signal: 'SIGKILL', exitCodes: [undefined] },
  ] as const)('$what', async ({ who, signal, exitCodes }) => {
    const { mark, npm, pids } = await sandbox()
    await execa('kill', ['-s', signal.slice(3), String(pids[who])])
    expect(exitCodes).toContain((await npm).exitCode)
    await soon(() => marked(mark).length === 0 || undefined)
  })

  it('its first process ends by itself: the command gives its exit code', async () => {
    const outer = await execa(
      process.execPath,
      ['--import', 'tsx', 'test/e2e/fixtures/sandbox.ts', 'sh', '-c', 'exit 3'],
      { reject: false },
    )
    expect(outer.exitCode).toBe(3)
  })
})
