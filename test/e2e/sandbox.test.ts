import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { execa } from 'execa'
import { describe, expect, it } from 'vitest'

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

async function soon<T>(probe: () => T | undefined): Promise<T> {
  for (let tries = 0; tries < 200; tries++) {
    const found = probe()
    if (found !== undefined) return found
    await sleep(50)
  }
  throw new Error('not within 10 s')
}

/** A sandbox with a background process in a further namespace, as a component of the cluster is. */
async function sandbox() {
  const mark = `MARK=${randomUUID()}`
  const script = 'ip netns add inner && (ip netns exec inner sleep 1001 & exec sleep 1000)'
  const tsx = ['--import', 'tsx', 'test/e2e/fixtures/sandbox.ts']
  const [name = '', value] = mark.split('=')
  const outer = execa(process.execPath, [...tsx, 'sh', '-c', script], {
    env: { [name]: value },
    reject: false,
  })
  const all = await soon(() => {
    const found = marked(mark)
    const commands = found.map(({ command }) => command)
    return commands.includes('sleep 1000') && commands.includes('sleep 1001') ? found : undefined
  })
  const find = (command: string) => all.find((found) => found.command.startsWith(command))?.pid ?? 0
  return { mark, outer, unshare: find('unshare'), first: find('sleep 1000') }
}

describe('whatever ends the sandbox, no process and no namespace is left', () => {
  it.for([
    { what: 'SIGTERM to the command', who: 'outer', signal: 'SIGTERM', exitCode: 143 },
    { what: 'Ctrl-C', who: 'outer', signal: 'SIGINT', exitCode: 130 },
    { what: 'the terminal closed', who: 'outer', signal: 'SIGHUP', exitCode: 129 },
    { what: 'SIGKILL to the command', who: 'outer', signal: 'SIGKILL', exitCode: undefined },
    { what: 'SIGKILL to unshare', who: 'unshare', signal: 'SIGKILL', exitCode: 137 },
    { what: 'SIGKILL to the first process', who: 'first', signal: 'SIGKILL', exitCode: 137 },
  ] as const)('$what', async ({ who, signal, exitCode }) => {
    const { mark, outer, unshare, first } = await sandbox()
    const pids = { outer: outer.pid ?? 0, unshare, first }
    process.kill(pids[who], signal)
    expect((await outer).exitCode).toBe(exitCode)
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
