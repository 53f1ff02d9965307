import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { root } from '../tools/root.ts'

/** Packs the project and installs it in a folder, as its users do; gives the command's path. */
export async function packedIn(folder: string): Promise<string> {
  const npm = { cwd: folder, env: { INIT_CWD: undefined } }
  await execa('npm', ['pack', root, '--pack-destination', folder], npm)
  const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz')) ?? ''
  const quick = ['--prefer-offline', '--no-audit', '--no-fund']
  await execa('npm', ['install', ...quick, `./${tarball}`], npm)
  return join(folder, 'node_modules', '.bin', 'external-service-proxy')
}
