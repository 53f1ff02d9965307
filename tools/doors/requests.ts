import { difference, nobody, union, type Who } from './cidr.ts'
import { type Door, door, literalOf, type Path, passing, unique } from './door.ts'

/** What became of the requests to a path of a host, as far as they are for one Service. */
export interface Met {
  /** The door that meets them now, or that met them, with their path as its own. */
  door: Door
  wider: Who
  narrower: Who
  to: { new: string[]; gone: string[] }
  /** The host and path that meet them now, where they have none of their own. */
  by?: string
}

/**
 * What the requests meet now, and met before, at each path that either side has: the most specific path that takes
 * them. So a path that is gone is not closed where a shorter one of its host takes its requests. Controllers differ in
 * whether a host's requests go on to a wildcard's paths, and in whether an expression goes before a prefix: whoever
 * gets in by one of these ways is said to get in.
 * @returns by the door's id
 */
export function metByRequests(before: readonly Path[], now: readonly Path[]): Map<string, Met> {
  const found = new Map<string, Met>()
  const servers = {
    before: grouped(before, ({ server }) => server),
    now: grouped(now, ({ server }) => server),
  }
  for (const server of unique([...servers.before.keys(), ...servers.now.keys()])) {
    const [old, current] = [servers.before.get(server) ?? [], servers.now.get(server) ?? []]
    if (isSame(old, current)) continue
    const [was, is] = [new Table(old), new Table(current)]
    for (const host of unique([...was.hosts.keys(), ...is.hosts.keys()])) {
      const own = [was.hosts.get(host) ?? [], is.hosts.get(host) ?? []] as const
      if (isSame(...own)) continue
      // Each class is another controller's; with one class alone, another name of it is no other door.
      const classes = own.map((paths) => unique(paths.map(({ className }) => className)))
      const apart = classes.some(({ length }) => length > 1) ? unique(classes.flat()) : [undefined]
      for (const className of apart)
        for (const request of requestsOf(host, was, is))
          for (const met of outcomes({ ...request, host, className }, was, is)) add(met, found)
    }
  }
  return found
}

// --- utils ---

interface Request {
  host: string
  /** The path of the objects that it is for, and one that is sent. */
  path: string
  sent: string
  /** The expression that it is for, which `sent` is only the beginning of. */
  expression: string | undefined
  conditions: readonly string[]
  className: string | undefined
}

/** How a controller goes on from what is specific to what is less so. */
interface Manner {
  /** Does a request that no path of its host takes go on to a wildcard's? */
  goesOn: boolean
  /** Do expressions go before prefixes? */
  expressionsFirst: boolean
}

const manners: readonly Manner[] = [true, false].flatMap((expressionsFirst) =>
  [false, true].map((goesOn) => ({ goesOn, expressionsFirst })),
)

/** The paths of one server, by host and by path. */
class Table {
  readonly hosts: Map<string, Path[]>
  private readonly byPath: Map<string, Path[]>

  constructor(paths: readonly Path[]) {
    this.hosts = grouped(paths, ({ host }) => host ?? '')
    this.byPath = grouped(paths, ({ host, path, match }) =>
      key(host ?? '', match === 'regex' ? '' : match === 'segments' ? segmentsOf(path) : path),
    )
  }

  /** Those of a host whose path may take what is sent, from the longest on; expressions come last. */
  along(host: string, sent: string): Path[] {
    const lengths = Array.from({ length: sent.length + 1 }, (_, index) => sent.length - index)
    return lengths.flatMap((length) => this.byPath.get(key(host, sent.slice(0, length))) ?? [])
  }

  /** What meets a request, and all that are as specific. */
  meeting(request: Request, manner: Manner): Path[] {
    for (const host of hostsFor(request.host)) {
      const all = this.along(host, request.sent).filter(
        ({ className }) => request.className === undefined || className === request.className,
      )
      const taking = all.filter((one) => takes(one, request))
      const rank = (one: Path) => rankOf(one, request, manner)
      const best = Math.max(...taking.map(rank))
      const met = taking.filter((one) => rank(one) === best)
      if (met.length > 0) return met
      if (this.hosts.has(host) && !manner.goesOn) return []
    }
    return []
  }
}

/** A path of segments without its last slash, which says nothing. */
const segmentsOf = (path: string) => path.replace(/\/$/, '')

const key = (host: string, path: string) => `${host} ${path}`

/** A host, and the wildcards that hold it, from the nearest on; the empty one is for every host. */
function hostsFor(host: string): string[] {
  const labels = host.replace(/^\*\./, '').split('.')
  const wildcards = labels.map((_, index) => `*.${labels.slice(index).join('.')}`)
  return unique([host, ...wildcards, ''])
}

/**
 * Requests that tell the paths that a host's requests may come to from each other: to each path, and below it, as each
 * condition has them.
 */
