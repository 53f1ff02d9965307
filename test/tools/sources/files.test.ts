import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { contentOf } from '../../../tools/sources/files.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sources-'))
})
afterAll(() => rm(folder, { recursive: true }))

it('a file of more than 64 MB is refused, and not read', async () => {
  const file = join(folder, 'huge.yaml')
  await writeFile(file, 'proxies: {}')
  expect(await contentOf(file)).toBe('proxies: {}')
  await truncate(file, 2 ** 32) // It takes no room on the disk.
  await expect(contentOf(file)).rejects.toThrow(`${file}: it has more than 64 MB: no release holds so much`)
})
