import { Command, Option } from 'commander'
import { called, examplesOf } from '../root.ts'
import type { formats } from './actions/diagram.ts'
import { withValuesOptions } from './values-options.ts'

/** Draws what the judge says of values. */
export const command = withValuesOptions(
  new Command(called('diagram'))
    .description(
      'Draws who gets in by which door, by which proxy, to which App2, as the judge of doors says it: a door is open, ' +
        'held, closed, or drained where it leads nowhere. Of many proxies those that are alike are drawn as one.',
    )
    .argument('<file...>', 'values files, merged as Helm merges them; - is standard input'),
)
  .addOption(
    new Option('--format <format>')
      .choices(
        Object.keys({ text: true, mermaid: true, svg: true } satisfies Record<keyof typeof formats, true>),
      )
      .default('text'),
  )
  .addOption(
    new Option('--direction <direction>', 'where App2 is; down is for narrow places')
      .choices(['right', 'down'])
      .default('right'),
  )
  .addHelpText(
    'after',
    examplesOf(
      'diagram',
      'examples/app1-to-app2.yaml',
      'examples/two-addresses.yaml --format svg > doors.svg',
    ),
  )
