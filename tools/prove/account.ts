import type { Door } from '../doors/door.ts'
import type { DoorRef } from './door-ref.ts'
import type { Knock } from './knocks.ts'
import type { NotTried, Plan } from './plan.ts'

/** How many doors the judge finds, how many of them are tried, and how many are said not to be. */
export interface Account {
  found: number
  tried: number
  notTried: number
  /** Doors that are neither: nobody has thought of them here. */
  forgotten: Door[]
}

/**
 * Holds what is tried against the doors that the judge finds, so that none is left out in silence: each is tried, or
 * said not to be, or forgotten. Where somebody is to get in, it is tried only if they try.
 * @param knocked those of the knocks that had an address to go to
 */
export function accountOf(
  doors: readonly Door[],
  { knocks, notTried }: Pick<Plan, 'knocks' | 'notTried'>,
  knocked: readonly Knock[] = knocks,
): Account {
  const open = (some: readonly Knock[]) => unique(some.filter((knock) => knock.open).map(refOf))
  const opened = new Set(open(knocked).map((ref) => JSON.stringify(ref)))
  const unopened = new Set(
    open(knocks)
      .map((ref) => JSON.stringify(ref))
      .filter((ref) => !opened.has(ref)),
  )
  const tried = unique(knocked.map(refOf)).filter((ref) => !unopened.has(JSON.stringify(ref)))
  const said = notTried.flatMap(({ of, proxy }) => (of ? [of.object ? of : { service: proxy, ...of }] : []))
  const left = doors.filter((door) => !tried.some((ref) => isMeant(ref, door)))
  const forgotten = left.filter((door) => !said.some((ref) => isMeant(ref, door)))
  return {
    found: doors.length,
    tried: doors.length - left.length,
    notTried: left.length - forgotten.length,
    forgotten,
  }
}

/** Forgotten doors, as what is not tried. */
export const forgottenLines = ({ forgotten }: Account): NotTried[] =>
  forgotten.map(({ service, way, id }) => ({
    proxy: service.split('/')[1] ?? service,
    what: `${way}: ${id}`,
    why: 'the judge finds it, and nothing here could knock there',
  }))

// --- utils ---

const unique = (refs: readonly DoorRef[]): DoorRef[] => [
  ...new Map(refs.map((ref) => [JSON.stringify(ref), ref])).values(),
]

/** The door at which a knock is. */
function refOf({ proxy, place, protocol, of }: Knock): DoorRef {
  const transport = protocol === 'udp' ? 'UDP' : 'TCP'
  switch (place.of) {
    case 'load balancer':
    case 'ClusterIP':
      return { service: proxy, ways: [place.of], protocol: transport, port: place.port }
    case 'nodes':
      return { service: proxy, ways: ['node port'], protocol: place.transport, port: place.port }
    case 'Ingress controller':
    case 'Gateway':
      return { service: proxy, ...of }
    case 'App2':
    case 'controller':
      return { service: proxy, ways: [] } // No object of these makes it.
  }
}

function isMeant(ref: DoorRef, { way, where, service, object }: Door): boolean {
  const name = (title: string) => title.slice(title.indexOf('/') + 1)
  return (
    (ref.service === undefined || ref.service === name(service)) &&
    (ref.ways?.includes(way) ?? true) &&
    (ref.protocol === undefined || ref.protocol === where.protocol) &&
    (ref.port === undefined || ref.port === where.port) &&
    // Of a route in another namespace the chart says whose it is.
    (ref.object === undefined || ref.object === name(object).replace(/\.of\..*/, '')) &&
    (ref.gateway === undefined || ref.gateway === where.gateway) &&
    (ref.hosts?.includes(where.host ?? '') ?? true) &&
    (ref.path === undefined || where.path === undefined || ref.path === where.path)
  )
}
