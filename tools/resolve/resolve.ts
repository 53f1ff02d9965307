import { LineCounter, parseDocument } from 'yaml'
import type { Proxy as ProxyValues, Values } from '../../schema/generated/values.ts'
import { merged } from '../chart/merged.ts'
import { findKeysTwice } from '../sources/unique-keys.ts'
import { inWords } from '../sources/yaml-words.ts'
import { type Edit, edited, withAddresses, withReady } from './edits.ts'
import { type AddressList, addressLists, type Entry } from './lists.ts'
import { type LookupOptions, lookUp } from './lookup.ts'
import { answers, type ProbeOptions } from './probe.ts'

export interface ResolveOptions extends LookupOptions {
  /** Left out, nothing is probed. */
  probe?: ProbeOptions
  /** May the last ready address of a proxy be drained, too? */
  drainLast?: boolean
}

/** What becomes of an address. */
export interface Change {
  /** The list's place in the values. */
  path: string
  name: string
  ip: string
  what: 'added' | 'removed' | 'drained' | 'ready again' | 'dead, but the last'
}

export interface Resolved {
  /** The file's text, changed where it had to be. */
  text: string
  changes: Change[]
  /** How many names the file follows. */
  names: number
}

/**
 * Looks up the names of a values file's addresses, and writes the addresses that they stand for now; with `probe` it
 * drains those that don't answer, and takes back those that do. Comments, order and all that has no name stay.
 * @param text the values file
 * @throws Error in words, all of them at once, where the file can't be read or a name not be looked up
 */
export async function resolved(text: string, options: ResolveOptions = {}): Promise<Resolved> {
  const lists = listsOf(text)
  const names = [...new Set(lists.flatMap(namesOf))]
  const found = await addressesOf(names, options)
  const looked = lists.flatMap((list) =>
    namesOf(list).map((name) => ({ list, name, ...withAddresses(text, list, name, found.get(name) ?? []) })),
  )
  const changes = looked.flatMap(({ list: { path }, name, added, removed }): Change[] => [
    ...removed.flatMap(({ ip }): Change[] => (ip ? [{ path, name, ip, what: 'removed' }] : [])),
    ...added.map((ip): Change => ({ path, name, ip, what: 'added' })),
  ])
  const current = edited(
    text,
    looked.flatMap(({ edits }) => edits),
  )
  if (!options.probe) return { text: current, changes, names: names.length }
  const asked = await probed(current, options.probe, options.drainLast)
  return { text: asked.text, changes: [...changes, ...asked.changes], names: names.length }
}

/**
 * Drains the addresses with a name that don't answer, and takes back those that do. What has no name stays as it is
 * written.
 * @param drainLast may the last ready address of a proxy be drained, too?
 */
export async function probed(
  text: string,
  probe: ProbeOptions,
  drainLast = false,
): Promise<{ text: string; changes: Change[] }> {
  const values: Values = parseDocument(text, { uniqueKeys: false }).toJS()
  const edits: Edit[] = []
  const changes: Change[] = []
  for (const list of listsOf(text)) {
    const living = await livingOf(list, proxyOf(values, list), probe)
    const isLast = !drainLast && !list.entries.some((entry) => living.get(entry) ?? entry.ready)
    for (const [{ ip, name = '', ready, node }, lives] of living) {
      if (lives === ready) continue
      const change = { path: list.path, name, ip }
      if (isLast) changes.push({ ...change, what: 'dead, but the last' })
      else {
        edits.push(withReady(text, { ip, name, ready, node }, lives))
        changes.push({ ...change, what: lives ? 'ready again' : 'drained' })
      }
    }
  }
  return { text: edited(text, edits), changes }
}

// --- utils ---

/** @throws Error with the line where the YAML can't be read. */
function listsOf(text: string): AddressList[] {
  const lineCounter = new LineCounter()
  const document = parseDocument(text, { lineCounter, uniqueKeys: false })
  findKeysTwice(document, lineCounter)
  const [error] = document.errors
  if (error) throw new Error(`line ${error.linePos?.[0].line ?? 1}: ${inWords(error)}`)
  return addressLists(document)
}

const namesOf = ({ entries }: AddressList): string[] => [
  ...new Set(entries.flatMap(({ name }) => name ?? [])),
]

async function addressesOf(
  names: readonly string[],
  options: LookupOptions,
): Promise<ReadonlyMap<string, string[]>> {
  const looked = await Promise.allSettled(names.map((name) => lookUp(name, options)))
  const failures = looked.flatMap((one) => (one.status === 'rejected' ? [String(one.reason.message)] : []))
  if (failures.length > 0) throw new Error(failures.join('\n'))
  return new Map(
    looked.flatMap((one, index) => (one.status === 'fulfilled' ? [[names[index] ?? '', one.value]] : [])),
  )
}

/** Which of a list's followed addresses live. */
async function livingOf(
  { entries }: AddressList,
  proxy: ProxyValues,
  probe: ProbeOptions,
): Promise<ReadonlyMap<Entry, boolean>> {
  const followed = entries.filter(({ name }) => name !== undefined)
  return new Map(
    await Promise.all(
      followed.map(
        async (entry): Promise<[Entry, boolean]> => [entry, await answers(entry.ip, proxy, probe)],
      ),
    ),
  )
}

const proxyOf = ({ defaults, proxies }: Values, { proxy }: AddressList): ProxyValues =>
  merged(defaults ?? {}, (proxy === undefined ? undefined : proxies?.[proxy]) ?? {})
