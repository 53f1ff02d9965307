import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { root } from '../../root.ts'

export async function act(): Promise<number> {
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

// --- utils ---

const dist = join(root, 'dist')
