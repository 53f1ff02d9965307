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
  set?: string[]
  setString?: string[]
  setJson?: string[]
  helm?: HelmVersion
}

/** Helm's own arguments for a source. */
export const valuesArguments = ({ files, set = [], setString = [], setJson = [] }: Source): string[] => [
  ...files.flatMap((file) => ['--values', file]),
  ...set.flatMap((expression) => ['--set', expression]),
  ...setString.flatMap((expression) => ['--set-string', expression]),
  ...setJson.flatMap((expression) => ['--set-json', expression]),
]

/** What a source says. */
interface Asked {
  /** Whose load balancers the cluster has: `generic` where the values say nothing. */
  platform: string
  /** The proxies that are enabled, each with `defaults` under it, by their keys in the values. */
  proxies: Record<string, { name: string; values: ProxyValues }>
}

/**
 * The proxies that a source asks for. Helm itself merges the files; what the chart makes of them is not asked, since
 * that is on trial.
 * @throws Error with Helm's words where it can't read the values
 */
export async function valuesOf(source: Source): Promise<Asked> {
  const chart = fileURLToPath(new URL('merged-values', import.meta.url))
  const { stdout } = await execa(await findHelm(source.helm), [
    'template',
    'x',
    chart,
    ...valuesArguments(source),
  ])
  const values = load(stdout) as Values
  const entries = Object.entries(values.enabled === false ? {} : (values.proxies ?? {}))
    .map(([key, proxy]): [string, Asked['proxies'][string]] => [
      key,
      { name: `${values.namePrefix ?? ''}${key}`, values: merged(values.defaults ?? {}, proxy) },
    ])
    .filter(([, proxy]) => proxy.values.enabled !== false)
  return { platform: values.platform ?? 'generic', proxies: Object.fromEntries(entries) }
}
