import { isMap, isNode, type Node, type YAMLMap } from 'yaml'
import { grouped } from '../doors/things.ts'
import { type AddressList, type Entry, pairOf, type Span, type Style } from './lists.ts'

/** A piece of the text, and what stands there instead. */
export interface Edit extends Span {
  text: string
}

/**
 * The text with its edits, which must not overlap; all else stays as it is, byte for byte. What two lists share by an
 * anchor both may edit, in the same way.
 */
export function edited(text: string, edits: readonly Edit[]): string {
  const once = new Map(edits.map((edit) => [JSON.stringify(edit), edit]))
  const pieces: string[] = []
  let at = 0
  // What is put in at a place stands before what is taken away from there on.
  const inOrder = [...once.values()].sort((one, other) => one.start - other.start || one.end - other.end)
  for (const { start, end, text: piece } of inOrder) {
    pieces.push(text.slice(at, start), piece)
    at = end
  }
  return [...pieces, text.slice(at)].join('')
}

/** What becomes of the entries of one name. */
export interface Followed {
  name: string
  added: string[]
  removed: Entry[]
}

/**
 * Makes the entries of each name those of its addresses: what is there stays as it is written, what is new takes the
 * place of what is gone. An address that is there without a name gets it, since it may not be there twice.
 * @param wanted what the names stand for now; no name without any
 */
export function withAddresses(
  text: string,
  list: AddressList,
  wanted: ReadonlyMap<string, readonly string[]>,
): { edits: Edit[]; followed: Followed[] } {
  const byName = grouped(list.entries, ({ name }) => name)
  const nameless = byName.get(undefined) ?? []
  const ofNobody = new Set(nameless.map(({ ip }) => ip))
  const followed = [...wanted].map(([name, addresses]): Followed => {
    const entries = byName.get(name) ?? []
    const own = new Set(entries.map(({ ip }) => ip))
    return {
      name,
      added: addresses.filter((address) => !own.has(address) && !ofNobody.has(address)),
      removed: entries.filter(({ ip }) => !addresses.includes(ip)),
    }
  })
  const dropped = followed.flatMap(({ added, removed }) => removed.slice(added.length))
  const edits = followed.flatMap(({ name, added, removed }) => {
    const replaced = removed.map((entry, index): Edit => {
      const ip = added[index]
      return ip === undefined ? withoutItem(text, list, entry, dropped) : withIp(text, list, entry, ip)
    })
    const called = nameless
      .filter(({ ip }) => wanted.get(name)?.includes(ip))
      .map((entry) => withName(text, list, entry, name))
    const more = added.slice(removed.length)
    const last = byName.get(name)?.at(-1)
    if (more.length === 0 || !last) return [...called, ...replaced]
    const { at, before } = afterItem(text, list, last)
    const inserted = more.map((ip) => before + written(name, ip, list.style)).join('')
    return [...called, ...replaced, { start: at, end: at, text: inserted }]
  })
  return { edits, followed }
}

/** Says of an entry with a name whether it is ready. */
export const withReady = (text: string, { style }: AddressList, { node }: Entry, ready: boolean): Edit =>
  withField(text, node as YAMLMap, 'ready', String(ready), style)

// --- utils ---

/** Puts another address into an entry; whatever else it says stays as it is written. */
function withIp(text: string, { style }: AddressList, { node }: Entry, ip: string): Edit {
  const before = isMap(node) ? pairOf(node, 'ip')?.value : undefined
  const isQuoted = isNode(before) && `"'`.includes(text.charAt(span(text, before).start) || ' ')
  return withField(text, node as YAMLMap, 'ip', isQuoted ? `"${ip}"` : quoted(ip, style), style)
}

/** Gives an entry without a name one; of a map nothing else changes. */
function withName(text: string, { style }: AddressList, { item, node, ip }: Entry, name: string): Edit {
  if (!isMap(node)) return { ...span(text, item), text: written(name, ip, style) }
  const { start } = span(text, node)
  const field = nameField(name, style)
  if (node.flow) return { start: start + 1, end: start + 1, text: `${field}, ` }
  return { start, end: start, text: `${field}${style.lineBreak}${' '.repeat(columnOf(text, start))}` }
}

