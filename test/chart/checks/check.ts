import { readdir } from 'node:fs/promises'

/** One behaviour of a check: values that it refuses, and their nearest neighbour that it lets through. */
export interface Row {
  refused: object
  /** The whole of what is said: `PATH: MESSAGE`. */
  says: string
  accepted: object
  /**
   * The values after advice that leaves a choice to people, by its words; `accepted` where the row has one such advice.
   */
  chosen?: Record<string, object>
}

const checks = new Map<string, Record<string, Row>>()

/** Specifies one of the chart's checks by its code. */
export function check(code: string, rows: Record<string, Row>) {
  if (checks.has(code)) throw new Error(`${code} is specified twice`)
  checks.set(code, rows)
}

/** Every check that this folder specifies, in the order of its files: `[code, rows by behaviour]`. */
export async function everyCheck(): Promise<[string, Record<string, Row>][]> {
  const files = (await readdir(import.meta.dirname)).filter(
    (name) => !/^(check|advice)\.ts$|\.test\.ts$/.test(name),
  )
  for (const file of files.sort()) await import(/* @vite-ignore */ `./${file}`)
  return [...checks]
}
