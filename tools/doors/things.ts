import type { Options, Problem } from './door.ts'

/** An object of Kubernetes, whoever wrote it: what is not of the form that the API has is as if it were not there. */
export interface Thing {
  group: string
  kind: string
  namespace: string
  name: string
  /** `KIND NAMESPACE/NAME`. */
  title: string
  labels: Readonly<Record<string, string>>
  annotations: Readonly<Record<string, string>>
  /** The whole object. */
  raw: unknown
  /** Is there another of the same group, kind, namespace and name? Then only one of them stays, and who knows which. */
  twice: boolean
}

/** The objects that are judged, found by what they are. */
export interface World {
  things: readonly Thing[]
  options: Options
  problems: Problem[]
  /** Objects of a kind, of these groups: Ingress is of two. */
  ofKind(kind: string, ...groups: string[]): readonly Thing[]
  /** Every object of that group, kind, namespace and name. */
  named(group: string, kind: string, namespace: string, name: string): readonly Thing[]
  /** Policies whose targetRef or targetRefs name that kind, namespace and name, and those that choose by labels. */
  targeting(target: Pick<Thing, 'kind' | 'namespace' | 'name'>): readonly Targeting[]
}

/** A policy that names an object, and the part of it that it names. */
export interface Targeting {
  policy: Thing
  /** The group that it says the object is of; a controller heeds the right one alone. */
  group: string
  section: string | undefined
  /** Does it choose by labels? Then it may or may not mean the object. */
  byLabels: boolean
}

/**
 * Reads objects, those inside of lists too.
 * @param objects as a parser of YAML or JSON gives them
 */
export function worldOf(objects: readonly unknown[], options: Options): World {
  const things = objects.flatMap((object) => thingsIn(object, options.namespace ?? 'default'))
  const problems = markTwice(things)
  const byKind = grouped(things, ({ group, kind }) => `${group}/${kind}`)
  const byName = grouped(things, ({ group, title }) => `${group}/${title}`)
  const targets = targetsIn(things)
  return {
    things,
    options,
    problems,
    ofKind: (kind, ...groups) => {
      const [first = [], ...others] = groups.map((group) => byKind.get(`${group}/${kind}`) ?? [])
      return others.length === 0 ? first : [first, ...others].flat()
    },
    named: (group, kind, namespace, name) => byName.get(`${group}/${kind} ${namespace}/${name}`) ?? [],
    targeting: ({ kind, namespace, name }) => [
      ...(targets.get(`${kind} ${namespace}/${name}`) ?? []),
      ...(targets.get(`${kind} by labels`) ?? []),
    ],
  }
}

/** What is at a path of fields, or undefined. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let found = value
  for (const field of path) found = isMap(found) ? found[field] : undefined
  return found
}

/** The items of a list; none where it is no list. */
export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** The strings of a list. */
export const texts = (value: unknown): string[] => list(value).filter((item) => typeof item === 'string')

export const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

export const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)

export const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The fields of a map; none where it is no map. */
export const fields = (value: unknown): Readonly<Record<string, unknown>> => (isMap(value) ? value : {})

/** Values by what they have in common, in their order. */
export const grouped = <T, K>(values: readonly T[], keyOf: (value: T) => K): Map<K, T[]> =>
  indexed(values, (value) => [keyOf(value)])

/** Values by each of their keys, in their order. */
export function indexed<T, K>(values: readonly T[], keysOf: (value: T) => readonly K[]): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const value of values)
    for (const key of keysOf(value)) {
      const group = groups.get(key)
      if (group) group.push(value)
      else groups.set(key, [value])
    }
  return groups
}

// --- utils ---

function thingsIn(object: unknown, namespace: string): Thing[] {
  const kind = text(at(object, 'kind'))
  if (!kind) return []
  const items = at(object, 'items')
  if (kind.endsWith('List') && Array.isArray(items)) {
    // The API server writes kinds into a List alone: the items of a ServiceList are Services without saying so.
    const own =
      kind === 'List' ? {} : { apiVersion: at(object, 'apiVersion'), kind: kind.slice(0, -'List'.length) }
    return items.flatMap((item) => thingsIn(isMap(item) ? { ...own, ...item } : item, namespace))
  }
  const [group = ''] = (text(at(object, 'apiVersion')) ?? '').split('/').slice(0, -1)
  const metadata = at(object, 'metadata')
  const name = text(at(metadata, 'name')) ?? ''
  const own = text(at(metadata, 'namespace')) ?? namespace
  const [labels, annotations] = [strings(at(metadata, 'labels')), strings(at(metadata, 'annotations'))]
  return [
    {
      group,
      kind,
      namespace: own,
      name,
      title: `${kind} ${own}/${name}`,
      labels,
      annotations,
      raw: object,
      twice: false,
    },
  ]
}

const strings = (value: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(fields(value)).map(([key, one]) => [key, String(one)]))

function markTwice(things: readonly Thing[]): Problem[] {
  const identities = grouped(things, ({ group, title }) => `${group} ${title}`)
  return [...identities.values()].flatMap((same) => {
    const [first] = same
    if (!first || same.length === 1) return []
    for (const thing of same) thing.twice = true
    const message = `there are ${same.length} of them: one is installed, and what the others say is lost`
    return [{ code: 'identity-twice', object: first.title, message }]
  })
}

function targetsIn(things: readonly Thing[]): Map<string, Targeting[]> {
  const found = things.flatMap((policy) => {
    const spec = at(policy.raw, 'spec')
    const named = [at(spec, 'targetRef'), ...list(at(spec, 'targetRefs'))].filter(isMap).map((target) => {
      const namespace = text(target.namespace) ?? policy.namespace
      const key = `${text(target.kind)} ${namespace}/${text(target.name)}`
      const [group, section] = [text(target.group) ?? '', text(target.sectionName)]
      return { key, targeting: { policy, group, section, byLabels: false } }
    })
    const chosen = list(at(spec, 'targetSelectors')).map((selector) => ({
      key: `${text(at(selector, 'kind'))} by labels`,
      targeting: { policy, group: text(at(selector, 'group')) ?? '', section: undefined, byLabels: true },
    }))
    return [...named, ...chosen]
  })
  const groups = grouped(found, ({ key }) => key)
  return new Map([...groups].map(([key, group]) => [key, group.map(({ targeting }) => targeting)]))
}
