import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import type { Values } from '../../schema/generated/values.ts'

/** A piece of the text, from its first character to behind its last. */
export interface Span {
  start: number
  end: number
}

/** One entry of a list of addresses, where it stands in the file. */
export interface Entry {
  /** The entry's number in its list. */
  index: number
  /** What is written of it there: of an alias that, else as {@link node}. */
  item: Node
  /** What it says; of an alias what has the anchor. */
  node: Scalar | YAMLMap
  /** Empty where only a name is written yet. */
  ip: string
  /** The DNS name that it comes from; undefined for one that is not followed. */
  name: string | undefined
  ready: boolean
}

/** A proxy by its key, and by the keys that lead to the chart's values: none, or the names of an umbrella chart. */
interface ProxyAt {
  keys: readonly string[]
  proxy: string
}

/** A list of addresses of a values file. */
export interface AddressList {
  /** Its place in the values, as `proxies.app.addresses`; the first, where several have it by an alias. */
  path: string
  /** The proxies that have these addresses; those of `defaults` whoever writes no others. */
  proxies: ProxyAt[]
  seq: YAMLSeq
  entries: Entry[]
  style: Style
}

/** How its file is written. */
export interface Style {
  /** It is YAML, too, but not the other way round. */
  isJson: boolean
  lineBreak: string
}

/**
 * Every list of addresses in a values file, those below the names of an umbrella chart too.
 * @param document that of the text, read with `keepSourceTokens`
 */
export function addressLists(document: Document, text: string): AddressList[] {
  const style = { isJson: isJson(text), lineBreak: text.includes('\r\n') ? '\r\n' : '\n' }
  const lists = new Map<unknown, AddressList>()
  const add = (path: string, seq: unknown, proxies: ProxyAt[]) => {
    if (!isSeq(seq)) return
    const known = lists.get(seq)
    if (known) known.proxies.push(...proxies)
    else lists.set(seq, { path, proxies, seq, entries: entriesOf(document, seq), style })
  }
  const asked = new Set<unknown>()
  const addBelow = (node: unknown, keys: readonly string[]) => {
    if (asked.has(node)) return
    asked.add(node)
    const fields = pairsOf(document, node)
    const defaults = fieldOf(document, fields.get('defaults'), 'addresses')
    const path = keys.map((key) => `${key}.`).join('')
    add(`${path}defaults.addresses`, defaults, [])
    for (const [proxy, own] of pairsOf(document, fields.get('proxies')))
      add(`${path}proxies.${proxy}.addresses`, fieldOf(document, own, 'addresses') ?? defaults, [
        { keys, proxy },
      ])
    if (keys.length < deepest)
      for (const [key, value] of fields) if (isMap(value)) addBelow(value, [...keys, key])
  }
  addBelow(document.contents, [])
  return [...lists.values()]
}

/**
 * The values of the chart that a file holds: the file's own, and those of maps below, since an umbrella chart has them
 * below each alias, as that chart's umbrella has.
 */
export function instancesIn(values: unknown, depth = 0, asked: Set<unknown> = new Set()): Values[] {
  if (!isObject(values) || depth > deepest || asked.has(values)) return []
  asked.add(values)
  const below = Object.values(values).flatMap((value) => instancesIn(value, depth + 1, asked))
  return [values, ...below]
}

/** The pair of a map that has this key. */
export const pairOf = (map: YAMLMap, name: string) =>
  map.items.find(({ key }) => isScalar(key) && key.value === name)

// --- utils ---

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** An umbrella's umbrella is as far as anybody goes; a map may hold itself. */
const deepest = 3

const resolved = (document: Document, node: unknown) => (isAlias(node) ? node.resolve(document) : node)

const fieldOf = (document: Document, node: unknown, key: string) => pairsOf(document, node).get(key)

/**
 * What a map has under each key, by itself or by a merge (`<<`), as Helm reads it: of several merged, the first that
 * has it.
 * @param found what is known already: one may merge itself, or another in many ways
 */
function pairsOf(
  document: Document,
  node: unknown,
  found: Map<string, unknown> = new Map(),
  asked: Set<unknown> = new Set(),
): Map<string, unknown> {
  const map = resolved(document, node)
  if (asked.has(map)) return found
  asked.add(map)
  if (isSeq(map)) for (const one of map.items) pairsOf(document, one, found, asked)
  if (!isMap(map)) return found
  for (const { key, value } of map.items) {
    if (!isScalar(key) || key.value === '<<') continue
    const name = String(key.value)
    if (!found.has(name)) found.set(name, resolved(document, value))
  }
  return pairsOf(document, pairOf(map, '<<')?.value, found, asked)
}

const entriesOf = (document: Document, { items }: YAMLSeq): Entry[] =>
  items.flatMap((item, index): Entry[] => {
    const node = resolved(document, item)
    if (!isNode(item)) return []
    if (isScalar(node)) return [{ index, item, node, ip: textOf(node), name: undefined, ready: true }]
    if (!isMap(node)) return []
    const fields = pairsOf(document, node)
    const ready = fields.get('ready')
    return [
      {
        index,
        item,
        node,
        ip: textOf(fields.get('ip')),
        name: textOf(fields.get('name')) || undefined,
        ready: !(isScalar(ready) && ready.value === false),
      },
    ]
  })

const textOf = (node: unknown) => (isScalar(node) && node.value !== null ? String(node.value) : '')

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
