import pLimit from 'p-limit'
import { LineCounter, parseDocument } from 'yaml'
import type { Proxy as ProxyValues, Values } from '../../schema/generated/values.ts'
import { merged } from '../chart/merged.ts'
import { at } from '../doors/things.ts'
import { firstDocument } from '../sources/first-document.ts'
import { findKeysTwice } from '../sources/unique-keys.ts'
import { inWords, secondDocument } from '../sources/yaml-words.ts'
import { edited, withAddresses, withReady } from './edits.ts'
import { type AddressList, addressLists, type Entry, instancesIn } from './lists.ts'
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
  const wanted = lists.map((list) => sharesOf(list, found))
  const looked = lists.map((list, index) => ({
    path: list.path,
    ...withAddresses(text, list, wanted[index] ?? new Map()),
  }))
  const changes = looked.flatMap(({ path, followed }) =>
    followed.flatMap(({ name, added, removed }): Change[] => [
      ...removed.flatMap(({ ip }): Change[] => (ip ? [{ path, name, ip, what: 'removed' }] : [])),
      ...added.map((ip): Change => ({ path, name, ip, what: 'added' })),
    ]),
  )
  const current = checked(
    text,
    lists,
    edited(
      text,
      looked.flatMap(({ edits }) => edits),
    ),
    (list, index) => [...(wanted[index] ?? [])].every(([name, ips]) => isSame(ipsOf(list, name), ips)),
  )
  if (!options.probe) return { text: current, changes, names: names.length }
  const asked = await probed(current, options.probe, options.drainLast)
  return { text: asked.text, changes: [...changes, ...asked.changes], names: names.length }
}

/**
 * Drains the addresses with a name that don't answer, and takes back those that do. What has no name stays as it is
 * written. An address that several proxies share must answer for all of them.
 * @param drainLast may the last ready address of a proxy be drained, too?
 */
export async function probed(
  text: string,
  probe: ProbeOptions,
  drainLast = false,
): Promise<{ text: string; changes: Change[] }> {
  const lists = listsOf(text)
  const living = await livingOf(lists, valuesIn(text), probe)
  const isLast = ({ entries }: AddressList) =>
    !drainLast && !entries.some(({ node, ready }) => living.get(node) ?? ready)
  const lasts = new Set(lists.filter(isLast).flatMap(({ entries }) => entries.map(({ node }) => node)))
  const becomes = lists.map((list) =>
    list.entries.map((entry) => {
      const lives = living.get(entry.node) ?? entry.ready
      const isKept = !lives && lasts.has(entry.node)
      return { list, entry, lives, isKept, ready: isKept ? entry.ready : lives }
    }),
  )
  const all = becomes.flat()
  const changes = all
    .filter(({ entry, lives }) => lives !== entry.ready)
    .map(({ list: { path }, entry: { name = '', ip }, lives, isKept }): Change => {
      const what = isKept ? 'dead, but the last' : lives ? 'ready again' : 'drained'
      return { path, name, ip, what }
    })
  const edits = all
    .filter(({ entry, ready }) => ready !== entry.ready)
    .map(({ list, entry, ready }) => withReady(text, list, entry, ready))
  const isRight = ({ entries }: AddressList, index: number) =>
    becomes[index]?.every(({ ready }, at) => entries[at]?.ready === ready)
  return { text: checked(text, lists, edited(text, edits), isRight), changes }
}

// --- utils ---

/** @throws Error with the line where the YAML can't be read. */
function listsOf(text: string): AddressList[] {
  const lineCounter = new LineCounter()
  const { document, lost } = firstDocument(text, { lineCounter, uniqueKeys: false, keepSourceTokens: true })
  findKeysTwice(document, lineCounter)
  const [error] = document.errors
  if (error) throw new Error(`line ${error.linePos?.[0].line ?? 1}: ${inWords(error)}`)
  if (lost !== undefined) throw new Error(`line ${lineCounter.linePos(lost).line}: ${secondDocument}`)
  return addressLists(document, text)
}

