import { describe, expect, it } from 'vitest'
import { ran } from './ran.ts'

const check = (args: readonly string[], input = '') => ran(['check', ...args], { input })

describe('npm run check', () => {
  const rows: Record<string, [args: string[], exitCode: number, input?: string]> = {
    right: [['examples/app1-to-app2.yaml'], 0],
    'wrong, from standard input': [['examples/app1-to-app2.yaml', '-'], 1, 'platform: azur'],
    'wrong, by --set': [['examples/app1-to-app2.yaml', '--set', 'platform=azur'], 1],
    'a file that is not there': [['nowhere.yaml'], 2],
    'a folder': [['examples'], 2],
    'a form that is not there': [['examples/app1-to-app2.yaml', '--format', 'xml'], 2],
    'no file': [[], 2],
  }
  it.each(Object.entries(rows))('%s', async (_, [args, exitCode, input]) => {
    const said = await check(args, input)
    expect(said.exitCode, said.stderr).toBe(exitCode)
    // Nothing is said twice, and no stack is shown.
    expect(said[exitCode === 2 ? 'stdout' : 'stderr']).toBe('')
    expect(said.stderr).not.toMatch(/\n +at /)
  })
})
