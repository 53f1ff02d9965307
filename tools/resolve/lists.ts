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
  const names = isMap(proxies) ? proxies.items.map(({ key }) => String(isScalar(key) ? key.value : key)) : []
  const places = [
    { path: ['defaults'], proxy: undefined },
    ...names.map((proxy) => ({ path: ['proxies', proxy], proxy })),
  ]
  const lists = places.flatMap(({ path, proxy }) => {
    const seq = resolved(document, document.getIn([...path, 'addresses'], true))
    if (!isSeq(seq)) return []
    const entries = seq.items.flatMap((item) => entryOf(document, item))
    return [{ path: [...path, 'addresses'].join('.'), proxy, seq, entries }]
  })
  return lists.filter(({ seq }, index) => lists.findIndex((list) => list.seq === seq) === index)
}

/** The pair of a map that has this key. */
export const pairOf = (map: YAMLMap, name: string) =>
  map.items.find(({ key }) => isScalar(key) && key.value === name)

// --- utils ---

const resolved = (document: Document, node: unknown) => (isAlias(node) ? node.resolve(document) : node)

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
