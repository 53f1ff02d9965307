import { readFileSync } from 'node:fs'
import { load } from 'js-yaml'
import { declarations } from '../../schema/controllers.ts'
import type { Dns } from '../../schema/generated/values.ts'
import { isMap } from '../doors/things.ts'
import type { Notes } from './notes.ts'
import type { Part } from './part.ts'

/** What Helm, kubectl, Argo CD and the chart write by themselves. */
const own =
  /^(app\.kubernetes\.io|helm\.sh|meta\.helm\.sh|kubectl\.kubernetes\.io|argocd\.argoproj\.io|metallb\.universe\.tf\/ip-allocated-from-pool|metallb\.io\/ip-allocated-from-pool)/

/** The beginnings of annotations of those who describe, make certificates, names in DNS or copies: they hold nobody. */
const bystanders = (
  load(readFileSync(new URL('../bystanders.yaml', declarations), 'utf8')) as { namespaces: string[] }
).namespaces

/** May somebody read an annotation, and by it keep people out? What has no prefix, and what describes, is read by none. */
export const annotationMayHold = (key: string): boolean =>
  key.includes('/') && !own.test(key) && !bystanders.some((one) => key.startsWith(one))

/** An object's labels or annotations, without those that tools write by themselves. */
export function keysOf(part: Part, field: 'labels' | 'annotations', notes: Notes): Record<string, string> {
  const pairs = part.at('metadata', field).fields.filter(([key]) => !own.test(key))
  for (const [key, value] of pairs)
    if (value.text === undefined) notes.leftOut(value, `${field}: ${key} is no text`)
  return Object.fromEntries(pairs.flatMap(([key, { text }]) => (text === undefined ? [] : [[key, text]])))
}

/** The annotations that are no text: whoever reads them may have kept somebody out. */
export function illegibleOf(part: Part): Part[] {
  const annotations = part.at('metadata', 'annotations')
  const { plain } = annotations
  return [
    ...(isMap(plain) || plain === undefined || plain === null ? [] : [annotations]),
    ...annotations.fields.flatMap(([key, value]) =>
      value.text === undefined && !own.test(key) ? [value] : [],
    ),
  ]
}

/**
 * The labels of an object that leads somewhere, which the values have no field for: each is named.
 * @returns those by which somebody may keep people out
 */
export function labelsLost(part: Part, notes: Notes): Part[] {
  const labels = part.at('metadata', 'labels').fields.filter(([key]) => !own.test(key))
  for (const [key, value] of labels)
    notes.leftOut(value, `label ${key}: see whether a controller chooses by it what it serves`)
  return labels.flatMap(([key, value]) => (annotationMayHold(key) ? [value] : []))
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
