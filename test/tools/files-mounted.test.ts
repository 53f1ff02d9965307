import promises, { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { writeWhole } from '../../tools/files.ts'

/** Refuses to rename, as the kernel does where a file is mounted: `mount --bind`, or a file of a container. */
function mounted() {
  const refused = Object.assign(new Error('EBUSY: resource busy or locked, rename'), { code: 'EBUSY' })
  const rename = vi.spyOn(promises, 'rename').mockRejectedValue(refused)
  syncBuiltinESMExports()
  onTestFinished(() => {
    rename.mockRestore()
    syncBuiltinESMExports()
  })
  return rename
}

it('a file that is mounted can not be replaced, and is written into', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mounted-'))
  const file = join(folder, 'values.yaml')
  await writeFile(file, 'what was there before, and is longer')
  const rename = mounted()
  await writeWhole(file, 'new')
  expect(rename).toHaveBeenCalledOnce()
  expect(await readFile(file, 'utf8')).toBe('new')
  expect(await readdir(folder)).toEqual(['values.yaml'])
  await rm(folder, { recursive: true })
})
