import { difference, isNobody, nobody, union, type Who } from './cidr.ts'
import { type Door, door, literalOf, type Path, passing, unique } from './door.ts'
import { type Loosened, loosened } from './restraints.ts'
import { grouped } from './things.ts'

/** What became of the requests to a path of a host, as far as they are for one Service. */
export interface Met {
  /** The door that meets them now, or that met them, with their path as its own. */
  door: Door
  wider: Who
  narrower: Who
  to: { new: string[]; gone: string[] }
  /** What may let more people in than `wider` says, see {@link Loosened}. */
  restraints?: Loosened
  /** The host and path that meet them now, where they have none of their own; of another kind, with that before it. */
  by?: string
}

/** Does somebody get in who did not before, or may he, since what may have kept him out says something else? */
export const isWider = ({ wider, restraints }: Pick<Met, 'wider' | 'restraints'>): boolean =>
  !isNobody(wider) || restraints !== undefined

/** Ways that lead to one door, and whoever gets in by any of them. */
interface Ways {
  doors: readonly Door[]
  who: Who
}

/**
 * Who gets in now that did not before by any of some ways: where a restraint is gone, whoever gets in may be new.
 * @param was the ways before
 * @param is the ways now, through which whoever a list lets in gets
 */
export function loosening(was: Ways, is: Ways): Pick<Met, 'wider' | 'restraints'> {
  const leading = (doors: readonly Door[]) => doors.filter((one) => !isNobody(passing(one)))
  const restraints = loosened(leading(was.doors), leading(is.doors))
  const wider = restraints && restraints.gone.length > 0 ? is.who : difference(is.who, was.who)
  return { wider, ...(restraints && { restraints }) }
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
  for (const { host, was, is } of changedHosts(before, now, ({ server }) => [server])) {
    // Each class is another controller's; with one class alone, of one kind, another name of it is no other door.
    const reached = [was, is].flatMap(({ hosts }) => hostsFor(host).flatMap((name) => hosts.get(name) ?? []))
    const classes = [was, is].map(({ hosts }) =>
      unique((hosts.get(host) ?? []).map(({ className }) => className)),
    )
    const isMixed = unique(reached.map(({ kind }) => kind)).length > 1
    const ofAll = unique(reached.map(({ className }) => className))
    const own = classes.flat()
    const programs = new Map(reached.map(({ className, program }) => [className, program]))
    const isOwn = (one: string) => own.some((its) => its === one || isOneProgram(programs, its, one))
    const ofEach = isMixed ? ofAll : ofAll.filter((one) => one === '' || isOwn(one))
    const apart =
      isMixed || classes.some(({ length }) => length > 1) ? controllersOf(ofEach, programs) : [undefined]
    for (const classNames of apart)
      for (const request of requestsOf(host, was, is))
        for (const met of outcomes({ ...request, host, classNames }, was, is)) add(met, found)
  }
  for (const { host, was, is } of changedHosts(before, now, ({ tables }) => tables)) {
    if (unique([...was.kinds, ...is.kinds]).length > 1)
      for (const request of requestsOf(host, was, is))
        for (const met of outcomes({ ...request, host, classNames: undefined }, was, is, true))
          add(met, found)
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
  /** Those that the controller serves which is asked; undefined where it serves all. */
  classNames: readonly string[] | undefined
}

/** The classes that each controller may serve: what has none any of them may take, or another. */
const controllersOf = (
  classNames: readonly string[],
  programs: ReadonlyMap<string, string | undefined>,
): string[][] =>
  classNames.flatMap((one) => {
    const others = classNames.filter((other) => other !== '' && isOneProgram(programs, one, other))
    return [
      [one],
      ...(one !== '' && classNames.includes('') ? [[one, '']] : []),
      ...(others.length > 1 ? [others] : []),
    ]
  })

/** May one program serve two classes, as their controller says? */
const isOneProgram = (programs: ReadonlyMap<string, string | undefined>, one: string, other: string) =>
  programs.get(one) !== undefined && programs.get(one) === programs.get(other)

/** The hosts of the tables of routes whose paths are others now, with all paths of the table. */
function changedHosts(
  before: readonly Path[],
  now: readonly Path[],
  tablesOf: (path: Path) => readonly string[],
): { host: string; was: Table; is: Table }[] {
  const byTable = (paths: readonly Path[]) =>
    grouped(
      paths.flatMap((path) => tablesOf(path).map((table) => ({ table, path }))),
      ({ table }) => table,
    )
  const tables = { before: byTable(before), now: byTable(now) }
  return unique([...tables.before.keys(), ...tables.now.keys()]).flatMap((table) => {
    const [old, current] = [tables.before, tables.now].map((all) =>
      (all.get(table) ?? []).map(({ path }) => path),
    )
    if (!old || !current || isSame(old, current)) return []
    const [was, is] = [new Table(old), new Table(current)]
    const isChanged = (host: string) => !isSame(was.hosts.get(host) ?? [], is.hosts.get(host) ?? [])
    // By priority, what is of a wildcard may go before a host.
    const isReached = (host: string) =>
      was.isByPriority && is.isByPriority ? hostsFor(host).some(isChanged) : isChanged(host)
    return unique([...was.hosts.keys(), ...is.hosts.keys()])
      .filter(isReached)
      .map((host) => ({ host, was, is }))
  })
}

/** How a controller goes on from what is specific to what is less so. */
interface Manner {
  /** Does a request that no path of its host takes go on to a wildcard's? */
  goesOn: boolean
  /** Do expressions go before prefixes? */
  expressionsFirst: boolean
  /** The kind whose paths go before those of others, where several share a table. */
  first?: string
  /** By which of their priorities do paths go, where each has some? */
  priority?: number
}

const manners: readonly Manner[] = [true, false].flatMap((expressionsFirst) =>
  [false, true].map((goesOn) => ({ goesOn, expressionsFirst })),
)

/** The paths of one server, by host and by path. */
class Table {
  readonly hosts: Map<string, Path[]>
  readonly kinds: readonly string[]
  /** Does each path have priorities? */
  readonly isByPriority: boolean
  private readonly byPath: Map<string, Path[]>
  private readonly bySent = new Map<string, Path[]>()

  constructor(paths: readonly Path[]) {
    this.hosts = grouped(paths, ({ host }) => host ?? '')
    this.kinds = unique(paths.map(({ kind }) => kind))
    this.isByPriority = paths.every(({ priorities }) => priorities !== undefined)
    this.byPath = grouped(paths, ({ host, path, match }) =>
      key(host ?? '', match === 'regex' ? '' : match === 'segments' ? segmentsOf(path) : path),
    )
  }

  /** Those of a host whose path may take what is sent, from the longest on; expressions come last. */
  along(host: string, sent: string): readonly Path[] {
    if (!this.hosts.has(host)) return []
    const known = this.bySent.get(key(host, sent))
    if (known) return known
    const lengths = Array.from({ length: sent.length + 1 }, (_, index) => sent.length - index)
    const found = lengths.flatMap((length) => this.byPath.get(key(host, sent.slice(0, length))) ?? [])
    this.bySent.set(key(host, sent), found)
    return found
  }

  /** What meets a request, and all that are as specific. */
  meeting(request: Request, manner: Manner): Path[] {
    const { first, priority } = manner
    if (priority !== undefined) {
      const taking = hostsFor(request.host).flatMap((host) => this.taking(host, request))
      return best(taking, ({ priorities = [] }) => priorities[priority] ?? priorities[0] ?? 0)
    }
    const met = this.nearest(request, manner, ({ kind }) => first === undefined || kind === first)
    return met.length > 0 || first === undefined
      ? met
      : this.nearest(request, manner, ({ kind }) => kind !== first)
  }

  private nearest(request: Request, manner: Manner, isAsked: (path: Path) => boolean): Path[] {
    for (const host of hostsFor(request.host)) {
      const taking = this.taking(host, request).filter(isAsked)
      if (taking.length > 0) return best(taking, (one) => rankOf(one, request, manner))
      const isOfHost = (one: Path) => isAsked(one) && isOfClass(one, request)
      if (!manner.goesOn && this.hosts.get(host)?.some(isOfHost)) return []
    }
    return []
  }

  private taking(host: string, request: Request): Path[] {
    return this.along(host, request.sent).filter((one) => isOfClass(one, request) && takes(one, request))
  }
}

const isOfClass = (path: Path, { classNames }: Request): boolean =>
  classNames?.includes(path.className) ?? true

/** The manners of two tables' controllers, as far as they are known. */
function mannersOf(was: Table, is: Table, isShared: boolean): Manner[] {
  const kinds = isShared ? unique([...was.kinds, ...is.kinds]) : []
  const byPriority = was.isByPriority && is.isByPriority ? [0, 1] : []
  return [
    ...manners,
    ...manners.flatMap((manner) => kinds.map((first) => ({ ...manner, first }))),
    ...byPriority.map((priority) => ({ goesOn: true, expressionsFirst: false, priority })),
  ]
}

/** Those of the highest rank. */
function best(paths: readonly Path[], rank: (path: Path) => number): Path[] {
  const ranks = paths.map(rank)
  const highest = Math.max(...ranks)
  return paths.filter((_, index) => ranks[index] === highest)
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
function requestsOf(host: string, ...tables: readonly Table[]): Omit<Request, 'host' | 'classNames'>[] {
  const hosts = hostsFor(host)
  const all = hosts.flatMap((name) => tables.flatMap((table) => table.hosts.get(name) ?? []))
  const made = all.flatMap(({ path, match, conditions }) => {
    const sent = match === 'regex' ? [literalOf(path)] : match === 'exact' ? [path] : belowOf(path, match)
    const expression = match === 'regex' ? path : undefined
    return sent.flatMap((one) => {
      const beside = hosts.flatMap((name) => tables.flatMap((table) => table.along(name, one)))
      return differing([[], conditions, ...beside.map((other) => other.conditions)]).map((asked) => ({
        path,
        sent: one,
        expression,
        conditions: asked,
      }))
    })
  })
  return differing(made)
}

/** Of those that say the same, one. */
const differing = <T>(all: readonly T[]): T[] => [
  ...new Map(all.map((one) => [JSON.stringify(one), one])).values(),
]

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

/**
 * What became of a request, for each Service that it may be led to.
 * @param isShared is it asked only of what comes from one kind to another, of those that share a table?
 */
function outcomes(request: Request, before: Table, now: Table, isShared = false): Met[] {
  // Most requests meet the same in whatever manner.
  const met = mannersOf(before, now, isShared)
    .map((manner) => ({ was: before.meeting(request, manner), is: now.meeting(request, manner) }))
    .filter((one, index, all) => all.findIndex((other) => isSameMet(one, other)) === index)
    .flatMap(({ was, is }) =>
      isShared ? (isElsewhere(was, is) ? { was: placeless(was), is: placeless(is) } : []) : { was, is },
    )
  const services = unique(
    met.flatMap(({ was, is }) => [...was, ...is].flatMap(({ door: one }) => one?.service ?? [])),
  )
  return services.flatMap((service): Met[] => {
    const changes = met
      .map(({ was, is }) => changeOf(ledTo(service, was), ledTo(service, is)))
      .map((change) => (isShared ? { ...change, narrower: nobody, to: { new: [], gone: [] } } : change))
      .filter((change) => !isShared || isWider(change))
    const [usual] = changes
    const shown = changes.find(({ by }) => by !== undefined) ?? usual
    if (!usual || !shown) return []
    const door = shown.by?.door ?? changes.find(({ last }) => last !== undefined)?.last
    if (!door) return []
    const isTakenElsewhere = shown.by !== undefined && placeOf(shown.by) !== placeOf(request)
    const isOther =
      isShared || (isTakenElsewhere && shown.last !== undefined && shown.last.way !== shown.by?.kind)
    const by = shown.by && (isOther ? `${shown.by.kind} ${placeOf(shown.by)}` : placeOf(shown.by))
    return [
      {
        door: at(door, request),
        wider: changes.reduce((who, { wider }) => union(who, wider), nobody),
        ...together(changes.map(({ restraints }) => restraints)),
        narrower: usual.narrower,
        to: usual.to,
        ...(by !== undefined && by !== placeOf(request) && { by }),
      },
    ]
  })
}

interface Meeting {
  was: readonly Path[]
  is: readonly Path[]
}

const isSameMet = (one: Meeting, other: Meeting) => areSame(one.was, other.was) && areSame(one.is, other.is)

/** Are they the very same, in one order? */
const areSame = (one: readonly Path[], other: readonly Path[]) =>
  one.length === other.length && one.every((path, index) => path === other[index])

/** Do requests that some met now meet what is of none of these? */
const isElsewhere = (was: readonly Path[], is: readonly Path[]) =>
  was.length > 0 && is.some(({ kind }) => was.every((one) => one.kind !== kind))

/** Paths of one table are reached from the same places, whatever the classes of their kinds are called. */
const placeless = (paths: readonly Path[]): Path[] =>
  paths.map(({ door: one, ...path }) => ({
    ...path,
    door: one && { ...one, restraints: one.restraints.filter(({ may }) => may !== 'place') },
  }))

const ledTo = (service: string, paths: readonly Path[]) =>
  paths.filter(({ door: one }) => one?.service === service)

/** What became of a request to one Service, with what meets it now, and the door that met it before. */
function changeOf(was: readonly Path[], is: readonly Path[]) {
  const [old, current] = [doorsOf(was), doorsOf(is)]
  return {
    by: is[0],
    last: old.doors[0],
    ...loosening(old, current),
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
function at({ id: _id, way, object, service, where, ...rest }: Door, request: Request): Door {
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
          ...together([before.restraints, met.restraints]),
          narrower: union(before.narrower, met.narrower),
          to: {
            new: unique([...before.to.new, ...met.to.new]),
            gone: unique([...before.to.gone, ...met.to.gone]),
          },
        }
      : met,
  )
}

/** All that becomes of restraints by one of several ways. */
function together(found: readonly (Loosened | undefined)[]): Pick<Met, 'restraints'> {
  const all = found.filter((one) => one !== undefined)
  if (all.length === 0) return {}
  const of = (field: keyof Loosened) => unique(all.flatMap((one) => one[field]))
  return { restraints: { gone: of('gone'), changed: of('changed'), new: of('new') } }
}

const isSame = (one: readonly Path[], other: readonly Path[]) =>
  one.length === other.length && one.every((path, index) => wordsOf(path) === wordsOf(other[index]))

const words = new WeakMap<Path, string>()

/** All that a path says; it is compared in each table that it may be in. */
function wordsOf(path: Path | undefined): string {
  if (!path) return ''
  const known = words.get(path) ?? JSON.stringify(path)
  words.set(path, known)
  return known
}
