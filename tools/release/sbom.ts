import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { temporaryFolder } from '../files.ts'
import { root } from '../root.ts'

/** A file of the release, and its hash. */
export interface Artifact {
  file: string
  sha256: string
}

/** What of a bill of materials is read here; all of it is described at cyclonedx.org/docs/1.5/json. */
export interface Sbom {
  metadata: { timestamp: string; component: object; [more: string]: unknown }
  components: Component[]
  dependencies: { ref: string; dependsOn?: string[] }[]
  [more: string]: unknown
}

interface Component {
  'bom-ref': string
  name: string
  version: string
  licenses?: { license?: { id?: string; name?: string }; expression?: string }[]
  [more: string]: unknown
}

/**
 * The release's bill of materials in the form of CycloneDX, of npm's own making (`npm sbom`): the npm package with all
 * that it brings, by the lock file, and beside it the chart, which brings nothing: no image, no other chart.
 * @param date of the release, in seconds since 1970
 */
export async function sbomOf(
  { chart, npm }: { chart: Artifact; npm: Artifact },
  { name, version, date }: { name: string; version: string; date: number },
): Promise<Sbom> {
  const sbom = await npmSbom()
  const own = (type: string, { file, sha256 }: Artifact) => ({
    'bom-ref': file,
    type,
    name,
    version,
    hashes: [{ alg: 'SHA-256', content: sha256 }],
    licenses: [{ license: { id: 'Apache-2.0' } }],
  })
  const root = `${name}@${version}`
  return {
    ...sbom,
    serialNumber: undefined, // Random, and so another for the same release.
    metadata: {
      timestamp: new Date(date * 1000).toISOString(),
      component: { 'bom-ref': 'release', type: 'application', name, version },
    },
    components: [
      own('application', chart),
      { ...own('library', npm), 'bom-ref': root, purl: `pkg:npm/${name}@${version}` },
      ...sbom.components,
    ],
    dependencies: [
      { ref: 'release', dependsOn: [chart.file, root] },
      { ref: chart.file, dependsOn: [] },
      ...sbom.dependencies,
    ],
  }
}

// --- utils ---

/**
 * What the npm package brings with it. npm is shown a lock file without what development needs: of that it would leave
 * out (`--omit=dev`), or take for the other, a package that both need.
 */
async function npmSbom(): Promise<Sbom> {
  const folder = await temporaryFolder()
  try {
    const { devDependencies: _, ...project } = await jsonOf<Project>('package.json')
    const lock = await jsonOf<{ packages: Record<string, Project & { dev?: true }> }>('package-lock.json')
    const packages = Object.entries(lock.packages)
      .filter(([, { dev }]) => !dev)
      .map(([path, { devDependencies: _, ...described }]) => [path, described])
    const shown = {
      'package.json': project,
      'package-lock.json': { ...lock, packages: Object.fromEntries(packages) },
    }
    for (const [file, content] of Object.entries(shown))
      await writeFile(join(folder, file), JSON.stringify(content))
    const options = ['--package-lock-only', '--sbom-format=cyclonedx']
    return JSON.parse((await execa('npm', ['sbom', ...options], { cwd: folder })).stdout)
  } finally {
    await rm(folder, { recursive: true })
  }
}

type Project = { devDependencies?: object; [more: string]: unknown }

const jsonOf = async <T>(file: string): Promise<T> => JSON.parse(await readFile(join(root, file), 'utf8'))
