import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type YAMLMap, type YAMLSeq } from 'yaml'

/** One entry of a list of addresses, where it stands in the file. */
export interface Entry {
  node: Node
  /** Empty where only a name is written yet. */
  ip: string
  /** The DNS name that it comes from; undefined for one that is not followed. */
  name: string | undefined
  ready: boolean
}

/** A list of addresses of a values file. */
export interface AddressList {
  /** Its place in the values, as `proxies.app.addresses`. */
  path: string
  /** The proxy's name; undefined for `defaults`. */
  proxy: string | undefined
  seq: YAMLSeq
  entries: Entry[]
}

/** Every list of addresses in a values file; one that is written by an alias is there once. */
export function addressLists(document: Document): AddressList[] {
  const proxies = document.get('proxies', true)
  const places = [
    { path: 'defaults.addresses', proxy: undefined, node: document.get('defaults', true) },
    ...(isMap(proxies) ? proxies.items : []).map(({ key, value }) => {
      const proxy = String(isScalar(key) ? key.value : key)
      return { path: `proxies.${proxy}.addresses`, proxy, node: value }
    }),
  ]
  const seen = new Set<YAMLSeq>()
  return places.flatMap(({ path, proxy, node }) => {
    const seq = addressesOf(document, node)
    if (!seq || seen.has(seq)) return []
    seen.add(seq)
    return [{ path, proxy, seq, entries: seq.items.flatMap((item) => entryOf(document, item)) }]
  })
}

/** The pair of a map that has this key. */
export const pairOf = (map: YAMLMap, name: string) =>
  map.items.find(({ key }) => isScalar(key) && key.value === name)

// --- utils ---

const resolved = (document: Document, node: unknown) => (isAlias(node) ? node.resolve(document) : node)

/**
 * The addresses that a map writes, or has by a merge (`<<`), as Helm reads them.
 * @param asked the maps that have none: one may merge itself, or another in many ways
 */
function addressesOf(document: Document, node: unknown, asked = new Set<unknown>()): YAMLSeq | undefined {
  const map = resolved(document, node)
  if (asked.has(map)) return undefined
  asked.add(map)
  const of = (one: unknown) => addressesOf(document, one, asked)
  if (isSeq(map)) return map.items.map(of).find(Boolean) // Of several merged, the first that has any.
  if (!isMap(map)) return undefined
  const own = resolved(document, map.get('addresses', true))
  return isSeq(own) ? own : of(pairOf(map, '<<')?.value)
}

function entryOf(document: Document, item: unknown): Entry[] {
  const node = resolved(document, item)
  if (isScalar(node)) return [{ node, ip: String(node.value), name: undefined, ready: true }]
  if (!isMap(node)) return []
  const [ip, name, ready] = ['ip', 'name', 'ready'].map((field) => node.get(field))
  return [
    {
      node,
      ip: ip === undefined || ip === null ? '' : String(ip),
      name: typeof name === 'string' && name !== '' ? name : undefined,
      ready: ready !== false,
    },
  ]
}
