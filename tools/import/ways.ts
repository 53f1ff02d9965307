import { isWithin } from '../doors/host-names.ts'
import type { Manifest } from './manifests.ts'
import { mayMean } from './meaning.ts'
import type { Notes } from './notes.ts'
import type { Part } from './part.ts'
import type { ImportedProxy } from './services.ts'

/** Who is asked for what an object leads. */
export interface Asked {
  /** The object's kind. */
  kind: string
  /** Those of which one is: a Gateway, a kind's controllers, a program that asks several kinds from one table; undefined is any. */
  servers: readonly (string | undefined)[]
}

/** Requests that an object which was read takes, wherever it leads them. */
export interface Request extends Asked {
  /** An empty one is every host. */
  host: string
  /** Undefined where they are not known by a path alone. */
  path: string | undefined
  part: Part
}

/** A way to a proxy that the values have: its hosts, or one of its routes. */
export interface Way extends Asked {
  proxy: ImportedProxy
  /** `ingress`, or a route's name. */
  name: string
  /** An empty one is every host. */
  hosts: readonly string[]
  paths: readonly { path: string; isExact: boolean }[]
  /** The requests of the objects that it stands for. */
  carried: readonly Request[]
  /** By which others may name it, besides its hosts: the object that it comes from, its Gateways, its Service. */
  names: readonly string[]
}

/** What an object says of its hosts that the values have no field for, and that may keep somebody out of them. */
export interface Loss {
  part: Part
  hosts: readonly string[]
}

/** Closes a way, and says why. */
export function close(
  { proxy, name }: Pick<Way, 'proxy' | 'name'>,
  part: Part,
  why: string,
  notes: Notes,
): void {
  const { ingress, routes } = proxy.values
  const isOpen = (name === 'ingress' ? ingress : routes?.[name])?.enabled !== false
  if (name === 'ingress') proxy.values.ingress = { ...closed, ...ingress, ...closed }
  else proxy.values.routes = { ...routes, [name]: { ...closed, ...routes?.[name], ...closed } }
  if (isOpen) {
    const field = name === 'ingress' ? 'ingress' : 'routes'
    proxy.comments[field] = 'Closed: why is said above.'
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

/** Closes each way to a host of which something is lost: what one object says of a host may hold for those of others. */
export function closeLost(losses: readonly Loss[], ways: readonly Way[], notes: Notes): void {
  for (const { part, hosts } of losses)
    for (const way of ways)
      if (way.name === 'ingress' && way.hosts.some((one) => hosts.includes(one)))
        close(way, part, `${part.path} may keep somebody out, and the values have no field for it`, notes)
}

/** Closes each way that an object of a kind which the values don't have may be about. */
export function closeMeant({ part, kind, name }: Manifest, ways: readonly Way[], notes: Notes): void {
  const object = part.plain
  for (const way of ways.filter(isOpen)) {
    const names = way.names.flatMap((one) => [one, `${one}.${way.proxy.namespace}`])
    if (mayMean(object, { names, hosts: way.hosts }))
      close(way, part, `${kind} ${name} may keep somebody out of ${way.proxy.name}`, notes)
  }
}

// --- utils ---

const closed = { enabled: false }

const titleOf = (name: string) => (name === 'ingress' ? name : `routes.${name}`)

const isOpen = ({ proxy: { values }, name }: Way) =>
  values.enabled !== false && (name === 'ingress' ? values.ingress : values.routes?.[name])?.enabled !== false

function takes(way: Way, { kind, servers, host, path }: Request): boolean {
  const isServer = (one: string | undefined) =>
    way.servers.some((own) => one === own || one === undefined || own === undefined)
  if (!servers.some(isServer)) return false
  const isTraefik = [servers, way.servers].every((all) => all.includes('traefik') || all.includes(undefined))
  // Of two kinds in one table either may have been asked first, whatever host and path; with Traefik, of two hosts.
  const isAnyFirst = kind !== way.kind || (isTraefik && !way.hosts.includes(host))
  if (isAnyFirst) return way.hosts.some((one) => isWithin(host, one) || isWithin(one, host))
  // A host that is led nowhere any more leaves all its requests to a wildcard, whatever their path.
  if (!way.hosts.includes(host)) return way.hosts.some((one) => isWithin(host, one))
  return way.paths.some(
    (one) =>
      path === undefined ||
      path === one.path ||
      (!one.isExact && path.startsWith(startOf(one.path))) ||
      // It goes by a rule's length, and a prefix is the longer word.
      (isTraefik && one.isExact && one.path.startsWith(startOf(path))),
  )
}

/** What a path begins with, if a controller should read it as an expression; no slash at the end, which Prefix ignores. */
const startOf = (path: string) => (/^[^\\.*+?()[\]{}|^$]*/.exec(path)?.[0] ?? '').replace(/\/$/, '')
