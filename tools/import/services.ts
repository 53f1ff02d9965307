import type {
  Address,
  Port,
  Proxy as ProxyValues,
  Service as ServiceValues,
} from '../../schema/generated/values.ts'
import { isAboutLoadBalancers, isHarmless, isOfNobodyKnown } from '../doors/load-balancer-annotations.ts'
import { addressOf, networksOf } from './addresses.ts'
import type { Manifest } from './manifests.ts'
import { externalDns, metadataOf } from './metadata.ts'
import type { Notes } from './notes.ts'
import type { Part } from './part.ts'

/** What holds a way to a proxy, as it was written: a list, or nothing. */
export interface Held {
  /** What a finding calls the way. */
  title: string
  part: Part
  /** Those of its ranges that can be read; undefined where it has no list, and is open to anyone. */
  ranges: readonly string[] | undefined
}

/** A proxy in the making. */
export interface ImportedProxy {
  name: string
  namespace: string | undefined
  values: ProxyValues
  /** The Service that it comes from. */
  part: Part
  /** Lines that stand above a field of it, as comments. */
  comments: Partial<Record<keyof ProxyValues, string>>
  /** What holds each way to it, in the order of the objects: its own load balancer, then what leads to it. */
  held: Held[]
}

/**
 * Makes a proxy of a Service without a selector and of what holds its addresses.
 * @param endpoints its Endpoints and EndpointSlices
 */
export function proxyOf(service: Manifest, endpoints: readonly Manifest[], notes: Notes): ImportedProxy {
  const spec = service.part.at('spec')
  const read = endpoints.map((one) =>
    one.kind === 'Endpoints' ? ofEndpoints(one, notes) : ofSlice(one, notes),
  )
  const addresses = distinct(read.flatMap((one) => one.addresses))
  const type = typeOf(spec, notes)
  const externalName = externalNameOf(spec, type, notes)
  const ports = portsOf(spec, type, read, notes)
  const metadata = metadataOf(service.part, notes)
  const { dns, annotations } = externalDns(metadata.annotations, service.part, notes)
  if (endpoints.length === 0 && !externalName)
    notes.decide(
      service.part,
      `no Endpoints or EndpointSlice of ${service.name} is there: write App2's addresses`,
    )
  const ranges = withoutDoubt(
    sourceRangesOf(spec, annotations, notes),
    { part: service.part, annotations, illegible: metadata.illegible, type },
    notes,
  )
  const held: Held[] =
    type === 'LoadBalancer' || ranges ? [{ title: 'its load balancer', part: service.part, ranges }] : []
  const own = serviceOf(spec, type, notes)
  const values: ProxyValues = {
    ...(externalName ? { externalName } : { addresses }),
    ports,
    sourceRanges: [], // Until all that leads to it is known.
    ...withFields('service', {
      ...own,
      ...withFields('labels', metadata.labels),
      ...withFields('annotations', annotations),
    }),
    ...withFields('dns', dns),
  }
  return { name: service.name, namespace: service.namespace, values, part: service.part, comments: {}, held }
}

/** The proxy of that name in a namespace; one that is not written may be any. */
export const named = (
  name: string | undefined,
  namespace: string | undefined,
  proxies: readonly ImportedProxy[],
): ImportedProxy | undefined =>
  proxies.find((one) => one.name === name && (!namespace || !one.namespace || one.namespace === namespace))

/** Anyone, in the words of each family that the addresses are of. */
export const anyoneOf = (addresses: readonly (string | Address)[]): string[] => {
  const isIPv6 = addresses.map((one) => (typeof one === 'string' ? one : one.ip).includes(':'))
  return [
    ...(isIPv6.includes(false) || isIPv6.length === 0 ? ['0.0.0.0/0'] : []),
    ...(isIPv6.includes(true) ? ['::/0'] : []),
  ]
}

// --- utils ---

interface ReadPort {
  name: string
  port: number | undefined
  protocol: string
}

interface ReadEndpoints {
  addresses: (string | Address)[]
  ports: ReadPort[]
}

const withFields = (name: string, values: object) =>
  Object.keys(values).length > 0 ? { [name]: values } : {}

const distinct = (addresses: readonly (string | Address)[]) => [
  ...new Map(addresses.map((one) => [typeof one === 'string' ? one : one.ip, one])).values(),
]

