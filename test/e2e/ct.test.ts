import { cp, mkdtemp, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, delimiter, dirname, join } from 'node:path'
import { execa } from 'execa'
import { expect, it } from 'vitest'
import { findHelm, findKubectl } from '../../tools/chart/helm.ts'
import { builtFolders } from '../../tools/programs/build.ts'
import { chart, cluster } from './cluster.ts'

it('ct install installs, waits for and uninstalls the chart with each of its ci values', async () => {
  // ct wants a Git repository around the chart; the clone may belong to another user, whom Git distrusts.
  const repository = await mkdtemp(join(tmpdir(), 'ct-'))
  const copy = join('charts', basename(chart))
  await cp(chart, join(repository, copy), { recursive: true })
  await execa('git', ['init', '--quiet'], { cwd: repository })
  const { 'chart-testing': ct } = await builtFolders()
  const programs = [dirname(await findHelm('4.1')), dirname(await findKubectl())]
  const { all } = await execa(join(ct, 'ct'), ['install', '--charts', copy], {
    cwd: repository,
    all: true,
    env: { KUBECONFIG: cluster.kubeconfig, PATH: [...programs, process.env.PATH].join(delimiter) },
  })
  const valuesFiles = await readdir(join(chart, 'ci'))
  expect(valuesFiles).not.toHaveLength(0)
  for (const file of valuesFiles) expect(all).toContain(file)
  expect(all).toContain('All charts installed successfully')
})
