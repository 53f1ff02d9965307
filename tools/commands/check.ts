import { Command, Option } from 'commander'
import { check } from '../check/check.ts'
import { formats } from '../check/formats.ts'
import { called, examplesOf } from '../root.ts'
import { filesOf } from '../sources/files.ts'
import { print } from './print.ts'
import { run } from './run.ts'
import { type ValuesOptions, withValuesOptions } from './values-options.ts'

interface Options extends ValuesOptions {
  format: keyof typeof formats
}

/** Says what is wrong with values, and where. */
export const command = withValuesOptions(
  new Command(called('check'))
    .description(
      'Says every problem that Helm and the chart have with values files, with the file, line and column that it ' +
        'comes from. Exit code 0 when they are right, 1 when they are not, 2 when they could not be checked.',
    )
    .argument('<file...>', 'values files, merged as Helm merges them; - is standard input'),
)
  .addOption(
    new Option('--format <format>', 'sarif is for code scanning, github for the lines of a pull request')
      .choices(Object.keys(formats))
      .default('text'),
  )
  .addHelpText(
    'after',
    examplesOf(
      'check',
      'examples/app1-to-app2.yaml',
      'examples/app1-to-app2.yaml --set proxies.myapp-proxy.service.inCluster=true',
    ),
  )
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .action((names: string[], { format, ...options }: Options) =>
    run(async () => {
      const wrong = await check(await filesOf(names), options)
      const text = formats[format](wrong)
      if (text) await print(text)
      return wrong.length > 0 ? 1 : 0
    }, 2),
  )
