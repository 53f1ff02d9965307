import { Command } from 'commander'
import { collect } from './values-options.ts'

export const command = new Command('tools/cli.ts in-sandbox')
  .description('Runs a command in a new sandbox, once what the embedded cluster and its tests need is built.')
  .argument('<command...>', 'program and arguments')
  .passThroughOptions()
  .allowUnknownOption()
  .option(
    '--with <add-on>',
    'an add-on beside the usual ones that is to be built; may be repeated',
    collect,
    [],
  )
