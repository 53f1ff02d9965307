import { join } from 'node:path'
import { loadAll } from 'js-yaml'
import { root } from '../root.ts'
import type { Kinds, KubernetesObject } from './objects.ts'
import type { Problem } from './problems.ts'
import { type RenderOptions, template } from './template.ts'

/** The chart's folder. */
export const chart = join(root, 'charts', 'external-service-proxy')

export interface Rendered {
  /** Helm's output, byte for byte. */
  text: string
  objects: KubernetesObject[]
  /** The object of that kind and name. Throws, naming what there is, where it is missing. */
  get<K extends keyof Kinds>(kind: K, name: string): Kinds[K]
  /** Every object of that kind, in the order of the output. */
  list<K extends keyof Kinds>(kind: K): Kinds[K][]
}

/** Values that the schema or a check refuses: every problem, in Helm's order. */
export class RefusedError extends Error {
  override name = 'RefusedError'
  readonly problems: Problem[]
  constructor(problems: Problem[]) {
    super(problems.map(({ path, message }) => `${path}: ${message}`).join('\n'))
    this.problems = problems
  }
}

/**
 * What the chart makes of values: {@link template} says how it is asked.
 * @param values values as an object, or the paths of values files, merged as `helm -f a -f b` merges them
 * @throws RefusedError where the schema or a check refuses the values
 * @throws Error with Helm's own words where it fails otherwise
 */
export async function render(values: object | string[], options: RenderOptions = {}): Promise<Rendered> {
  const given = await template(chart, values, options)
  if ('problems' in given) throw new RefusedError(given.problems)
  return parsed(given.text)
}

/**
 * Why the schema or a check refuses values, in Helm's order; nothing where they are right.
 * @param values values as an object, or the paths of values files
 * @throws Error with Helm's own words where it fails otherwise
 */
export async function refusals(values: object | string[], options: RenderOptions = {}): Promise<Problem[]> {
  const given = await template(chart, values, options)
  return 'problems' in given ? given.problems : []
}

/** The objects of a YAML text, those of a List one by one. */
export const objectsOf = (text: string): KubernetesObject[] =>
  (loadAll(text) as (KubernetesObject | { kind: 'List'; items: KubernetesObject[] } | null)[]).flatMap(
    (object) => (object === null ? [] : object.kind === 'List' ? object.items : [object]),
  )

// --- utils ---

function parsed(text: string): Rendered {
  const objects = objectsOf(text)
  const list = <K extends keyof Kinds>(kind: K) =>
    objects.filter((object): object is Kinds[K] & KubernetesObject => object.kind === kind)
  return {
    text,
    objects,
    list,
    get(kind, name) {
      const found = list(kind).find((object) => object.metadata?.name === name)
      if (found) return found
      const there = objects.map((object) => `${object.kind} ${object.metadata?.name}`).join(', ')
      throw new Error(`no ${kind} ${name} was rendered, only: ${there || 'nothing'}`)
    },
  }
}
