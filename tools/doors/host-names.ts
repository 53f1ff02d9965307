import { at, text } from './things.ts'

/** Is a host one of those that another stands for: the same, one below a wildcard, or any below the empty one? */
export const isWithin = (host: string, other: string): boolean =>
  host === other || other === '' || (other.startsWith('*.') && host.endsWith(other.slice(1)))

/**
 * The hosts of a route as far as the listeners that it hangs on take them: without one of its own it has theirs, and
 * none where they have none in common (Gateway API, `hostname` of a Listener).
 * @returns undefined where a listener takes any host, or none is known: then they are the route's own
 */
export function hostsTaken(hosts: readonly string[], listeners: readonly unknown[]): string[] | undefined {
  const all = listeners.map((one) => text(at(one, 'hostname'))?.toLowerCase() || undefined)
  if (all.length === 0 || all.includes(undefined)) return undefined
  const theirs = all.flatMap((one) => one ?? [])
  const own = hosts.map((host) => host.toLowerCase())
  const both = own.flatMap((host) =>
    theirs.flatMap((one) => (isWithin(host, one) ? [host] : isWithin(one, host) ? [one] : [])),
  )
  return [...new Set(own.length === 0 ? theirs : both)]
}
