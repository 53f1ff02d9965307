import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { chart } from '../../tools/chart/render.ts'

/** Gives each run of a test file a copy of the chart to change. @returns its path, once the tests run */
export function chartToChange(): () => string {
  let folder = ''
  const copy = () => join(folder, 'chart')
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mutation-'))
    await cp(chart, copy(), { recursive: true })
  })
  afterAll(() => rm(folder, { recursive: true }))
  return copy
}
