/** The one command: `node --import tsx tools/cli.ts COMMAND …`; package.json's scripts call it. */
import { Command } from 'commander'

/** Each loads its own file alone, so that one starts without what the others need. */
const commands: Record<string, () => Promise<{ command: Command }>> = {
  check: () => import('./commands/check.ts'),
  demo: () => import('./commands/demo.ts'),
  doors: () => import('./commands/doors.ts'),
  generate: () => import('./commands/generate.ts'),
  import: () => import('./commands/import.ts'),
  'in-sandbox': () => import('./commands/in-sandbox.ts'),
  'lint-chart': () => import('./commands/lint-chart.ts'),
  prove: () => import('./commands/prove.ts'),
  resolve: () => import('./commands/resolve.ts'),
  starts: () => import('./commands/starts.ts'),
}

// A reader that has seen enough, as in `| head -1`, is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return
  console.error(`standard output can't be written: ${error.message}`)
  process.exit(2)
})

const [, , name = '', ...args] = process.argv
const load = Object.hasOwn(commands, name) ? commands[name] : undefined
if (load) {
  await (await load()).command.parseAsync(args, { from: 'user' })
} else {
  const program = new Command('tools/cli.ts').argument('<command>', Object.keys(commands).join(', '))
  program.parse()
  program.error(`error: there is no command ${name}, only ${Object.keys(commands).join(', ')}`)
}
