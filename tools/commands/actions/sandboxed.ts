import { preflight } from '../../cluster/preflight.ts'
import { type Built, build } from '../../programs/build.ts'

/**
 * Sees to all that a sandbox needs for these programs, and builds them.
 * @param options as {@link preflight} takes them
 * @returns whether the sandbox gets a user namespace
 * @throws PreflightError naming everything that is missing
 */
export async function prepared(
  names: readonly (keyof Built)[],
  options?: Parameters<typeof preflight>[1],
): Promise<boolean> {
  const user = await preflight(names, options)
  await build(names)
  return user
}

/** The command that runs here, to be run again in a sandbox. */
export const thisCommand = (): string[] => [process.execPath, ...process.execArgv, ...process.argv.slice(1)]
