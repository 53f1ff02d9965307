import type { Command } from 'commander'

/** What the options of {@link withValuesOptions} give. */
export interface ValuesOptions {
  set: string[]
  setString: string[]
  setJson: string[]
}

/** Gathers an option that may be repeated. */
export const collect = (value: string, before: string[] = []) => [...before, value]

/** Gives a command the options by which Helm's users write single values. */
export const withValuesOptions = (command: Command): Command =>
  command
    .option('--set <expression>', 'one more value, as for Helm; may be repeated', collect, [])
    .option('--set-string <expression>', 'the same, for text', collect, [])
    .option('--set-json <expression>', 'the same, for JSON', collect, [])
