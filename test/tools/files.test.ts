import {
  chmod,
  chown,
  link as linkHard,
  lstat,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { exists, temporaryFile, temporaryFolder, wholeFolder, writeWhole } from '../../tools/files.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'files-'))
})
afterAll(() => rm(folder, { recursive: true }))

describe('a file is written whole', () => {
  it('with its folder and its rights', async () => {
    const file = join(folder, 'new', 'program')
    await writeWhole(file, 'content', 0o755)
    expect(await readFile(file, 'utf8')).toBe('content')
    expect((await stat(file)).mode & 0o777).toBe(0o755)
  })

  it('by several at once, of whom one is the last; nothing else is left', async () => {
    const file = join(folder, 'shared', 'file')
    await Promise.all(['a', 'b', 'c'].map((content) => writeWhole(file, content)))
    expect(['a', 'b', 'c']).toContain(await readFile(file, 'utf8'))
    expect(await readdir(join(folder, 'shared'))).toEqual(['file'])
  })

  it('or not at all: what was written half-way is taken away', async () => {
    const place = join(folder, 'taken')
    await writeWhole(join(place, 'file'), '')
    await expect(writeWhole(place, 'content')).rejects.toThrow(
      `${place} can't be written: illegal operation on a directory`,
    )
    expect((await readdir(folder)).filter((name) => name.startsWith('taken'))).toEqual(['taken'])
  })
})

describe('of a file that is replaced', () => {
  it('another name keeps what was there', async () => {
    const [file, other] = [join(folder, 'named'), join(folder, 'named-too')]
    await writeFile(file, 'old')
    await linkHard(file, other)
    await writeWhole(file, 'new')
    expect([await readFile(file, 'utf8'), await readFile(other, 'utf8')]).toEqual(['new', 'old'])
  })

  it('the name may be as long as one can be', async () => {
    const file = join(folder, 'n'.repeat(255))
    await writeWhole(file, 'first')
    await writeWhole(file, 'new')
    expect(await readFile(file, 'utf8')).toBe('new')
  })

  it.runIf(process.getuid?.() === 0)('the owner stays', async () => {
    const file = join(folder, 'owned')
    await writeFile(file, 'old')
    await chown(file, 65534, 65534)
    await writeWhole(file, 'new')
    expect(await stat(file)).toMatchObject({ uid: 65534, gid: 65534 })
  })
})

describe('a folder is put in its place whole', () => {
  const fill = (content: string) => async (part: string) => writeFile(join(part, content), content)

  it('where none is, and where another is', async () => {
    const place = join(folder, 'above', 'whole')
    await wholeFolder(place, fill('old'))
    await wholeFolder(place, fill('new'))
    expect(await readdir(place)).toEqual(['new'])
    expect(await readdir(join(folder, 'above'))).toEqual(['whole'])
  })

  it('or stays as it was', async () => {
    const place = join(folder, 'stays', 'whole')
    await wholeFolder(place, fill('old'))
    const failing = wholeFolder(place, async (part) => {
      await fill('half')(part)
      throw new Error('it failed')
    })
    await expect(failing).rejects.toThrow('it failed')
    expect(await readdir(place)).toEqual(['old'])
    expect(await readdir(join(folder, 'stays'))).toEqual(['whole'])
  })
})

describe('what is there is written into, not replaced:', () => {
  it('a link, so that what it leads to is written, with the rights that it has', async () => {
    const [file, link] = [join(folder, 'linked'), join(folder, 'link')]
    await writeFile(file, 'old')
    await chmod(file, 0o600)
    await symlink(file, link)
    await writeWhole(link, 'new')
    expect((await lstat(link)).isSymbolicLink()).toBe(true)
    expect(await readFile(file, 'utf8')).toBe('new')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
  })

  it('a link to what is not there yet', async () => {
    const [file, link] = [join(folder, 'later'), join(folder, 'early')]
    await symlink(file, link)
    await writeWhole(link, 'new')
    expect((await lstat(link)).isSymbolicLink()).toBe(true)
    expect(await readFile(file, 'utf8')).toBe('new')
  })

  it('a pipe', async () => {
    const pipe = join(folder, 'pipe')
    await execa('mkfifo', [pipe])
    const [content] = await Promise.all([readFile(pipe, 'utf8'), writeWhole(pipe, 'through')])
    expect(content).toBe('through')
    expect((await lstat(pipe)).isFIFO()).toBe(true)
  })

  it('a device', async () => {
    const before = await lstat('/dev/null')
    await writeWhole('/dev/null', 'content')
    expect((await lstat('/dev/null')).ino).toBe(before.ino)
  })
})

it('what can not be written is said in words, and at once', async () => {
  await expect(writeWhole('/proc/none/file', '')).rejects.toThrow(
    "/proc/none/file can't be written: no such file or directory",
  )
  await expect(writeWhole('/dev/null/file', '')).rejects.toThrow("/dev/null/file can't be written: ")
})

it('a folder for temporary files that can not be made is said in words', async () => {
  vi.stubEnv('TMPDIR', join(folder, 'gone'))
  await expect(temporaryFolder()).rejects.toThrow(
    `temporary files can't be written to ${join(folder, 'gone')} (name another folder by TMPDIR): no such file`,
  )
  vi.unstubAllEnvs()
})

it('a temporary file that can not be written is said in words', async () => {
  await expect(temporaryFile('/dev', 'full', 'content')).rejects.toThrow(
    `temporary files can't be written to ${tmpdir()} (name another folder by TMPDIR): no space left on device`,
  )
})

it('exists says whether there is anything of a path', async () => {
  expect(await exists(folder)).toBe(true)
  expect(await exists(join(folder, 'no such file'))).toBe(false)
})
