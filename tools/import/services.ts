import type {
  Address,
  Port,
  Proxy as ProxyValues,
  Service as ServiceValues,
} from '../../schema/generated/values.ts'
import { isAboutLoadBalancers, isHarmless, isOfNobodyKnown } from '../doors/load-balancer-annotations.ts'
import { entriesOf, networksOf } from './addresses.ts'
import { type Led, type LedAddress, ledTo, nowhere, type ServicePort, servicePortsOf } from './led.ts'
import type { Manifest } from './manifests.ts'
import { externalDns, illegibleOf, keysOf } from './metadata.ts'
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
  namespace: string
  /** Is its namespace written, rather than the one of objects that name none? */
  hasNamespace: boolean
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
 * @param holders its Endpoints and EndpointSlices
 */
export function proxyOf(service: Manifest, holders: readonly Manifest[], notes: Notes): ImportedProxy {
  const { part, name, namespace, hasNamespace } = service
  const spec = part.at('spec')
  const written = typeOf(spec, notes)
  const externalName = externalNameOf(spec, written, notes)
  const servicePorts = servicePortsOf(spec, notes)
  const led = externalName ? nowhere : ledTo(servicePorts, holders, notes)
  const families = familiesOf(spec, led.addresses, notes)
  const { type, addresses, ...policies } = policiesOf(spec, written, families.addresses, notes)
  const { dns, annotations } = externalDns(keysOf(part, 'annotations', notes), part, notes)
  if (holders.length === 0 && !externalName)
    notes.decide(part, `no Endpoints or EndpointSlice of ${name} is there: write App2's addresses`)
  const ranges = sourceRangesOf(spec, annotations, notes)
  const values: ProxyValues = {
    ...(externalName ? { externalName } : { addresses: addresses.map(addressValueOf) }),
    ports: portsOf(servicePorts, led, type, notes),
    sourceRanges: [], // Until all that leads to it is known.
    ...withFields('service', {
      ...serviceOf(spec, type, notes),
      ...families.values,
      ...policies.values,
      ...withFields('labels', keysOf(part, 'labels', notes)),
      ...withFields('annotations', annotations),
    }),
    ...withFields('dns', dns),
  }
  const unknown = unknownOf(spec)
  const sure = withoutDoubt(
    ranges,
    { part, annotations, illegible: [...illegibleOf(part), ...unknown], type: written },
    notes,
  )
  const held: Held[] = [
    ...(written === 'LoadBalancer' || sure ? [{ title: 'its load balancer', part, ranges: sure }] : []),
    ...(type === 'NodePort' ? [{ title: 'its node port', part, ranges: undefined }] : []),
  ]
  const proxy: ImportedProxy = { name, namespace, hasNamespace, values, part, comments: {}, held }
  if (written !== 'LoadBalancer')
    for (const one of unknown)
      closeProxy(proxy, one, `${one.path} may keep somebody out, and the values have no field for it`, notes)
  if (led.isLost)
    closeProxy(proxy, part, 'no endpoints have a port of its names and protocols, so it led nowhere', notes)
  return proxy
}

/** Closes a proxy, and says why. */
export function closeProxy(proxy: ImportedProxy, part: Part, why: string, notes: Notes): void {
  proxy.values = { ...closed, ...proxy.values, ...closed }
  proxy.comments.enabled = 'Closed: why is said above.'
  notes.decide(part, `${why}: enabled is false until you say otherwise`)
}

/** The proxy of that name in a namespace. */
export const named = (
  name: string | undefined,
  namespace: string,
  proxies: readonly ImportedProxy[],
): ImportedProxy | undefined => proxies.find((one) => one.name === name && one.namespace === namespace)

/**
 * The proxy that may be meant by a name of another namespace, where nobody wrote one of the two: which of all namespaces
 * it is then hangs on how it is applied.
 */
