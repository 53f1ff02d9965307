/** What a machine gets that has nothing of ours: run outside of the sandbox, which has no way to fetch anything. */
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { execa } from 'execa'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { isOlder, oldestGo } from '../../tools/programs/go.ts'
import { goTool, problemsWith } from '../../tools/programs/tools.ts'
import { root } from '../../tools/root.ts'

const fetched = join(root, '.cache', 'bin')
const demo = [process.execPath, '--import', 'tsx', 'tools/cli.ts', 'demo']

/** Runs a command where those programs aren't, in a mount namespace of its own. */
function without(programs: readonly string[], command: readonly string[], { offline = false } = {}) {
  const folders = (process.env.PATH ?? '').split(delimiter).concat('/usr/local/sbin', '/usr/sbin', '/sbin')
  const places = programs.flatMap((name) => folders.map((folder) => join(folder, name))).filter(existsSync)
  const script = [
    ...places.map((place) => `mount --bind /dev/null ${place}`),
    ...(offline ? [`mount -t tmpfs nothing ${join(root, '.cache')}`] : []),
    'exec "$@"',
  ].join('\n')
  const namespaces = ['--user', '--map-root-user', '--mount', ...(offline ? ['--net'] : [])]
  return execa('unshare', [...namespaces, 'sh', '-ec', script, 'sh', ...command], { reject: false })
}

describe('without Go, nft and ip', () => {
  it('the demo fetches what it needs and starts', async () => {
    for (const folder of await readdir(fetched)) {
      if (folder.startsWith('network-tools-')) await rm(join(fetched, folder), { recursive: true })
    }
    const { exitCode, stdout, stderr } = await without(['go', 'nft', 'ip'], [...demo, '--json'])
    expect(stderr).toMatch(/fetch nft and ip, Debian packages .* MB.*: (nft|ip) fails/)
    expect(exitCode, stderr).toBe(0)
    const { rows } = JSON.parse(stdout)
    expect(rows).not.toHaveLength(0)
    for (const row of rows) expect(row).toMatchObject({ ok: true })
  })

  it('where nothing can be fetched, each is named with the command that mends it', async () => {
    const { exitCode, stderr } = await without(['go', 'nft', 'ip'], demo, { offline: true })
    expect(exitCode).toBe(2)
    expect(stderr).toContain("The embedded cluster can't start here:")
    for (const [program, cure] of [
      ['nft', 'sudo apt-get install -y nftables'],
      ['ip', 'sudo apt-get install -y iproute2'],
      ['go', 'install Go .* from https://go.dev/dl'],
    ] as const) {
      expect(stderr).toMatch(
        new RegExp(`- ${program} (fails .*|is not on PATH): ${cure}.* \\(fetching it failed: .+\\)`),
      )
    }
  })
})

describe('with a Go that is too old', () => {
  afterEach(() => {
    vi.unstubAllEnvs()
  })

  it('a newer one is fetched, and comes first', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'go-'))
    await writeFile(join(folder, 'go'), '#!/bin/sh\necho go version go1.9.7 linux/amd64\n')
    await chmod(join(folder, 'go'), 0o755)
    vi.stubEnv('PATH', [folder, process.env.PATH].join(delimiter))
    expect(await problemsWith([await goTool(['kubernetes'])])).toEqual([])
    const { stdout } = await execa('go', ['env', 'GOVERSION'])
    expect(isOlder(stdout.replace('go', ''), await oldestGo(['kubernetes-1.37']))).toBe(false)
  })
})
