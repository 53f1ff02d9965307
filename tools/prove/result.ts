import type { Judgement } from '../doors/door.ts'
import type { NotTried, Plan } from './plan.ts'
import type { Row } from './rows.ts'
import type { Judged } from './verdict.ts'

/** The version of the JSON form, which prove.schema.json describes. */
export const version = 1

/** What `prove --json` prints. */
export interface Result extends Judged {
  version: typeof version
  rows: Row[]
  notTried: NotTried[]
  invented?: Plan['gateways']
  seed?: number
  doors?: { found: number; tried: number; notTried: number }
  judged?: Judgement
  started?: Record<string, number>
  seconds?: number
}
