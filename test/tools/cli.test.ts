import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, describe, expect, inject, it, vi } from 'vitest'

const { program, env } = inject('command')

/** Runs a line of a shell, in which `cli` is the command. */
const line = (text: string) =>
  execa('bash', ['-c', text.replaceAll('cli', `'${process.execPath}' '${program}'`)], { reject: false, env })

describe('says in words, not by a stack trace,', () => {
  it.each([
    ['that input has no end', 'cli check /dev/zero', '/dev/zero: it has more than 64 MB'],
    ['the same of standard input', 'yes a: b | cli check -', '-: it has more than 64 MB'],
    [
      'that a program is none',
      'HELM=/nowhere/helm cli check examples/app1-to-app2.yaml',
      'HELM=/nowhere/helm: no program is there',
    ],
    [
      'that an output is a folder',
      'cli import examples/by-hand/app1-to-app2.yaml -o /tmp',
      "/tmp can't be written: illegal operation on a directory",
    ],
  ])('%s', async (_, text, words) => {
    const { stderr, exitCode } = await line(text)
    expect(stderr).toContain(words)
    expect(stderr).not.toMatch(/^ +at /m)
    expect(exitCode).toBe(2)
  })

  it.each(['2>&1 | true', '2> /dev/full', '2>&-'])(
    'or not at all, but by its exit code, with %s',
    async (end) => {
      const { stdout, exitCode } = await line(`cli check nowhere.yaml ${end}; exit \${PIPESTATUS[0]}`)
      expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 })
    },
  )
})

it("takes values by a shell's <(…), which can be read once only", async () => {
  const { stderr } = await line('cli prove -f <(cat examples/app1-to-app2.yaml) --only no-such')
  expect(stderr).toBe('no enabled proxy is called no-such, only myapp-proxy')
})

it('ends in silence where nobody reads on', async () => {
  const { stderr, exitCode } = await line('set -o pipefail; cli completion bash | true')
  expect(stderr).toBe('')
  expect(exitCode).toBe(0)
})

it('says in words that standard output is full, and that nothing is shown by it', async () => {
  const { stderr, exitCode } = await line('cli completion bash > /dev/full')
  expect(stderr).toMatch(/^standard output can't be written: ENOSPC[^\n]*$/)
  expect(exitCode).toBe(2)
})

describe('a signal ends it and the Helm that it runs, and leaves no file behind', () => {
  const folders: string[] = []
  afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))))
  /** A Helm that never ends, and says so by a file. */
  const endless = async () => {
    const folder = await mkdtemp(join(tmpdir(), 'signals-'))
    folders.push(folder)
    const helm = join(folder, 'helm')
    await writeFile(helm, `#!/bin/sh\necho $$ > '${folder}/pid'\nexec sleep 600\n`)
    await chmod(helm, 0o755)
    await mkdir(join(folder, 'tmp'))
    return { folder, helm }
  }
  const example = 'examples/app1-to-app2.yaml'
  it.concurrent.each<[string[], 'SIGINT' | 'SIGTERM' | 'SIGHUP']>([
    [['check', example], 'SIGINT'],
    [['render', example], 'SIGTERM'],
    [['report', example], 'SIGHUP'],
    [['prove', example], 'SIGINT'],
    [['import', 'examples/by-hand/app1-to-app2.yaml'], 'SIGTERM'],
  ])('%s, %s', async (words, signal) => {
    const { folder, helm } = await endless()
    const running = execa(process.execPath, [program, ...words, ...unknownValues(words)], {
      env: { ...env, HELM: helm, TMPDIR: join(folder, 'tmp') },
      reject: false,
    })
    const pid = await vi.waitFor(
      async () => Number(await readFile(join(folder, 'pid'), 'utf8')) || fail(),
      60_000,
    )
    running.kill(signal)
    expect((await running).signal).toBe(signal)
    await vi.waitFor(() => expect(existsSync(`/proc/${pid}`)).toBe(false), 10_000)
    expect(await readdir(join(folder, 'tmp'))).toEqual([])
  })
})

/** What no run kept the result of. */
const unknownValues = ([name]: readonly string[]) =>
  name === 'import' ? [] : ['--set', `commonLabels.run=r${process.pid}`]

const fail = () => {
  throw new Error('not yet')
}
