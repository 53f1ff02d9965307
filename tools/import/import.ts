import { routeKinds } from '../../schema/kinds.ts'
import { type Document, documentsIn } from './documents.ts'
import type { Finding } from './finding.ts'
import { holdAll } from './held.ts'
import { addHttpProxy } from './httpproxy.ts'
import { addIngress } from './ingress.ts'
import { isManifest, type Manifest, manifestsIn } from './manifests.ts'
import { Notes } from './notes.ts'
import { ofOtherChart } from './other-charts.ts'
import { Part } from './part.ts'
import { type Reading, readingOf } from './reading.ts'
import { addRoute } from './routes.ts'
import { type ImportedProxy, proxyOf } from './services.ts'
import { closeBelow, closeNamed } from './ways.ts'
import { written } from './write.ts'

/** A file to import. */
export interface Input {
  /** What findings call it. */
  file: string
  text: string
}

export interface Imported {
  /** The values file. */
  values: string
  /** In the order of the files and lines. */
  findings: Finding[]
  proxies: number
}

/**
 * Makes values of what stands in for the chart today: manifests written by hand, or the values of another chart for
 * the same purpose. What is corrected, left out or for a person to decide is named with its line; nothing is lost in
 * silence.
 * @throws Error with file and line where a file can't be read
 */
export function imported(inputs: readonly Input[]): Imported {
  const read = inputs.map(({ file, text }) => documentsIn(text, file))
  const documents = read.flatMap((one) => one.documents)
  const notes = new Notes()
  notes.findings.push(...read.flatMap((one) => one.findings))
  const { manifests, findings } = manifestsIn(documents.filter(isManifest))
  notes.findings.push(...findings)
  const proxies = once([...ofManifests(manifests, notes), ...ofValues(documents, notes)], notes)
  for (const proxy of proxies) holdAll(proxy, notes)
  const parts = new Set([...manifests, ...proxies].map(({ part }) => part))
  for (const unread of [...parts].flatMap((part) => part.unread)) notes.leftOut(unread, unread.path)
  const sorted = inOrder(notes.findings, inputs)
  return { values: written(proxies, sorted), findings: sorted, proxies: proxies.length }
}

// --- utils ---

function ofManifests(manifests: readonly Manifest[], notes: Notes): ImportedProxy[] {
  const services = manifests.filter(isService)
  const outside = services.filter((service) => {
    const isPods = service.part.at('spec', 'selector').fields.length > 0
    if (isPods) skip(service, 'it chooses pods, and is no proxy', notes)
    return !isPods
  })
  const holders = manifests.filter((one) => isHolder(one) && !isMirror(one))
  const proxies = once(
    outside.map((service) => proxyOf(service, heldBy(service, holders), notes)),
    notes,
  )
  const used = new Set(outside.flatMap((service) => heldBy(service, holders)))
  for (const one of holders) if (!used.has(one)) skip(one, 'no Service of its name is there', notes)
  const reading = readingOf(manifests, proxies, notes)
  for (const one of manifests) addOther(one, reading)
  closeBelow(reading.requests, reading.ways, notes)
  for (const one of manifests.filter(mayHold)) closeNamed(one, reading.ways, notes)
  // By what is closed now, other requests may be left out.
  closeBelow(reading.requests, reading.ways, notes)
  const namespaces = new Set(outside.map(({ namespace }) => namespace ?? 'default'))
  const [first] = outside
  if (namespaces.size > 1 && first)
    notes.decide(
      first.part,
      `several namespaces (${[...namespaces].join(', ')}): a release is for one, so import each by itself`,
    )
  return proxies
}

/** Of several of one name the first, closed, since nobody says which of them is the one that is there. */
function once(proxies: readonly ImportedProxy[], notes: Notes): ImportedProxy[] {
  const byName = new Map<string, ImportedProxy>()
  for (const proxy of proxies) {
    const first = byName.get(proxy.name)
    if (!first) byName.set(proxy.name, proxy)
    else {
      first.values = { enabled: false, ...first.values }
      first.comments.enabled = 'Closed: it is there twice.'
      notes.decide(
        proxy.part,
        `${proxy.name} is there twice, and either may be the one: enabled is false until you say which`,
      )
    }
  }
  return [...byName.values()]
}