/** The values, with what they have by aliases and merges: of as many aliases as a thousand proxies may have. */
const valuesIn = (text: string): unknown =>
  parseDocument(text, { uniqueKeys: false, merge: true }).toJS({ maxAliasCount: 1_000_000 })

/**
 * The text after edits, once it is seen that they did what they were to do and nothing else: who shares an entry by an
 * anchor may want something else of it.
 * @param old the text's lists
 * @param isRight is a list as it was to become, by its number?
 * @throws Error where one is not, or anything else became another
 */
function checked(
  before: string,
  old: readonly AddressList[],
  after: string,
  isRight: (list: AddressList, index: number) => boolean | undefined,
): string {
  if (before === after) return after
  try {
    const now = listsOf(after)
    const keepsOthers = ({ entries }: AddressList, index: number) =>
      entries.every(({ name, ip }) => name || now[index]?.entries.some((one) => one.ip === ip))
    const isAll = now.length === old.length && old.every(keepsOthers) && now.every(isRight)
    if (isAll && elsewhere(before) === elsewhere(after)) return after
  } catch {
    // What can't be read any more was not what was to become of it.
  }
  throw new Error(
    'its addresses are shared by anchors (&), so that one would become wrong by another: write each list by itself',
  )
}

/** What values say but for their addresses, wherever an anchor has these. */
function elsewhere(text: string): string {
  const values = valuesIn(text)
  const proxies = instancesIn(values).flatMap((one) => [one.defaults, ...Object.values(one.proxies ?? {})])
  const followed = new Set<unknown>(proxies.map((one) => one?.addresses))
  return JSON.stringify(values, (key, value) =>
    followed.has(value) || ['addresses', 'ip', 'name', 'ready'].includes(key) ? undefined : value,
  )
}

const namesOf = ({ entries }: AddressList): string[] => [
  ...new Set(entries.flatMap(({ name }) => name ?? [])),
]

/**
 * Which addresses of a list are whose: one that two names stand for may be there once, and is whose it was.
 * @throws Error where none is left for a name
 */
function sharesOf(list: AddressList, found: ReadonlyMap<string, readonly string[]>): Map<string, string[]> {
  const names = namesOf(list)
  const owners = new Map<string, string>()
  for (const { name, ip } of list.entries)
    if (name !== undefined && found.get(name)?.includes(ip) && !owners.has(ip)) owners.set(ip, name)
  for (const name of names) for (const ip of found.get(name) ?? []) if (!owners.has(ip)) owners.set(ip, name)
  return new Map(
    names.map((name) => {
      const ips = (found.get(name) ?? []).filter((ip) => owners.get(ip) === name)
      if (ips.length > 0) return [name, ips]
      throw new Error(
        `${list.path}: ${name} stands for no address that another name there does not: leave it out`,
      )
    }),
  )
}

const ipsOf = ({ entries }: AddressList, name: string): string[] =>
  entries.flatMap((entry) => (entry.name === name ? [entry.ip] : []))

const isSame = (one: readonly string[], other: readonly string[]) =>
  new Set(one).size === new Set(other).size && one.every((each) => other.includes(each))

/** So many are asked at once: a system lets no process have more than some hundred connections. */
const probesAtOnce = 64

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

/** Which of the followed addresses live: each for all proxies that have it. */
async function livingOf(
  lists: readonly AddressList[],
  values: unknown,
  probe: ProbeOptions,
): Promise<ReadonlyMap<Entry['node'], boolean>> {
  const limit = pLimit(probesAtOnce)
  const living = new Map<Entry['node'], boolean>()
  const asked = lists.flatMap((list) =>
    list.entries.flatMap(({ node, ip, name }) =>
      (name === undefined ? [] : list.proxies).map(({ keys, proxy }) =>
        limit(async () => {
          const { defaults, proxies }: Values = at(values, ...keys) ?? {}
          const own = merged<ProxyValues>(defaults ?? {}, proxies?.[proxy] ?? {})
          const lives = await answers(ip, own, probe)
          living.set(node, lives && (living.get(node) ?? true))
        }),
      ),
    ),
  )
  await Promise.all(asked)
  return living
}
