import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Command } from 'commander'
import { compile } from 'json-schema-to-typescript'
import { values } from '../../schema/index.ts'
import { presets } from '../chart/presets.ts'
import { controllersTable } from '../generate/controllers-table.ts'
import { defaultsTemplate } from '../generate/defaults-template.ts'
import { inserted, referenceTable } from '../generate/reference-table.ts'
import { valuesYaml } from '../generate/values-yaml.ts'
import { root } from '../root.ts'

const chart = 'charts/external-service-proxy'
const readme = `${chart}/README.md`
const controllersPage = 'docs/controllers.md'

export const command = new Command('npm run generate --')
  .description(
    "writes what is made from the schema: the chart's values.schema.json, values.yaml, defaults and\nreference table, and the types; and the table of docs/controllers.md from the presets",
  )
  .option('--check', 'write nothing; exit 1, naming the files, where any is not current')
  .action(write)

/**
 * Everything that is made from the schema, and from the presets' declarations.
 * @returns the files' contents by their paths from the project's root
 */
export async function generated(): Promise<Record<string, string>> {
  return {
    [`${chart}/values.schema.json`]: `${JSON.stringify(values, null, 2)}\n`,
    [`${chart}/values.yaml`]: valuesYaml(values),
    [`${chart}/templates/effective/_defaults.tpl`]: defaultsTemplate(values.definitions),
    [readme]: inserted(await readFile(join(root, readme), 'utf8'), referenceTable(values)),
    [controllersPage]: inserted(
      await readFile(join(root, controllersPage), 'utf8'),
      controllersTable(await presets()),
    ),
    'schema/generated/values.ts': await compile(withoutRefSiblings(values), 'Values', {
      bannerComment: '// Generated from schema/ by: npm run generate',
      unreachableDefinitions: true,
      ignoreMinAndMaxItems: true, // else lists become tuples
    }),
  }
}

/**
 * Those generated files whose contents on disk are others.
 * @returns their paths from the project's root
 */
export async function drifted(files: Record<string, string>): Promise<string[]> {
  const found = await Promise.all(
    Object.entries(files).map(async ([file, content]) => {
      const there = await readFile(join(root, file), 'utf8').catch(() => undefined)
      return there === content ? [] : [file]
    }),
  )
  return found.flat()
}

// --- utils ---

/** The schema for the types' sake: a description beside a $ref would make a second type of the same. */
const withoutRefSiblings = (schema: object) =>
  JSON.parse(JSON.stringify(schema, (_, value) => (value?.$ref ? { $ref: value.$ref } : value)))

async function write({ check }: { check?: boolean }) {
  const files = await generated()
  const stale = await drifted(files)
  if (check && stale.length > 0) {
    console.error(`${stale.join('\n')}\nnot what schema/ gives: run "npm run generate" and commit`)
    process.exitCode = 1
    return
  }
  for (const file of stale) {
    await mkdir(dirname(join(root, file)), { recursive: true })
    await writeFile(join(root, file), files[file] ?? '')
    console.log(`wrote ${file}`)
  }
  if (stale.length === 0) console.log('all generated files are current')
}
