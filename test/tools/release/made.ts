import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import type { TestProject } from 'vitest/node'
import packageJson from '../../../package.json' with { type: 'json' }
import { findHelm } from '../../../tools/chart/helm.ts'
import { root } from '../../../tools/root.ts'
import { keyrings } from '../../keyrings.ts'
import { ran } from '../commands/ran.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** A release, in its folder, and the key that signed it. */
    release: { folder: string; publicKey: string }
    /** The npm package's command, which Node runs, and what it is told by its environment: where to keep things. */
    command: { program: string; env: Record<string, string> }
  }
}

const { name, version } = packageJson

/** Where the release that is tested comes from. */
export const places = ['--home', 'https://example.com/ours', '--registry', 'ghcr.io/ours/charts']

/** Makes a release, for all that is tested of one: it takes seconds. */
export default async function setup(project: TestProject) {
  const folder = await mkdtemp(join(tmpdir(), 'release-'))
  const keys = await keyrings(folder)
  const signed = ['--key', 'test@example.com', '--keyring', keys.secret]
  const to = join(folder, 'release')
  const { stderr, exitCode } = await ran(['package', '--to', to, ...places, ...signed])
  if (exitCode !== 0) throw new Error(stderr)
  project.provide('release', { folder: to, publicKey: keys.public })
  // Installed, as by npm, but for its dependencies: the project's own are the same.
  await execa('tar', ['-xzf', join(to, `${name}-${version}.npm.tgz`), '-C', folder])
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  project.provide('command', {
    program: join(folder, 'package/dist/tools/cli.js'),
    env: { HELM: await findHelm('4.1'), XDG_CACHE_HOME: join(folder, 'cache') },
  })
  return () => rm(folder, { recursive: true })
}
