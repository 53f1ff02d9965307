import { families, intersection, isNobody, whoOf } from '../doors/cidr.ts'
import type { Notes } from './notes.ts'
import { anyoneOf, type ImportedProxy } from './services.ts'

/**
 * Gives a proxy the one list that the chart holds all its ways to: whoever every written list lets in, so that no way
 * gets wider. Where that is not what each way had, a finding says so.
 */
export function holdAll(proxy: ImportedProxy, notes: Notes): void {
  const { held, values, comments } = proxy
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
    sayInside(proxy, notes)
    return
  }
  if (values.service?.type === 'NodePort') closeNodePorts(proxy, notes)
  const who = others.reduce((both, other) => intersection(both, other.who), first.who)
  const different = others.filter((other) => JSON.stringify(other.who) !== JSON.stringify(first.who))
  values.sourceRanges = different.length > 0 ? families.flatMap((family) => who[family]) : [...first.ranges]
  for (const { title, part, ranges } of different)
    notes.decide(
      part,
      `${title} has another list than ${first.title} (${inWords(ranges)}, not ${inWords(first.ranges)}): sourceRanges are what all have, ${inWords(values.sourceRanges)}`,
    )
  sayInside(proxy, notes)
  if (isNobody(who)) comments.sourceRanges = "Nobody yet: write App1's networks."
}

// --- utils ---

/** No list holds a node port, and the chart takes none beside a list. */
function closeNodePorts({ values, part }: ImportedProxy, notes: Notes): void {
  values.service = { ...values.service, type: 'ClusterIP' }
  for (const port of Object.values(values.ports ?? {})) delete port.nodePort
  notes.decide(part, 'no list holds its node ports: service.type is ClusterIP until sourceRanges say anyone')
}

/** Says where the chart closes a ClusterIP that was open: a load balancer's, and one beside a list. */
function sayInside(
  { values: { service, sourceRanges = [], externalName }, part }: ImportedProxy,
  notes: Notes,
): void {
  const isLocal = part.at('spec', 'internalTrafficPolicy').text === 'Local'
  const isAnyone = sourceRanges.some((one) => one.endsWith('/0'))
  const isClosed = service?.type === undefined || !isAnyone
  if (
    externalName ||
    isLocal ||
    !isClosed ||
    service?.inCluster !== undefined ||
    service?.clusterIP === 'None'
  )
    return
  notes.leftOut(
    part,
    'its ClusterIP, which pods and machines with a route to it could use: where they do, write service.inCluster true',
  )
}

const inWords = (ranges: readonly string[]) => ranges.join(', ') || 'nobody'
