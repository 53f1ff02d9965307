import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml'
import { beginnings, type Reached, type SourceText, type Span } from './source.ts'

/**
 * A values file, or standard input.
 * @param document its text as the library `yaml` reads it
 */
export function yamlSource(name: string, text: string, document: Document): SourceText {
  const stepsOf = stepsIn(document)
  return { name, text, reach: (path) => reach(path, text, document, stepsOf) }
}

// --- utils ---

/** A value, with where its key or item is. */
interface Step {
  node: unknown
  key: Span
}

/** What a map has by its keys' texts. */
type StepsOf = (map: YAMLMap) => ReadonlyMap<string, Step>

function reach(path: string, text: string, document: Document, stepsOf: StepsOf): Reached {
  let step: Step = { node: document.contents, key: firstLine(text) }
  let rest = path
  while (rest !== '') {
    const next = below(resolved(step.node, document), rest, stepsOf)
    if (!next) break
    step = next.step
    rest = next.rest
  }
  const node = resolved(step.node, document)
  return {
    length: path.length - rest.length,
    whole: rest === '',
    replaces: path !== rest && !isMap(node),
    key: step.key,
    value: valueSpan(step, node),
  }
}

/** The step that a path takes from a value, and what of the path is left behind it. */
function below(node: unknown, path: string, stepsOf: StepsOf): { step: Step; rest: string } | undefined {
  if (isSeq(node)) {
    const index = /^\[(\d+)\]/.exec(path)
    const item = index && node.items[Number(index[1])]
    const at = spanOf(item)
    return index && at ? { step: { node: item, key: at }, rest: path.slice(index[0].length) } : undefined
  }
  if (!isMap(node)) return undefined
  const steps = stepsOf(node)
  // A key may hold dots, as an annotation's does: the longest is meant.
  for (const { key, rest } of beginnings(path)) {
    const step = steps.get(key)
    if (step) return { step, rest }
  }
  return undefined
}

/** Each map's steps, made once, however many paths are asked for; of the same key written twice, the last. */
function stepsIn(document: Document): StepsOf {
  const known = new Map<YAMLMap, ReadonlyMap<string, Step>>()
  return (map) => {
    const steps =
      known.get(map) ??
      new Map(
        pairsOf(map, document).flatMap((pair): [string, Step][] => {
          const key = spanOf(pair.key)
          return key ? [[textOf(pair.key), { node: pair.value, key }]] : []
        }),
      )
    known.set(map, steps)
    return steps
  }
}

/** A map's pairs, and those of what is merged into it by `<<`, which come first since the map's own win. */
function pairsOf(map: YAMLMap, document: Document, depth = 0): Pair[] {
  return map.items.flatMap((pair) => {
    if (textOf(pair.key) !== '<<' || depth > 8) return [pair]
    const merged = resolved(pair.value, document)
    const maps = isSeq(merged) ? merged.items.map((item) => resolved(item, document)) : [merged]
    return [...maps.filter(isMap).flatMap((one) => pairsOf(one, document, depth + 1)), pair]
  })
}

const resolved = (node: unknown, document: Document): unknown =>
  isAlias(node) ? node.resolve(document) : node

const textOf = (key: unknown): string =>
  isScalar(key) ? (key.source ?? String(key.value)) : typeof key === 'string' ? key : ''

const spanOf = (node: unknown): Span | undefined => {
  const range = (node as Node | null | undefined)?.range
  return range ? [range[0], Math.max(range[1], range[0] + 1)] : undefined
}

/** Of a text, number or the like the value; of a map or list the key. */
const valueSpan = ({ node, key }: Step, found: unknown): Span => {
  const own = isScalar(found) && found.value !== null ? spanOf(node) : undefined
  return own ?? key
}

const firstLine = (text: string): Span => [0, Math.max(/^.*/.exec(text)?.[0].length ?? 0, 1)]
