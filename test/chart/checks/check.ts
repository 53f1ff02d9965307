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

/** Specifies one of the chart's checks by its code; one of many rows in several files, one a topic. */
export function check(code: string, rows: Record<string, Row>) {
  const before = checks.get(code) ?? {}
  const twice = Object.keys(rows).find((row) => Object.hasOwn(before, row))
  if (twice) throw new Error(`${code}: ${twice} is specified twice`)
  checks.set(code, { ...before, ...rows })
}

/** Every check that this folder specifies, in the order of its files: `[code, rows by behaviour]`. */
export async function everyCheck(): Promise<[string, Record<string, Row>][]> {
  const files = (await readdir(import.meta.dirname, { recursive: true })).filter(
    (name) => /\.ts$/.test(name) && !/\b(check|advice|values|test)\.ts$/.test(name),
  )
  for (const file of files.sort()) await import(/* @vite-ignore */ `./${file}`)
  return [...checks]
}
