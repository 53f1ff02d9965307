import { at, fields, isMap, list, text } from '../doors/things.ts'

/** What others may mean a way by. */
export interface Meant {
  names: readonly string[]
  /** An empty one is every host, which nobody names. */
  hosts: readonly string[]
}

/**
 * May an object of a kind that nobody here knows be about a way? It is where it chooses by labels, or is a policy for
 * whatever comes by, or where one of its texts names the way or may stand for one of its hosts: alone, with a port, in
 * an expression, by a wildcard.
 * @param object as a parser of YAML or JSON gives it
 */
export function mayMean(object: unknown, { names, hosts }: Meant): boolean {
  if (isForAnyone(object)) return true
  const wanted = new Set(names.filter((one) => one !== '').map((one) => one.toLowerCase()))
  const named = hosts.filter((one) => one !== '').map((one) => one.toLowerCase())
  return textsIn(object).some((one) => {
    const words = wordsIn(one)
    return (
      words.some((word) => wanted.has(word.replace(/[.]svc([.].*)?$/, ''))) ||
      (named.length > 0 &&
        (standsForAny.test(one) || words.some((word) => named.some((host) => meets(word, host)))))
    )
  })
}

// --- utils ---

/** Policies of Istio that hold whatever comes by the gateways which they choose, or by all of them. */
const ofWorkloads = ['AuthorizationPolicy', 'EnvoyFilter', 'RequestAuthentication', 'WasmPlugin']

function isForAnyone(object: unknown): boolean {
  const [kind, group] = [text(at(object, 'kind')) ?? '', text(at(object, 'apiVersion')) ?? '']
  const targets = [at(object, 'spec', 'targetRef'), ...list(at(object, 'spec', 'targetRefs'))]
  const isNamed = targets.some((one) => text(at(one, 'name')) !== undefined)
  const isIstios = /(^|\.)istio\.io\//.test(group) || group === ''
  return (
    at(object, 'spec', 'targetSelectors') !== undefined ||
    (isIstios && ofWorkloads.includes(kind) && !isNamed)
  )
}

/** All names of fields and texts; a host that is given by an expression, in a field of its own, stands for any. */
function textsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn)
  if (isMap(value))
    return Object.entries(fields(value)).flatMap(([key, one]) => [
      key,
      ...(ofHosts.test(key) && isMap(one) && Object.keys(one).join() !== 'exact' ? ['*'] : []),
      ...textsIn(one),
    ])
  return typeof value === 'string' ? [value.toLowerCase()] : []
}

/** Fields that say a host, as VirtualService's `authority: {regex: …}`. */
const ofHosts = /^(:?authority|hosts?|hostnames?|sni(hosts)?|servername)$/i

/** A text that stands for any host: a star alone or behind a namespace, and Traefik's expressions. */
const standsForAny = /^(\*|[\w.*-]+\/\*)$|host(sni)?regexp|host(sni)?\s*\(\s*[`"']\*[`"']/i

/** What is a host or a name in a text, without the port behind it. */
const wordsIn = (one: string): string[] =>
  one
    .toLowerCase()
    .replaceAll(/:(\*|\d+)(?![\w.*-])/g, ' ')
    .split(/[^\w.*-]+/)
    .filter((word) => word !== '' && word !== '*')

/** May a word, a star of which is any characters, be a host, or one of those that a wildcard stands for? */
function meets(word: string, host: string): boolean {
  if (word === host) return true
  const suffix = host.startsWith('*.') ? host.slice(1) : undefined
  if (suffix && word.endsWith(suffix)) return true
  if (!word.includes('*')) return false
  const [start = '', ...rest] = word.split('*')
  const end = rest.at(-1) ?? ''
  // Of a wildcard nothing is known but how it ends.
  if (suffix) return end === '' || suffix.endsWith(end) || end.endsWith(suffix)
  return host.length >= start.length + end.length && host.startsWith(start) && host.endsWith(end)
}
