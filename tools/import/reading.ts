import { type World, worldOf } from '../doors/things.ts'
import type { Manifest } from './manifests.ts'
import type { Notes } from './notes.ts'
import type { ImportedProxy } from './services.ts'
import type { Request, Way } from './ways.ts'

/** What is known while manifests are read. */
export interface Reading {
  proxies: readonly ImportedProxy[]
  /** The names of all Services, those of pods too. */
  services: ReadonlySet<string>
  /** The IngressClasses. */
  classes: World
  /** Whatever requests the objects take; filled by each of them. */
  requests: Request[]
  /** What the values lead; filled by each object. */
  ways: Way[]
  notes: Notes
}

/** A reading that begins. */
export const readingOf = (
  manifests: readonly Manifest[],
  proxies: readonly ImportedProxy[],
  notes: Notes,
): Reading => ({
  proxies,
  services: new Set(manifests.flatMap(({ kind, name }) => (kind === 'Service' ? [name] : []))),
  classes: worldOf(
    manifests.flatMap(({ kind, part }) => (kind === 'IngressClass' ? [part.plain] : [])),
    {},
  ),
  requests: [],
  ways: [],
  notes,
})
