import ipaddr from 'ipaddr.js'
import type { Address } from '../../schema/generated/values.ts'
import type { Notes } from './notes.ts'
import type { Part } from './part.ts'

/** An address of App2 as the values have it; undefined, with a note, where the text is none. */
export function addressOf(part: Part, ready: boolean, notes: Notes): string | Address | undefined {
  const text = part.text ?? ''
  const ip = ipOf(text)
  if (ip === undefined) {
    notes.decide(
      part,
      `${text || 'nothing'} is not an IP address: write App2's, or its DNS name by {name, ip}`,
    )
    return undefined
  }
  if (ip !== text) notes.corrected(part, `${text} is not an IP address: read as ${ip}`)
  return ready ? ip : { ip, ready: false }
}

/** The networks of a list, each once; what in it is none has a note, and lets nobody in. */
export const networksOf = (list: readonly { part: Part; text: string }[], notes: Notes): string[] => [
  ...new Set(list.flatMap(({ part, text }) => networkOf(part, text, notes) ?? [])),
]

// --- utils ---

/** A network in the form that the chart takes; undefined, with a note, where the text is none. */
function networkOf(part: Part, text: string, notes: Notes): string | undefined {
  const [, address = '', prefix] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text.trim()) ?? []
  const ip = ipOf(address)
  const bits = ip === undefined ? 0 : ip.includes(':') ? 128 : 32
  const length = prefix === undefined ? bits : Number(prefix)
  if (ip === undefined || length > bits) {
    notes.decide(part, `${text} is not a network, and lets nobody in: write one, as 1.2.3.4/32`)
    return undefined
  }
  const base = ip.includes(':')
    ? ipaddr.IPv6.networkAddressFromCIDR(`${ip}/${length}`)
    : ipaddr.IPv4.networkAddressFromCIDR(`${ip}/${length}`)
  const network = `${base}/${length}`
  if (network !== text) notes.corrected(part, `${text}: written as the network ${network}`)
  return network
}

/** The address that a text begins with, in its usual form; what clings to it by a slip of the keyboard is left out. */
function ipOf(text: string): string | undefined {
  const trimmed = text.trim()
  if (ipaddr.IPv4.isValidFourPartDecimal(trimmed)) return trimmed
  if (trimmed.includes(':') && ipaddr.IPv6.isValid(trimmed)) return ipaddr.parse(trimmed).toString()
  const [, start = ''] = /^(\d+\.\d+\.\d+\.\d+)[^\d./:]*$/.exec(trimmed) ?? []
  return ipaddr.IPv4.isValidFourPartDecimal(start) ? start : undefined
}
