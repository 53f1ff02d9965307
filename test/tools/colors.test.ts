import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { describe, expect, inject, it } from 'vitest'

const { program, env: own } = inject('command')
const unknown = [program, 'doors', 'no-such.yaml']
const said = async (env: Record<string, string>) => {
  const options = { env: { ...own, NO_COLOR: '', FORCE_COLOR: '', ...env }, reject: false } as const
  return (await execa(process.execPath, unknown, options)).stderr
}
const color = String.fromCharCode(27)

it('a pipe gets no colours, not even where CI is set, unless they are asked for', async () => {
  expect(await said({ CI: 'true' })).not.toContain(color)
  expect(await said({ FORCE_COLOR: '1' })).toContain(color)
  expect(await said({ FORCE_COLOR: '1', NO_COLOR: '1' })).not.toContain(color)
  expect(await said({ FORCE_COLOR: '0' })).not.toContain(color)
})

describe('a terminal', () => {
  /** What a command writes to a terminal. */
  const shown = async (env: Record<string, string>, args = unknown) => {
    const command = [process.execPath, ...args].map((word) => `'${word}'`).join(' ')
    const { stdout } = await execa('script', ['--quiet', '--command', command, '/dev/null'], {
      env: { ...own, NO_COLOR: '', FORCE_COLOR: '', TERM: 'xterm', ...env },
      stdin: 'ignore',
    })
    return stdout
  }

  it('gets colours, but one that has none, or where none are wanted', async () => {
    expect(await shown({})).toContain(color)
    expect(await shown({ TERM: 'dumb' })).not.toContain(color)
    expect(await shown({ NO_COLOR: '1' })).not.toContain(color)
    expect(await shown({ FORCE_COLOR: '0' })).not.toContain(color)
  })

  it('gets no command that a file or a name holds', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'colors-'))
    const file = join(folder, 'values.yaml')
    await writeFile(
      file,
      `"${String.raw`\e]0;title\a\e[2J`}": 1\nplatform: a\u001b]0;title\u0007\u202e\u2066\n`,
    )
    const text = await shown({}, [program, 'check', file])
    await rm(folder, { recursive: true })
    expect(text).toContain('title')
    expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/) // They turn round what is read.
    expect(text.replaceAll(new RegExp(`${color}\\[[\\d;]*m`, 'g'), '')).not.toMatch(
      new RegExp(`${color}|${String.fromCharCode(7)}`),
    )
  })
})
