import { type World, worldOf } from '../doors/things.ts'
import type { Manifest } from './manifests.ts'
import type { Notes } from './notes.ts'
import type { ImportedProxy } from './services.ts'
import type { Loss, Request, Way } from './ways.ts'

/** What is known while manifests are read. */
export interface Reading {
  proxies: readonly ImportedProxy[]
  /** The names of all Services, those of pods too. */
  services: ReadonlySet<string>
  /** The IngressClasses, Gateways, their classes and ListenerSets. */
  world: World
  manifests: readonly Manifest[]
  /** Whatever requests the objects take; filled by each of them. */
  requests: Request[]
  /** What the values lead; filled by each object. */
  ways: Way[]
  /** What is lost of hosts; filled by each object. */
  losses: Loss[]
  notes: Notes
}

/**
 * A reading that begins.
 * @param namespace that of objects that name none
 */
export const readingOf = (
  manifests: readonly Manifest[],
  proxies: readonly ImportedProxy[],
  namespace: string,
  notes: Notes,
): Reading => ({
  proxies,
  services: new Set(manifests.flatMap(({ kind, name }) => (kind === 'Service' ? [name] : []))),
  world: worldOf(
    manifests.filter(({ kind }) => ofWorld.includes(kind)).map(({ part }) => part.plain),
    { namespace },
  ),
  manifests,
  requests: [],
  ways: [],
  losses: [],
  notes,
})

// --- utils ---

const ofWorld = ['IngressClass', 'Gateway', 'GatewayClass', 'ListenerSet']
