import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { root } from '../root.ts'

/** The nested Go modules, which pin all versions. */
export const modulesFolder = join(root, 'tools', 'programs', 'modules')

/**
 * How programs are built: static, as the projects release them, so no C compiler is needed. Neither debugging
 * information nor inlining, and a lazier garbage collector in the compiler: docs/embedded-cluster.md says what
 * each of them gave.
 */
export const goOptions = {
  compiler: 'all=-l -dwarf=false',
  linker: '-s -w',
  environment: {
    CGO_ENABLED: '0',
    GOGC: '400',
    GOWORK: 'off',
    GOTOOLCHAIN: 'local',
    GOFLAGS: '-mod=readonly -trimpath -buildvcs=false',
  },
}

/** Runs `go` in a nested module and gives its output. Throws with Go's own words. */
export async function go(args: readonly string[], cwd: string): Promise<string> {
  return (await execa('go', args, { cwd, env: goOptions.environment })).stdout
}

/** The folder of a module that the nested module in `cwd` pins; it is downloaded where it isn't there. */
export async function moduleFolder(module: string, cwd: string): Promise<string> {
  const { Dir } = JSON.parse(await go(['mod', 'download', '-json', module], cwd)) as { Dir: string }
  return Dir
}

/** The oldest Go that builds these nested modules: the newest that one of them asks for. */
export async function oldestGo(modules: readonly string[]): Promise<string> {
  const versions = await Promise.all(
    modules.map(async (module) => {
      const text = await readFile(join(modulesFolder, module, 'go.mod'), 'utf8')
      return /^go (\S+)$/m.exec(text)?.[1] ?? ''
    }),
  )
  return versions.reduce((oldest, version) => (isOlder(oldest, version) ? version : oldest))
}

/** Is a version of Go older than another? */
export const isOlder = (version: string, than: string) =>
  version.localeCompare(than, 'en', { numeric: true }) < 0
