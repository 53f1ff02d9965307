import { Command } from 'commander'
import { addOns } from '../cluster/addons/addons.ts'
import { programsOf } from '../cluster/cluster.ts'
import { preflight } from '../cluster/preflight.ts'
import { runInSandbox } from '../cluster/sandbox/sandbox.ts'
import { build } from '../programs/build.ts'
import { run } from './run.ts'

export const command = new Command('tools/cli.ts in-sandbox')
  .description('Runs a command in a new sandbox, once what the embedded cluster and its tests need is built.')
  .argument('<command...>', 'program and arguments')
  .passThroughOptions()
  .allowUnknownOption()
  .action((words: string[]) => run(() => inSandbox(words)))

// --- utils ---

async function inSandbox(words: readonly string[]): Promise<number> {
  const names = [...programsOf(addOns.map(({ name }) => name)), 'chart-testing', 'helm-3', 'helm-4'] as const
  const user = await preflight(names)
  await build(names)
  return runInSandbox(words, user)
}
