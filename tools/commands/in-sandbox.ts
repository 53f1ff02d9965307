import { Command, InvalidArgumentError } from 'commander'
import { type AddOnName, addOns, usualAddOns } from '../cluster/addons/addons.ts'
import { programsOf } from '../cluster/cluster.ts'
import { runInSandbox } from '../cluster/sandbox/sandbox.ts'
import { run } from './run.ts'
import { prepared } from './sandboxed.ts'

export const command = new Command('tools/cli.ts in-sandbox')
  .description('Runs a command in a new sandbox, once what the embedded cluster and its tests need is built.')
  .argument('<command...>', 'program and arguments')
  .passThroughOptions()
  .allowUnknownOption()
  .option(
    '--with <add-on>',
    'an add-on beside the usual ones that is to be built; may be repeated',
    addOnNamed,
    [],
  )
  .action((words: string[], options: { with: AddOnName[] }) => run(() => inSandbox(words, options.with)))

// --- utils ---

/** @throws InvalidArgumentError where there is no add-on of that name. */
function addOnNamed(text: string, before: AddOnName[]): AddOnName[] {
  const found = addOns.find(({ name }) => name === text)
  if (!found) throw new InvalidArgumentError(`Add-ons are: ${addOns.map(({ name }) => name).join(', ')}.`)
  return [...before, found.name]
}

async function inSandbox(words: readonly string[], more: readonly AddOnName[]): Promise<number> {
  const programs = programsOf([...usualAddOns, ...more])
  const names = [...new Set([...programs, 'chart-testing', 'helm-3', 'helm-4', 'registry'] as const)]
  return runInSandbox(words, await prepared(names))
}
