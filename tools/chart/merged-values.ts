import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { findHelm, type HelmVersion } from './helm.ts'

/** Helm's options for single values: the expressions of each, in order. */
export interface SetOptions {
  set?: readonly string[]
  setString?: readonly string[]
  setJson?: readonly string[]
}

/** The same, as Helm's own arguments. */
export const setArguments = ({ set = [], setString = [], setJson = [] }: SetOptions): string[] => [
  ...set.flatMap((expression) => ['--set', expression]),
  ...setString.flatMap((expression) => ['--set-string', expression]),
  ...setJson.flatMap((expression) => ['--set-json', expression]),
]

/**
 * Values files as Helm's own arguments: it reads each as a line of CSV, so that a comma begins another file's name.
 * @param files paths
 */
export const filesArguments = (files: readonly string[]): string[] =>
  files.flatMap((file) => ['--values', /[",\r\n]/.test(file) ? `"${file.replaceAll('"', '""')}"` : file])

/**
 * The values that Helm itself makes of files and expressions, without what the chart makes of them.
 * @param files paths of values files, merged in this order
 * @throws Error with Helm's words where it can't read them
 */
export async function mergedValues(
  files: readonly string[],
  options: SetOptions & { helm?: HelmVersion } = {},
): Promise<unknown> {
  const chart = fileURLToPath(new URL('merged-values', import.meta.url))
  const { stdout } = await execa(await findHelm(options.helm), [
    'template',
    'x',
    chart,
    ...filesArguments(files),
    ...setArguments(options),
  ])
  return JSON.parse(stdout.slice(stdout.indexOf('{')))
}