function requestsOf(host: string, ...tables: readonly Table[]): Omit<Request, 'host' | 'className'>[] {
  const hosts = hostsFor(host)
  const all = hosts.flatMap((name) => tables.flatMap((table) => table.hosts.get(name) ?? []))
  const made = all.flatMap(({ path, match, conditions }) => {
    const sent = match === 'regex' ? [literalOf(path)] : match === 'exact' ? [path] : belowOf(path, match)
    const expression = match === 'regex' ? path : undefined
    return sent.flatMap((one) => {
      const beside = hosts.flatMap((name) => tables.flatMap((table) => table.along(name, one)))
      return [[], conditions, ...beside.map((other) => other.conditions)].map((asked) => ({
        path,
        sent: one,
        expression,
        conditions: asked,
      }))
    })
  })
  return [...new Map(made.map((one) => [JSON.stringify(one), one])).values()]
}

/** What no object asks for stands for whatever is below. */
const belowOf = (path: string, match: 'segments' | 'start') => [
  path,
  `${segmentsOf(path)}/\u0000`,
  ...(match === 'start' ? [`${path}\u0000`] : []),
]

function takes({ path, match, conditions }: Path, request: Request): boolean {
  if (!conditions.every((one) => request.conditions.includes(one))) return false
  if (match === 'exact') return request.sent === path && request.expression === undefined
  if (match === 'regex') return request.expression === path || request.sent.startsWith(literalOf(path))
  if (match === 'start') return request.sent.startsWith(path)
  return `${request.sent}/`.startsWith(`${segmentsOf(path)}/`)
}

/** A path goes before its conditions: exact ones, then the longest. */
function rankOf({ path, match, conditions }: Path, request: Request, { expressionsFirst }: Manner): number {
  const byPath =
    match === 'exact'
      ? exactRank
      : match !== 'regex'
        ? path.length
        : request.expression === path || expressionsFirst
          ? exactRank - 1
          : -1
  return byPath * 1000 + conditions.length
}

const exactRank = 1_000_000

/** What became of a request, for each Service that it may be led to. */
function outcomes(request: Request, before: Table, now: Table): Met[] {
  const met = manners.map((manner) => ({
    was: before.meeting(request, manner),
    is: now.meeting(request, manner),
  }))
  const services = unique(
    met.flatMap(({ was, is }) => [...was, ...is].flatMap(({ door: one }) => one?.service ?? [])),
  )
  return services.flatMap((service): Met[] => {
    const changes = met.map(({ was, is }) => changeOf(ledTo(service, was), ledTo(service, is)))
    const [usual] = changes
    const shown = changes.find(({ by }) => by !== undefined) ?? usual
    if (!usual || !shown) return []
    const door = shown.by?.door ?? changes.find(({ last }) => last !== undefined)?.last
    if (!door) return []
    const by = shown.by && placeOf(shown.by)
    return [
      {
        door: at(door, request),
        wider: changes.reduce((who, { wider }) => union(who, wider), nobody),
        narrower: usual.narrower,
        to: usual.to,
        ...(by !== undefined && by !== placeOf(request) && { by }),
      },
    ]
  })
}

const ledTo = (service: string, paths: readonly Path[]) =>
  paths.filter(({ door: one }) => one?.service === service)

/** What became of a request to one Service, with what meets it now, and the door that met it before. */
function changeOf(was: readonly Path[], is: readonly Path[]) {
  const [old, current] = [doorsOf(was), doorsOf(is)]
  return {
    by: is[0],
    last: old.doors[0],
    wider: difference(current.who, old.who),
    narrower: difference(old.who, current.who),
    to: {
      new: current.to.filter((one) => !old.to.includes(one)),
      gone: old.to.filter((one) => !current.to.includes(one)),
    },
  }
}

function doorsOf(paths: readonly Path[]) {
  const doors = paths.flatMap((path) => path.door ?? [])
  return {
    doors,
    who: doors.reduce((who, one) => union(who, passing(one)), nobody),
    to: unique(doors.flatMap(({ to }) => to)),
  }
}

const placeOf = ({ host, path }: { host: string | undefined; path: string }) => `${host || 'any host'}${path}`

/** A door as it is met at a path that it may not have itself. */
function at({ way, object, service, where, ...rest }: Door, request: Request): Door {
  const { host: _, path, ...others } = where
  const place = {
    ...others,
    ...(request.host !== '' && { host: request.host }),
    ...(path !== undefined && { path: request.path }),
  }
  return door(way, { title: object }, service, place, rest)
}

/** Adds what became of one request to what became of others by the same door. */
function add(met: Met, found: Map<string, Met>): void {
  const before = found.get(met.door.id)
  found.set(
    met.door.id,
    before
      ? {
          ...before,
          wider: union(before.wider, met.wider),
          narrower: union(before.narrower, met.narrower),
          to: {
            new: unique([...before.to.new, ...met.to.new]),
            gone: unique([...before.to.gone, ...met.to.gone]),
          },
        }
      : met,
  )
}

const isSame = (one: readonly Path[], other: readonly Path[]) => JSON.stringify(one) === JSON.stringify(other)

function grouped<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const value of values) {
    const group = groups.get(keyOf(value))
    if (group) group.push(value)
    else groups.set(keyOf(value), [value])
  }
  return groups
}
