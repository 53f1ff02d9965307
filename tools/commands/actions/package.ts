import { resolve } from 'node:path'
import { execa } from 'execa'
import { caller, print } from '../../caller.ts'
import { findHelm } from '../../chart/helm.ts'
import { standIns } from '../../release/places.ts'
import { problemsWithTag, release } from '../../release/release.ts'

interface Options {
  to: string
  home: string
  registry: string
  tag?: string
  key?: string
  keyring?: string
  passphraseFile?: string
  push?: true
  plainHttp?: true | undefined
}

export async function act(options: Options): Promise<number> {
  const { to, home, registry, tag, key, keyring, passphraseFile, push, plainHttp } = options
  const problems = tag ? await problemsWithTag(tag) : []
  if (!key !== !keyring) problems.push('--key and --keyring belong together: write both')
  if (push && registry === standIns.registry) problems.push('--push needs a --registry: write it')
  if (plainHttp && !push) problems.push('--plain-http is how --push goes: write both')
  if (registry.includes('://')) problems.push(`--registry ${registry} has a scheme: leave it out`)
  if (problems.length > 0) throw new Error(problems.join('\n'))
  const folder = resolve(caller().folder, to)
  const signing = key && keyring ? { key: { name: key, keyring, passphraseFile } } : {}
  const files = await release(folder, { places: { home, registry }, ...signing })
  await print(files.map((file) => `${to}/${file}`).join('\n'))
  if (push) await pushChart(folder, files, { registry, plainHttp })
  return 0
}

// --- utils ---

/**
 * Pushes the chart; Helm takes the provenance that lies beside it along.
 * @throws Error with Helm's own words where the registry doesn't take it
 */
async function pushChart(
  folder: string,
  files: readonly string[],
  { registry, plainHttp }: Pick<Options, 'registry' | 'plainHttp'>,
): Promise<void> {
  const chart = files.find((file) => /\d\.tgz$/.test(file)) ?? ''
  const args = ['push', resolve(folder, chart), `oci://${registry}`, ...(plainHttp ? ['--plain-http'] : [])]
  const { all, failed } = await execa(await findHelm('4.1'), args, { all: true, reject: false })
  if (!failed) return print(all)
  const withoutTls = all.includes('server gave HTTP response to HTTPS client')
  const hint = withoutTls ? '\nit speaks HTTP without TLS: write --plain-http, where that is meant' : ''
  throw new Error(`oci://${registry} did not take the chart: ${all}${hint}`)
}
