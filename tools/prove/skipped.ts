import type { DoorRef } from './door-ref.ts'

/** Something that is not tried, and why. */
export interface Skipped {
  what: string
  why: string
  /** The doors that are left out, as the judge knows them; none where it is about none. */
  of?: DoorRef
  /** Does it need a controller or a filter that is not here? What is said here of its status is about nothing then. */
  foreign?: boolean
}
