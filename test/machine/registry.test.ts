/** A release in a registry of its own, on this machine: no cluster is needed for it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { execa } from 'execa'
import { afterAll, beforeAll, expect, it } from 'vitest'
import project from '../../package.json' with { type: 'json' }
import { findHelm, helmVersions } from '../../tools/chart/helm.ts'
import { chart } from '../../tools/chart/render.ts'
import { build, builtFolders } from '../../tools/programs/build.ts'
import { goTool, problemsWith } from '../../tools/programs/tools.ts'
import { packChart, standIns } from '../../tools/release/chart.ts'

const { name, version } = project
let folder = ''
let address = ''
const ended = new AbortController()

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'registry-'))
  const host = `127.0.0.1:${await freePort()}`
  address = `oci://${host}/charts`
  const configuration = {
    version: '0.1',
    storage: { filesystem: { rootdirectory: join(folder, 'data') } },
    http: { addr: host },
  }
  await writeFile(join(folder, 'configuration.yaml'), JSON.stringify(configuration))
  expect(await problemsWith([await goTool(['registry'])])).toEqual([])
  await build(['registry'])
  const { registry } = await builtFolders()
  execa(join(registry, 'registry'), ['serve', join(folder, 'configuration.yaml')], {
    cancelSignal: ended.signal,
    reject: false,
  })
  while (!(await fetch(`http://${host}/v2/`).catch(() => undefined))?.ok) await setTimeout(100)
  await packChart(folder, { date: 0, places: standIns })
  await execa(await findHelm('4.1'), [
    'push',
    join(folder, `${name}-${version}.tgz`),
    address,
    '--plain-http',
  ])
}, 300_000)

afterAll(async () => {
  ended.abort()
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
})

it.each(helmVersions)('Helm %s gets the chart from it, and renders what the folder does', async (helm) => {
  const options = ['--kube-version=1.37.0', '--values=examples/two-addresses.yaml']
  // Helm 3.11 knows no such flag, and asks the machine itself without TLS.
  const plain = helm === '3.11' ? [] : ['--plain-http']
  const template = async (...from: string[]) =>
    (await execa(await findHelm(helm), ['template', 'release', ...from, ...options])).stdout
  const released = await template(`${address}/${name}`, '--version', version, ...plain)
  expect(released.trim()).toBe((await template(chart)).trim())
  expect(released).toContain('kind: EndpointSlice')
})

// --- utils ---

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const found = server.address()
      server.close(() => resolve(found !== null && typeof found === 'object' ? found.port : 0))
    })
  })
