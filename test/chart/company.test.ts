import { readFile, rm } from 'node:fs/promises'
import { dump } from 'js-yaml'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { helmVersions } from '../../tools/chart/helm.ts'
import { mergedValues } from '../../tools/chart/merged-values.ts'
import { chart } from '../../tools/chart/render.ts'
import { template } from '../../tools/chart/template.ts'
import { temporaryFile, temporaryFolder } from '../../tools/files.ts'
import { fc } from '../fast-check.ts'
import { notes, notesAlone } from '../notes.ts'
import { everyCheck } from './checks/check.ts'

const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31))
console.info(`SEED=${seed}`)
const alone = await vi.importActual<typeof import('../../tools/chart/template.ts')>(
  '../../tools/chart/template.ts',
)
const merging = await vi.importActual<typeof import('../../tools/chart/merged-values.ts')>(
  '../../tools/chart/merged-values.ts',
)
const rows = (await everyCheck()).flatMap(([, rows]) => Object.values(rows))

/** So many cases, of which the first few are asked alone, too: others in each run of the tests. */
const sampleOf = (cases: readonly object[], count: number): object[] =>
  fc
    .sample(fc.shuffledSubarray([...cases], { minLength: count, maxLength: count }), { seed, numRuns: 1 })
    .flat()
const few = 2

let folder = ''
beforeAll(async () => {
  folder = await temporaryFolder()
})
afterAll(() => rm(folder, { recursive: true }))

describe('a case gives alone the bytes and the words that it gives in company', () => {
  const cases = rows.flatMap(({ refused, accepted }) => [refused, accepted])
  it.each(helmVersions)('by Helm %s', async (helm) => {
    const company = sampleOf(cases, 20)
    const together = await Promise.all(company.map((values) => template(chart, values, { helm })))
    for (const [index, values] of company.slice(0, few).entries())
      expect(together[index], JSON.stringify(values)).toEqual(await alone.template(chart, values, { helm }))
  })

  it('as files of YAML, and so do their values', async () => {
    const files = await Promise.all(
      sampleOf(cases, 10).map((values, index) => temporaryFile(folder, `${index}.yaml`, dump(values))),
    )
    const together = await Promise.all(
      files.map((file) => Promise.all([template(chart, [file], {}), mergedValues([file])])),
    )
    for (const [index, file] of files.slice(0, few).entries())
      expect(together[index], await readFile(file, 'utf8')).toEqual([
        await alone.template(chart, [file], {}),
        await merging.mergedValues([file]),
      ])
  })

  it('NOTES too', async () => {
    const company = sampleOf(
      rows.map(({ accepted }) => accepted),
      10,
    )
    const together = await Promise.all(company.map(notes))
    for (const [index, values] of company.slice(0, few).entries())
      expect(together[index], JSON.stringify(values)).toBe(await notesAlone(values))
  })
})
