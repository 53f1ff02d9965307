import { normalized } from '../doors/controllers/traefik.ts'
import { fields } from '../doors/things.ts'
import { networksOf } from './addresses.ts'
import type { Manifest } from './manifests.ts'
import type { Part } from './part.ts'
import type { Reading } from './reading.ts'
import type { Held } from './services.ts'

/**
 * The lists of the Middlewares that Traefik's annotation names, where each is there and is a list and nothing else.
 * @returns undefined where one may do anything else, or is not surely the one that is meant
 */
export function listsOfMiddlewares(names: string, reading: Reading): Held[] | undefined {
  const middlewares = reading.manifests.filter(isMiddleware)
  const named = names.split(',').map((name) => middlewares.filter((one) => nameOf(one) === name.trim()))
  return listsOf(named, reading)
}

/** Those of the Middlewares that a rule's filters name, in the route's namespace, as {@link listsOfMiddlewares}. */
export function listsOfFilters(
  filters: readonly Part[],
  namespace: string,
  reading: Reading,
): Held[] | undefined {
  const middlewares = reading.manifests.filter((one) => isMiddleware(one) && one.namespace === namespace)
  const named = filters.filter(isExtension).map((filter) => {
    const [group, kind, name] = ['group', 'kind', 'name'].map((one) => filter.at('extensionRef', one).text)
    return middlewares.filter((one) => group === one.group && kind === one.kind && name === one.name)
  })
  return listsOf(named, reading)
}

/** Does a filter name an object of the controller's own? */
export const isExtension = (filter: Part): boolean => filter.at('extensionRef').isThere

/** Is it a Middleware whose list holds a proxy of the values? */
export const isTakenOver = ({ part }: Manifest, { proxies }: Reading): boolean =>
  proxies.some(({ held }) => held.some((one) => one.part === part))

/** What names a Middleware: by its whole name in any text, or by a reference. */
export const namersOf = (middleware: Manifest, { manifests }: Reading): Manifest[] =>
  manifests.filter(
    (one) => one !== middleware && isNamedIn(one.part.plain, { middleware, namespace: one.namespace }),
  )

// --- utils ---

/** @param named the Middlewares of each name: more than one where a name is not clear */
function listsOf(named: readonly (readonly Manifest[])[], { proxies, notes }: Reading): Held[] | undefined {
  const lists = named.flat()
  if (!named.every(({ length }) => length === 1) || !lists.every(isList)) return undefined
  const known = proxies.flatMap(({ held }) => held)
  return lists.map(({ name, part }) => {
    const before = known.find((one) => one.part === part)
    if (before) return before
    const entries = part.at('spec', 'ipAllowList', 'sourceRange').items
    const ranges = networksOf(
      entries.map((one) => ({ part: one, text: one.text ?? '' })),
      notes,
    )
    return { title: `Middleware ${name}`, part, ranges }
  })
}

const isMiddleware = ({ kind, group }: Manifest) => kind === 'Middleware' && group === 'traefik.io'

/**
 * @param namespace that of references without one
 * @param field what it is the value of
 */
function isNamedIn(value: unknown, by: { middleware: Manifest; namespace: string }, field?: string): boolean {
  if (typeof value === 'string') return value.split(/[\s,;="'`]+/).includes(nameOf(by.middleware))
  if (Array.isArray(value)) return value.some((one) => isNamedIn(one, by, field))
  const { kind, name, namespace = by.namespace } = fields(value)
  const isReference = kind === 'Middleware' || (kind === undefined && field === 'middlewares')
  const isThis = name === by.middleware.name && namespace === by.middleware.namespace
  return (
    (isReference && isThis) || Object.entries(fields(value)).some(([key, one]) => isNamedIn(one, by, key))
  )
}

/** As Traefik calls it. */
const nameOf = ({ namespace, name }: Manifest) => `${normalized(`${namespace}-${name}`)}@kubernetescrd`

/** With another field it may do something else, or take another for the client (`ipStrategy`). */
function isList({ part }: Manifest): boolean {
  const spec = part.at('spec')
  const list = spec.at('ipAllowList')
  const fields = list.fields.map(([key]) => key)
  const ranges = list.at('sourceRange').plain
  return (
    spec.fields.map(([key]) => key).join() === 'ipAllowList' &&
    fields.every((key) => ['rejectStatusCode', 'sourceRange'].includes(key)) &&
    Array.isArray(ranges) &&
    ranges.length > 0
  )
}
