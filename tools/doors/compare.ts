import { difference, isNobody, nobody, type Who } from './cidr.ts'
import { type Door, type Judgement, passing } from './door.ts'

/** What became of a door. */
export interface Change {
  /** The door as it is now, or as it was where it is gone. */
  door: Door
  /** Who gets in now that did not before, and who no longer. */
  wider: Who
  narrower: Who
  /** Where it leads now and did not before, and where no longer. */
  to: { new: string[]; gone: string[] }
  /** What it led through before, where it is the same but for that name. */
  renamed?: string
}

/**
 * What changed from one judgement to another, door by door, exactly: a door that is the same for the same people and
 * leads to the same is left out. Of one that has another name alone, what is gone and what is new are one change.
 */
export function compare(before: Judgement, now: Judgement): Change[] {
  const old = new Map(before.doors.map((door) => [door.id, door]))
  const current = new Map(now.doors.map((door) => [door.id, door]))
  const former = renames(before, now)
  const gone = new Set([...former.values()].map(({ id }) => id))
  return [...new Set([...current.keys(), ...old.keys()])].flatMap((id) => {
    const is = current.get(id)
    const was = former.get(id)
    if (gone.has(id)) return []
    if (is && was) return [{ door: is, ...same, renamed: was.service }]
    return changed(is, old.get(id))
  })
}

export const isWider = ({ wider }: Change): boolean => !isNobody(wider)

// --- utils ---

const same = { wider: nobody, narrower: nobody, to: { new: [], gone: [] } }

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
