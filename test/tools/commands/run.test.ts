import { describe, expect, it } from 'vitest'
import project from '../../../package.json' with { type: 'json' }
import { commands } from '../../../tools/commands/commands.ts'
import { ran } from './ran.ts'

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
    'error: there is no command prvoe, only bench, build, check, completion, demo, diagram, doors, generate, import, in-sandbox, lint-chart, package, prove, render, report, resolve, starts: did you mean prove?',
  )
  expect(exitCode).toBe(2)
  expect((await ran(['zzzzzz'])).stderr).toMatch(/, starts$/)
})

it.each([['--version'], ['-V']])('%s says the version', async (word) => {
  expect(await ran([word])).toEqual({ stdout: project.version, stderr: '', exitCode: 0 })
})

it('help COMMAND is COMMAND --help', async () => {
  expect(await ran(['help', 'check'])).toEqual(await ran(['check', '--help']))
  expect((await ran(['help', 'chek'])).stdout).toBe((await ran(['--help'])).stdout)
})

it.each(Object.keys(commands))(
  '%s --help fits a terminal of 80 columns, but for what is typed',
  async (name) => {
    const { stdout } = await ran([name, '--help'])
    const [said = ''] = stdout.split('Examples:\n')
    expect(said.split('\n').filter((line) => line.length > 80)).toEqual([])
  },
)