const readPort = (part: Part): ReadPort => ({
  name: part.at('name').text ?? '',
  port: part.at('port').number,
  protocol: part.at('protocol').text ?? 'TCP',
})

function ofEndpoints({ part }: Manifest, notes: Notes): ReadEndpoints {
  const subsets = part.at('subsets').items
  const list = (subset: Part, field: string, ready: boolean) =>
    subset
      .at(field)
      .items.flatMap((one) => addressOf(one.at('ip').isThere ? one.at('ip') : one, ready, notes) ?? [])
  if (subsets.length > 1)
    notes.decide(
      part.at('subsets'),
      'several subsets: all their addresses are read as one list with the same ports',
    )
  return {
    addresses: subsets.flatMap((one) => [
      ...list(one, 'addresses', true),
      ...list(one, 'notReadyAddresses', false),
    ]),
    ports: subsets.flatMap((one) => one.at('ports').items.map(readPort)),
  }
}

function ofSlice({ part }: Manifest, notes: Notes): ReadEndpoints {
  part.at('addressType')
  return {
    addresses: part.at('endpoints').items.flatMap((endpoint) => {
      const ready = (endpoint.at('conditions', 'ready').text ?? 'true') === 'true'
      endpoint.at('conditions').take()
      return endpoint.at('addresses').items.flatMap((one) => addressOf(one, ready, notes) ?? [])
    }),
    ports: part.at('ports').items.map(readPort),
  }
}

const types = ['LoadBalancer', 'ClusterIP', 'NodePort', 'ExternalName'] as const

function typeOf(spec: Part, notes: Notes): (typeof types)[number] {
  const { text } = spec.at('type')
  const type = types.find((one) => one.toLowerCase() === text?.toLowerCase())
  if (text !== undefined && !type)
    notes.decide(spec.at('type'), `${text} is no type: read as ClusterIP; there are ${types.join(', ')}`)
  else if (text !== type) notes.corrected(spec.at('type'), `${text}: read as ${type}`)
  return type ?? 'ClusterIP'
}

/** A name in DNS, of the one type that heeds it. */
function externalNameOf(spec: Part, type: string, notes: Notes): string | undefined {
  const part = spec.at('externalName')
  if (type === 'ExternalName') return part.text
  if (part.isThere) notes.leftOut(part, `externalName ${part.text}: type ${type} heeds none`)
  return undefined
}

/** Names that ports have where nobody named them. */
const wellKnown: Readonly<Record<number, string>> = {
  53: 'dns',
  80: 'http',
  443: 'https',
  5432: 'postgresql',
}

function portsOf(
  spec: Part,
  type: string,
  endpoints: readonly ReadEndpoints[],
  notes: Notes,
): Record<string, Port> {
  const ports: Record<string, Port> = {}
  for (const [index, part] of spec.at('ports').items.entries()) {
    const { name: written, port, protocol } = readPort(part)
    if (port === undefined) {
      notes.decide(
        part,
        `the port ${part.at('port').text ?? ''} is not a number: write it`.replace('  ', ' '),
      )
      continue
    }
    const name = nameOf(written, port, protocol, ports)
    if (!written) notes.corrected(part, `the port ${port} has no name: called ${name}`)
    const target = part.at('targetPort')
    const found = endpoints.map(({ ports: theirs }) => {
      const same = theirs.filter((one) => one.name === written && one.protocol === protocol)
      // Unnamed ones of several ports, which the API refuses, are meant in their order.
      return (same.length > 1 && !written ? theirs[index] : same[0])?.port
    })
    const known = found.find((one) => one !== undefined)
    const held = known ?? target.number ?? port
    if (endpoints.length > 0 && known === undefined)
      notes.decide(part, `no endpoints have such a port, so ${port} led nowhere: here it leads to ${held}`)
    else if (new Set(found).size > 1)
      notes.decide(
        part,
        `its endpoints differ in their ports (${found.map((one) => one ?? 'none').join(', ')}): all are read as ${held}`,
      )
    if (target.text !== undefined && target.number !== held && known !== undefined)
      notes.corrected(target, `targetPort ${target.text} is never used: the endpoints say ${held}`)
    const nodePort = part.at('nodePort')
    if (nodePort.isThere && type === 'LoadBalancer')
      notes.leftOut(nodePort, `node port ${nodePort.text}: the chart keeps it closed`)
    const kept = type === 'NodePort' ? nodePort.number : undefined
    const appProtocol = part.at('appProtocol').text
    ports[name] = {
      port,
      ...(held !== port && { targetPort: held }),
      ...(kept && { nodePort: kept }),
      ...(protocol !== 'TCP' && { protocol: protocol as NonNullable<Port['protocol']> }),
      ...(appProtocol && { appProtocol }),
    }
  }
  return ports
}

