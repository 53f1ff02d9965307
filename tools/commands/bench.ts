import { Argument, Command } from 'commander'
import { run } from './run.ts'

/** What can be measured, a file each. */
const benchmarks: Readonly<Record<string, () => Promise<{ bench: () => Promise<void> }>>> = {
  render: () => import('../bench/render.ts'),
}

/** Measures how fast the project is, as ratios: no machine is too slow for it. */
export const command = new Command('npm run bench --')
  .description('Measures what the project takes, beside something known in the same run.')
  .addArgument(new Argument('<what>', 'what to measure').choices(Object.keys(benchmarks)))
  .action((what: string) =>
    run(async () => {
      await (await benchmarks[what]?.())?.bench()
      return 0
    }),
  )
