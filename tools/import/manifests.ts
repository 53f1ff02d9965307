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
  namespace: string
  /** Is its namespace written, rather than the one of objects that name none? */
  hasNamespace: boolean
  /** Of an EndpointSlice, which names its Service by them. */
  labels: Readonly<Record<string, string>>
  /** The whole of it. */
  part: Part
}

/**
 * The objects of documents, those inside of lists too, with what stood at the wrong indent moved.
 * @param namespace that of objects that name none
 */
export function manifestsIn(
  documents: readonly Document[],
  namespace: string,
): { manifests: Manifest[]; findings: Finding[] } {
  const findings: Finding[] = []
  const manifests = documents.flatMap((document) => {
    const kind = new Part(document, document.root).at('kind').text ?? ''
    findings.push(...relocated(document, kind))
    const part = new Part(document, document.root)
    return objectsIn(part, { namespace })
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
interface Said {
  apiVersion?: string
  kind?: string
  namespace: string
}

function objectsIn(part: Part, said: Said): Manifest[] {
  const kind = part.at('kind').text ?? said.kind ?? ''
  if (!kind.endsWith('List') || !part.at('items').isThere) return [manifestOf(part, said)]
  const { namespace } = said
  const own =
    kind === 'List'
      ? { namespace }
      : { namespace, apiVersion: part.at('apiVersion').text ?? '', kind: kind.slice(0, -'List'.length) }
  return part.at('items').items.flatMap((item) => objectsIn(item, own))
}

function manifestOf(part: Part, said: Said): Manifest {
  const metadata = part.at('metadata')
  part.at('status').take()
  part.at('metadata', 'annotations', 'kubectl.kubernetes.io/last-applied-configuration')
  for (const field of ownMetadata) metadata.at(field).take()
  const [apiVersion, kind] = [
    part.at('apiVersion').text ?? said.apiVersion ?? '',
    part.at('kind').text ?? said.kind ?? '',
  ]
  return {
    group: apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '',
    kind,
    name: metadata.at('name').text ?? '',
    namespace: metadata.at('namespace').text || said.namespace,
    hasNamespace: Boolean(metadata.at('namespace').text),
    labels: kind === 'EndpointSlice' ? textsOf(metadata.at('labels')) : {},
    part,
  }
}

const textsOf = (part: Part) => Object.fromEntries(part.fields.map(([key, value]) => [key, value.text ?? '']))
