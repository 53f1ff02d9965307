import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { go, goOptions } from './go.ts'

/** Programs of one nested module. */
export interface Compilation {
  /** The nested module's folder. */
  cwd: string
  /** The programs' packages. */
  packages: readonly string[]
  /** What the linker sets, by its full name. */
  variables: Record<string, string>
  /** The folder that gets the programs. */
  output: string
}

/**
 * Compiles Go programs, those of a module by one `go build`: what they share is compiled once, and every core is
 * busy until the last is linked. One module after the other, since modules share, too.
 * @param say is told how much of all is done, and about how long the rest will take
 * @throws Error with Go's own words
 */
export async function compile(
  compilations: readonly Compilation[],
  say: (text: string) => void,
): Promise<void> {
  say('downloads the sources')
  const efforts = new Map<string, number>()
  const names: Map<string, string>[] = []
  for (const { cwd, packages } of compilations) {
    const needed = await toCompile(packages, cwd)
    names.push(new Map(needed.map(({ path, folder }) => [path, folder])))
    for (const { folder, effort } of needed) efforts.set(folder, effort)
  }
  const linked = compilations.flatMap(({ packages }) => packages).length * effortOfLinking
  const total = [...efforts.values()].reduce((sum, effort) => sum + effort, linked)
  const start = Date.now()
  let done = 0
  for (const [index, compilation] of compilations.entries()) {
    for await (const path of building(compilation)) {
      done += efforts.get(names[index]?.get(path) ?? '') ?? 0
      say(progress(done / total, (Date.now() - start) / 1000))
    }
    done += compilation.packages.length * effortOfLinking
  }
}

// --- utils ---

/** What linking a program takes, in the measure of {@link toCompile}. */
const effortOfLinking = 2_500_000
/** What any package takes, however small, in the same measure. */
const leastEffort = 100_000

/** The packages that aren't in Go's cache, with what compiling each takes, roughly: the size of its sources. */
async function toCompile(packages: readonly string[], cwd: string) {
  const format =
    '{{if .Stale}}{{.ImportPath}}{{"\\t"}}{{.Dir}}{{range .GoFiles}}{{"\\t"}}{{.}}{{end}}{{"\\n"}}{{end}}'
  const list = await go(['list', '-deps', '-gcflags', goOptions.compiler, '-f', format, ...packages], cwd)
  return Promise.all(
    list
      .split('\n')
      .filter(Boolean)
      .map(async (line) => {
        const [path = '', folder = '', ...files] = line.split('\t')
        const sizes = await Promise.all(files.map(async (file) => (await stat(join(folder, file))).size))
        return { path, folder, effort: sizes.reduce((sum, size) => sum + size, leastEffort) }
      }),
  )
}

/** Builds a module's programs, and gives the name of each package when it is being compiled. */
async function* building({ cwd, packages, variables, output }: Compilation): AsyncGenerator<string> {
  const settings = Object.entries(variables).map(([variable, value]) => `-X ${variable}=${value}`)
  const flags = ['-gcflags', goOptions.compiler, '-ldflags', [goOptions.linker, ...settings].join(' ')]
  const child = execa('go', ['build', '-v', ...flags, '-o', `${output}/`, ...packages], {
    cwd,
    env: goOptions.environment,
  })
  const words: string[] = []
  for await (const line of child.iterable({ from: 'stderr' })) {
    if (/\s/.test(line)) words.push(line)
    else yield line
  }
  await child.catch(() => {
    throw new Error(`go build fails in ${cwd}:\n${words.join('\n')}`)
  })
}

/** How far it is, in words. */
function progress(done: number, seconds: number): string {
  const percent = `${Math.floor(done * 100)} %`
  if (done < 0.05) return percent
  const left = Math.max(seconds / done - seconds, 10)
  return `${percent}, about ${left > 90 ? `${Math.round(left / 60)} min` : `${Math.round(left / 10) * 10} s`} left`
}
