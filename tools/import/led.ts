import type { Port } from '../../schema/generated/values.ts'
import { ipOf } from './addresses.ts'
import type { Manifest } from './manifests.ts'
import type { Notes } from './notes.ts'
import type { Part } from './part.ts'

/** A port of a Service. */
export interface ServicePort {
  part: Part
  /** As the values call it. */
  name: string
  /** As the Service calls it, by which endpoints name theirs. */
  written: string
  port: number
  protocol: NonNullable<Port['protocol']>
}

/** An address that a Service leads to. */
export interface LedAddress {
  part: Part
  ip: string
  ready: boolean
  nodeName: string | undefined
}

/** Where a Service leads: each address by the same ports. */
export interface Led {
  addresses: LedAddress[]
  /** App2's port, by the name of the Service's. */
  targets: Readonly<Record<string, number>>
  /** Are there endpoints, and none with a port of the Service's? */
  isLost: boolean
}

/** Of a Service that has no endpoints. */
export const nowhere: Led = { addresses: [], targets: {}, isLost: false }

/** The ports of a Service, each with a name; one whose number or protocol can't be read is left out. */
export function servicePortsOf(spec: Part, notes: Notes): ServicePort[] {
  const ports: ServicePort[] = []
  for (const part of spec.at('ports').items) {
    const [written, port, protocol] = [
      part.at('name').text ?? '',
      part.at('port').number,
      protocolOf(part, notes),
    ]
    if (port === undefined)
      notes.decide(
        part,
        `the port ${part.at('port').text ?? ''} is not a number: write it`.replace('  ', ' '),
      )
    else if (!protocol)
      notes.decide(
        part.at('protocol'),
        `${part.at('protocol').text ?? 'it'} is no protocol, so ${port} led nowhere: left out; there are ${protocols.join(', ')}`,
      )
    else {
      const name = nameOf(written, port, protocol, ports)
      if (!written) notes.corrected(part, `the port ${port} has no name: called ${name}`)
      else if (written !== name)
        notes.corrected(part.at('name'), `the port's name ${written}: written as ${name}`)
      ports.push({ part, name, written, port, protocol })
    }
  }
  return ports
}

/**
 * Where endpoints lead a Service's ports. The values lead every address by the same ports: of addresses that differ in
 * theirs the most that are alike stay, and the others are left out, each with a note.
 */
export function ledTo(ports: readonly ServicePort[], holders: readonly Manifest[], notes: Notes): Led {
  const read = holders.flatMap((one) =>
    one.kind === 'Endpoints' ? ofEndpoints(one, notes) : ofSlice(one, notes),
  )
  const byAddress = grouped(read, ({ ip }) => ip)
  const all = [...byAddress.values()].flatMap((entries) => ledBy(entries, ports))
  const [first] = all
  if (!first) return nowhere
  const leading = all.filter(({ targets }) => Object.keys(targets).length > 0)
  if (leading.length === 0) return { addresses: all, targets: {}, isLost: true }
  const alike = [...grouped(leading, ({ targets }) => JSON.stringify(targets)).values()]
  const weight = (group: readonly LedAddress[]) =>
    group.filter(({ ready }) => ready).length + group.length / 1e6
  const kept = alike.reduce((most, group) => (weight(group) > weight(most) ? group : most))
  const inWords = (targets: Led['targets']) =>
    Object.entries(targets)
      .map((one) => one.join(' '))
      .join(', ') || 'none'
  for (const { part, ip, targets } of all.filter((one) => !kept.includes(one)))
    notes.decide(
      part,
      `${ip} has other ports (${inWords(targets)}) than ${kept[0]?.ip} (${inWords(kept[0]?.targets ?? {})}): left out; write a second proxy for it`,
    )
  return { addresses: kept, targets: kept[0]?.targets ?? {}, isLost: false }
}

// --- utils ---

function grouped<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const value of values) groups.set(keyOf(value), [...(groups.get(keyOf(value)) ?? []), value])
  return groups
}

const protocols = ['TCP', 'UDP', 'SCTP'] as const

/** TCP where none is written, as for the API; undefined where it is none. */
function protocolOf(part: Part, notes: Notes): ServicePort['protocol'] | undefined {
  const written = part.at('protocol')
  if (written.text === undefined) return written.isIllegible ? undefined : 'TCP'
  const protocol = protocols.find((one) => one === written.text?.toUpperCase())
  if (protocol && protocol !== written.text) notes.corrected(written, `${written.text}: read as ${protocol}`)
  return protocol
}

