import type { Command } from 'commander'
import { isPackage } from '../root.ts'

/** A command: what it is called with is known without what it does, which only loads when it runs. */
export interface Entry {
  /** In a few words, for the list of commands. */
  says: string
  /** Its arguments, options and help. */
  declared: () => Promise<{ command: Command }>
  /** Does it, given its arguments and then its options; gives the exit code. */
  action: () => Promise<{ act(...given: never[]): Promise<number> }>
}

/** What the package can do. */
const everywhere: Record<string, Entry> = {
  check: {
    says: 'what is wrong with values, and where',
    declared: () => import('./check.ts'),
    action: () => import('./actions/check.ts'),
  },
  completion: {
    says: 'completion for bash, zsh or fish',
    declared: () => import('./completion.ts'),
    action: () => import('./actions/completion.ts'),
  },
  diagram: {
    says: 'the same in a picture',
    declared: () => import('./diagram.ts'),
    action: () => import('./actions/diagram.ts'),
  },
  doors: {
    says: 'who gets in by which door',
    declared: () => import('./doors.ts'),
    action: () => import('./actions/doors.ts'),
  },
  import: {
    says: 'values from what was written by hand',
    declared: () => import('./import.ts'),
    action: () => import('./actions/import.ts'),
  },
  prove: {
    says: 'the same, asked of the network by packets',
    declared: () => import('./prove.ts'),
    action: () => import('./actions/prove.ts'),
  },
  render: {
    says: 'the objects that values become',
    declared: () => import('./render.ts'),
    action: () => import('./actions/render.ts'),
  },
  report: {
    says: 'all of it on one page of HTML',
    declared: () => import('./report.ts'),
    action: () => import('./actions/report.ts'),
  },
  resolve: {
    says: 'addresses from their DNS names',
    declared: () => import('./resolve.ts'),
    action: () => import('./actions/resolve.ts'),
  },
}

/** What only the project itself needs. */
const own: typeof everywhere = {
  bench: {
    says: 'how fast the project is',
    declared: () => import('./bench.ts'),
    action: () => import('./actions/bench.ts'),
  },
  build: {
    says: 'dist, which the package holds',
    declared: () => import('./build.ts'),
    action: () => import('./actions/build.ts'),
  },
  demo: {
    says: 'prove on the first example',
    declared: () => import('./demo.ts'),
    action: () => import('./actions/demo.ts'),
  },
  generate: {
    says: 'what is made from the schema',
    declared: () => import('./generate.ts'),
    action: () => import('./actions/generate.ts'),
  },
  'in-sandbox': {
    says: 'any command in the sandbox',
    declared: () => import('./in-sandbox.ts'),
    action: () => import('./actions/in-sandbox.ts'),
  },
  'lint-chart': {
    says: 'lint by chart-testing and every Helm',
    declared: () => import('./lint-chart.ts'),
    action: () => import('./actions/lint-chart.ts'),
  },
  package: {
    says: 'what is released, in a folder',
    declared: () => import('./package.ts'),
    action: () => import('./actions/package.ts'),
  },
  starts: {
    says: 'how long the cluster takes to start',
    declared: () => import('./starts.ts'),
    action: () => import('./actions/starts.ts'),
  },
}

/** Every command by its name. */
export const commands: Readonly<Record<string, Entry>> = isPackage ? everywhere : { ...everywhere, ...own }

/** What the package can do, with its options. */
export const loaded = () =>
  Promise.all(
    Object.entries(everywhere).map(async ([name, { says, declared }]) => ({
      name,
      says,
      command: (await declared()).command,
    })),
  )
