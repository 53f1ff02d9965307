import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { root } from '../tools/root.ts'

/** Packs the project and installs it in a folder, as its users do; gives the command's path. */
export async function packedIn(folder: string): Promise<string> {
  await execa('npm', ['pack', root, '--pack-destination', folder], npmIn(folder))
  const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz')) ?? ''
  return installedIn(folder, join(folder, tarball))
}

/** Installs what is packed in a folder; gives the command's path. */
export async function installedIn(folder: string, tarball: string): Promise<string> {
  const quick = ['--prefer-offline', '--no-audit', '--no-fund']
  await execa('npm', ['install', ...quick, tarball], npmIn(folder))
  return join(folder, 'node_modules', '.bin', 'external-service-proxy')
}

// --- utils ---

const npmIn = (folder: string) => ({ cwd: folder, env: { INIT_CWD: undefined } })
