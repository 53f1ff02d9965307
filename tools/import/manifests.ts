import { isMap } from 'yaml'
import type { Document } from './documents.ts'
import type { Finding } from './finding.ts'
import { Part } from './part.ts'
import { relocated } from './relocated.ts'

/** An object of Kubernetes, as somebody wrote it or a cluster has it. */
export interface Manifest {
  group: string
  kind: string
  name: string
  /** Undefined where none is written. */
  namespace: string | undefined
  labels: Readonly<Record<string, string>>
  /** The whole of it. */
  part: Part
}

/** The objects of documents, those inside of lists too, with what stood at the wrong indent moved. */
export function manifestsIn(documents: readonly Document[]): { manifests: Manifest[]; findings: Finding[] } {
  const findings: Finding[] = []
  const manifests = documents.flatMap((document) => {
    const kind = new Part(document, document.root).at('kind').text ?? ''
    findings.push(...relocated(document, kind))
    const part = new Part(document, document.root)
    const isList = kind.endsWith('List') && part.at('items').isThere
    return (isList ? part.at('items').items : [part]).map((item) => manifestOf(item))
  })
  return { manifests, findings }
}

/** Is this document an object of Kubernetes, rather than a chart's values? */
export const isManifest = ({ root }: Document): boolean =>
  isMap(root) && (root.has('apiVersion') || root.has('kind'))

// --- utils ---

/** What the API server and those who apply objects write by themselves. */
const ownMetadata = [
  'creationTimestamp',
  'generation',
  'managedFields',
  'ownerReferences',
  'resourceVersion',
  'selfLink',
  'uid',
  'generateName',
  'finalizers',
]

function manifestOf(part: Part): Manifest {
  const metadata = part.at('metadata')
  part.at('status').take()
  part.at('metadata', 'annotations', 'kubectl.kubernetes.io/last-applied-configuration')
  for (const field of ownMetadata) metadata.at(field).take()
  const apiVersion = part.at('apiVersion').text ?? ''
  return {
    group: apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '',
    kind: part.at('kind').text ?? '',
    name: metadata.at('name').text ?? '',
    namespace: metadata.at('namespace').text,
    labels: Object.fromEntries(metadata.at('labels').fields.map(([key, value]) => [key, value.text ?? ''])),
    part,
  }
}