/** Gives a map a field, which it may have. */
function withField(text: string, map: YAMLMap, key: string, value: string, style: Style): Edit {
  const own = pairOf(map, key)?.value
  if (isNode(own)) {
    const place = span(text, own)
    return { ...place, text: text.charAt(place.start - 1) === ':' ? ` ${value}` : value } // Of nothing behind it.
  }
  const field = `${keyed(key, style)}${value}`
  const { value: last } = map.items.at(-1) ?? {}
  const { end } = span(text, isNode(last) ? last : map)
  if (map.flow) return { start: end, end, text: `, ${field}` }
  const at = lineEnd(text, end)
  const indent = ' '.repeat(columnOf(text, span(text, map).start))
  return { start: at, end: at, text: `${style.lineBreak}${indent}${field}` }
}

/** An IPv6 address that ends or begins with a colon would be read as a key. */
const quoted = (ip: string, { isJson }: Style) => (ip.includes(':') || isJson ? `"${ip}"` : ip)

const keyed = (key: string, { isJson }: Style) => (isJson ? `"${key}": ` : `${key}: `)

const nameField = (name: string, style: Style) =>
  `${keyed('name', style)}${style.isJson ? JSON.stringify(name) : name}`

const written = (name: string, ip: string, style: Style) =>
  `{${nameField(name, style)}, ${keyed('ip', style)}${quoted(ip, style)}}`

/** From a node's first character to its last, without what follows it. */
function span(text: string, node: Node): Span {
  const [start = 0, end = 0] = node.range ?? []
  return { start, end: start + text.slice(start, end).trimEnd().length }
}

/** The same of an item of a list, with its dash, anchor or tag. */
function itemSpan(text: string, { seq }: AddressList, index: number): Span {
  const node = seq.items[index]
  const { start, end } = isNode(node) ? span(text, node) : { start: 0, end: 0 }
  const source = seq.srcToken && 'items' in seq.srcToken ? seq.srcToken.items[index] : undefined
  const before = source?.start?.find(({ type }) => ['seq-item-ind', 'anchor', 'tag'].includes(type))
  return { start: before?.offset ?? start, end }
}

const lineStart = (text: string, at: number) => text.lastIndexOf('\n', at - 1) + 1

/** Where a line ends, before what ends it. */
function lineEnd(text: string, at: number): number {
  const found = text.indexOf('\n', at)
  const end = found < 0 ? text.length : found
  return text.charAt(end - 1) === '\r' ? end - 1 : end
}

const columnOf = (text: string, at: number) => at - lineStart(text, at)

/** In a block, an item is its lines; between brackets, it goes with the comma before it, or after it where none stays before. */
function withoutItem(text: string, list: AddressList, entry: Entry, dropped: readonly Entry[]): Edit {
  const { start, end } = itemSpan(text, list, entry.index)
  if (!list.seq.flow) {
    const next = text.indexOf('\n', end)
    return { start: lineStart(text, start), end: next < 0 ? text.length : next + 1, text: '' }
  }
  const isFirst = dropped.filter(({ index }) => index < entry.index).length === entry.index
  if (!isFirst) return { start: itemSpan(text, list, entry.index - 1).end, end, text: '' }
  const isOnly = entry.index === list.seq.items.length - 1
  return { start, end: isOnly ? end : itemSpan(text, list, entry.index + 1).start, text: '' }
}

/** Where another item goes, and what stands before it there. */
function afterItem(text: string, list: AddressList, { index }: Entry): { at: number; before: string } {
  const { start, end } = itemSpan(text, list, index)
  if (list.seq.flow) return { at: end, before: ', ' }
  return { at: lineEnd(text, end), before: `${list.style.lineBreak}${' '.repeat(columnOf(text, start))}- ` }
}
