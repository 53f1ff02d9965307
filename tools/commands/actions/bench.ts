import { usualAddOns } from '../../cluster/addons/addons.ts'
import { programsOf } from '../../cluster/cluster.ts'
import { insideSandbox, runInSandbox } from '../../cluster/sandbox/sandbox.ts'
import { prepared, thisCommand } from './sandboxed.ts'

/** What can be measured, a file each; some of it on an embedded cluster. */
export const benchmarks = {
  render: { load: () => import('../../bench/render.ts') },
  'start-up': { load: () => import('../../bench/start-up.ts') },
  faults: { load: () => import('../../bench/faults.ts'), onCluster: true },
} satisfies Record<string, Benchmark>

interface Benchmark {
  load(): Promise<{ bench(write: boolean): Promise<void> }>
  onCluster?: true
}

export async function act(what: keyof typeof benchmarks, { write = false }: { write?: boolean }) {
  const benchmark: Benchmark = benchmarks[what]
  if (benchmark.onCluster && !insideSandbox()) return sandboxed()
  await (await benchmark.load()).bench(write)
  return 0
}

// --- utils ---

/** Sees to what the cluster needs, then runs this same command in a sandbox. */
async function sandboxed(): Promise<number> {
  return runInSandbox(thisCommand(), await prepared(programsOf(usualAddOns)))
}
