import { Command } from 'commander'

export const command = new Command('npm run generate --')
  .description(
    "Writes what is made from the schema: the chart's schemas, forms, values.yaml, defaults and reference table, and the types; and the table of docs/controllers.md from the presets.",
  )
  .option('--check', 'write nothing; exit 1, naming the files, where any is not current')
