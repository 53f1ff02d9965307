import { cp, mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { parse } from 'yaml'
import project from '../../../package.json' with { type: 'json' }
import { findHelm, helmVersions } from '../../../tools/chart/helm.ts'
import { chart } from '../../../tools/chart/render.ts'
import type { Sbom } from '../../../tools/release/sbom.ts'
import { root } from '../../../tools/root.ts'
import { ran } from '../commands/ran.ts'
import { places } from './made.ts'

const { name, version } = project
const archive = `${name}-${version}.tgz`
const npm = `${name}-${version}.npm.tgz`
const bill = `${name}-${version}.cdx.json`
const release = inject('release')
let folder = ''

const pack = (to: string, ...args: string[]) => ran(['package', '--to', to, ...args])
const inFolder = (file: string) => join(release.folder, file)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'release-'))
  await execa('tar', ['-xzf', inFolder(archive), '-C', folder])
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('the chart', () => {
  const unpacked = (file: string) => readFile(join(folder, name, file), 'utf8')

  it('says where it comes from, what changed, and under which license', async () => {
    const described = parse(await unpacked('Chart.yaml'))
    expect(described).toMatchObject({
      version,
      home: 'https://example.com/ours',
      sources: ['https://example.com/ours'],
      icon: 'https://example.com/ours/raw/HEAD/docs/images/icon.svg',
      maintainers: [{ name: expect.any(String) }],
    })
    const ofArtifactHub = (key: string) => parse(described.annotations[`artifacthub.io/${key}`])
    expect(ofArtifactHub('changes')).toContainEqual({ kind: 'added', description: expect.any(String) })
    expect([ofArtifactHub('images'), ofArtifactHub('license')]).toEqual([[], project.license])
    for (const { url } of ofArtifactHub('links')) {
      const file = url.replace('https://example.com/ours/blob/HEAD/', '')
      expect(await readFile(join(root, file), 'utf8'), url).not.toBe('')
    }
    expect(await readFile(join(root, 'docs/images/icon.svg'), 'utf8')).toMatch(/^<svg /)
  })

  it("has the project's license and README, no stand-in for a place, and no values of chart-testing", async () => {
    expect(await unpacked('LICENSE')).toBe(await readFile(join(root, 'LICENSE'), 'utf8'))
    expect(await unpacked('README.md')).toContain(`oci://ghcr.io/ours/charts/${name}`)
    const texts = await Promise.all(['README.md', 'Chart.yaml'].map(unpacked))
    expect(texts.join()).not.toMatch(/external-service-proxy\.example|registry\.example/)
    expect(await readdir(join(folder, name))).not.toContain('ci')
  })

  it.each(helmVersions)('renders by Helm %s as the folder does', async (helm) => {
    const file = join(root, 'examples/two-addresses.yaml')
    const options = ['--kube-version=1.37.0', '--namespace=default', '--values', file]
    const template = async (from: string) =>
      (await execa(await findHelm(helm), ['template', 'release', from, ...options])).stdout
    expect(await template(inFolder(archive))).toBe(await template(chart))
  })

  it.each(helmVersions)('Helm %s verifies its provenance, and sees a changed byte', async (helm) => {
    const verify = async (file: string) =>
      execa(await findHelm(helm), ['verify', file, '--keyring', release.publicKey], {
        reject: false,
      })
    expect(await verify(inFolder(archive))).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('Signed by: Test <test@example.com>'),
    })
    const changed = join(folder, helm, archive)
    await cp(release.folder, join(folder, helm), { recursive: true })
    const bytes = await readFile(changed)
    bytes[9] = 0xff - (bytes[9] ?? 0) // The system that packed it, which nobody reads.
    await writeFile(changed, bytes)
    expect(await verify(changed)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('sha256 sum does not match'),
    })
  })
})

describe('beside it', () => {
  it('SHA256SUMS holds every file', async () => {
    const { stdout } = await execa('sha256sum', ['--check', 'SHA256SUMS'], { cwd: release.folder })
    expect(stdout.split('\n')).toEqual([bill, npm, archive, `${archive}.prov`].map((file) => `${file}: OK`))
  })

  it('the bill of materials has the chart, the npm package and all that this brings, with licenses', async () => {
    const sbom: Sbom = JSON.parse(await readFile(inFolder(bill), 'utf8'))
    const names = sbom.components.map((component) => component.name)
    expect(names).toEqual(expect.arrayContaining(Object.keys(project.dependencies)))
    expect(names.filter((one) => Object.hasOwn(project.devDependencies, one))).toEqual([])
    const refs = sbom.dependencies.find(({ ref }) => ref === 'release')?.dependsOn
    expect(refs).toEqual([archive, `${name}@${version}`])
    expect(sbom).toMatchObject({ bomFormat: 'CycloneDX', metadata: { component: { name, version } } })
  })

  it('nobody who uses it gets what is under another license than these', async () => {
    const { components }: Sbom = JSON.parse(await readFile(inFolder(bill), 'utf8'))
    const licenses = components.flatMap((one) =>
      (one.licenses ?? [{}]).map(
        ({ license, expression }) => license?.id ?? expression ?? `none: ${one.name}`,
      ),
    )
    const permissive = ['0BSD', 'Apache-2.0', 'BSD-3-Clause', 'ISC', 'MIT', 'PSF-2.0']
    expect([...new Set(licenses)].sort()).toEqual([...permissive, 'EPL-2.0 OR GPL-3.0-or-later'].sort()) // elkjs
  })
})

it('the same commit gives the same bytes, whenever it was cloned', async () => {
  const now = new Date()
  await utimes(join(chart, 'values.yaml'), now, now)
  const again = join(folder, 'again')
  expect((await pack(again, ...places)).exitCode).toBe(0)
  for (const file of [archive, npm, bill]) {
    expect((await readFile(join(again, file))).equals(await readFile(inFolder(file))), file).toBe(true)
  }
}, 120_000)

it.each([
  [['--tag', 'v9.9.9'], `the tag is v9.9.9, and package.json says ${version}`],
  [['--tag', `v${version}`], `CHANGELOG.md has no section "## ${version}"`],
  [['--key', 'me'], '--key and --keyring belong together'],
  [['--push'], '--push needs a --registry'],
  [['--plain-http'], '--plain-http is how --push goes'],
  [['--registry', 'oci://ghcr.io/ours'], '--registry oci://ghcr.io/ours has a scheme'],
])('%j is refused in words, before anything is written', async (args, says) => {
  const to = join(folder, 'refused')
  const { exitCode, stderr } = await pack(to, ...args)
  expect(stderr).toContain(says)
  expect(exitCode).toBe(2)
  expect(await readdir(folder)).not.toContain('refused')
})

it('a folder that holds what no release made is left as it is', async () => {
  const mine = join(folder, 'mine')
  await mkdir(mine)
  await writeFile(join(mine, 'thesis.txt'), 'mine')
  const { exitCode, stderr } = await pack(mine)
  expect(stderr).toContain(`${mine} holds thesis.txt, which no release made: name another folder`)
  expect(exitCode).toBe(2)
  expect(await readdir(mine)).toEqual(['thesis.txt'])
})

it('chart and npm package have one version', async () => {
  const { version: ofChart, appVersion } = parse(await readFile(join(chart, 'Chart.yaml'), 'utf8'))
  expect([ofChart, appVersion]).toEqual([version, version])
})
