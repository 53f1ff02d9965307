import {
  chmod,
  chown,
  link as linkHard,
  lstat,
  mkdir,
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
  /** Writes a file as a user without rights, who has the folder's group alone. */
  const asNobody = (file: string) => {
    const script = `
      const { writeWhole } = await import('./tools/files.ts')
      process.setgroups([]); process.setgid(65534); process.setuid(65534)
      await writeWhole(${JSON.stringify(file)}, 'new').catch(({ message }) => console.log(message))`
    return execa(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script])
  }
  const isRoot = process.getuid?.() === 0

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

  it.runIf(isRoot)('the owner stays', async () => {
    const file = join(folder, 'owned')
    await writeFile(file, 'old')
    await chown(file, 65534, 65534)
    await writeWhole(file, 'new')
    expect(await stat(file)).toMatchObject({ uid: 65534, gid: 65534 })
  })

  it.runIf(isRoot)('one that none may take the place of is written into', async () => {
    const place = join(folder, 'closed')
    await mkdir(place)
    const file = join(place, 'file')
    await writeFile(file, 'what was there')
    await chmod(file, 0o666)
    await chmod(folder, 0o755)
    await asNobody(file)
    expect(await readFile(file, 'utf8')).toBe('new')
    expect((await stat(file)).uid).toBe(0)
  })

  it.runIf(isRoot)('one that is there to be read only is left alone', async () => {
    const place = join(folder, 'open')
    await mkdir(place)
    await chmod(place, 0o777)
    await chmod(folder, 0o755)
    const file = join(place, 'file')
    await writeFile(file, 'old')
    expect((await asNobody(file)).stdout).toBe(`${file} can't be written: permission denied`)
    expect([await readFile(file, 'utf8'), await readdir(place)]).toEqual(['old', ['file']])
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

it('whatever ends the process takes its temporary folder and half-written files away', async () => {
  const kept = join(folder, 'kept')
  const script = `
    const { temporaryFolder, wholeFolder, writeWhole } = await import('./tools/files.ts')
    const { mkdir } = await import('node:fs/promises')
    process.env.TMPDIR = process.env.FOLDER
    await mkdir(process.env.FOLDER)
    await temporaryFolder()
    await writeWhole(process.env.FOLDER + '/whole', '')
    const never = new Promise(() => {})
    const half = async function* (begun) {
      yield 'half'
      begun()
      await never
    }
    await Promise.all([
      new Promise((begun) => void wholeFolder(process.env.FOLDER + '/whole', () => begun() ?? never)),
      new Promise((begun) => void writeWhole(process.env.FOLDER + '/half', half(begun))),
    ])
    process.stdout.write('begun')
    setInterval(() => {}, 1000)
  `
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    const running = execa(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], {
      env: { FOLDER: kept },
      reject: false,
    })
    running.stdout.once('data', () => running.kill(signal))
    expect((await running).signal).toBe(signal)
    expect(await readdir(kept)).toEqual(['whole'])
    await rm(kept, { recursive: true })
  }
})
