import { normalized } from '../doors/controllers/traefik.ts'
import { networksOf } from './addresses.ts'
import type { Manifest } from './manifests.ts'
import type { Reading } from './reading.ts'
import type { Held } from './services.ts'

/**
 * The lists of the Middlewares that Traefik's annotation names, where each is there and is a list and nothing else; they
 * are then taken over.
 * @returns undefined where one may do anything else, or is not surely the one that is meant
 */
export function listsOfMiddlewares(
  names: string,
  { middlewares, takenOver, notes }: Reading,
): Held[] | undefined {
  const named = names.split(',').map((name) => {
    const found = middlewares.filter((one) => nameOf(one) === name.trim())
    const [first, ...others] = found
    return first && others.length === 0 && isList(first) ? first : undefined
  })
  if (!named.every((one) => one !== undefined)) return undefined
  return named.map((one) => {
    const entries = one.part.at('spec', 'ipAllowList', 'sourceRange').items
    takenOver.add(one)
    const ranges = networksOf(
      entries.map((part) => ({ part, text: part.text ?? '' })),
      notes,
    )
    return { title: `Middleware ${one.name}`, part: one.part, ranges }
  })
}

// --- utils ---

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
