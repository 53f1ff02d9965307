import { execa } from 'execa'
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
  properties?: { name: string; value: string }[]
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

/** What the npm package brings with it: `--omit=dev` would leave out as well what development needs, too. */
async function npmSbom(): Promise<Sbom> {
  const options = ['--package-lock-only', '--sbom-format=cyclonedx']
  const sbom: Sbom = JSON.parse((await execa('npm', ['sbom', ...options], { cwd: root })).stdout)
  const ofDevelopment = new Set(
    sbom.components.filter(isOfDevelopment).map((component) => component['bom-ref']),
  )
  return {
    ...sbom,
    components: sbom.components.filter((component) => !isOfDevelopment(component)),
    dependencies: sbom.dependencies
      .filter(({ ref }) => !ofDevelopment.has(ref))
      .map(({ ref, dependsOn = [] }) => ({
        ref,
        dependsOn: dependsOn.filter((one) => !ofDevelopment.has(one)),
      })),
  }
}

const isOfDevelopment = ({ properties = [] }: Component) =>
  properties.some(({ name, value }) => name === 'cdx:npm:package:development' && value === 'true')
