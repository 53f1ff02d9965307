import { Argument, Command } from 'commander'
import { called, calledQuietly, examplesOf } from '../root.ts'
import type { shells } from './actions/completion.ts'

/** Prints what a shell reads to complete commands, options and their values. */
export const command = new Command(called('completion'))
  .description('Prints the completion of commands, options and their values for a shell; files complete too.')
  .addArgument(
    new Argument('<shell>').choices(
      Object.keys({ bash: true, zsh: true, fish: true } satisfies Record<keyof typeof shells, true>),
    ),
  )
  .addHelpText(
    'after',
    `${examplesOf('completion', 'fish > ~/.config/fish/completions/external-service-proxy.fish')}\n  source <(${calledQuietly('completion')} bash)`,
  )
