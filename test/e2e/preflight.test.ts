import { execa } from 'execa'
import { describe, expect, it } from 'vitest'

const tsx = [process.execPath, '--import', 'tsx']
const run = [...tsx, 'tools/cli.ts', 'in-sandbox', 'echo', 'started']

it('names everything that is missing at once, each with the command that mends it', async () => {
  // Nothing is built or fetched before, and there is nothing to fetch it with.
  const script = 'mount -t tmpfs nothing .cache && PATH=/nonexistent exec "$@"'
  const command = [...tsx, 'tools/cli.ts', 'in-sandbox', 'true']
  const { exitCode, stderr } = await execa('unshare', ['--mount', 'sh', '-c', script, 'sh', ...command], {
    reject: false,
  })
  expect(exitCode).toBe(2)
  expect(stderr).toContain("The embedded cluster can't start here:")
  for (const [program, cure] of [
    ['unshare', 'apt-get install -y util-linux'],
    ['setpriv', 'apt-get install -y util-linux'],
    ['git', 'apt-get install -y git'],
    ['go', 'https://go.dev/dl'],
  ] as const) {
    expect(stderr).toMatch(new RegExp(`- ${program} is not on PATH: .*${cure}`))
  }
})

it('says what it does with --help, before it looks for anything', async () => {
  const { stdout } = await execa(process.execPath, ['--import', 'tsx', 'tools/cli.ts', 'prove', '--help'], {
    env: { PATH: '/nonexistent' },
  })
  expect(stdout).toMatch(/--keep.*\n.*--json/s)
})

// In a sandbox of its own: the setting is one of each user namespace.
describe('where user namespaces are forbidden', () => {
  const forbidden = (...command: string[]) => {
    const script = 'echo 0 > /proc/sys/user/max_user_namespaces && exec "$@"'
    const [node = '', ...args] = [
      ...tsx,
      'test/e2e/fixtures/sandbox.ts',
      'sh',
      '-c',
      script,
      'sh',
      ...command,
    ]
    return execa(node, args, { reject: false })
  }

  it('root gets a sandbox without one', async () => {
    expect(await forbidden(...run)).toMatchObject({ exitCode: 0, stdout: 'started' })
  })

  it('others are told the setting and the command that mends it', async () => {
    const { exitCode, stderr } = await forbidden('setpriv', '--bounding-set=-all', '--inh-caps=-all', ...run)
    expect(exitCode).toBe(2)
    expect(stderr).toContain('user namespaces are forbidden by user.max_user_namespaces = 0')
    expect(stderr).toContain('sudo sysctl -w user.max_user_namespaces=15000')
  })
})
