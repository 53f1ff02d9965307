import { readdir, readFile } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { execa } from 'execa'
import { parse } from 'yaml'
import { findHelm, helmVersions } from '../../chart/helm.ts'
import { chart } from '../../chart/render.ts'
import { exists } from '../../files.ts'
import { build, builtFolders, missing } from '../../programs/build.ts'
import { installPython } from '../../programs/fetch.ts'
import { folderOf, hash, inPlace } from '../../programs/folders.ts'
import { goTool, problemsWith } from '../../programs/tools.ts'
import { root } from '../../root.ts'

export async function act(): Promise<number> {
  const lacking = await missing(programs)
  const compiled = lacking.length > 0 ? await problemsWith([await goTool(programs)]) : []
  if (compiled.length > 0) throw new Error(compiled.join('\n'))
  await build(programs)
  await lintByChartTesting()
  await lintByHelm()
  await scoreExamples()
  await lintWorkflows()
  return 0
}

// --- utils ---

const programs = ['chart-testing', 'kube-score', 'actionlint'] as const

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

/** yamllint and yamale, which ct calls, from PyPI, held to their hashes. */
async function pythonPrograms(): Promise<string> {
  const requirements = join(root, 'tools', 'programs', 'python.txt')
  const folder = folderOf('python', hash([await readFile(requirements, 'utf8'), process.arch]))
  if (!(await exists(folder))) await inPlace(folder, (part) => installPython(requirements, part))
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

/** kube-score fails each Service without a selector, but for what examples/linters.yaml says. */
async function scoreExamples(): Promise<void> {
  const { 'kube-score': folder } = await builtFolders()
  const examples = join(root, 'examples')
  const { defaults } = parse(await readFile(join(examples, 'linters.yaml'), 'utf8'))
  const helm = await findHelm('4.1')
  for (const file of (await readdir(examples)).filter((name) => name.endsWith('.yaml'))) {
    const args = ['template', 'release', chart, '--values', join(examples, file), '--values', '-']
    const { stdout } = await execa(helm, args, { input: `${JSON.stringify({ defaults })}\n` })
    // The pods that an example's NetworkPolicy is for are others', and so not among its objects.
    const score = ['score', '--output-format=ci', '--ignore-test=networkpolicy-targets-pod', '-']
    await execa(join(folder, 'kube-score'), score, { input: stdout }).catch(({ stdout: said }) => {
      throw new Error(`kube-score of examples/${file}:\n${said}`)
    })
  }
}

async function lintWorkflows(): Promise<void> {
  const { actionlint: folder } = await builtFolders()
  // Neither shellcheck nor pyflakes, which machines have or not.
  const args = ['-color', '-shellcheck=', '-pyflakes=']
  await execa(join(folder, 'actionlint'), args, { cwd: root, stdio: 'inherit' })
}
