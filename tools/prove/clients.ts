import ipaddr from 'ipaddr.js'

/** Somebody who knocks, by where they stand to a proxy's sourceRanges. */
export interface Client {
  /** Taken out: in the ranges of the values that were installed before, and not in those of now. */
  who: 'App1' | 'just outside' | 'intruder' | 'taken out' | 'a node' | 'a pod'
  address: string
  /** Where it is in the cluster: the node's name, or the pod's. */
  machine?: string
}

/** Where an intruder may stand: the documentation's own ranges (RFC 5737, RFC 3849). */
const outsiders = ['203.0.113.66', '198.51.100.66', '192.0.2.66', '2001:db8:bad::66', '2001:db8:dead::66']

/**
 * Who tries a proxy's doors: one client at the first and one at the last usable address of each range, one just
 * outside of each range's two ends, and an intruder of each family, far from all where there is such a place.
 * @param sourceRanges CIDRs
 * @param taken addresses that nobody else may have: App2's own
 */
export function clientsOf(sourceRanges: readonly string[], taken: readonly string[]): Client[] {
  const free = (address: string) => isUsable(address) && !taken.includes(address)
  const app1 = sourceRanges.flatMap((range) => {
    const ends = unique(usableEnds(range)).filter(free)
    // The ends of so wide a range as 0.0.0.0/0 are nobody's.
    return ends.length > 0 ? ends : outsiders.filter((one) => isInside(one, [range]) && free(one)).slice(0, 1)
  })
  const beside = sourceRanges.flatMap(neighbours).filter((one) => free(one) && !isInside(one, sourceRanges))
  // Where the ranges hold all of those, one of their neighbors is far enough: some doors only intruders try.
  const intruders = (['ipv4', 'ipv6'] as const).flatMap(
    (kind) =>
      [...outsiders, ...beside].find(
        (one) => ipaddr.parse(one).kind() === kind && free(one) && !isInside(one, sourceRanges),
      ) ?? [],
  )
  return [
    ...unique(app1).map((address): Client => ({ who: 'App1', address })),
    ...unique(beside)
      .filter((address) => !intruders.includes(address))
      .map((address): Client => ({ who: 'just outside', address })),
    ...intruders.map((address): Client => ({ who: 'intruder', address })),
  ]
}

/** Is the address in one of the ranges? */
export function isInside(address: string, ranges: readonly string[]): boolean {
  const parsed = ipaddr.parse(address)
  return ranges
    .map((range) => ipaddr.parseCIDR(range))
    .some((range) => parsed.kind() === range[0].kind() && parsed.match(range))
}

/** Those of App1 of before whom the ranges of now leave out. */
export const takenOutClients = (ranges: readonly string[], before: readonly Client[]): Client[] =>
  before.filter(({ who, address }) => who === 'App1' && !isInside(address, ranges)).map(takenOut)

/** Somebody as one who was App1 before. */
export const takenOut = (client: Client): Client =>
  client.who === 'App1' ? { ...client, who: 'taken out' } : client

/** Do these ranges let anyone in, which each family needs a word of its own for? */
export const isForAnyone = (ranges: readonly string[]) =>
  ranges.includes('0.0.0.0/0') && ranges.includes('::/0')

// --- utils ---

const unique = (addresses: string[]) => [...new Set(addresses)]

/** Can a machine have it? Not what kernels keep for themselves: 0/8, loopback, link-local, multicast, 240/4. */
function isUsable(address: string): boolean {
  const parsed = ipaddr.parse(address)
  const kept = ['unspecified', 'loopback', 'linkLocal', 'multicast', 'broadcast', 'ipv4Mapped']
  return (
    !kept.includes(parsed.range()) && !(parsed.kind() === 'ipv4' && (parsed.toByteArray()[0] ?? 0) >= 240)
  )
}

/** A range as numbers: its first and last address, and how many bits its addresses have. */
function bounds(range: string): { first: bigint; last: bigint; bits: number } {
  const [address, prefix] = ipaddr.parseCIDR(range)
  const bytes = address.toByteArray()
  const bits = bytes.length * 8
  const size = 1n << BigInt(bits - prefix)
  const value = bytes.reduce((sum, byte) => (sum << 8n) + BigInt(byte), 0n)
  const first = value - (value % size)
  return { first, last: first + size - 1n, bits }
}

function text(value: bigint, bits: number): string {
  const bytes = Array.from({ length: bits / 8 }, (_, index) =>
    Number((value >> BigInt(bits - 8 * (index + 1))) & 255n),
  )
  return ipaddr.fromByteArray(bytes).toString()
}

/** A range's first and last address that a machine can have: network and broadcast address are left out. */
function usableEnds(range: string): string[] {
  const { first, last, bits } = bounds(range)
  const inner = last - first > 1n ? 1n : 0n
  return [text(first + inner, bits), text(last - inner, bits)]
}

function neighbours(range: string): string[] {
  const { first, last, bits } = bounds(range)
  return [first - 1n, last + 1n]
    .filter((one) => one >= 0n && one < 1n << BigInt(bits))
    .map((one) => text(one, bits))
}
