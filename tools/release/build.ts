import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { wholeFolder } from '../files.ts'
import { root } from '../root.ts'

/** Makes what the npm package holds, in the folder dist: JavaScript with its types, the chart and the examples. */
export async function build(): Promise<void> {
  await wholeFolder(join(root, 'dist'), async (dist) => {
    await execa(
      join(root, 'node_modules', '.bin', 'tsc'),
      ['--project', 'tsconfig.build.json', '--outDir', dist],
      { cwd: root, stdio: 'inherit' },
    )
    for (const folder of ['charts', 'examples', 'tools']) {
      await cp(join(root, folder), join(dist, folder), {
        recursive: true,
        filter: (path) => !path.endsWith('.ts'),
      })
    }
  })
}
