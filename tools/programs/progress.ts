import { Listr, ListrLogger, type ListrTask, ProcessOutput } from 'listr2'

/**
 * Runs tasks and shows on standard error how they go: live on a terminal, else a plain line at each start and
 * end. Standard output stays free for the result.
 * @param concurrent how many at once
 * @throws whatever a task throws
 */
export async function runTasks(tasks: ListrTask[], concurrent = 1): Promise<void> {
  const logger = new ListrLogger({
    useIcons: true,
    processOutput: new ProcessOutput(process.stderr, process.stderr),
  })
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
 * Shows one piece of work as {@link runTasks} does, and gives what it gave.
 * @param run is given `say`, by which it tells on a terminal how far it is
 * @throws what `run` throws; of its words only the first line is shown with the task
 */
export async function step<T>(title: string, run: (say: (text: string) => void) => Promise<T>): Promise<T> {
  let result: { value: T } | { error: unknown } | undefined
  const task: ListrTask['task'] = async (_, shown) => {
    const say = (text: string) => {
      if (process.stderr.isTTY) shown.output = text
    }
    try {
      result = { value: await run(say) }
    } catch (error) {
      result = { error }
      throw new Error(String(error instanceof Error ? error.message : error).split('\n', 1)[0])
    }
  }
  await runTasks([{ title, task }]).catch(() => undefined)
  if (result && 'value' in result) return result.value
  throw result?.error
}
