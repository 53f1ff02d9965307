import type { Dns } from '../../schema/generated/values.ts'
import type { Notes } from './notes.ts'
import type { Part } from './part.ts'

/** What Helm, kubectl, Argo CD and the chart write by themselves. */
const own =
  /^(app\.kubernetes\.io|helm\.sh|meta\.helm\.sh|kubectl\.kubernetes\.io|argocd\.argoproj\.io|metallb\.universe\.tf\/ip-allocated-from-pool|metallb\.io\/ip-allocated-from-pool)/

/** Annotations of those who describe, make certificates, names in DNS or copies: they hold nobody. */
const bystanders =
  /^(link\.argocd\.argoproj\.io|notifications\.argoproj\.io|argocd-image-updater\.argoproj\.io|backstage\.io|(acme\.)?cert-manager\.io|external-dns(\.alpha)?\.kubernetes\.io|forecastle\.stakater\.com|gethomepage\.dev|(ignore-check\.)?kube-linter\.io|kube-score|prometheus\.io|((configmap|secret)\.)?reloader\.stakater\.com|(ad|tags)\.datadoghq\.com)\//

/** May somebody read an annotation, and by it keep people out? What has no prefix, and what describes, is read by none. */
export const annotationMayHold = (key: string): boolean =>
  key.includes('/') && !own.test(key) && !bystanders.test(key)

/**
 * An object's labels and annotations, without those that tools write by themselves.
 * @returns the annotations, too, that are no text: whoever reads them may have kept somebody out
 */
export function metadataOf(part: Part, notes: Notes) {
  const read = (field: string) => {
    const pairs = part.at('metadata', field).fields.filter(([key]) => !own.test(key))
    for (const [key, value] of pairs)
      if (value.text === undefined) notes.leftOut(value, `${field}: ${key} is no text`)
    return Object.fromEntries(pairs.flatMap(([key, { text }]) => (text === undefined ? [] : [[key, text]])))
  }
  const annotations = part.at('metadata', 'annotations')
  const illegible = [
    ...(Array.isArray(annotations.plain) || annotations.text !== undefined ? [annotations] : []),
    ...annotations.fields.flatMap(([key, value]) =>
      value.text === undefined && !own.test(key) ? [value] : [],
    ),
  ]
  return { labels: read('labels'), annotations: read('annotations'), illegible }
}

/** The names for External DNS, of either prefix, and the annotations that are left. */
export function externalDns(
  annotations: Readonly<Record<string, string>>,
  part: Part,
  notes: Notes,
): { dns: Dns; annotations: Record<string, string> } {
  const rest = { ...annotations }
  const taken = (name: string) => {
    const key = Object.keys(rest).find((one) =>
      new RegExp(`^external-dns(\\.alpha)?\\.kubernetes\\.io/${name}$`).test(one),
    )
    if (!key) return undefined
    const value = rest[key]
    delete rest[key]
    return value
  }
  const hostnames = (taken('hostname') ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean)
  const ttl = taken('ttl')
  const target = taken('target')
  if (ttl !== undefined && !/^\d+$/.test(ttl))
    notes.decide(part, `the ttl ${ttl} of External DNS: write seconds in dns.ttl`)
  return {
    dns: {
      ...(hostnames.length > 0 && { hostnames }),
      ...(ttl !== undefined && /^\d+$/.test(ttl) && { ttl: Number(ttl) }),
      ...(target && { target }),
    },
    annotations: rest,
  }
}
