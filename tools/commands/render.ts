import { Command, Option } from 'commander'
import { type HelmVersion, helmVersions } from '../chart/helm.ts'
import { render } from '../chart/render.ts'
import { called, examplesOf, isPackage } from '../root.ts'
import { bytesOf } from '../sources/files.ts'
import { temporaryFiles } from '../sources/values.ts'
import { print } from './print.ts'
import { run } from './run.ts'
import { type ValuesOptions, withValuesOptions } from './values-options.ts'

interface Options extends ValuesOptions {
  namespace?: string
  release?: string
  helmVersion?: HelmVersion
}

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
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .action((files: string[], { helmVersion: helm, ...options }: Options) =>
    run(async () => {
      const named = files.map(async (name) => ({ name, content: await bytesOf(name) }))
      const { text } = await temporaryFiles(await Promise.all(named), (paths) =>
        render(paths, { ...options, ...(helm && { helm }) }),
      )
      await print(text.trimEnd())
      return 0
    }),
  )