function nameOf(written: string, port: number, protocol: string, taken: object): string {
  const name = written.toLowerCase().replaceAll(/[^a-z0-9-]/g, '-')
  const known = wellKnown[port] ?? `${protocol.toLowerCase()}-${port}`
  const wished = name || known
  return Object.hasOwn(taken, wished) ? `${wished}-${protocol.toLowerCase()}` : wished
}

/** Of the field, else of the annotation that the API had before it; undefined where neither has a list. */
function sourceRangesOf(spec: Part, annotations: Record<string, string>, notes: Notes): string[] | undefined {
  const key = 'service.beta.kubernetes.io/load-balancer-source-ranges'
  const field = spec.at('loadBalancerSourceRanges')
  const old = annotations[key]
  delete annotations[key]
  const written = field.items.map((part) => ({ part, text: part.text ?? '' }))
  const texts =
    written.length > 0
      ? written
      : (old ?? '')
          .split(',')
          .filter((text) => text.trim() !== '')
          .map((text) => ({ part: spec, text }))
  return texts.length > 0 ? networksOf(texts, notes) : undefined
}

/**
 * A list as far as its meaning is known. What a load balancer reads beside it, or in its place, may turn it round, as
 * Cilium's src-ranges-policy does, add to it, or be one, as Azure's allowed-ip-ranges: then it lets nobody in, until a
 * person has looked.
 */
function withoutDoubt(
  ranges: string[] | undefined,
  read: { part: Part; annotations: Record<string, string>; illegible: readonly Part[]; type: string },
  notes: Notes,
): string[] | undefined {
  if (!ranges && read.type !== 'LoadBalancer') return undefined
  const written = read.part.at('metadata', 'annotations')
  const keys = Object.keys(read.annotations)
  for (const key of keys.filter(isOfNobodyKnown))
    notes.decide(written.at(key), `${key} stands beside a list: see whether its reader changes who gets in`)
  const doubts = [
    ...keys
      .filter((key) => isAboutLoadBalancers(key) && !isHarmless(key, read))
      .map((key) => written.at(key)),
    ...read.illegible,
  ]
  for (const part of doubts)
    notes.decide(
      part,
      `${part.path} may change whom its load balancer lets in: sourceRanges are nobody's until you say otherwise`,
    )
  return doubts.length > 0 ? [] : ranges
}

function serviceOf(spec: Part, type: string, notes: Notes): ServiceValues {
  const text = (field: string) => spec.at(field).text
  const clusterIP = spec.at('clusterIP')
  spec.at('clusterIPs').take()
  if (clusterIP.text && clusterIP.text !== 'None')
    notes.leftOut(clusterIP, `clusterIP ${clusterIP.text}: a Service that is there keeps its own`)
  const affinity = text('sessionAffinity')
  const policy = text('externalTrafficPolicy')
  const loadBalancerClass = text('loadBalancerClass')
  const internal = spec.at('internalTrafficPolicy')
  spec.at('allocateLoadBalancerNodePorts') // Each node port is named where it stands.
  const families = spec.at('ipFamilies').items.flatMap((one) => one.text ?? [])
  const familyPolicy = text('ipFamilyPolicy')
  if (policy === 'Local')
    notes.decide(
      spec.at('externalTrafficPolicy'),
      'externalTrafficPolicy Local sends only to addresses with the nodeName of the node: left out, so that it works',
    )
  return {
    ...(type !== 'LoadBalancer' && type !== 'ExternalName' && { type }),
    // No address is on a node: it drops every packet, as this does.
    ...(internal.text === 'Local' && type !== 'LoadBalancer' && { inCluster: false }),
    ...(affinity === 'ClientIP' && { sessionAffinity: affinity }),
    ...(loadBalancerClass && { loadBalancerClass }),
    ...(clusterIP.text === 'None' && { clusterIP: 'None' }),
    ...(familyPolicy && familyPolicy !== 'SingleStack' && { ipFamilyPolicy: familyPolicy }),
    ...(families.length > 1 && { ipFamilies: families }),
  } as ServiceValues
}
