import { resolve } from 'node:path'
import { Command } from 'commander'
import { execa } from 'execa'
import { findHelm } from '../chart/helm.ts'
import { standIns } from '../release/chart.ts'
import { problemsWithTag, release } from '../release/release.ts'
import { callersFolder, examplesOf } from '../root.ts'
import { run } from './run.ts'

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

/** Makes what is released. The release workflow calls nothing else. */
export const command = new Command('npm run package --')
  .description(
    'Writes what is released into a folder: the chart, signed where a key is given, the npm package, their bill of materials (CycloneDX) and SHA256SUMS. The same commit gives the same bytes.',
  )
  .option('--to <folder>', 'the folder, which is emptied first', 'release')
  .option('--home <url>', "the project's repository, for Chart.yaml", standIns.home)
  .option('--registry <path>', 'the registry and the path in it, without oci://', standIns.registry)
  .option('--tag <tag>', 'refuse where the version or CHANGELOG.md is of another tag')
  .option('--key <name>', "the signing key's name")
  .option('--keyring <file>', 'its keyring, by gpg --export-secret-keys')
  .option('--passphrase-file <file>', 'a file with its passphrase')
  .option('--push', 'push the chart to the registry as well, as `helm registry login` or `docker login` may')
  .addHelpText(
    'after',
    examplesOf(
      'package',
      '',
      '--home https://github.com/ME/PROJECT --registry ghcr.io/ME/charts --key me@example.com --keyring secring.gpg',
    ),
  )
  .action((options: Options) => run(() => packageAll(options)))

// --- utils ---

async function packageAll({ to, home, registry, tag, key, keyring, passphraseFile, push }: Options) {
  const problems = tag ? await problemsWithTag(tag) : []
  if (!key !== !keyring) problems.push('--key and --keyring belong together: write both')
  if (push && registry === standIns.registry) problems.push('--push needs a --registry: write it')
  if (problems.length > 0) throw new Error(problems.join('\n'))
  const folder = resolve(callersFolder, to)
  const signing = key && keyring ? { key: { name: key, keyring, passphraseFile } } : {}
  const files = await release(folder, { places: { home, registry }, ...signing })
  console.log(files.map((file) => `${to}/${file}`).join('\n'))
  if (push) await pushChart(folder, files, registry)
  return 0
}

/** Pushes the chart; Helm takes the provenance that lies beside it along. */
async function pushChart(folder: string, files: readonly string[], registry: string): Promise<void> {
  const chart = files.find((file) => /\d\.tgz$/.test(file)) ?? ''
  await execa(await findHelm('4.1'), ['push', resolve(folder, chart), `oci://${registry}`], {
    stdio: 'inherit',
  })
}
