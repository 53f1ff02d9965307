import { Argument, Command } from 'commander'
import { usualAddOns } from '../cluster/addons/addons.ts'
import { programsOf } from '../cluster/cluster.ts'
import { insideSandbox, runInSandbox } from '../cluster/sandbox/sandbox.ts'
import { run } from './run.ts'
import { prepared, thisCommand } from './sandboxed.ts'

/** What can be measured, a file each; some of it on an embedded cluster. */
const benchmarks: Readonly<Record<string, Benchmark>> = {
  render: { load: () => import('../bench/render.ts') },
  'start-up': { load: () => import('../bench/start-up.ts') },
  faults: { load: () => import('../bench/faults.ts'), onCluster: true },
}

interface Benchmark {
  load(): Promise<{ bench(write: boolean): Promise<void> }>
  onCluster?: true
}

/** Measures how fast the project is, as ratios: no machine is too slow for it. */
export const command = new Command('npm run bench --')
  .description('Measures what the project takes, beside something known in the same run.')
  .addArgument(new Argument('<what>', 'what to measure').choices(Object.keys(benchmarks)))
  .option('--write', 'write what is measured into its page of docs')
  .action((what: string, { write = false }: { write?: boolean }) =>
    run(() => measure(benchmarks[what], write)),
  )

// --- utils ---

async function measure(benchmark: Benchmark | undefined, write: boolean): Promise<number> {
  if (benchmark?.onCluster && !insideSandbox()) return sandboxed()
  await (await benchmark?.load())?.bench(write)
  return 0
}

/** Sees to what the cluster needs, then runs this same command in a sandbox. */
async function sandboxed(): Promise<number> {
  return runInSandbox(thisCommand(), await prepared(programsOf(usualAddOns)))
}
