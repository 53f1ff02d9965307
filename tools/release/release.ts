import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import project from '../../package.json' with { type: 'json' }
import { wholeFolder } from '../files.ts'
import { root } from '../root.ts'
import { build } from './build.ts'
import { hasSection } from './changes.ts'
import { type Key, packChart } from './chart.ts'
import type { Places } from './places.ts'
import { type Artifact, sbomOf } from './sbom.ts'

const { name, version } = project

/**
 * Makes what is released, in a folder of its own: the chart, the npm package, their bill of materials, and the hashes
 * of all that, as `sha256sum --check` reads them. The same commit gives the same bytes, but for the provenance, which
 * holds the hour of signing.
 * @param folder where it is made, in the place of the release that may be there
 * @returns the files' names
 * @throws Error where the folder holds what no release made
 */
export async function release(folder: string, options: { places: Places; key?: Key }): Promise<string[]> {
  const others = await notOfRelease(folder)
  if (others.length > 0)
    throw new Error(`${folder} holds ${others.join(', ')}, which no release made: name another folder`)
  return wholeFolder(folder, (part) => releaseInto(part, options))
}

/**
 * Why the version of these files can't be released under a tag, if so.
 */
export async function problemsWithTag(tag: string): Promise<string[]> {
  const changelog = await readFile(join(root, 'CHANGELOG.md'), 'utf8')
  return [
    ...(tag === `v${version}`
      ? []
      : [`the tag is ${tag}, and package.json says ${version}: tag v${version}`]),
    ...(hasSection(changelog, version)
      ? []
      : [`CHANGELOG.md has no section "## ${version}": rename "## Unreleased"`]),
  ]
}

// --- utils ---

/** What a folder holds besides a release, whose SHA256SUMS name its files. */
async function notOfRelease(folder: string): Promise<string[]> {
  const there = await readdir(folder).catch(() => [])
  const sums = await readFile(join(folder, 'SHA256SUMS'), 'utf8').catch(() => '')
  const known = sums.split('\n').map((line) => line.replace(/^\w+ {2}/, ''))
  return there.filter((file) => file !== 'SHA256SUMS' && !known.includes(file)).sort()
}

async function releaseInto(to: string, options: { places: Places; key?: Key }): Promise<string[]> {
  const date = await dateOfCommit()
  await packChart(to, { ...options, date })
  const chart = await artifact(to, `${name}-${version}.tgz`)
  const npm = await packNpm(to)
  const sbom = await sbomOf({ chart, npm }, { name, version, date })
  await writeFile(join(to, `${name}-${version}.cdx.json`), `${JSON.stringify(sbom, null, 2)}\n`)
  const files = (await readdir(to)).sort()
  const sums = await Promise.all(files.map((file) => artifact(to, file)))
  await writeFile(join(to, 'SHA256SUMS'), sums.map(({ file, sha256 }) => `${sha256}  ${file}\n`).join(''))
  return [...files, 'SHA256SUMS']
}

/** When the commit was made, in seconds since 1970; SOURCE_DATE_EPOCH (reproducible-builds.org) is for where Git isn't. */
async function dateOfCommit(): Promise<number> {
  const { SOURCE_DATE_EPOCH } = process.env
  return Number(
    SOURCE_DATE_EPOCH ?? (await execa('git', ['log', '-1', '--format=%ct'], { cwd: root })).stdout,
  )
}

async function artifact(folder: string, file: string): Promise<Artifact> {
  const hash = createHash('sha256').update(await readFile(join(folder, file)))
  return { file, sha256: hash.digest('hex') }
}

/** Packs the npm package, whose name would be the chart's. */
async function packNpm(to: string): Promise<Artifact> {
  const scratch = join(to, 'npm')
  await mkdir(scratch)
  process.umask(0o022) // Whoever packs it: rights go into the package.
  // By itself, since what npm runs goes on when this process is ended.
  await build()
  await execa('npm', ['pack', '--ignore-scripts', '--pack-destination', scratch], { cwd: root })
  const file = `${name}-${version}.npm.tgz`
  await writeFile(join(to, file), await readFile(join(scratch, `${name}-${version}.tgz`)))
  await rm(scratch, { recursive: true })
  return artifact(to, file)
}
