import { execa } from 'execa'
import { describe, expect, it } from 'vitest'
import project from '../../package.json' with { type: 'json' }
import { ran } from './commands/ran.ts'

describe('npm run … -- --help names itself as it was called', () => {
  const scripts = Object.entries(project.scripts).flatMap(([script, line]) => {
    const command = /tools\/cli\.ts ([\w-]+)$/.exec(line)?.[1]
    return command ? [{ script, command }] : []
  })
  it.each(scripts)('$script', async ({ script, command }) => {
    const { stdout, exitCode } = await ran([command, '--help'])
    expect(stdout).toMatch(new RegExp(`^Usage: npm run ${script} -- `))
    expect(exitCode).toBe(0)
  })
})

it.each(['completion', 'diagram', 'prove'])(
  "%s: what an example prints for a program has none of npm's lines in it",
  async (command) => {
    const { stdout } = await ran([command, '--help'])
    const [, examples = ''] = stdout.split('Examples:\n')
    const forPrograms = examples.split('\n').filter((line) => /--json|>|<\(/.test(line))
    expect(forPrograms.length).toBeGreaterThan(0)
    expect(forPrograms.filter((line) => !line.includes(`npm run --silent ${command} -- `))).toEqual([])
  },
)

it('says which commands there are', async () => {
  const { stderr, exitCode } = await ran(['prvoe'])
  expect(stderr).toBe(
    'error: there is no command prvoe, only bench, build, check, completion, demo, diagram, doors, generate, import, in-sandbox, lint-chart, package, prove, render, report, resolve, starts',
  )
  expect(exitCode).toBe(2)
})

it('ends in silence where nobody reads on', async () => {
  const line = 'set -o pipefail; node --import tsx tools/cli.ts completion bash | true'
  const { stderr, exitCode } = await execa('bash', ['-c', line], { reject: false })
  expect(stderr).toBe('')
  expect(exitCode).toBe(0)
})

it('says in words that standard output is full, and that nothing is shown by it', async () => {
  const line = 'node --import tsx tools/cli.ts completion bash > /dev/full'
  const { stderr, exitCode } = await execa('bash', ['-c', line], { reject: false })
  expect(stderr).toMatch(/^standard output can't be written: ENOSPC[^\n]*$/)
  expect(exitCode).toBe(2)
})
