import type { Problem } from '../chart/problems.ts'
import type { Place } from './source.ts'

/** A problem with where it was written. */
export interface Wrong extends Problem {
  /** None where no source writes any of it. */
  place: Place | undefined
  /** What may stand there instead, where that is a list. */
  allowed?: string[]
  /** Of those the one that is the most like what was written. */
  nearest?: string
  /** Other paths with the same problem at the same place, as of a default that many proxies take. */
  also?: string[]
}
