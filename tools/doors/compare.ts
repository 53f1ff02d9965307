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
}

/**
 * What changed from one judgement to another, door by door, exactly: a door that is the same for the same people and
 * leads to the same is left out.
 */
export function compare(before: Judgement, now: Judgement): Change[] {
  const old = new Map(before.doors.map((door) => [door.id, door]))
  const current = new Map(now.doors.map((door) => [door.id, door]))
  return [...new Set([...current.keys(), ...old.keys()])].flatMap((id) => {
    const [was, is] = [old.get(id), current.get(id)]
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
  })
}

export const isWider = ({ wider }: Change): boolean => !isNobody(wider)

// --- utils ---

const without = (these: readonly string[] = [], those: readonly string[] = []) =>
  these.filter((one) => !those.includes(one))

/** A door that nobody gets through leads nowhere that matters. */
const isChanged = ({ door, wider, narrower, to }: Change): boolean =>
  !isNobody(wider) || !isNobody(narrower) || (!isNobody(door.who) && to.new.length + to.gone.length > 0)
