import { routeKinds } from '../../schema/kinds.ts'
import { type Document, documentsIn } from './documents.ts'
import type { Finding } from './finding.ts'
import { holdAll } from './held.ts'
import { addHttpProxy } from './httpproxy.ts'
import { addIngress } from './ingress.ts'
import { isManifest, type Manifest, manifestsIn } from './manifests.ts'
import { isTakenOver, namersOf } from './middlewares.ts'
import { Notes } from './notes.ts'
import { ofOtherChart } from './other-charts.ts'
import { Part } from './part.ts'
import { type Reading, readingOf } from './reading.ts'
import { addRoute } from './routes.ts'
import { closeProxy, type ImportedProxy, proxyOf } from './services.ts'
import { closeBelow, closeLost, closeMeant } from './ways.ts'
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
  proxies: readonly ImportedProxy[]
  /** What is known of the hosts and routes that lead to them. */
  readings: readonly Reading[]
}

/**
 * Makes values of what stands in for the chart today: manifests written by hand, or the values of another chart for
 * the same purpose. What is corrected, left out or for a person to decide is named with its line; nothing is lost in
 * silence.
 * @param namespace that of objects that name none
 * @throws Error with file and line where a file can't be read
 */
export function imported(inputs: readonly Input[], namespace = 'default'): Imported {
  const texts = inputs.map(({ file, text }) => documentsIn(text, file))
  const documents = texts.flatMap((one) => one.documents)
  const { manifests, findings } = manifestsIn(documents.filter(isManifest), namespace)
  const notes = new Notes([...texts.flatMap((one) => one.findings), ...findings])
  const readings = [ofManifests(manifests, namespace, notes), ...ofValues(documents, namespace, notes)]
  const proxies = once(
    readings.flatMap((one) => one.proxies),
    notes,
  )
  for (const reading of readings) closeBelow(reading.requests, reading.ways, notes)
  for (const proxy of proxies) holdAll(proxy, notes)
  const parts = new Set([...manifests, ...proxies].map(({ part }) => part))
  for (const unread of [...parts].flatMap((part) => part.unread)) notes.leftOut(unread, unread.path)
  return madeOf(proxies, readings, notes.findings, inputs)
}

/** What is made of proxies, with all that was found above them. */
export function madeOf(
  proxies: readonly ImportedProxy[],
  readings: readonly Reading[],
  findings: readonly Finding[],
  inputs: readonly Input[],
): Imported {
  const sorted = inOrder(findings, inputs)
  return { values: written(proxies, sorted), findings: sorted, proxies, readings }
}

// --- utils ---

function ofManifests(manifests: readonly Manifest[], namespace: string, notes: Notes): Reading {
  const services = manifests.filter(isService)
  const outside = services.filter((service) => {
    const isPods = service.part.at('spec', 'selector').fields.length > 0
    if (isPods) skip(service, 'it chooses pods, and is no proxy', notes)
    return !isPods
  })
  const holders = manifests.filter((one) => isHolder(one) && !isMirror(one))
  const heldBy = byService(holders)
  const proxies = once(
    outside.map((service) => proxyOf(service, heldBy(service), notes)),
    notes,
  )
  const used = new Set(outside.flatMap(heldBy))
  for (const one of holders)
    if (!used.has(one)) skip(one, `no Service of its name is in namespace ${one.namespace}`, notes)
  const reading = readingOf(manifests, proxies, namespace, notes)
  // What leads says which of the others are taken over.
  for (const one of [...manifests].sort((one, other) => Number(!leading(one)) - Number(!leading(other))))
    addOther(one, reading)
  closeLost(reading.losses, reading.ways, notes)
  closeBelow(reading.requests, reading.ways, notes)
  for (const one of manifests.filter((one) => mayHold(one) && !isTakenOver(one, reading)))
    closeMeant(one, reading.ways, notes)
  // By what is closed now, other requests may be left out.
  closeBelow(reading.requests, reading.ways, notes)
  const [first] = proxies
  if (first?.hasNamespace)
    notes.decide(
      first.part,
      `it is in namespace ${first.namespace}, which values can't say: write --namespace ${first.namespace} to Helm, and to doors`,
    )
  for (const proxy of proxies.filter((one) => one.namespace !== first?.namespace))
    closeProxy(
      proxy,
      proxy.part,
      `it is for namespace ${proxy.namespace}, and ${first?.name} for ${first?.namespace}; a release is for one`,
      notes,
    )
  return reading
}

