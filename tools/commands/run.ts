import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Command, Option } from 'commander'
import { type Caller, callFor, complain, print } from '../caller.ts'
import { errorColors } from '../colors.ts'
import { isPackage, root } from '../root.ts'
import { commands, type Entry } from './commands.ts'

/**
 * Runs a command: the one way to do so, for the binary and for tests.
 * @param words its name, and what comes behind it
 * @returns the exit code: what the command says; 2 where it is called wrongly, or fails, which is said in words
 */
export const run = ([name = '--help', ...args]: readonly string[], caller: Caller): Promise<number> =>
  callFor(caller, async () => {
    const found = entryOf(name)
    if (found) return ran(found, args, caller)
    const [of = ''] = args
    const described = name === 'help' ? entryOf(of) : undefined
    if (described) return ran(described, ['--help'], caller)
    if (['--help', '-h', 'help'].includes(name)) {
      await print(help())
      return 0
    }
    if (['--version', '-V'].includes(name)) {
      const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
      await print(version)
      return 0
    }
    const { nearest } = await import('../check/nearest.ts')
    const names = Object.keys(commands).sort()
    const meant = nearest(name, names)
    await complain(
      `error: there is no command ${name}, only ${names.join(', ')}${meant ? `: did you mean ${meant}?` : ''}`,
    )
    return 2
  })

// --- utils ---

const entryOf = (name: string): Entry | undefined =>
  Object.hasOwn(commands, name) ? commands[name] : undefined

/** Written here, since it is there at once without any library. */
function help(): string {
  const lines = Object.entries(commands).map(([command, { says }]) => `  ${command.padEnd(12)}${says}`)
  const usage = isPackage ? 'external-service-proxy COMMAND …' : 'npm run COMMAND -- …'
  return `Usage: ${usage}\n\nA cluster as the proxy between App1 and App2: what values do, before they touch it.\n\n${lines.join('\n')}\n\nCOMMAND --help says more, with examples; --version says which this is.`
}

async function ran({ declared, action }: Entry, args: readonly string[], caller: Caller): Promise<number> {
  const given = parsed((await declared()).command, args, caller)
  if (typeof given === 'number') return given
  try {
    return await (await action()).act(...given)
  } catch (error) {
    await complain(errorColors.red(error instanceof Error ? error.message : String(error)))
    return 2
  }
}

/** A command's arguments and options; the exit code where help was asked for, and shown, or where the words are wrong. */
function parsed(command: Command, args: readonly string[], { stdout, stderr }: Caller): never[] | number {
  let stopped: number | undefined
  const help = command.createHelp()
  // None given is no default that says anything.
  const shown = (option: Option) =>
    Array.isArray(option.defaultValue)
      ? Object.create(option, { defaultValue: { value: undefined } })
      : option
  command.configureHelp({ optionDescription: (option) => help.optionDescription(shown(option)) })
  command.configureOutput({
    writeOut: (text) => stdout.write(text),
    writeErr: (text) => stderr.write(text),
  })
  command.exitOverride((error) => {
    stopped = error.exitCode
    throw error
  })
  try {
    command.parse(args, { from: 'user' })
    return [...command.processedArgs, command.opts()] as never[]
  } catch (error) {
    if (stopped === undefined) throw error
    return stopped === 0 ? 0 : 2
  }
}
