import { Command, Option } from 'commander'
import { type Graph, graphOf } from '../diagram/graph.ts'
import { mermaidOf } from '../diagram/mermaid.ts'
import { type Direction, svgOf } from '../diagram/svg.ts'
import { textOf } from '../diagram/text.ts'
import { doorsOf } from '../doors/doors.ts'
import { called, examplesOf } from '../root.ts'
import { contentOf } from '../sources/files.ts'
import { objectsOfValues } from '../sources/values.ts'
import { print } from './print.ts'
import { run } from './run.ts'
import { type ValuesOptions, withValuesOptions } from './values-options.ts'

const formats = {
  text: textOf,
  mermaid: mermaidOf,
  svg: async (graph: Graph, direction: Direction) => (await svgOf(graph, direction)).markup,
}

interface Options extends ValuesOptions {
  format: keyof typeof formats
  direction: Direction
}

/** Draws what the judge says of values. */
export const command = withValuesOptions(
  new Command(called('diagram'))
    .description(
      'Draws who gets in by which door, by which proxy, to which App2, as the judge of doors says it: a door is open, ' +
        'held, closed, or drained where it leads nowhere. Of many proxies those that are alike are drawn as one.',
    )
    .argument('<file...>', 'values files, merged as Helm merges them; - is standard input'),
)
  .addOption(new Option('--format <format>').choices(Object.keys(formats)).default('text'))
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
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .action((files: string[], { format, direction, ...options }: Options) =>
    run(async () => {
      const named = files.map(async (name) => ({ name, content: await contentOf(name) }))
      const objects = await objectsOfValues(await Promise.all(named), options)
      await print(await formats[format](graphOf(doorsOf(objects)), direction))
      return 0
    }),
  )
