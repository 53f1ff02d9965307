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
}

export async function act(options: Options): Promise<number> {
  const { to, home, registry, tag, key, keyring, passphraseFile, push } = options
  const problems = tag ? await problemsWithTag(tag) : []
  if (!key !== !keyring) problems.push('--key and --keyring belong together: write both')
  if (push && registry === standIns.registry) problems.push('--push needs a --registry: write it')
  if (problems.length > 0) throw new Error(problems.join('\n'))
  const folder = resolve(caller().folder, to)
  const signing = key && keyring ? { key: { name: key, keyring, passphraseFile } } : {}
  const files = await release(folder, { places: { home, registry }, ...signing })
  await print(files.map((file) => `${to}/${file}`).join('\n'))
  if (push) await pushChart(folder, files, registry)
  return 0
}

// --- utils ---

/** Pushes the chart; Helm takes the provenance that lies beside it along. */
async function pushChart(folder: string, files: readonly string[], registry: string): Promise<void> {
  const chart = files.find((file) => /\d\.tgz$/.test(file)) ?? ''
  await execa(await findHelm('4.1'), ['push', resolve(folder, chart), `oci://${registry}`], {
    stdio: 'inherit',
  })
}
