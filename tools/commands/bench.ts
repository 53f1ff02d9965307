import { Argument, Command } from 'commander'
import type { benchmarks } from './actions/bench.ts'

/** Measures how fast the project is, as ratios: no machine is too slow for it. */
export const command = new Command('npm run bench --')
  .description('Measures what the project takes, beside something known in the same run.')
  .addArgument(
    new Argument('<what>', 'what to measure').choices(
      Object.keys({
        render: true,
        'start-up': true,
        faults: true,
        'half-open': true,
        'data-path': true,
        convergence: true,
        install: true,
        'install-argo-cd': true,
        tools: true,
      } satisfies Record<keyof typeof benchmarks, true>),
    ),
  )
  .option('--write', 'write what is measured into its page of docs')
  .option('--quick', 'as little as shows that it works: the figures mean nothing')
