#!/usr/bin/env node
/** The one command: `external-service-proxy COMMAND …` of the package; in the project package.json's scripts call it. */
import { commands as all } from './commands/commands.ts'
import { isPackage } from './root.ts'

// A reader that has seen enough, as in `| head -1`, is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return
  console.error(`standard output can't be written: ${error.message}`)
  process.exit(2)
})

const [, , name = '--help', ...args] = process.argv
const found = Object.hasOwn(all, name) ? all[name] : undefined
if (found) {
  await (await found.load()).command.parseAsync(args, { from: 'user' })
} else if (['--help', '-h', 'help'].includes(name)) {
  console.log(help())
} else {
  console.error(`error: there is no command ${name}, only ${Object.keys(all).sort().join(', ')}`)
  process.exitCode = 2
}

// --- utils ---

/** Written here, since it is there at once without any library. */
function help(): string {
  const lines = Object.entries(all).map(([command, { says }]) => `  ${command.padEnd(12)}${says}`)
  const usage = isPackage ? 'external-service-proxy COMMAND …' : 'npm run COMMAND -- …'
  return `Usage: ${usage}\n\nA cluster as the proxy between App1 and App2: what values do, before they touch it.\n\n${lines.join('\n')}\n\nCOMMAND --help says more, with examples.`
}
