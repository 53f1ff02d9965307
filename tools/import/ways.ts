import type { Manifest } from './manifests.ts'
import type { Notes } from './notes.ts'
import type { Part } from './part.ts'
import type { ImportedProxy } from './services.ts'

/** Requests that an object which was read takes, wherever it leads them. */
export interface Request {
  /** Who is asked: a Gateway, or the controllers of hosts. */
  servers: readonly string[]
  /** An empty one is every host. */
  host: string
  /** Undefined where they are not known by a path alone. */
  path: string | undefined
  part: Part
}

/** A way to a proxy that the values have: its hosts, or one of its routes. */
export interface Way {
  proxy: ImportedProxy
  /** `ingress`, or a route's name. */
  name: string
  servers: readonly string[]
  /** An empty one is every host. */
  hosts: readonly string[]
  paths: readonly { path: string; isExact: boolean }[]
  /** The requests of the objects that it stands for. */
  carried: readonly Request[]
  /** By which others may name it, besides its hosts: the object that it comes from, its Gateways, its Service. */
  names: readonly string[]
}

/** The servers of all that is no Gateway's: controllers share hosts. */
export const hostServers = ['the controllers of hosts']

/** Closes a way, and says why. */
export function close({ proxy, name }: Way, part: Part, why: string, notes: Notes): void {
  const { ingress, routes } = proxy.values
  const isOpen = (name === 'ingress' ? ingress : routes?.[name])?.enabled !== false
  if (name === 'ingress') proxy.values.ingress = { ...closed, ...ingress, ...closed }
  else proxy.values.routes = { ...routes, [name]: { ...closed, ...routes?.[name], ...closed } }
  if (isOpen) {
    const field = name === 'ingress' ? 'ingress' : 'routes'
    proxy.comments[field] = 'Closed: what kept somebody out is for you to decide.'
  }
  notes.decide(part, `${why}: ${titleOf(name)}.enabled is false until you say otherwise`)
}

/**
 * Closes each way that would get requests which another object took and which are led nowhere now: a wider path of
 * their host would take them.
 */
export function closeBelow(requests: readonly Request[], ways: readonly Way[], notes: Notes): void {
  const open = ways.filter(isOpen)
  const carried = new Set(open.flatMap((way) => way.carried))
  const left = requests.filter((one) => !carried.has(one))
  const caught = open.flatMap((way) => {
    const request = left.find((one) => takes(way, one))
    return request ? [{ way, request }] : []
  })
  for (const { way, request } of caught) {
    const what = `${request.host || 'any host'}${request.path ?? ''}`
    close(way, request.part, `what ${what} leads to is left out, and ${way.proxy.name} would get it`, notes)
  }
  // What is closed now leads nothing any more.
  if (caught.length > 0) closeBelow(requests, ways, notes)
}

/** Closes each way that an object of a kind which the values don't have names, or may mean by labels. */
export function closeNamed({ part, kind, name }: Manifest, ways: readonly Way[], notes: Notes): void {
  const words = new Set(wordsIn(part.plain))
  for (const way of ways.filter(isOpen))
    if (
      words.has('targetSelectors') ||
      [...way.names, ...way.hosts].some((one) => one !== '' && words.has(one))
    )
      close(way, part, `${kind} ${name} may keep somebody out of ${way.proxy.name}`, notes)
}

// --- utils ---

const closed = { enabled: false }

const titleOf = (name: string) => (name === 'ingress' ? name : `routes.${name}`)

const isOpen = ({ proxy: { values }, name }: Way) =>
  (name === 'ingress' ? values.ingress : values.routes?.[name])?.enabled !== false

function takes(way: Way, { servers, host, path }: Request): boolean {
  if (!servers.some((one) => way.servers.includes(one))) return false
  // A host that is led nowhere any more leaves all its requests to a wildcard, whatever their path.
  const isBelow = (one: string) => one === '' || (one.startsWith('*.') && host.endsWith(one.slice(1)))
  if (!way.hosts.includes(host)) return way.hosts.some(isBelow)
  return way.paths.some(
    (one) => path === undefined || path === one.path || (!one.isExact && path.startsWith(startOf(one.path))),
  )
}

/** What a path begins with, if a controller should read it as an expression; no slash at the end, which Prefix ignores. */
const startOf = (path: string) => (/^[^\\.*+?()[\]{}|^$]*/.exec(path)?.[0] ?? '').replace(/\/$/, '')

/** All names of fields and texts. */
function wordsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(wordsIn)
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, one]) => [key, ...wordsIn(one)])
  return typeof value === 'string' ? [value] : []
}
