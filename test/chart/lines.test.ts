import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { expect, it } from 'vitest'
import { chart } from '../../tools/chart/render.ts'

it('no line of a template or a declaration passes 140 characters', async () => {
  const folders = [join(chart, 'templates'), join(chart, 'controllers')]
  const entries = await Promise.all(
    folders.map((folder) => readdir(folder, { recursive: true, withFileTypes: true })),
  )
  const files = entries
    .flat()
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  expect(files.length).toBeGreaterThan(40)
  const long = await Promise.all(
    files.map(async (file) =>
      (await readFile(file, 'utf8'))
        .split('\n')
        .flatMap((line, index) => (line.length > 140 ? [`${relative(chart, file)}:${index + 1}`] : [])),
    ),
  )
  expect(long.flat()).toEqual([])
})
