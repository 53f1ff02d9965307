import { print } from '../../caller.ts'
import { type Graph, graphOf } from '../../diagram/graph.ts'
import { mermaidOf } from '../../diagram/mermaid.ts'
import type { Direction } from '../../diagram/svg.ts'
import { textOf } from '../../diagram/text.ts'
import { doorsOf } from '../../doors/doors.ts'
import { filesOf } from '../../sources/files.ts'
import type { ValuesOptions } from '../values-options.ts'
import { rendered } from './objects.ts'

/** A graph in each form that it can be asked for in. */
export const formats = {
  text: textOf,
  mermaid: mermaidOf,
  // What lays it out takes longer to load than all else.
  svg: async (graph: Graph, direction: Direction) => {
    const { svgOf } = await import('../../diagram/svg.ts')
    return (await svgOf(graph, direction)).markup
  },
}

interface Options extends ValuesOptions {
  format: keyof typeof formats
  direction: Direction
}

export async function act(files: string[], { format, direction, ...options }: Options): Promise<number> {
  const { objects } = await rendered(await filesOf(files), options)
  await print(await formats[format](graphOf(doorsOf(objects, { hasEndpoints: true })), direction))
  return 0
}
