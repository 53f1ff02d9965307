import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, it } from 'vitest'
import { findHelm } from '../../tools/chart/helm.ts'
import { parseProblems } from '../../tools/chart/problems.ts'
import { chart } from '../../tools/chart/render.ts'
import { everyCheck } from '../chart/checks/check.ts'
import { noted } from '../figures.ts'
import { chartToChange } from './copy.ts'
import { statementsOf } from './statements.ts'

const copy = chartToChange()

/** What the copy says of values, as the rows have it. */
async function said(values: object, code: string): Promise<string[]> {
  const args = ['template', 'release', copy(), '--kube-version=1.37.0', '--values=-']
  const input = `${JSON.stringify(values)}\n`
  const { stderr } = await execa(await findHelm('4.1'), args, { input, reject: false })
  return parseProblems(stderr).flatMap((one) => (one.code === code ? `${one.path}: ${one.message}` : []))
}

const checks = join('templates', 'checks')
const templates = (await readdir(join(chart, checks))).map((file) => join(checks, file))
const specified = new Map(await everyCheck())

it('each statement that says a problem, taken out, is missed by a row of its code', {
  timeout: 3_600_000,
}, async () => {
  const survivors: string[] = []
  let taken = 0
  for (const template of templates) {
    const text = await readFile(join(chart, template), 'utf8')
    for (const { line, taken: piece, without } of statementsOf(text)) {
      const [, code = ''] = /lib\.problem"\s*\(list [^}]*?"([a-z]+(?:-[a-z]+)+)"/.exec(piece) ?? []
      const rows = Object.values(specified.get(code) ?? {})
      if (rows.length === 0) continue
      await writeFile(join(copy(), template), without)
      taken++
      const missed = await Promise.all(
        rows.map(async ({ refused, says }) => !(await said(refused, code)).includes(says)),
      )
      if (!missed.includes(true)) survivors.push(`${template}:${line} ${code}`)
    }
    await writeFile(join(copy(), template), text)
  }
  await noted('checks', `${taken} statements that say a problem, ${survivors.length} unseen`)
  expect(survivors).toEqual([])
})
