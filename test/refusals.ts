import { RefusedError, render } from '../tools/chart/render.ts'

/** What a refused render says, as lines `PATH: MESSAGE [CODE]`; nothing where it isn't refused. */
export async function refusals(values: object): Promise<string[]> {
  const refused = await render(values).then(
    () => ({ problems: [] }),
    (error: unknown) => {
      if (error instanceof RefusedError) return error
      throw error
    },
  )
  return refused.problems.map(({ path, message, code }) => `${path}: ${message} [${code}]`)
}
