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
import { addRoute } from './routes.ts'
import { type ImportedProxy, proxyOf } from './services.ts'
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
  const proxies = [...ofManifests(manifests, notes), ...ofValues(documents, notes)]
  for (const proxy of proxies) holdAll(proxy, notes)
  const parts = new Set([...manifests, ...proxies].map(({ part }) => part))
  for (const unread of [...parts].flatMap((part) => part.unread)) notes.leftOut(unread, unread.path)
  const sorted = inOrder(notes.findings, inputs)
  return { values: written(proxies, sorted), findings: sorted, proxies: proxies.length }
}

// --- utils ---

function ofManifests(manifests: readonly Manifest[], notes: Notes): ImportedProxy[] {
  const services = manifests.filter(({ kind, group }) => kind === 'Service' && group === '')
  const outside = services.filter((service) => {
    const isPods = service.part.at('spec', 'selector').fields.length > 0
    if (isPods) skip(service, 'it chooses pods, and is no proxy', notes)
    return !isPods
  })
  const holders = manifests.filter((one) => isHolder(one) && !isMirror(one))
  const proxies = outside.map((service) => proxyOf(service, heldBy(service, holders), notes))
  const used = new Set(outside.flatMap((service) => heldBy(service, holders)))
  for (const one of holders) if (!used.has(one)) skip(one, 'no Service of its name is there', notes)
  for (const one of manifests) addOther(one, proxies, notes)
  const namespaces = new Set(outside.map(({ namespace }) => namespace ?? 'default'))
  const [first] = outside
  if (namespaces.size > 1 && first)
    notes.decide(
      first.part,
      `several namespaces (${[...namespaces].join(', ')}): a release is for one, so import each by itself`,
    )
  return proxies
}

function addOther(manifest: Manifest, proxies: readonly ImportedProxy[], notes: Notes): void {
  const { kind } = manifest
  if (kind === 'Service' || isHolder(manifest)) return
  if (kind === 'Ingress') addIngress(manifest, proxies, notes)
  else if (kind === 'HTTPProxy') addHttpProxy(manifest, proxies, notes)
  else if (routeKinds.some((one) => one === kind)) addRoute(manifest, proxies, notes)
  else if (holdsNobody.has(kind)) skip(manifest, 'the chart makes none from values', notes)
  else {
    notes.decide(
      manifest.part,
      `${kind || 'an object without a kind'} ${manifest.name} is left out: see whether it kept somebody out`,
    )
    manifest.part.take()
  }
}

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
  ...['Certificate', 'ClusterIssuer', 'Issuer', 'Gateway', 'GatewayClass', 'IngressClass'],
])

function skip(manifest: Manifest, why: string, notes: Notes): void {
  notes.leftOut(manifest.part, `${manifest.kind || 'an object without a kind'} ${manifest.name}: ${why}`)
  manifest.part.take()
}

const isHolder = ({ kind }: Manifest) => kind === 'Endpoints' || kind === 'EndpointSlice'

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
