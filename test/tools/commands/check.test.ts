import { execa } from 'execa'
import { describe, expect, it } from 'vitest'

const check = (args: readonly string[], input = '') =>
  execa(process.execPath, ['--import', 'tsx', 'tools/cli.ts', 'check', ...args], { input, reject: false })

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
    const ran = await check(args, input)
    expect(ran.exitCode, ran.stderr).toBe(exitCode)
    // Nothing is said twice, and no stack is shown.
    expect(ran[exitCode === 2 ? 'stdout' : 'stderr']).toBe('')
    expect(ran.stderr).not.toMatch(/\n +at /)
  })
})
