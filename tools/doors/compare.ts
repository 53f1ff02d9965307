import { difference, isNobody, nobody } from './cidr.ts'
import { isOfController } from './controller-settings.ts'
import { type Door, hasClass, type Judged, type Judgement, ofClasses, type Path, passing } from './door.ts'
import { isWider, loosening, type Met, metByRequests } from './requests.ts'

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
    if (is && was) return [{ door: is, ...same, ...loosening(way(was), way(is)), renamed: was.service }]
    return ofPaths.has(id) || met.has(id)
      ? [met.get(id) ?? []].flat().filter(isChanged)
      : changed(is, old.get(id))
  })
}

/**
 * What a cluster's judgement says of what files speak of: without the doors of other Services, whose paths then lead to
 * no App2, and without what a controller is told, where the files say nothing of that.
 */
export function asFiles({ doors, problems, paths }: Judged, said: Judged): Judged {
  const services = new Set(said.doors.map(({ service }) => service))
  const known = new Set(
    said.doors.flatMap(({ way, restraints }) => restraints.map(({ id }) => `${way} ${id}`)),
  )
  const own = (door: Door): Door[] =>
    services.has(door.service)
      ? [
          {
            ...door,
            restraints: door.restraints.filter(
              (one) => known.has(`${door.way} ${one.id}`) || !isOfController(one),
            ),
          },
        ]
      : []
  return {
    doors: doors.flatMap(own),
    problems,
    paths: paths.map((path) => ({ ...path, door: path.door && own(path.door)[0] })),
  }
}

// --- utils ---

const same = { narrower: nobody, to: { new: [], gone: [] } }

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
    narrower: difference(whoWas, whoIs),
    to: { new: without(is?.to, was?.to), gone: without(was?.to, is?.to) },
    ...loosening({ doors: was ? [was] : [], who: whoWas }, { doors: is ? [is] : [], who: whoIs }),
  }
  return isChanged(change) ? [change] : []
}

/** New doors by their id, each with the one that is gone and was the same but for its name, where no two are alike. */
function renames(before: Judgement, now: Judgement): Map<string, Door> {
  const [gone, added] = [only(before, now), only(now, before)]
  return new Map(
    [...added].flatMap(([same, doors]): [string, Door][] => {
      const [[door, twin], [was, other]] = [doors, gone.get(same) ?? []]
      const isRenamed = door?.service !== was?.service
      return door && was && !twin && !other && isRenamed && !isNobody(door.who) ? [[door.id, was]] : []
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

const nameless = (door: Door) =>
  JSON.stringify([hasClass(door.way) ? ofClasses : door.way, door.where, [...door.to].sort(), passing(door)])

const way = (door: Door) => ({ doors: [door], who: passing(door) })

const without = (these: readonly string[] = [], those: readonly string[] = []) =>
  these.filter((one) => !those.includes(one))

/** A door that nobody gets through leads nowhere that matters. */
const isChanged = (change: Change): boolean =>
  isWider(change) ||
  !isNobody(change.narrower) ||
  (!isNobody(change.door.who) && change.to.new.length + change.to.gone.length > 0)
