import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, it } from 'vitest'
import { findHelm } from '../../tools/chart/helm.ts'
import { parseProblems } from '../../tools/chart/problems.ts'
import { chart } from '../../tools/chart/render.ts'
import { everyCheck } from '../chart/checks/check.ts'
import { noted } from '../figures.ts'
import { app } from '../values.ts'
import { chartToChange } from './copy.ts'
import { statementsOf } from './statements.ts'

const copy = chartToChange()

/** What the copy says of values, as the rows have it. */
async function said(values: object, code: string): Promise<string[]> {
  const args = ['template', 'release', copy(), `--kube-version=${versions[code] ?? '1.37.0'}`, '--values=-']
  const input = `${JSON.stringify(values)}\n`
  const { stderr } = await execa(await findHelm('4.1'), args, { input, reject: false })
  return parseProblems(stderr).flatMap((one) => (one.code === code ? `${one.path}: ${one.message}` : []))
}

/** The version of Kubernetes that a problem needs, where it is none of the newest. */
const versions: Readonly<Record<string, string>> = { 'traffic-distribution-version': '1.30.4' }
const specified = new Map<string, { refused: object; says: string }[]>([
  ...(await everyCheck()).map(([code, rows]) => [code, Object.values(rows)] as const),
  [
    'traffic-distribution-version',
    [
      {
        refused: app({
          addresses: [{ ip: '2.3.4.5', zone: 'a' }],
          service: { trafficDistribution: 'PreferClose' },
        }),
        says: 'proxies.app.service.trafficDistribution: PreferClose, which Kubernetes knows from 1.31 on, and this is v1.30.4: leave it out',
      },
    ],
  ],
])

/** Each piece of a template that says a problem by its code: a statement, or a part of a list of those that may be said. */
function problemsOf(text: string): { code: string; line: number; without: string }[] {
  const parts = [...text.matchAll(/\(dict "code" [^()]*\)/g)].map(({ 0: taken, index }) => ({
    taken,
    line: text.slice(0, index).split('\n').length,
    without: text.slice(0, index) + text.slice(index + taken.length),
  }))
  return [...statementsOf(text), ...parts].flatMap(({ taken, ...piece }) => {
    const [code] = [...taken.matchAll(/"([a-z]+(?:-[a-z]+)+)"/g)].flatMap(([, word = '']) =>
      specified.has(word) ? word : [],
    )
    return code ? [{ code, ...piece }] : []
  })
}

const templates = (
  await Promise.all(
    ['checks', 'lib'].map(async (folder) =>
      (await readdir(join(chart, 'templates', folder))).map((file) => join('templates', folder, file)),
    ),
  )
).flat()

it('each statement that says a problem, taken out, is missed by a row of its code', {
  timeout: 3_600_000,
}, async () => {
  const survivors: string[] = []
  const taken = new Set<string>()
  let count = 0
  for (const template of templates) {
    const text = await readFile(join(chart, template), 'utf8')
    for (const { code, line, without } of problemsOf(text)) {
      await writeFile(join(copy(), template), without)
      taken.add(code)
      count++
      const missed = await Promise.all(
        (specified.get(code) ?? []).map(
          async ({ refused, says }) => !(await said(refused, code)).includes(says),
        ),
      )
      if (!missed.includes(true)) survivors.push(`${template}:${line} ${code}`)
    }
    await writeFile(join(copy(), template), text)
  }
  await noted('checks', `${count} statements that say a problem, ${survivors.length} unseen`)
  expect(survivors).toEqual([])
  expect([...taken].sort()).toEqual([...specified.keys()].sort())
})
