import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { compile } from 'json-schema-to-typescript'
import { values } from '../../schema/index.ts'
import { withNulls } from '../../schema/nulls.ts'
import { presets } from '../chart/presets.ts'
import { render } from '../chart/render.ts'
import { graphOf } from '../diagram/graph.ts'
import { svgOf } from '../diagram/svg.ts'
import { doorsOf } from '../doors/doors.ts'
import { writeWhole } from '../files.ts'
import { root } from '../root.ts'
import { controllersTable } from './controllers-table.ts'
import { defaultsTemplate, listsTemplate } from './defaults-template.ts'
import { formsTemplate } from './forms-template.ts'
import { helmSchema, withWords } from './helm-schema.ts'
import { inserted } from './inserted.ts'
import { limitsModule } from './limits.ts'
import { referenceTable } from './reference-table.ts'
import { valuesYaml } from './values-yaml.ts'

const chart = 'charts/external-service-proxy'
const readme = `${chart}/README.md`
const controllersPage = 'docs/controllers.md'

/**
 * Everything that is made from the schema, and from the presets' declarations.
 * @returns the files' contents by their paths from the project's root
 */
export async function generated(): Promise<Record<string, string>> {
  return {
    [`${chart}/values.schema.json`]: `${JSON.stringify(withNulls(helmSchema(values)), null, 2)}\n`,
    [`${chart}/values.full.schema.json`]: `${JSON.stringify(withNulls(values), withWords, 2)}\n`,
    [`${chart}/values.yaml`]: valuesYaml(values),
    [`${chart}/templates/effective/_defaults.tpl`]: defaultsTemplate(values.definitions),
    [`${chart}/templates/lib/_lists.tpl`]: listsTemplate(),
    [`${chart}/templates/lib/_forms.tpl`]: formsTemplate(values),
    [readme]: inserted(await readFile(join(root, readme), 'utf8'), referenceTable(values)),
    [controllersPage]: inserted(
      await readFile(join(root, controllersPage), 'utf8'),
      controllersTable(await presets()),
    ),
    'schema/generated/limits.ts': await limitsModule(),
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

/**
 * The docs' pictures, which the chart itself is rendered for: what else is generated must be there before.
 * @returns as {@link generated} does
 */
export async function pictures(): Promise<Record<string, string>> {
  return Object.assign({}, ...(await Promise.all(['app1-to-app2', 'two-addresses'].map(picturesOf))))
}

/** Who gets in by an example's doors: for a wide page, and for a narrow one. */
async function picturesOf(example: string): Promise<Record<string, string>> {
  const { objects } = await render([join(root, 'examples', `${example}.yaml`)])
  const graph = graphOf(doorsOf(objects, { hasEndpoints: true }))
  return {
    [`docs/images/${example}.svg`]: `${(await svgOf(graph)).markup}\n`,
    [`docs/images/${example}-narrow.svg`]: `${(await svgOf(graph, 'down')).markup}\n`,
  }
}

/** The schema for the types' sake: a description beside a $ref would make a second type of the same. */
const withoutRefSiblings = (schema: object) =>
  JSON.parse(JSON.stringify(schema, (_, value) => (value?.$ref ? { $ref: value.$ref } : value)))

/** Writes files, by their paths from the project's root. */
export async function write(files: Record<string, string>): Promise<void> {
  for (const [file, content] of Object.entries(files)) {
    await writeWhole(join(root, file), content)
  }
}
