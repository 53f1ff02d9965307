/** `ct lint`, as chart repositories run it, and `helm lint --strict` by every Helm, over the chart's ci values. */
import { mkdir, readdir } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { execa } from 'execa'
import { findHelm, helmVersions } from '../chart/helm.ts'
import { chart } from '../chart/render.ts'
import { build, builtFolders } from '../programs/build.ts'
import { root } from '../root.ts'

await build(['chart-testing'])
const { 'chart-testing': folder } = await builtFolders()

// yamllint and yamale, which ct calls, from PyPI.
const python = join(root, '.cache', 'python')
await mkdir(python, { recursive: true })
const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--target', python]
if ((await readdir(python)).length === 0)
  await execa('python3', [...pip, 'yamllint==1.37.1', 'yamale==6.0.0'], { stderr: 'inherit' })

const module = ['mod', 'download', '-json', 'github.com/helm/chart-testing/v3']
const { stdout } = await execa('go', module, { cwd: join(root, 'tools/programs/modules/chart-testing') })
const { Dir } = JSON.parse(stdout) as { Dir: string }
await execa(
  join(folder, 'ct'),
  [
    ...['lint', '--charts', chart, '--check-version-increment=false', '--validate-maintainers=false'],
    ...['--chart-yaml-schema', join(Dir, 'etc', 'chart_schema.yaml')],
    ...['--lint-conf', join(Dir, 'etc', 'lintconf.yaml')],
  ],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      PATH: [dirname(await findHelm('4.1')), join(python, 'bin'), process.env.PATH].join(delimiter),
      PYTHONPATH: python,
    },
  },
)

for (const version of helmVersions) {
  const helm = await findHelm(version)
  for (const file of await readdir(join(chart, 'ci'))) {
    // Helm itself warns of Endpoints, which are deprecated.
    const strict = file.startsWith('endpoints') ? [] : ['--strict']
    await execa(helm, ['lint', chart, '--quiet', ...strict, '--values', join(chart, 'ci', file)], {
      stdio: 'inherit',
    })
  }
}
