/** The npm package starts a cluster of its own: run outside of the sandbox, since it makes one. */
import { mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { cache } from '../../tools/root.ts'
import { packedIn } from '../packed.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'package-'))
  // What the project has built needn't be built again.
  await mkdir(join(folder, 'cache'))
  await symlink(cache, join(folder, 'cache', 'external-service-proxy'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

it('report --prove of the package asks packets, and shows every answer', async () => {
  const command = await packedIn(folder)
  const { stderr, exitCode } = await execa(
    command,
    ['report', 'examples/app1-to-app2.yaml', '--prove', '-o', 'page.html'],
    {
      cwd: folder,
      extendEnv: false,
      env: { PATH: process.env.PATH, HOME: folder, XDG_CACHE_HOME: join(folder, 'cache') },
      reject: false,
    },
  )
  expect(exitCode, stderr).toBe(0)
  const page = await readFile(join(folder, 'page.html'), 'utf8')
  const tries = [...page.matchAll(/<th scope="row">myapp-proxy<\/th><td>(.*?)<\/td><td>(.*?)<\/td>.*<\/tr>/g)]
  const answered = tries.filter(([row]) => row.includes('<td>2.3.4.5 port 8080 answered</td>'))
  expect(new Set(answered.map(([, door]) => door))).toEqual(new Set(['load balancer', 'route']))
  expect(new Set(answered.map(([, , who]) => who))).toEqual(new Set(['App1']))
  expect(tries.filter(([, , who]) => who === 'intruder')).not.toEqual([])
})
