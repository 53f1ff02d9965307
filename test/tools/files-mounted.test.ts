import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { writeWhole } from '../../tools/files.ts'

// As the kernel answers where a file is mounted: `mount --bind`, or a file of a container.
vi.mock('node:fs/promises', async (original) => ({
  ...(await original<typeof import('node:fs/promises')>()),
  rename: async () => {
    throw Object.assign(new Error('EBUSY: resource busy or locked, rename'), { code: 'EBUSY' })
  },
}))

it('a file that is mounted can not be replaced, and is written into', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mounted-'))
  const file = join(folder, 'values.yaml')
  await writeFile(file, 'what was there before, and is longer')
  await writeWhole(file, 'new')
  expect(await readFile(file, 'utf8')).toBe('new')
  expect(await readdir(folder)).toEqual(['values.yaml'])
  await rm(folder, { recursive: true })
})
