import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml'
import { behind, type Reached, type SourceText, type Span } from './source.ts'

/**
 * A values file, or standard input.
 * @param document its text as the library `yaml` reads it
 */
export const yamlSource = (name: string, text: string, document: Document): SourceText => ({
  name,
  text,
  reach: (path) => reach(path, text, document),
})

// --- utils ---

/** A value, with where its key or item is. */
interface Step {
  node: unknown
  key: Span
}

function reach(path: string, text: string, document: Document): Reached {
  let step: Step = { node: document.contents, key: firstLine(text) }
  let rest = path
  while (rest !== '') {
    const next = below(step, rest, document)
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
function below({ node }: Step, path: string, document: Document): { step: Step; rest: string } | undefined {
  const found = resolved(node, document)
  if (isSeq(found)) {
    const index = /^\[(\d+)\]/.exec(path)
    const item = index && found.items[Number(index[1])]
    const at = spanOf(item)
    return index && at ? { step: { node: item, key: at }, rest: path.slice(index[0].length) } : undefined
  }
  if (!isMap(found)) return undefined
  const all = pairsOf(found, document).flatMap((pair) => {
    const [rest, key] = [behind(path, textOf(pair.key)), spanOf(pair.key)]
    return rest === undefined || !key ? [] : [{ step: { node: pair.value, key }, rest }]
  })
  // A key may hold dots, as an annotation's does: the longest is meant; of the same key written twice, the last.
  return all.reduce<(typeof all)[number] | undefined>(
    (best, one) => (best && best.rest.length < one.rest.length ? best : one),
    undefined,
  )
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
