import { Command } from 'commander'
import { called, examplesOf } from '../root.ts'
import { withValuesOptions } from './values-options.ts'

/** Writes all that can be said of values on one page. */
export const command = withValuesOptions(
  new Command(called('report'))
    .description(
      'Writes one page of HTML that says of values who gets in: a picture, every door, the objects, and what is ' +
        'wrong; it needs no network and no other file. Exit code 0 when all is right, 1 when the values are refused ' +
        '(the page says why) or packets say otherwise, 2 when it could not be asked.',
    )
    .argument('<file...>', 'values files, merged as Helm merges them; - is standard input'),
)
  .option('-o, --output <file>', 'where the page goes; left out or -, standard output')
  .option('--prove', 'ask packets too, as prove does, and show what they say')
  .option('--proved <json>', 'show what prove --json printed before, of the same values')
  .addHelpText(
    'after',
    examplesOf(
      'report',
      'examples/app1-to-app2.yaml -o report.html',
      'examples/two-addresses.yaml --prove -o report.html',
    ),
  )
