import { execa } from 'execa'

/** Runs `ip` commands, all in one process, in a machine's network namespace or in the sandbox's own. */
export async function ip(commands: readonly string[], machine?: string, family?: '-6'): Promise<void> {
  const where = machine ? ['-netns', machine] : []
  await execa('ip', [...(family ? [family] : []), ...where, '-batch', '-'], { input: commands.join('\n') })
}
