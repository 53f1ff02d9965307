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
    return objectsIn(part, {})
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

/** What an object is, where it stands in a list that says so of all: a ServiceList's items are Services. */
type Said = Partial<Record<'apiVersion' | 'kind', string>>

function objectsIn(part: Part, said: Said): Manifest[] {
  const kind = part.at('kind').text ?? said.kind ?? ''
  if (!kind.endsWith('List') || !part.at('items').isThere) return [manifestOf(part, said)]
  const own =
    kind === 'List'
      ? {}
      : { apiVersion: part.at('apiVersion').text ?? '', kind: kind.slice(0, -'List'.length) }
  return part.at('items').items.flatMap((item) => objectsIn(item, own))
}

function manifestOf(part: Part, said: Said): Manifest {
  const metadata = part.at('metadata')
  part.at('status').take()
  part.at('metadata', 'annotations', 'kubectl.kubernetes.io/last-applied-configuration')
  for (const field of ownMetadata) metadata.at(field).take()
  const apiVersion = part.at('apiVersion').text ?? said.apiVersion ?? ''
  return {
    group: apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '',
    kind: part.at('kind').text ?? said.kind ?? '',
    name: metadata.at('name').text ?? '',
    namespace: metadata.at('namespace').text,
    labels: Object.fromEntries(metadata.at('labels').fields.map(([key, value]) => [key, value.text ?? ''])),
    part,
  }
}
