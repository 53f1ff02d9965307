import { Command, InvalidArgumentError, Option } from 'commander'
import { helmVersions } from '../chart/helm.ts'
import { called, examplesOf } from '../root.ts'
import { collect, withValuesOptions } from './values-options.ts'

/** Shows with packets, before values touch a cluster, who gets through each door that they open. */
export const command = proveCommand(called('prove'))

/**
 * A command that proves values files.
 * @param name what the user types
 */
export function proveCommand(name: string): Command {
  return withValuesOptions(
    new Command(name)
      .description(
        'Starts a Kubernetes cluster in a sandbox that owns the very addresses of the values, installs them with the ' +
          'chart, and tries every door of every proxy: from both ends of each source range, from just outside of it, and as an intruder. Exit code 0: all is as the values say; 1: it is not; 2: it could not be proved, as where values are refused. Needs Linux, and neither root nor Docker.',
      )
      .argument('[file...]', 'values files, merged as Helm merges them; - is standard input')
      .option('-f, --values <file>', 'one more values file, as for Helm; may be repeated', collectFiles, []),
  )
    .option('--only <name>', 'try this proxy alone, by its key in the values; may be repeated', collect, [])
    .option('--sample <knocks>', 'try so many at random, and who should get in beside them', wholeNumber)
    .option('--seed <number>', 'the same picks the same at random', wholeNumber)
    .option(
      '--from <old>',
      'install this first, and upgrade: a file, or a git revision, HEAD~1 of the files or HEAD~1:FILE; may be repeated',
      collect,
    )
    .addOption(new Option('--helm-version <version>', 'install with this Helm').choices(helmVersions))
    .option('--strict', 'exit with 1 also where something could not be tried, or is open and not held')
    .option('--keep', 'leave the cluster up until Ctrl-C and say how to use kubectl and helm in it')
    .option('--json', 'print the result as JSON, as tools/prove/prove.schema.json describes it')
    .option('--pcap <dir>', 'write a capture of each try that was refused or failed (needs Python)')
    .addHelpText(
      'after',
      examplesOf(
        'prove',
        'examples/app1-to-app2.yaml --set proxies.myapp-proxy.service.inCluster=true',
        'examples/app1-to-app2.yaml --json',
      ),
    )
}

// --- utils ---

/** Helm takes several in one word, too. */
function collectFiles(value: string, before: string[] = []): string[] {
  return [...before, ...value.split(',')]
}

/** The text of an option as a number. @throws InvalidArgumentError where it is none */
function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text) && Number(text) > 0) return Number(text)
  throw new InvalidArgumentError('Write a number from 1 on.')
}
