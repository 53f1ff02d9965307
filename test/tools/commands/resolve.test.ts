import { chmod, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { dnsServer } from '../resolve/names.ts'
import { ran } from './ran.ts'

let folder = ''
let server: Awaited<ReturnType<typeof dnsServer>>
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'resolve-'))
  server = await dnsServer({ 'app2.corp.example': { a: ['2.3.4.5'] } })
})
afterAll(async () => {
  server.stop()
  await rm(folder, { recursive: true })
})

const values = (ip: string, name = 'app2.corp.example') =>
  `proxies:\n  app:\n    addresses:\n      - {name: ${name}, ip: ${ip}} # App2\n`
const file = () => join(folder, 'values.yaml')
beforeEach(() => writeFile(file(), values('9.9.9.9')))

const resolve = (args: string[], input = '') =>
  ran(['resolve', ...args, '--server', server.address], { input })

describe('resolve', () => {
  it('writes what changed, says it, and keeps the file’s rights and the link to it', async () => {
    await chmod(file(), 0o600)
    const link = join(folder, 'link.yaml')
    await symlink(file(), link)
    const { exitCode, stdout } = await resolve([link])
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: `${link}: proxies.app.addresses: app2.corp.example 9.9.9.9 removed\n${link}: proxies.app.addresses: app2.corp.example 2.3.4.5 added`,
    })
    expect(await readFile(file(), 'utf8')).toBe(values('2.3.4.5'))
    expect((await stat(file())).mode & 0o777).toBe(0o600)
  })

  it('with --check writes nothing, and exits with 1 while there is a difference', async () => {
    expect((await resolve([file(), '--check'])).exitCode).toBe(1)
    expect(await readFile(file(), 'utf8')).toBe(values('9.9.9.9'))
    await resolve([file()])
    expect((await resolve([file(), '--check'])).exitCode).toBe(0)
  })

  it('of standard input goes to standard output', async () => {
    expect(await resolve(['-'], values('9.9.9.9'))).toMatchObject({
      exitCode: 0,
      stdout: values('2.3.4.5').trimEnd(),
    })
  })

  it('of two files of which one fails writes neither', async () => {
    const other = join(folder, 'other.yaml')
    await writeFile(other, values('9.9.9.9', 'gone.corp.example'))
    const { exitCode, stderr } = await resolve([file(), other])
    expect(exitCode).toBe(2)
    expect(stderr).toBe(`${other}: gone.corp.example: there is no such name`)
    expect(await readFile(file(), 'utf8')).toBe(values('9.9.9.9'))
  })

  it.each([
    ['a file that is not there', ['nowhere.yaml'], 'nowhere.yaml: no such file'],
    ['an option that is none', ['-', '--within', '10.0.0.0'], 'write a network'],
    ['no address with a name', ['-'], 'no address has a name: write {name: app2.corp.example, ip: 2.3.4.5}'],
  ])('with %s exits with 2', async (_, args, words) => {
    const { exitCode, stderr } = await resolve(args)
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(words) })
  })
})
