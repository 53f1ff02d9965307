import ipaddr from 'ipaddr.js'
import type { Notes } from './notes.ts'
import type { Part } from './part.ts'

/** The IP address of App2 that is written somewhere; undefined, with a note, where the text is none. */
export function ipOf(part: Part, notes: Notes): string | undefined {
  const text = part.text ?? ''
  const ip = ipIn(text)
  if (ip === undefined)
    notes.decide(
      part,
      `${text || 'nothing'} is not an IP address: write App2's, or its DNS name by {name, ip}`,
    )
  else if (ip === exactIpIn(text)) {
    if (ip !== text) notes.corrected(part, `${text}: written as ${ip}`)
  } else notes.corrected(part, `${text} is not an IP address: read as ${ip}`)
  return ip
}

interface Entry {
  part: Part
  text: string
}

/**
 * The entries of a list in an annotation. Whoever reads one splits it at commas alone, and takes nothing between two of
 * them for a wrong network (ingress-nginx 1.15, kubernetes-ingress of HAProxy 3.2, cloud-provider's helpers 1.37).
 */
export const entriesOf = (list: string, part: Part): Entry[] =>
  list.split(',').map((text) => ({ part, text: text.trim() }))

/**
 * The networks of a list, each once. Where one entry is none, the list lets nobody in, until a person has looked: whoever
 * read it may have taken it for wrong as a whole (as ingress-nginx, which then denies all: internal/ingress/annotations/
 * ipallowlist, 1.15), and a note has the others.
 */
export function networksOf(list: readonly Entry[], notes: Notes): string[] {
  const read = list.map((entry) => ({ ...entry, network: networkIn(entry.text) }))
  const networks = [...new Set(read.flatMap(({ network }) => network ?? []))]
  for (const { part, text, network } of read) {
    if (network === undefined) {
      const others = networks.length > 0 ? `, beside ${networks.join(', ')}` : ''
      notes.decide(
        part,
        `${text || 'an empty entry'} is not a network: sourceRanges are nobody's until you write what it was to be, as 1.2.3.4/32${others}`,
      )
    } else if (network !== text) notes.corrected(part, `${text}: written as the network ${network}`)
  }
  return read.every(({ network }) => network) ? networks : []
}

// --- utils ---

/** A network in the form that the chart takes; undefined where the text is none: whoever reads a list forgives no slip. */
function networkIn(text: string): string | undefined {
  const [, address = '', prefix] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text.trim()) ?? []
  const ip = exactIpIn(address)
  const bits = ip === undefined ? 0 : ip.includes(':') ? 128 : 32
  const length = prefix === undefined ? bits : Number(prefix)
  if (ip === undefined || length > bits) return undefined
  const base = ip.includes(':')
    ? ipaddr.IPv6.networkAddressFromCIDR(`${ip}/${length}`)
    : ipaddr.IPv4.networkAddressFromCIDR(`${ip}/${length}`)
  return `${base}/${length}`
}

/** The address that a text begins with, in its usual form; what clings to it by a slip of the keyboard is left out. */
function ipIn(text: string): string | undefined {
  const [, start = text] = /^(\d+\.\d+\.\d+\.\d+)[^\d./:]*$/.exec(text.trim()) ?? []
  return exactIpIn(start.trim())
}

/** The address that a text is, in its usual form. */
function exactIpIn(text: string): string | undefined {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return text
  return text.includes(':') && ipaddr.IPv6.isValid(text) ? ipaddr.parse(text).toString() : undefined
}
