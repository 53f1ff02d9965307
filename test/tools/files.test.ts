import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exists, writeWhole } from '../../tools/files.ts'

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
    await expect(writeWhole(place, 'content')).rejects.toThrow('EISDIR')
    expect((await readdir(folder)).filter((name) => name.startsWith('taken'))).toEqual(['taken'])
  })
})

it('exists says whether there is anything of a path', async () => {
  expect(await exists(folder)).toBe(true)
  expect(await exists(join(folder, 'no such file'))).toBe(false)
})
