import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

export const families = ['IPv4', 'IPv6'] as const
export type Family = (typeof families)[number]

/** Who gets in: CIDRs of each family, canonical: sorted, disjoint, as few as there can be. */
export type Who = Readonly<Record<Family, readonly string[]>>

export const anyone: Who = { IPv4: ['0.0.0.0/0'], IPv6: ['::/0'] }
export const nobody: Who = { IPv4: [], IPv6: [] }

/** An address's family, or undefined where it is none. */
export const familyOf = (address: string): Family | undefined =>
  isIP(address) === 4 ? 'IPv4' : isIP(address) === 6 ? 'IPv6' : undefined

/**
 * The set that a list of CIDRs names. A bare address is itself alone, and an IPv4-mapped IPv6 range counts as IPv4,
 * as Go's net package has it (net.IPNet.Contains).
 * @param ranges CIDRs and addresses, as a list or an annotation has them
 * @returns the set, and what in the list is neither a CIDR nor an address
 */
export function whoOf(ranges: readonly string[]): { who: Who; unreadable: string[] } {
  const spans: Record<Family, Span[]> = { IPv4: [], IPv6: [] }
  const unreadable: string[] = []
  for (const range of ranges) {
    const read = spanOf(range.trim())
    if (read) spans[read.family].push(read.span)
    else unreadable.push(range)
  }
  return { who: byFamily((family) => written(spans[family], family)), unreadable }
}

/** Whoever is in one or the other. */
export const union = (one: Who, other: Who): Who =>
  byFamily((family) => {
    const [a, b] = [one[family], other[family]]
    return plainlyHolds(a, b) ? a : plainlyHolds(b, a) ? b : written([...read(a), ...read(b)], family)
  })

/** Whoever is in both. */
export const intersection = (one: Who, other: Who): Who => difference(one, difference(one, other))

/** Whoever is in the first and not in the second. */
export const difference = (one: Who, other: Who): Who =>
  byFamily((family) => {
    const [a, b] = [one[family], other[family]]
    if (plainlyHolds(b, a)) return []
    return b.length === 0 ? a : written(without(read(a), read(b)), family)
  })

/** The part of a set that is of these families. */
export const only = (who: Who, kept: readonly Family[]): Who => ({
  IPv4: kept.includes('IPv4') ? who.IPv4 : [],
  IPv6: kept.includes('IPv6') ? who.IPv6 : [],
})

export const isNobody = (who: Who): boolean => families.every((family) => who[family].length === 0)

/** Does the family's list hold every address that there is? */
export const isAnyone = (who: Who, family: Family): boolean => who[family][0] === anyone[family][0]

// --- utils ---

/** From the first address to the last, as numbers. */
type Span = readonly [first: bigint, last: bigint]

const bits = { IPv4: 32, IPv6: 128 } as const

function spanOf(range: string): { family: Family; span: Span } | undefined {
  const [address = '', length, ...more] = range.split('/')
  const family = familyOf(address)
  if (!family || more.length > 0 || address.includes('%')) return undefined
  if (length !== undefined && !/^(0|[1-9]\d{0,2})$/.test(length)) return undefined
  const prefix = length === undefined ? bits[family] : Number(length)
  if (prefix > bits[family]) return undefined
  const number = numberOf(address)
  const isMapped = family === 'IPv6' && number >> 32n === 0xffffn && prefix >= 96
  return isMapped
    ? { family: 'IPv4', span: spanAt(number & 0xffffffffn, prefix - 96, 32) }
    : { family, span: spanAt(number, prefix, bits[family]) }
}

function spanAt(number: bigint, prefix: number, width: number): Span {
  const free = BigInt(width - prefix)
  const first = (number >> free) << free
  return [first, first + (1n << free) - 1n]
}

const numberOf = (address: string): bigint =>
  ipaddr
    .parse(address)
    .toByteArray()
    .reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)

const byFamily = (of: (family: Family) => readonly string[]): Who => ({ IPv4: of('IPv4'), IPv6: of('IPv6') })

/** Does one list hold the other as their texts alone show, since it is everything, the same, or the other is empty? */
const plainlyHolds = (one: readonly string[], other: readonly string[]): boolean =>
  other.length === 0 ||
  (one[0] ?? '').endsWith('/0') ||
  (one.length === other.length && one.every((range, index) => range === other[index]))

const read = (ranges: readonly string[]): Span[] =>
  ranges.flatMap((range) => {
    const found = spanOf(range)
    return found ? [found.span] : []
  })

/** What is left of sorted, disjoint spans once others are taken out. */
function without(from: readonly Span[], taken: readonly Span[]): Span[] {
  return taken.reduce<Span[]>(
    (left, [first, last]) =>
      left.flatMap(([begin, end]): Span[] => {
        const whole: Span = [begin, end]
        if (last < begin || first > end) return [whole]
        const rests: Span[] = [
          [begin, first - 1n],
          [last + 1n, end],
        ]
        return rests.filter(([one, other]) => one <= other)
      }),
    [...from],
  )
}

const written = (spans: readonly Span[], family: Family): string[] =>
  merged(spans).flatMap((span) => cidrs(span, family))

/** Sorted, and with those that touch made one. */
function merged(spans: readonly Span[]): Span[] {
  const sorted = [...spans].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  const result: Span[] = []
  for (const [first, last] of sorted) {
    const before = result.at(-1)
    if (!before || first > before[1] + 1n) result.push([first, last])
    else if (last > before[1]) result[result.length - 1] = [before[0], last]
  }
  return result
}

/** The fewest CIDRs that together are a span: each the largest that begins there and doesn't end after it. */
function cidrs([first, last]: Span, family: Family): string[] {
  const result: string[] = []
  for (let begin = first; begin <= last; ) {
    let prefix: number = bits[family]
    while (prefix > 0) {
      const [start, end] = spanAt(begin, prefix - 1, bits[family])
      if (start !== begin || end > last) break
      prefix -= 1
    }
    result.push(`${addressOf(begin, family)}/${prefix}`)
    begin += 1n << BigInt(bits[family] - prefix)
  }
  return result
}

function addressOf(number: bigint, family: Family): string {
  const length = bits[family] / 8
  const bytes = Array.from({ length }, (_, index) =>
    Number((number >> BigInt(8 * (length - 1 - index))) & 0xffn),
  )
  return ipaddr.fromByteArray(bytes).toString()
}