/** Of several of one name the first, closed, since nobody says which of them is the one that is there. */
function once(proxies: readonly ImportedProxy[], notes: Notes): ImportedProxy[] {
  const byName = new Map<string, ImportedProxy>()
  for (const proxy of proxies) {
    const first = byName.get(proxy.name)
    if (!first) byName.set(proxy.name, proxy)
    else {
      proxy.values = { ...proxy.values, enabled: false }
      closeProxy(first, proxy.part, `${proxy.name} is there twice, and either may be the one`, notes)
    }
  }
  return [...byName.values()]
}

function addOther(manifest: Manifest, reading: Reading): void {
  const { kind } = manifest
  if (isService(manifest) || isHolder(manifest)) return
  const add = leading(manifest)
  if (add) add(manifest, reading)
  else if (isTakenOver(manifest, reading))
    skip(
      manifest,
      `its list is in sourceRanges; delete it once nothing names it any more (now ${namersOf(
        manifest,
        reading,
      )
        .map((one) => `${one.kind} ${one.name}`)
        .join(', ')})`,
      reading.notes,
    )
  else if (holdsNobody(manifest)) skip(manifest, 'the chart makes none from values', reading.notes)
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
  !isService(manifest) && !isHolder(manifest) && !leading(manifest) && !holdsNobody(manifest)

/**
 * Does it keep nobody out? Kubernetes's own kinds don't, or go on doing so, as a NetworkPolicy of the controller's pods,
 * whatever leads there; what a route hangs on stays, too.
 */
const holdsNobody = ({ group, kind }: Manifest): boolean =>
  group === '' ? core.has(kind) : groups.has(group) || others.has(`${group}/${kind}`)

const core = new Set([
  ...['ConfigMap', 'Event', 'LimitRange', 'Namespace', 'Node', 'PersistentVolume', 'PersistentVolumeClaim'],
  ...['Pod', 'PodTemplate', 'ReplicationController', 'ResourceQuota', 'Secret', 'ServiceAccount'],
  // Written without a version, as blogs do.
  ...['CronJob', 'DaemonSet', 'Deployment', 'HorizontalPodAutoscaler', 'Job', 'ReplicaSet', 'StatefulSet'],
])

const groups = new Set([
  ...['admissionregistration.k8s.io', 'apiextensions.k8s.io', 'apps', 'autoscaling', 'batch', 'extensions'],
  ...['networking.k8s.io', 'policy', 'rbac.authorization.k8s.io', 'scheduling.k8s.io', 'storage.k8s.io'],
  ...['acme.cert-manager.io', 'cert-manager.io', 'monitoring.coreos.com'],
])

const others = new Set([
  ...['BackendTLSPolicy', 'Gateway', 'GatewayClass', 'ListenerSet', 'ReferenceGrant'].map(
    (kind) => `gateway.networking.k8s.io/${kind}`,
  ),
  'projectcontour.io/TLSCertificateDelegation',
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

/** What holds the addresses of a Service, found by where it is and how it is named. */
function byService(holders: readonly Manifest[]): (service: Manifest) => Manifest[] {
  const found = new Map<string, Manifest[]>()
  const placeOf = (namespace: string | undefined, name: string | undefined) =>
    JSON.stringify([namespace, name])
  for (const one of holders) {
    const service = one.kind === 'Endpoints' ? one.name : one.labels['kubernetes.io/service-name']
    const place = placeOf(one.namespace, service)
    found.set(place, [...(found.get(place) ?? []), one])
  }
  return ({ namespace, name }) => found.get(placeOf(namespace, name)) ?? []
}

function ofValues(documents: readonly Document[], namespace: string, notes: Notes): Reading[] {
  return documents
    .filter((document) => !isManifest(document))
    .flatMap((document) => {
      const part = new Part(document, document.root)
      const reading = ofOtherChart(part, { name: 'external-service', namespace }, notes)
      if (!reading) notes.leftOut(part, 'neither an object of Kubernetes nor values of a chart that is known')
      return reading ?? []
    })
}

function inOrder(findings: readonly Finding[], inputs: readonly Input[]): Finding[] {
  const place = new Map(inputs.map(({ file }, index) => [file, index]))
  return [...findings].sort(
    (one, other) => (place.get(one.file) ?? 0) - (place.get(other.file) ?? 0) || one.line - other.line,
  )
}
