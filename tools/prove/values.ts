import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { load } from 'js-yaml'
import type { Proxy as ProxyValues, Values } from '../../schema/generated/values.ts'
import { findHelm, type HelmVersion } from '../chart/helm.ts'
import { merged } from '../chart/merged.ts'

/** What is proved: values files, merged as `helm -f a -f b --set c` merges them, by one Helm. */
export interface Source {
  /** Paths, from the folder that the command was called in. */
  files: string[]
  set: string[]
  helm?: HelmVersion
}

/** Helm's own arguments for a source. */
export const valuesArguments = ({ files, set }: Source): string[] => [
  ...files.flatMap((file) => ['--values', file]),
  ...set.flatMap((expression) => ['--set', expression]),
]

/**
 * The proxies that a source asks for, each with `defaults` under it, by name. Helm itself merges the files; what
 * the chart makes of them is not asked, since that is on trial.
 * @throws Error with Helm's words where it can't read the values
 */
export async function proxyValues(source: Source): Promise<Record<string, ProxyValues>> {
  const chart = fileURLToPath(new URL('merged-values', import.meta.url))
  const { stdout } = await execa(await findHelm(source.helm), [
    'template',
    'x',
    chart,
    ...valuesArguments(source),
  ])
  const values = load(stdout) as Values
  const entries = Object.entries(values.proxies ?? {})
    .map(([name, proxy]): [string, ProxyValues] => [
      `${values.namePrefix ?? ''}${name}`,
      merged(values.defaults ?? {}, proxy),
    ])
    .filter(([, proxy]) => proxy.enabled !== false)
  return values.enabled === false ? {} : Object.fromEntries(entries)
}
