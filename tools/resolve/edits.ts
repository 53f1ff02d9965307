import { isMap, isScalar, type Node } from 'yaml'
import { type AddressList, type Entry, pairOf } from './lists.ts'

/** A piece of the text, and what stands there instead. */
export interface Edit {
  start: number
  end: number
  text: string
}

/** The text with its edits, which must not overlap; all else stays as it is, byte for byte. */
export const edited = (text: string, edits: readonly Edit[]): string =>
  [...edits]
    .sort((one, other) => other.start - one.start)
    .reduce((rest, { start, end, text: piece }) => rest.slice(0, start) + piece + rest.slice(end), text)

/**
 * Makes the entries of one name those of its addresses: what is there stays as it is written, what is new takes the
 * place of what is gone. An address that is there without a name gets it, since it may not be there twice.
 * @param addresses what the name stands for now; not empty
 */
export function withAddresses(
  text: string,
  list: AddressList,
  name: string,
  addresses: readonly string[],
): { edits: Edit[]; added: string[]; removed: Entry[] } {
  const entries = list.entries.filter((entry) => entry.name === name)
  const nameless = list.entries.filter((entry) => entry.name === undefined && addresses.includes(entry.ip))
  const removed = entries.filter(({ ip }) => !addresses.includes(ip))
  const added = addresses.filter((address) => ![...entries, ...nameless].some(({ ip }) => ip === address))
  const dropped = removed.slice(added.length)
  const replaced = removed.map((entry, index): Edit => {
    const ip = added[index]
    if (ip === undefined) return withoutItem(text, list, entry, dropped)
    return withIp(text, entry, name, ip)
  })
  const called = nameless.map((entry) => withName(text, entry, name))
  const more = added.slice(removed.length)
  const last = entries.at(-1)
  if (more.length === 0 || !last) return { edits: [...called, ...replaced], added, removed }
  const place = afterItem(text, list, last)
  const inserted = more.map((ip) => place.before + written(name, ip)).join('')
  return {
    edits: [...called, ...replaced, { start: place.at, end: place.at, text: inserted }],
    added,
    removed,
  }
}

/** Puts another address into an entry; whatever else it says stays as it is written. */
function withIp(text: string, { node }: Entry, name: string, ip: string): Edit {
  const value = isMap(node) ? pairOf(node, 'ip')?.value : undefined
  if (!isScalar(value) || !value.range) return { ...span(text, node), text: written(name, ip) }
  const [start, end] = value.range
  return { start, end, text: /^["']/.test(text.slice(start)) ? `"${ip}"` : quoted(ip) }
}

/** Gives an entry without a name one; of a map nothing else changes. */
function withName(text: string, { node, ip }: Entry, name: string): Edit {
  const { start, end } = span(text, node)
  if (!isMap(node)) return { start, end, text: written(name, ip) }
  const piece = node.flow ? `{name: ${name}, ` : `name: ${name}\n${' '.repeat(columnOf(text, start))}`
  return { start, end: start + (node.flow ? 1 : 0), text: piece }
}

/** Says of an entry whether it is ready. */
export function withReady(text: string, { node, ip }: Entry, ready: boolean): Edit {
  if (!isMap(node)) return { ...span(text, node), text: ready ? ip : `{ip: ${quoted(ip)}, ready: false}` }
  const value = pairOf(node, 'ready')?.value
  if (isScalar(value) && value.range)
    return { start: value.range[0], end: value.range[1], text: String(ready) }
  const { start, end } = span(text, node)
  if (node.flow) {
    const inside = text.slice(start, end - 1).trimEnd()
    return { start: start + inside.length, end: end - 1, text: `, ready: ${ready}` }
  }
  return { start: end, end, text: `\n${' '.repeat(columnOf(text, start))}ready: ${ready}` }
}

// --- utils ---

/** An IPv6 address that ends or begins with a colon would be read as a key. */
const quoted = (ip: string) => (ip.includes(':') ? `"${ip}"` : ip)

const written = (name: string, ip: string) => `{name: ${name}, ip: ${quoted(ip)}}`

/** From a node's first character to its last, without what follows it. */
function span(text: string, node: Node): { start: number; end: number } {
  const [start = 0, end = 0] = node.range ?? []
  return { start, end: start + text.slice(start, end).trimEnd().length }
}

const lineStart = (text: string, at: number) => text.lastIndexOf('\n', at - 1) + 1

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end
}

const columnOf = (text: string, at: number) => at - lineStart(text, at)

/** In a block, an item is its lines; between brackets, it goes with the comma before it, or after it where none stays before. */
function withoutItem(
  text: string,
  { seq, entries }: AddressList,
  entry: Entry,
  dropped: readonly Entry[],
): Edit {
  const { start, end } = span(text, entry.node)
  if (!seq.flow) return { start: lineStart(text, start), end: lineEnd(text, end) + 1, text: '' }
  const index = entries.indexOf(entry)
  const [before, next] = [entries[index - 1], entries[index + 1]]
  const isFirst = entries.slice(0, index).every((one) => dropped.includes(one))
  if (isFirst && next) return { start, end: span(text, next.node).start, text: '' }
  return { start: before ? span(text, before.node).end : start, end, text: '' }
}

/** Where another item goes, and what stands before it there. */
function afterItem(text: string, { seq }: AddressList, entry: Entry): { at: number; before: string } {
  const { start, end } = span(text, entry.node)
  if (seq.flow) return { at: end, before: ', ' }
  const indent = text.slice(lineStart(text, start), start).replace(/-[^-]*$/, '')
  return { at: lineEnd(text, end), before: `\n${indent}- ` }
}
