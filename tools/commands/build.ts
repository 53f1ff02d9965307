import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Command } from 'commander'
import { execa } from 'execa'
import { root } from '../root.ts'
import { run } from './run.ts'

/** Writes what the npm package holds. */
export const command = new Command('npm run build --')
  .description(
    'Writes dist, which is the npm package: JavaScript and types by TypeScript, with all else that stands beside them.',
  )
  .action(() => run(build))

// --- utils ---

const dist = join(root, 'dist')

async function build(): Promise<number> {
  await rm(dist, { recursive: true, force: true })
  await execa(join(root, 'node_modules', '.bin', 'tsc'), ['--project', 'tsconfig.build.json'], {
    cwd: root,
    stdio: 'inherit',
  })
  for (const folder of ['charts', 'examples', 'tools']) {
    await cp(join(root, folder), join(dist, folder), {
      recursive: true,
      filter: (path) => !path.endsWith('.ts'),
    })
  }
  return 0
}
