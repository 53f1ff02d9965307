import { Command } from 'commander'

/** Writes what the npm package holds. */
export const command = new Command('npm run build --').description(
  'Writes dist, which is the npm package: JavaScript and types by TypeScript, with all else that stands beside them.',
)
