import { cp, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { findHelm, type HelmVersion } from '../tools/chart/helm.ts'
import { type Problem, parseProblems } from '../tools/chart/problems.ts'
import { chart } from '../tools/chart/render.ts'
import { temporaryFolder } from '../tools/files.ts'

/** Makes a chart that has ours twice, as `first` and `second`, and in another chart, `inner`, once more, as `edge`. */
export async function aliases(): Promise<string> {
  const folder = await temporaryFolder()
  const dependency = { name: 'external-service-proxy', version: '*' }
  const about = (name: string, dependencies: object[]) =>
    JSON.stringify({ apiVersion: 'v2', name, version: '0.1.0', dependencies })
  const inner = join(folder, 'charts', 'inner')
  await cp(chart, join(folder, 'charts', 'external-service-proxy'), { recursive: true })
  await cp(chart, join(inner, 'charts', 'external-service-proxy'), { recursive: true })
  const ours = ['first', 'second'].map((alias) => ({ ...dependency, alias }))
  const others = [{ name: 'inner', version: '0.1.0' }]
  await writeFile(join(folder, 'Chart.yaml'), about('umbrella', [...ours, ...others]))
  await writeFile(join(inner, 'Chart.yaml'), about('inner', [{ ...dependency, alias: 'edge' }]))
  // Another chart's templates may copy or print all that they are given: there is an end to it.
  await mkdir(join(folder, 'templates'))
  await writeFile(
    join(folder, 'templates', 'all.yaml'),
    '{{ if not (toJson .) }}{{ fail "no end" }}{{ end }}',
  )
  return folder
}

/** What the charts in such a folder say of values; none where they take them. */
export async function refusedBy(folder: string, values: object, version?: HelmVersion): Promise<Problem[]> {
  const { stderr, failed } = await execa(
    await findHelm(version),
    ['template', 'x', folder, '--namespace', 'default', '--values', '-'],
    { input: JSON.stringify(values), reject: false },
  )
  const problems = parseProblems(stderr)
  if (failed && problems.length === 0) throw new Error(stderr)
  return problems
}
