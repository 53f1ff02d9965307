import { Command } from 'commander'
import { standIns } from '../release/places.ts'
import { examplesOf } from '../root.ts'

/** Makes what is released. The release workflow calls nothing else. */
export const command = new Command('npm run package --')
  .description(
    'Writes what is released into a folder: the chart, signed where a key is given, the npm package, their bill of materials (CycloneDX) and SHA256SUMS. The same commit gives the same bytes.',
  )
  .option('--to <folder>', 'the folder, where the release before may be', 'release')
  .option('--home <url>', "the project's repository, for Chart.yaml", standIns.home)
  .option('--registry <path>', 'the registry and the path in it, without oci://', standIns.registry)
  .option('--tag <tag>', 'refuse where the version or CHANGELOG.md is of another tag')
  .option('--key <name>', "the signing key's name")
  .option('--keyring <file>', 'its keyring, by gpg --export-secret-keys')
  .option('--passphrase-file <file>', 'a file with its passphrase')
  .option('--push', 'push the chart to the registry as well, as `helm registry login` or `docker login` may')
  .option('--plain-http', 'push by HTTP without TLS, as `helm push --plain-http` does')
  .addHelpText(
    'after',
    examplesOf(
      'package',
      '',
      '--home https://github.com/ME/PROJECT --registry ghcr.io/ME/charts --key me@example.com --keyring secring.gpg',
    ),
  )