function addOther(manifest: Manifest, reading: Reading): void {
  const { kind } = manifest
  if (isService(manifest) || isHolder(manifest)) return
  const add = leading(manifest)
  if (add) add(manifest, reading)
  else if (holdsNobody.has(kind)) skip(manifest, 'the chart makes none from values', reading.notes)
  else {
    reading.notes.decide(
      manifest.part,
      `${kind || 'an object without a kind'} ${manifest.name} is left out: see whether it kept somebody out`,
    )
    manifest.part.take()
  }
}

/** What reads an object that leads to Services; undefined of all others. */
function leading({ group, kind }: Manifest): typeof addRoute | undefined {
  if (kind === 'Ingress' && ['', 'extensions', 'networking.k8s.io'].includes(group)) return addIngress
  if (kind === 'HTTPProxy' && ['', 'projectcontour.io'].includes(group)) return addHttpProxy
  const isRoute = routeKinds.some((one) => one === kind)
  return isRoute && ['', 'gateway.networking.k8s.io'].includes(group) ? addRoute : undefined
}

/** Is it of a kind that the values don't have, and of which nobody knows that it keeps nobody out? */
const mayHold = (manifest: Manifest) =>
  !isService(manifest) && !isHolder(manifest) && !leading(manifest) && !holdsNobody.has(manifest.kind)

/** Kinds that keep nobody out; a policy of any group may. */
const holdsNobody = new Set([
  ...[
    'ConfigMap',
    'CronJob',
    'DaemonSet',
    'Deployment',
    'HorizontalPodAutoscaler',
    'Job',
    'Namespace',
    'Pod',
  ],
  ...['PersistentVolumeClaim', 'ReplicaSet', 'Secret', 'ServiceAccount', 'StatefulSet'],
  ...['Certificate', 'ClusterIssuer', 'Issuer', 'Gateway', 'GatewayClass', 'IngressClass', 'ListenerSet'],
  ...['BackendTLSPolicy', 'ReferenceGrant', 'TLSCertificateDelegation'],
])

function skip(manifest: Manifest, why: string, notes: Notes): void {
  notes.leftOut(manifest.part, `${manifest.kind || 'an object without a kind'} ${manifest.name}: ${why}`)
  manifest.part.take()
}

const isService = ({ kind, group }: Manifest) => kind === 'Service' && group === ''

const isHolder = ({ kind, group }: Manifest) =>
  (kind === 'Endpoints' && group === '') ||
  (kind === 'EndpointSlice' && ['', 'discovery.k8s.io'].includes(group))

/** The mirror of Endpoints that Kubernetes itself writes holds the same addresses again. */
const isMirror = ({ labels }: Manifest) =>
  labels['endpointslice.kubernetes.io/managed-by'] === 'endpointslicemirroring-controller.k8s.io'

const heldBy = (service: Manifest, holders: readonly Manifest[]): Manifest[] =>
  holders.filter(
    (one) =>
      one.namespace === service.namespace &&
      (one.kind === 'Endpoints'
        ? one.name === service.name
        : one.labels['kubernetes.io/service-name'] === service.name),
  )

function ofValues(documents: readonly Document[], notes: Notes): ImportedProxy[] {
  return documents
    .filter((document) => !isManifest(document))
    .flatMap((document) => {
      const part = new Part(document, document.root)
      const proxy = ofOtherChart(part, 'external-service', notes)
      if (!proxy) notes.leftOut(part, 'neither an object of Kubernetes nor values of a chart that is known')
      return proxy ?? []
    })
}

function inOrder(findings: readonly Finding[], inputs: readonly Input[]): Finding[] {
  const place = new Map(inputs.map(({ file }, index) => [file, index]))
  return [...findings].sort(
    (one, other) => (place.get(one.file) ?? 0) - (place.get(other.file) ?? 0) || one.line - other.line,
  )
}
