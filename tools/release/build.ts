import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { onExit } from 'signal-exit'
import { wholeFolder } from '../files.ts'
import { root } from '../root.ts'

/** Makes what the npm package holds, in the folder dist: JavaScript with its types, and the chart; pages and examples are beside it. */
export async function build(): Promise<void> {
  await wholeFolder(join(root, 'dist'), async (dist) => {
    await compile(dist)
    for (const folder of ['charts', 'tools']) {
      await cp(join(root, folder), join(dist, folder), {
        recursive: true,
        filter: (path) => !path.endsWith('.ts') && path !== join(root, readme),
      })
    }
  })
}

// --- utils ---

/** Its links lead out of the chart: the package has it where they do. */
const readme = 'charts/external-service-proxy/README.md'

/** The compiler is a process below tsc's own, which does not end it: both go with this one, as a group. */
async function compile(dist: string): Promise<void> {
  const subprocess = execa(
    join(root, 'node_modules', '.bin', 'tsc'),
    ['--project', 'tsconfig.build.json', '--outDir', dist],
    { cwd: root, stdio: 'inherit', detached: true },
  )
  const isOver = onExit(() => {
    if (subprocess.pid) process.kill(-subprocess.pid, 'SIGKILL')
  })
  await subprocess.finally(isOver)
}
