#!/usr/bin/env node
/** The one command: `external-service-proxy COMMAND …` of the package; in the project package.json's scripts call it. */
import { caller, complain } from './caller.ts'
import { run } from './commands/run.ts'

// Nobody is left to tell it to; and what ends the process is its exit code, not this.
process.stderr.on('error', () => {})

// A reader that has seen enough, as in `| head -1`, is no error of ours.
process.stdout.on('error', async (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return
  await complain(`standard output can't be written: ${error.message}`)
  process.exit(2)
})

process.exitCode = await run(process.argv.slice(2), caller())
