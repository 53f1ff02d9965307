import { describe, expect, it } from 'vitest'
import { RefusedError, render } from '../../tools/render.ts'

/** One behaviour of a rule: values that it refuses, and their nearest neighbour that it lets through. */
interface Row {
  refused: object
  /** The whole of what is said: `PATH: MESSAGE`. */
  says: string
  accepted: object
}

/** What a refused render says, as lines `PATH: MESSAGE [CODE]`; nothing where it isn't refused. */
async function refusals(values: object): Promise<string[]> {
  const refused = await render(values).then(
    () => ({ problems: [] }),
    (error: unknown) => {
      if (error instanceof RefusedError) return error
      throw error
    },
  )
  return refused.problems.map(({ path, message, code }) => `${path}: ${message} [${code}]`)
}

/** Specifies a rule of the chart's checks by its code. */
export function rule(code: string, rows: Record<string, Row>) {
  describe(code, () => {
    it.each(Object.entries(rows))('%s', async (_, { refused, says, accepted }) => {
      expect(await refusals(refused)).toEqual([`${says} [${code}]`])
      expect(await refusals(accepted)).toEqual([])
    })
  })
}
