import { mkdir, readdir } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { Command } from 'commander'
import { execa } from 'execa'
import { findHelm, helmVersions } from '../chart/helm.ts'
import { chart } from '../chart/render.ts'
import { build, builtFolders, missing } from '../programs/build.ts'
import { goTool, problemsWith } from '../programs/tools.ts'
import { cache, root } from '../root.ts'
import { run } from './run.ts'

export const command = new Command('npm run lint:chart --')
  .description(
    "`ct lint`, as chart repositories run it, and `helm lint --strict` by every Helm, over the chart's ci values.",
  )
  .action(() => run(lintChart))

// --- utils ---

async function lintChart(): Promise<number> {
  const lacking = (await missing(['chart-testing'])).length > 0
  const problems = lacking ? await problemsWith([await goTool(['chart-testing'])]) : []
  if (problems.length > 0) throw new Error(problems.join('\n'))
  await build(['chart-testing'])
  await lintByChartTesting()
  await lintByHelm()
  return 0
}

async function lintByChartTesting(): Promise<void> {
  const { 'chart-testing': folder } = await builtFolders()
  const python = await pythonPrograms()
  await execa(
    join(folder, 'ct'),
    [
      'lint',
      `--charts=${chart}`,
      '--check-version-increment=false',
      '--validate-maintainers=false',
      `--chart-yaml-schema=${join(folder, 'etc', 'chart_schema.yaml')}`,
      `--lint-conf=${join(folder, 'etc', 'lintconf.yaml')}`,
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
}

/** yamllint and yamale, which ct calls, from PyPI. */
async function pythonPrograms(): Promise<string> {
  const folder = join(cache, 'python')
  await mkdir(folder, { recursive: true })
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--target', folder]
  if ((await readdir(folder)).length === 0) {
    await execa('python3', [...install, 'yamllint==1.37.1', 'yamale==6.0.0'], { stderr: 'inherit' })
  }
  return folder
}

async function lintByHelm(): Promise<void> {
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
}
