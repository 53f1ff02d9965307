import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { loadAll } from 'js-yaml'
import { findHelm } from '../../../tools/chart/helm.ts'
import type { KubernetesObject } from '../../../tools/chart/objects.ts'
import { chart } from '../../../tools/chart/render.ts'

/** The chart without its checks: what it would make of values that it refuses. */
export const unchecked = await mkdtemp(join(tmpdir(), 'unchecked-'))
await cp(chart, unchecked, { recursive: true })
await rm(join(unchecked, 'templates', 'checks'), { recursive: true })
await writeFile(
  join(unchecked, 'templates', '_checks.tpl'),
  '{{- define "external-service-proxy.checks.all" }}{{ end }}',
)

/** The objects that the chart would make of values, were there no checks. */
export async function renderUnchecked(values: object): Promise<KubernetesObject[]> {
  const args = ['template', 'test', unchecked, '--values', '-']
  const { stdout } = await execa(await findHelm(), args, { input: JSON.stringify(values) })
  return loadAll(stdout).filter((object) => object !== null) as KubernetesObject[]
}
