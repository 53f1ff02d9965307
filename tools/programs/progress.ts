import { Listr, ListrLogger, type ListrTask, ProcessOutput } from 'listr2'

/** A piece of work, which tells by `say` how far it is. */
export interface Work {
  title: string
  run: (say: (text: string) => void) => Promise<unknown>
}

/** How many seconds lie between two plain lines of the same work. */
const interval = 30

/**
 * Does pieces of work and shows on standard error how they go: live on a terminal, else a plain line at each start
 * and end, and now and then one of what the work says. Standard output stays free for the result.
 * @param concurrent how many at once
 * @throws whatever a piece of work throws
 */
export async function runAll(works: readonly Work[], concurrent = 1): Promise<void> {
  const logger = new ListrLogger({
    useIcons: true,
    processOutput: new ProcessOutput(process.stderr, process.stderr),
  })
  const tasks = works.map(
    ({ title, run }): ListrTask => ({
      title,
      task: async (_, shown) => {
        const start = Date.now()
        let last = start
        await run((text) => {
          if (process.stderr.isTTY) shown.output = text
          else if (Date.now() - last > interval * 1000) {
            last = Date.now()
            process.stderr.write(`  ${title}: ${text}\n`)
          }
        })
        const seconds = Math.round((Date.now() - start) / 1000)
        if (seconds > 1) shown.title = `${title} (${seconds} s)`
      },
    }),
  )
  await new Listr(tasks, {
    concurrent,
    renderer: 'default',
    rendererOptions: { logger, collapseErrors: false, showErrorMessage: false },
    fallbackRenderer: 'simple',
    fallbackRendererOptions: { logger },
    fallbackRendererCondition: () => !process.stderr.isTTY,
  }).run()
}

/**
 * Shows one piece of work as {@link runAll} does, and gives what it gave.
 * @param run is given `say`, by which it tells how far it is
 * @throws what `run` throws; of its words only the first line is shown with the task
 */
export async function step<T>(title: string, run: (say: (text: string) => void) => Promise<T>): Promise<T> {
  let result: { value: T } | { error: unknown } | undefined
  const work: Work = {
    title,
    run: async (say) => {
      try {
        result = { value: await run(say) }
      } catch (error) {
        result = { error }
        throw new Error(String(error instanceof Error ? error.message : error).split('\n', 1)[0])
      }
    },
  }
  await runAll([work]).catch(() => undefined)
  if (result && 'value' in result) return result.value
  throw result?.error
}
