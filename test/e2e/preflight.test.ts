import { execa } from 'execa'
import { expect, it } from 'vitest'

it('names everything that is missing at once, each with the command that mends it', async () => {
  const { exitCode, stderr } = await execa(
    process.execPath,
    ['--import', 'tsx', 'tools/cluster/run.ts', 'true'],
    {
      env: { PATH: '/nonexistent' },
      reject: false,
    },
  )
  expect(exitCode).toBe(1)
  expect(stderr).toContain("The embedded cluster can't start here:")
  for (const [program, cure] of [
    ['unshare', 'apt-get install -y util-linux'],
    ['setpriv', 'apt-get install -y util-linux'],
    ['curl', 'apt-get install -y curl'],
    ['git', 'apt-get install -y git'],
    ['go', 'https://go.dev/dl'],
  ] as const) {
    expect(stderr).toMatch(new RegExp(`- ${program} is not on PATH: .*${cure}`))
  }
})

it('says what it does with --help, before it looks for anything', async () => {
  const { stdout } = await execa(process.execPath, ['--import', 'tsx', 'tools/demo.ts', '--help'], {
    env: { PATH: '/nonexistent' },
  })
  expect(stdout).toMatch(/--keep.*\n.*--json/s)
})