export const maybeNamed = (
  name: string | undefined,
  { namespace, hasNamespace }: Pick<Manifest, 'namespace' | 'hasNamespace'>,
  proxies: readonly ImportedProxy[],
): ImportedProxy | undefined =>
  proxies.find(
    (one) => one.name === name && one.namespace !== namespace && !(one.hasNamespace && hasNamespace),
  )

/** Anyone, in the words of each family that the addresses are of. */
export const anyoneOf = (addresses: readonly (string | Address)[]): string[] => {
  const isIPv6 = addresses.map((one) => (typeof one === 'string' ? one : one.ip).includes(':'))
  return [
    ...(isIPv6.includes(false) || isIPv6.length === 0 ? ['0.0.0.0/0'] : []),
    ...(isIPv6.includes(true) ? ['::/0'] : []),
  ]
}

// --- utils ---

const closed = { enabled: false }

const withFields = (name: string, values: object) =>
  Object.keys(values).length > 0 ? { [name]: values } : {}

const types = ['LoadBalancer', 'ClusterIP', 'NodePort', 'ExternalName'] as const

type Type = (typeof types)[number]

function typeOf(spec: Part, notes: Notes): Type {
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

function portsOf(
  servicePorts: readonly ServicePort[],
  { addresses, targets, isLost }: Led,
  type: string,
  notes: Notes,
): Record<string, Port> {
  const isAny = isLost || addresses.length === 0
  const kept = servicePorts.filter(({ name }) => isAny || targets[name] !== undefined)
  for (const { part, port } of servicePorts.filter((one) => !kept.includes(one)))
    notes.decide(part, `no endpoints have such a port, so ${port} led nowhere: left out`)
  return Object.fromEntries(
    kept.map(({ part, name, port, protocol }) => {
      const target = part.at('targetPort')
      const held = targets[name] ?? target.number ?? port
      if (target.text !== undefined && target.number !== held && targets[name] !== undefined)
        notes.corrected(target, `targetPort ${target.text} is never used: the endpoints say ${held}`)
      const nodePort = part.at('nodePort')
      if (nodePort.isThere && type === 'LoadBalancer')
        notes.leftOut(nodePort, `node port ${nodePort.text}: the chart keeps it closed`)
      const given = type === 'NodePort' ? nodePort.number : undefined
      const appProtocol = part.at('appProtocol').text
      const values: Port = {
        port,
        ...(held !== port && { targetPort: held }),
        ...(given && { nodePort: given }),
        ...(protocol !== 'TCP' && { protocol }),
        ...(appProtocol && { appProtocol }),
      }
      return [name, values]
    }),
  )
}

/** Of the field, else of the annotation that the API had before it; undefined where neither has a list. */
function sourceRangesOf(spec: Part, annotations: Record<string, string>, notes: Notes): string[] | undefined {
  const key = 'service.beta.kubernetes.io/load-balancer-source-ranges'
  const field = spec.at('loadBalancerSourceRanges')
  const old = annotations[key]
  delete annotations[key]
  const written = field.items.map((part) => ({ part, text: part.text ?? '' }))
  const entries = written.length === 0 && old?.trim() ? entriesOf(old, spec) : written
  return entries.length > 0 ? networksOf(entries, notes) : undefined
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

/** Fields of a Service that nobody read, and that hold nobody; another may be a list that is misspelt. */
const holdNobody =
  /[.](externalIPs|healthCheckNodePort|loadBalancerIP|publishNotReadyAddresses|sessionAffinityConfig|trafficDistribution)$/

const unknownOf = (spec: Part): Part[] =>
  spec.unread.filter(({ path }) => /spec[.][^.[]+$/.test(path) && !holdNobody.test(path))

function serviceOf(spec: Part, type: string, notes: Notes): ServiceValues {
  const text = (field: string) => spec.at(field).text
  const clusterIP = spec.at('clusterIP')
  spec.at('clusterIPs').take()
  const isHeadless = clusterIP.text === 'None'
  if (clusterIP.text && !isHeadless)
    notes.leftOut(clusterIP, `clusterIP ${clusterIP.text}: a Service that is there keeps its own`)
  const affinity = text('sessionAffinity')
  const loadBalancerClass = text('loadBalancerClass')
  const internal = spec.at('internalTrafficPolicy')
  spec.at('allocateLoadBalancerNodePorts') // Each node port is named where it stands.
  return {
    ...(type !== 'LoadBalancer' && type !== 'ExternalName' && { type }),
    // No address is on a node: it drops every packet, as this does. Of a headless Service it means nothing.
    ...(internal.text === 'Local' && type !== 'LoadBalancer' && !isHeadless && { inCluster: false }),
    ...(affinity === 'ClientIP' && !isHeadless && { sessionAffinity: affinity }),
    ...(loadBalancerClass && type === 'LoadBalancer' && { loadBalancerClass }),
    ...(isHeadless && { clusterIP: 'None' }),
  } as ServiceValues
}

/**
 * The addresses of families that the Service has, and what the values say of them. A Service of one family sends nothing
 * to the other's.
 */
function familiesOf(
  spec: Part,
  addresses: readonly LedAddress[],
  notes: Notes,
): { addresses: LedAddress[]; values: ServiceValues } {
  const policy = spec.at('ipFamilyPolicy').text
  const written = spec.at('ipFamilies').items.flatMap((one) => one.text ?? [])
  const familyOf = ({ ip }: LedAddress) => (ip.includes(':') ? 'IPv6' : 'IPv4')
  const isHeadless = spec.at('clusterIP').text === 'None'
  const isDual = policy === 'PreferDualStack' || policy === 'RequireDualStack' || (isHeadless && !policy)
  const [first] = addresses
  if (!first) return { addresses: [], values: {} }
  const own = isDual ? ['IPv4', 'IPv6'] : [written[0] ?? familyOf(first)]
  const kept = addresses.filter((one) => own.includes(familyOf(one)))
  for (const one of addresses.filter((address) => !kept.includes(address)))
    notes.decide(
      one.part,
      `${one.ip} is not ${own[0]}, the one family of the Service, and got nothing: left out; with both write service.ipFamilyPolicy PreferDualStack`,
    )
  if (new Set(kept.map(familyOf)).size < 2) return { addresses: kept, values: {} }
  return {
    addresses: kept,
    values: {
      ...(policy && { ipFamilyPolicy: policy as NonNullable<ServiceValues['ipFamilyPolicy']> }),
      ...(written.length > 1 && { ipFamilies: written as NonNullable<ServiceValues['ipFamilies']> }),
    },
  }
}

/**
 * What externalTrafficPolicy Local leaves of a Service: from outside it sends to addresses with their node's name alone.
 * Where that is all of them they keep it; else nobody came in by its load balancer or node ports, and it has none.
 */
function policiesOf(
  spec: Part,
  type: Type,
  addresses: readonly LedAddress[],
  notes: Notes,
): { type: Type; addresses: readonly LedAddress[]; values: ServiceValues } {
  const policy = spec.at('externalTrafficPolicy')
  const isOutward = type === 'LoadBalancer' || type === 'NodePort'
  const plain = addresses.map((one) => ({ ...one, nodeName: undefined }))
  if (policy.text !== 'Local' || !isOutward) return { type, addresses: plain, values: {} }
  const isOpenInside = spec.at('internalTrafficPolicy').text !== 'Local'
  if (isOpenInside && addresses.length > 0 && addresses.every(({ nodeName }) => nodeName))
    return { type, addresses, values: { externalTrafficPolicy: 'Local', inCluster: true } }
  notes.decide(
    policy,
    'externalTrafficPolicy Local sends only to addresses with the nodeName of the node, so nobody came in from outside: left out, and service.type is ClusterIP until you say otherwise',
  )
  return { type: 'ClusterIP', addresses: plain, values: {} }
}

const addressValueOf = ({ ip, ready, nodeName }: LedAddress): string | Address =>
  ready && !nodeName ? ip : { ip, ...(!ready && { ready }), ...(nodeName && { nodeName }) }
