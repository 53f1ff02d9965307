import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { findHelm } from '../../../tools/chart/helm.ts'
import type { KubernetesObject } from '../../../tools/chart/objects.ts'
import { chart, objectsOf } from '../../../tools/chart/render.ts'
import { judge } from '../cluster.ts'

/** The chart without its checks: what it would make of values that it refuses. */
export const unchecked = await mkdtemp(join(tmpdir(), 'unchecked-'))
await cp(chart, unchecked, { recursive: true })
await rm(join(unchecked, 'templates', 'checks'), { recursive: true })
const problems = join(unchecked, 'templates', 'lib', '_problem.tpl')
await writeFile(problems, (await readFile(problems, 'utf8')).replace('{{- fail', '{{- $_ := list'))
await writeFile(
  join(unchecked, 'templates', '_checks.tpl'),
  ['all', 'forms', 'forms.apart']
    .map((name) => `{{- define "external-service-proxy.checks.${name}" }}{{ end }}`)
    .join('\n'),
)

/** Objects of kinds that no API server here knows, since Traefik does not run here. */
const isTraefiks = ({ apiVersion }: KubernetesObject) => apiVersion?.startsWith('traefik.io/')

/** Does the API server take what the chart makes of these values, Traefik's own kinds aside? */
export const isTakenAside = (values: object): Promise<boolean> =>
  isTaken(values, (object) => !isTraefiks(object))

/** Does the API server take what the chart without its checks makes of these values? */
export async function isTaken(
  values: object,
  isAsked: (object: KubernetesObject) => boolean = () => true,
): Promise<boolean> {
  const items = (await renderUnchecked(values).catch(() => undefined))?.filter(isAsked)
  if (!items) return false
  if (items.length === 0) return true
  return judge(items.map(withoutNamespace)).then(
    () => true,
    () => false,
  )
}

/** Are the objects the same without what stands at that path of the values? */
export async function isInVain(values: object, path: string): Promise<boolean> {
  const without = structuredClone(values)
  const keys = path.split(/[.[\]]+/).filter(Boolean)
  const last = keys.pop() ?? ''
  const parent = keys.reduce<unknown>((node, key) => (isMap(node) ? node[key] : undefined), without)
  if (Array.isArray(parent)) parent.splice(Number(last), 1)
  else if (isMap(parent)) delete parent[last]
  const [before, after] = await Promise.all(
    [renderUnchecked(values), renderUnchecked(without)].map((one) => one.catch(() => undefined)),
  )
  return before !== undefined && JSON.stringify(before) === JSON.stringify(after)
}

// --- utils ---

/** The objects that the chart would make of values, were there no checks. */
async function renderUnchecked(values: object): Promise<KubernetesObject[]> {
  const args = ['template', 'test', unchecked, '--values', '-']
  const { stdout } = await execa(await findHelm(), args, { input: JSON.stringify(values) })
  return objectsOf(stdout)
}

/** In the namespace that is there. */
const withoutNamespace = <T extends { metadata?: object }>(object: T) => ({
  ...object,
  metadata: { ...object.metadata, namespace: 'default' },
})

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
