import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import project from '../../package.json' with { type: 'json' }
import { stateFolder } from '../../tools/cluster/sandbox/sandbox.ts'
import { builtFolders } from '../../tools/programs/build.ts'
import { keyrings } from '../keyrings.ts'
import { ran } from '../tools/commands/ran.ts'
import { cluster } from './cluster.ts'

const host = '127.0.0.1:8300'
const folder = join(stateFolder, 'registry')
await mkdir(folder, { recursive: true })
const config = join(folder, 'config.json')
const storage = { filesystem: { rootdirectory: folder } }
await writeFile(config, JSON.stringify({ version: '0.1', storage, http: { addr: host } }))
const { registry } = await builtFolders()
execa(join(registry, 'registry'), ['serve', config], { stdio: 'ignore', reject: false })
await cluster.until('the registry answers', async () => (await fetch(`http://${host}/v2/`)).ok || undefined)
const keys = await keyrings(folder)
/** Releases the chart to that registry, signed, as its makers do. */
export const release = (...args: string[]) => {
  const to = ['--to', join(folder, 'release'), '--registry', `${host}/charts`, '--push']
  return ran(['package', ...to, '--key', 'test@example.com', '--keyring', keys.secret, ...args])
}
const { stderr, exitCode } = await release('--plain-http')
if (exitCode !== 0) throw new Error(stderr)

/** The chart, as it is released, in a registry that speaks plain HTTP. It is one for a whole run, as the cluster is. */
export const released = {
  url: `oci://${host}/charts/${project.name}`,
  version: project.version,
  /** What verifies it. */
  keyring: keys.public,
}