/** Names that ports have where nobody named them. */
const wellKnown: Readonly<Record<number, string>> = {
  53: 'dns',
  80: 'http',
  443: 'https',
  5432: 'postgresql',
}

function nameOf(written: string, port: number, protocol: string, ports: readonly ServicePort[]): string {
  const name = written
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
  const wished = name || (wellKnown[port] ?? `${protocol.toLowerCase()}-${port}`)
  const names = [wished, `${wished}-${protocol.toLowerCase()}`, `${wished}-${port}`]
  return (
    names.find((one) => !ports.some((other) => other.name === one)) ?? `${wished}-${port}-${ports.length}`
  )
}

/** An address, as one of the objects that hold it has it, with the ports beside it. */
interface Entry extends LedAddress {
  ports: readonly { name: string; port: number | undefined; protocol: string | undefined }[]
}

type EntryPorts = Entry['ports']

/** The ports that kube-proxy looks for a Service's by its name and protocol. */
const readPorts = (part: Part, notes: Notes): EntryPorts =>
  part.at('ports').items.map((one) => ({
    name: one.at('name').text ?? '',
    port: one.at('port').number,
    protocol: protocolOf(one, notes),
  }))

function ofEndpoints({ part }: Manifest, notes: Notes): Entry[] {
  return part.at('subsets').items.flatMap((subset) => {
    const ports = readPorts(subset, notes)
    return (['addresses', 'notReadyAddresses'] as const).flatMap((field) =>
      subset.at(field).items.flatMap((one): Entry[] => {
        const at = one.at('ip').isThere ? one.at('ip') : one
        const ip = ipOf(at, notes)
        const nodeName = one.at('nodeName').text
        return ip ? [{ part: at, ip, ready: field === 'addresses', nodeName, ports }] : []
      }),
    )
  })
}

function ofSlice({ part }: Manifest, notes: Notes): Entry[] {
  part.at('addressType')
  const ports = readPorts(part, notes)
  return part.at('endpoints').items.flatMap((endpoint) => {
    const ready = endpoint.at('conditions', 'ready')
    endpoint.at('conditions').take()
    const nodeName = endpoint.at('nodeName').text
    return endpoint.at('addresses').items.flatMap((one): Entry[] => {
      const ip = ipOf(one, notes)
      return ip ? [{ part: one, ip, ready: isReady(ready), nodeName, ports }] : []
    })
  })
}

/** Nil is ready, for the API. */
const isReady = (ready: Part) => !ready.isIllegible && [undefined, 'true'].includes(ready.text)

/** One address, of which it is ready what any of its entries says is, by their ports alone; the first of several that a port leads to. */
function ledBy(
  entries: readonly Entry[],
  ports: readonly ServicePort[],
): (LedAddress & Pick<Led, 'targets'>)[] {
  const targetsOf = (some: readonly Entry[]): Record<string, number> =>
    Object.fromEntries(
      ports.flatMap((port) => {
        const target = some.flatMap((entry) => targetOf(entry.ports, port, ports) ?? [])[0]
        return target === undefined ? [] : [[port.name, target]]
      }),
    )
  const [ready, drained] = [true, false].map((is) => entries.filter((one) => one.ready === is))
  const [first] = entries
  if (!first) return []
  const targets = targetsOf(ready ?? [])
  const isLed = Object.keys(targets).length > 0 || (drained ?? []).length === 0
  const { ports: _, ...address } = (isLed ? ready?.[0] : drained?.[0]) ?? first
  return [{ ...address, targets: isLed ? targets : targetsOf(drained ?? []) }]
}

/** App2's port of a Service's; unnamed ones of several, which the API refuses, are meant in their order. */
function targetOf(theirs: EntryPorts, port: ServicePort, ports: readonly ServicePort[]): number | undefined {
  const isAlike = (one: { protocol: string | undefined }) => one.protocol === port.protocol
  const same = theirs.filter((one) => one.name === port.written && isAlike(one))
  const own = ports.filter((one) => one.written === port.written && isAlike(one))
  return same[same.length > 1 && !port.written ? own.indexOf(port) : 0]?.port
}
