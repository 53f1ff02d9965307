import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import type { Judgement } from '../doors/door.ts'
import type { Result } from '../prove/result.ts'

/**
 * What `prove --json` printed, held against its schema and against the values that the page is of.
 * @param name what an error calls it
 * @throws Error where it is something else, or of other values
 */
export function readProof(text: string, name: string, { doors }: Judgement): Result {
  const proof = parsed(text, name)
  const ours = new Set(doors.map(({ id }) => id))
  const other = proof.judged?.doors.find(({ id }) => !ours.has(id))
  if (other) throw new Error(`${name}: it is of other values, which have a door ${other.id}: prove these`)
  return proof
}

// --- utils ---

function parsed(text: string, name: string): Result {
  const schema = JSON.parse(readFileSync(new URL('../prove/prove.schema.json', import.meta.url), 'utf8'))
  const isResult = new Ajv().compile<Result>(schema)
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new Error(`${name}: it is no JSON: write what "prove --json" prints into it`)
  }
  if (isResult(json)) return json
  const [error] = isResult.errors ?? []
  throw new Error(
    `${name}: it is not what "prove --json" prints: ${error?.instancePath || 'it'} ${error?.message}`,
  )
}
