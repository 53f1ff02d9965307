import { type AddOnName, usualAddOns } from '../../cluster/addons/addons.ts'
import { programsOf } from '../../cluster/cluster.ts'
import { insideSandbox, runInSandbox } from '../../cluster/sandbox/sandbox.ts'
import { type Fetchable, fetchTool } from '../../programs/fetch.ts'
import { prepared, thisCommand } from './sandboxed.ts'

/** What can be measured, a file each; some of it on an embedded cluster. */
export const benchmarks = {
  render: { load: () => import('../../bench/render.ts') },
  'start-up': { load: () => import('../../bench/start-up.ts') },
  faults: {
    load: () => import('../../bench/faults.ts'),
    addOns: [...usualAddOns, 'External DNS', 'cert-manager controllers'],
  },
  'half-open': { load: () => import('../../bench/half-open.ts'), addOns: usualAddOns },
  'data-path': {
    load: () => import('../../bench/data-path.ts'),
    addOns: usualAddOns,
    fetches: 'load tools',
  },
  convergence: { load: () => import('../../bench/convergence.ts'), addOns: usualAddOns },
  install: { load: () => import('../../bench/install.ts'), addOns: [] },
  'install-argo-cd': { load: () => import('../../bench/install-argo-cd.ts'), addOns: ['Argo CD'] },
  tools: { load: () => import('../../bench/tools.ts') },
} satisfies Record<string, Benchmark>

interface Benchmark {
  load(): Promise<{ bench(write: boolean, quick: boolean): Promise<void> }>
  /** What its clusters have, where it starts some. */
  addOns?: readonly AddOnName[]
  /** What it needs besides, which is fetched. */
  fetches?: Fetchable
}

export async function act(
  what: keyof typeof benchmarks,
  { write = false, quick = false }: { write?: boolean; quick?: boolean },
) {
  const benchmark: Benchmark = benchmarks[what]
  const { addOns } = benchmark
  if (addOns && !insideSandbox()) return sandboxed(addOns, benchmark)
  await (await benchmark.load()).bench(write, quick)
  return 0
}

// --- utils ---

/** Sees to what the cluster needs, then runs this same command in a sandbox. */
async function sandboxed(addOns: readonly AddOnName[], { fetches }: Benchmark): Promise<number> {
  if (fetches) await fetchTool(fetches, 'to measure with, and beside')
  return runInSandbox(thisCommand(), await prepared(programsOf(addOns)))
}
