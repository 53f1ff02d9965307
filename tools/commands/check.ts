import { Command, Option } from 'commander'
import type { formats } from '../check/formats.ts'
import { called, examplesOf } from '../root.ts'
import { withValuesOptions } from './values-options.ts'

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
      .choices(
        Object.keys({ text: true, json: true, sarif: true, github: true } satisfies Record<
          keyof typeof formats,
          true
        >),
      )
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
