import { Command, Option } from 'commander'
import { helmVersions } from '../chart/helm.ts'
import { called, examplesOf, isPackage } from '../root.ts'
import { withValuesOptions } from './values-options.ts'

/** Prints what the chart makes of values. */
export const command = withValuesOptions(
  new Command(called('render'))
    .description('Prints the Kubernetes objects that the chart makes of values, by `helm template`.')
    .argument('<file...>', 'values files, merged as Helm merges them; - is standard input'),
)
  .option('-n, --namespace <name>', "the release's namespace")
  .option('--release <name>', "the release's name")
  .addOption(new Option('--helm-version <version>', 'by this Helm').choices(helmVersions).hideHelp(isPackage))
  .addHelpText(
    'after',
    examplesOf('render', 'examples/app1-to-app2.yaml', 'examples/app1-to-app2.yaml --set platform=aws'),
  )
