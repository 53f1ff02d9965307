import type { Command } from 'commander'
import { isPackage } from '../root.ts'

interface Entry {
  /** In a few words, for the list of commands. */
  says: string
  load: () => Promise<{ command: Command }>
}

/** What it can do; each loads its own file alone, so that one starts without what the others need. */
const everywhere: Record<string, Entry> = {
  check: { says: 'what is wrong with values, and where', load: () => import('./check.ts') },
  completion: { says: 'completion for bash, zsh or fish', load: () => import('./completion.ts') },
  diagram: { says: 'the same in a picture', load: () => import('./diagram.ts') },
  doors: { says: 'who gets in by which door', load: () => import('./doors.ts') },
  import: { says: 'values from what was written by hand', load: () => import('./import.ts') },
  prove: { says: 'the same, asked of the network by packets', load: () => import('./prove.ts') },
  render: { says: 'the objects that values become', load: () => import('./render.ts') },
  report: { says: 'all of it on one page of HTML', load: () => import('./report.ts') },
  resolve: { says: 'addresses from their DNS names', load: () => import('./resolve.ts') },
}

/** What only the project itself needs. */
const own: typeof everywhere = {
  bench: { says: 'how fast the project is', load: () => import('./bench.ts') },
  build: { says: 'dist, which the package holds', load: () => import('./build.ts') },
  demo: { says: 'prove on the first example', load: () => import('./demo.ts') },
  generate: { says: 'what is made from the schema', load: () => import('./generate.ts') },
  'in-sandbox': { says: 'any command in the sandbox', load: () => import('./in-sandbox.ts') },
  'lint-chart': {
    says: 'lint by chart-testing and every Helm',
    load: () => import('./lint-chart.ts'),
  },
  package: { says: 'what is released, in a folder', load: () => import('./package.ts') },
  starts: { says: 'how long the cluster takes to start', load: () => import('./starts.ts') },
}

/** Every command by its name. */
export const commands: Readonly<Record<string, Entry>> = isPackage ? everywhere : { ...everywhere, ...own }

/** What the package can do, with its options. */
export const loaded = () =>
  Promise.all(
    Object.entries(everywhere).map(async ([name, { says, load }]) => ({
      name,
      says,
      command: (await load()).command,
    })),
  )
