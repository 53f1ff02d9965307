import { families, intersection, isNobody, whoOf } from '../doors/cidr.ts'
import type { Notes } from './notes.ts'
import { anyoneOf, type ImportedProxy } from './services.ts'

/**
 * Gives a proxy the one list that the chart holds all its ways to: whoever every written list lets in, so that no way
 * gets wider. Where that is not what each way had, a finding says so.
 */
export function holdAll({ held, values, comments }: ImportedProxy, notes: Notes): void {
  const lists = held.flatMap(({ ranges, ...way }) =>
    ranges ? [{ ...way, ranges, who: whoOf(ranges).who }] : [],
  )
  const [first, ...others] = lists
  for (const { title, part, ranges } of held)
    if (!ranges)
      notes.decide(
        part,
        first
          ? `${title} was open to anyone; the chart holds it to sourceRanges, as it does ${first.title}`
          : `${title} is open to anyone: write the networks of App1 in sourceRanges`,
      )
  if (!first) {
    if (held.length === 0) {
      delete values.sourceRanges
      return
    }
    values.sourceRanges = anyoneOf(values.addresses ?? [])
    comments.sourceRanges = "Anyone, as it was: write App1's networks."
    return
  }
  const who = others.reduce((both, other) => intersection(both, other.who), first.who)
  const different = others.filter((other) => JSON.stringify(other.who) !== JSON.stringify(first.who))
  values.sourceRanges = different.length > 0 ? families.flatMap((family) => who[family]) : [...first.ranges]
  for (const { title, part, ranges } of different)
    notes.decide(
      part,
      `${title} has another list than ${first.title} (${inWords(ranges)}, not ${inWords(first.ranges)}): sourceRanges are what all have, ${inWords(values.sourceRanges)}`,
    )
  if (isNobody(who)) comments.sourceRanges = "Nobody yet: write App1's networks."
}

// --- utils ---

const inWords = (ranges: readonly string[]) => ranges.join(', ') || 'nobody'
