import { difference, isNobody, nobody } from './cidr.ts'
import { type Door, type Judged, type Judgement, type Path, passing } from './door.ts'
import { type Met, metByRequests } from './requests.ts'

/** What became of a door. */
export interface Change extends Met {
  /** What it led through before, where it is the same but for that name. */
  renamed?: string
}

/**
 * What changed from one judgement to another, door by door, exactly: a door that is the same for the same people and
 * leads to the same is left out. Of one that has another name alone, what is gone and what is new are one change. A
 * door at a path is compared by what the requests to that path meet, see {@link metByRequests}.
 */
export function compare(before: Judged, now: Judged): Change[] {
  const old = new Map(before.doors.map((door) => [door.id, door]))
  const current = new Map(now.doors.map((door) => [door.id, door]))
  const former = renames(before, now)
  const gone = new Set([...former.values()].map(({ id }) => id))
  const met = metByRequests(renamed(before.paths, former, current), now.paths)
  const ofPaths = new Set([...before.paths, ...now.paths].flatMap(({ door }) => door?.id ?? []))
  return [...new Set([...current.keys(), ...old.keys(), ...met.keys()])].flatMap((id) => {
    const is = current.get(id)
    const was = former.get(id)
    if (gone.has(id)) return []
    if (is && was) return [{ door: is, ...same, renamed: was.service }]
    return ofPaths.has(id) || met.has(id)
      ? [met.get(id) ?? []].flat().filter(isChanged)
      : changed(is, old.get(id))
  })
}

/** A judgement without the doors of other Services; their paths then lead to no App2. */
export function ofServices({ doors, problems, paths }: Judged, services: ReadonlySet<string>): Judged {
  const isTheirs = ({ service }: Door) => services.has(service)
  return {
    doors: doors.filter(isTheirs),
    problems,
    paths: paths.map((path) => (path.door && isTheirs(path.door) ? path : { ...path, door: undefined })),
  }
}

export const isWider = ({ wider }: Change): boolean => !isNobody(wider)

// --- utils ---

const same = { wider: nobody, narrower: nobody, to: { new: [], gone: [] } }

/** The paths before, of which those that got another name alone have it already. */
function renamed(
  paths: readonly Path[],
  former: ReadonlyMap<string, Door>,
  current: ReadonlyMap<string, Door>,
): Path[] {
  const names = new Map([...former].map(([id, was]) => [was.id, current.get(id)?.service]))
  return paths.map((path) => {
    const service = names.get(path.door?.id ?? '')
    return path.door && service !== undefined ? { ...path, door: { ...path.door, service } } : path
  })
}

/** What became of one door; nothing where it is the same. */
function changed(is: Door | undefined, was: Door | undefined): Change[] {
  const door = is ?? was
  if (!door) return []
  const [whoWas, whoIs] = [was ? passing(was) : nobody, is ? passing(is) : nobody]
  const change: Change = {
    door,
    wider: difference(whoIs, whoWas),
    narrower: difference(whoWas, whoIs),
    to: { new: without(is?.to, was?.to), gone: without(was?.to, is?.to) },
  }
  return isChanged(change) ? [change] : []
}

/** New doors by their id, each with the one that is gone and was the same but for its name, where no two are alike. */
function renames(before: Judgement, now: Judgement): Map<string, Door> {
  const [gone, added] = [only(before, now), only(now, before)]
  return new Map(
    [...added].flatMap(([same, doors]): [string, Door][] => {
      const [[door, twin], [was, other]] = [doors, gone.get(same) ?? []]
      return door && was && !twin && !other && !isNobody(door.who) ? [[door.id, was]] : []
    }),
  )
}

/** The doors that the other judgement lacks, those together that are the same but for their name. */
function only({ doors }: Judgement, other: Judgement): Map<string, Door[]> {
  const theirs = new Set(other.doors.map(({ id }) => id))
  const found = new Map<string, Door[]>()
  for (const door of doors.filter(({ id }) => !theirs.has(id)))
    found.set(nameless(door), [...(found.get(nameless(door)) ?? []), door])
  return found
}

const nameless = (door: Door) => JSON.stringify([door.way, door.where, [...door.to].sort(), passing(door)])

const without = (these: readonly string[] = [], those: readonly string[] = []) =>
  these.filter((one) => !those.includes(one))

/** A door that nobody gets through leads nowhere that matters. */
const isChanged = ({ door, wider, narrower, to }: Change): boolean =>
  !isNobody(wider) || !isNobody(narrower) || (!isNobody(door.who) && to.new.length + to.gone.length > 0)
