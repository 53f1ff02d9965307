import { Command } from 'commander'
import { drifted, generated, pictures, write } from '../generate/generated.ts'

export const command = new Command('npm run generate --')
  .description(
    "Writes what is made from the schema: the chart's schemas, forms, values.yaml, defaults and reference table, and the types; and the table of docs/controllers.md from the presets.",
  )
  .option('--check', 'write nothing; exit 1, naming the files, where any is not current')
  .action(generate)

async function generate({ check = false }: { check?: boolean }) {
  const stale: string[] = []
  for (const step of [generated, pictures]) {
    const files = await step()
    const found = await drifted(files)
    if (!check) await write(Object.fromEntries(found.map((file) => [file, files[file] ?? ''])))
    stale.push(...found)
  }
  if (check && stale.length > 0) {
    console.error(`${stale.join('\n')}\nnot what schema/ gives: run "npm run generate" and commit`)
    process.exitCode = 1
    return
  }
  console.log(stale.map((file) => `wrote ${file}`).join('\n') || 'all generated files are current')
}
