import { controllers } from '../../schema/controllers.ts'
import { kinds } from '../../schema/kinds.ts'
import type { Sample } from './arbitraries.ts'

/** What must come up in accepted samples. */
export const expected = [
  ...controllers.map((name) => `preset ${name}`),
  ...Object.keys(kinds).map((name) => `kind ${name}`),
]

interface Doors {
  enabled?: boolean
  ingress?: { enabled?: boolean; controller?: string }
  routes?: Record<string, { controller?: string; kind?: string }>
}

/** The presets and kinds of doors that a batch's accepted samples have. */
export const comingUp = ({ proxies }: Sample): string[] =>
  Object.values<Doors>(proxies)
    .filter(({ enabled }) => enabled !== false)
    .flatMap(({ ingress, routes = {} }) => [
      ...(ingress && ingress.enabled !== false ? [{ ...ingress, kind: 'Ingress' }] : []),
      ...Object.values(routes),
    ])
    .flatMap(({ controller = 'none', kind = 'HTTPRoute' }) => [`preset ${controller}`, `kind ${kind}`])
