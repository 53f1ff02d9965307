import { chmod, lstat, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { hash } from './folders.ts'

/** What packages of this machine's Debian, or Ubuntu, depend on. */
export const debianStamp = async () => hash([await readFile('/etc/os-release', 'utf8'), process.arch])

/** Fills a folder with `nft` and `ip`. */
export async function fetchNetworkTools(folder: string): Promise<void> {
  await unpack(folder, ['nftables', 'iproute2'])
  for (const name of ['nft', 'ip']) await makeCallable(folder, name)
}

/** Fills a folder with `redis-server`, which the package has as a link to a tool's other name. */
export async function fetchRedis(folder: string): Promise<void> {
  await unpack(folder, ['redis-server'])
  await makeCallable(folder, 'redis-check-rdb', { called: 'redis-server' })
}

/**
 * Fills a folder with what benches send requests by and compare with: `wrk`, `nginx` with its stream module, `haproxy`
 * and `socat`.
 */
export async function fetchLoadTools(folder: string): Promise<void> {
  await unpack(folder, ['wrk', 'nginx', 'libnginx-mod-stream', 'haproxy', 'socat'])
  for (const name of ['wrk', 'haproxy', 'socat']) await makeCallable(folder, name)
  const stream = 'load_module $here/system/usr/lib/nginx/modules/ngx_stream_module.so;'
  await makeCallable(folder, 'nginx', { more: `-g "${stream}"` })
}

/** Fills a folder with `chromium`, the one without windows. */
export async function fetchBrowser(folder: string): Promise<void> {
  // All by name: what they share is found beside the program alone, and a text without a font has no size.
  await unpack(folder, ['chromium-headless-shell', 'chromium-common', 'fonts-dejavu-core'])
  const fonts = ['<dir prefix="relative">system/usr/share/fonts</dir>', '<dir>/usr/share/fonts</dir>']
  await writeFile(join(folder, 'fonts.conf'), `<fontconfig>${fonts.join('')}</fontconfig>\n`)
  const program = await programIn(folder, 'chromium-headless-shell')
  // By the environment: it runs itself again, for each page.
  const lines = [
    `export LD_LIBRARY_PATH=${await librariesIn(folder)} FONTCONFIG_FILE="$here/fonts.conf"`,
    `exec "$here/${program}" "$@"`,
  ]
  await writeScript(folder, 'chromium', lines.join('\n'))
}

/** Fills a folder with the shells whose completion is written here, `zsh` and `fish`, with the functions that they load. */
export async function fetchShells(folder: string): Promise<void> {
  await unpack(folder, ['zsh', 'zsh-common', 'fish', 'fish-common'])
  const system = join(folder, 'system')
  await symlink('../etc', join(system, 'usr', 'etc')) // fish looks for its own files beside itself.
  await mkdir(join(folder, 'zsh-files'))
  await writeFile(
    join(folder, 'zsh-files', '.zshenv'),
    'module_path=($here/system/usr/lib/*/zsh/*(/)) fpath=($here/system/usr/share/zsh/functions/**/*(/))\n',
  )
  for (const name of ['zsh', 'fish']) {
    const lines = [
      `export here LD_LIBRARY_PATH=${await librariesIn(folder)} ZDOTDIR="$here/zsh-files"`,
      `exec "$here/${await programIn(folder, name)}" "$@"`,
    ]
    await writeScript(folder, name, lines.join('\n'))
  }
}

// --- utils ---

/**
 * Writes a script that runs an unpacked program with the unpacked libraries.
 * @param called the name by which the program is to know itself
 * @param more arguments that it always gets, as the script writes them
 */
async function makeCallable(
  folder: string,
  name: string,
  { called = name, more = '' }: { called?: string; more?: string } = {},
): Promise<void> {
  const program = await programIn(folder, name)
  const [loader] = /\/lib\w*\/ld-linux[\w.-]+/.exec(await readFile(join(folder, program), 'latin1')) ?? []
  if (!loader) throw new Error(`${name} names no loader`)
  // By the loader's option rather than LD_LIBRARY_PATH, which whatever `ip netns exec` runs would inherit.
  const options = `--library-path ${await librariesIn(folder)} --argv0 ${called}`
  await writeScript(folder, called, `exec ${loader} ${options} "$here/${program}" ${more && `${more} `}"$@"`)
}

/** Unpacks packages, and those that they need and the system lacks, into the subfolder `system`. */
async function unpack(folder: string, wanted: readonly string[]): Promise<void> {
  const scratch = join(folder, 'scratch')
  const packages = join(scratch, 'packages')
  for (const path of ['state/lists/partial', 'cache/archives/partial', 'packages'])
    await mkdir(join(scratch, path), { recursive: true })
  // apt's own folders are root's, and on a new machine they are empty.
  const apt = (args: string[]) =>
    execa(
      'apt-get',
      [
        `-oDir::State=${scratch}/state`,
        '-oDir::State::status=/var/lib/dpkg/status',
        `-oDir::Cache=${scratch}/cache`,
        '-oDebug::NoLocking=1',
        '-oAPT::Sandbox::User=root',
        '-oAPT::Update::Error-Mode=any',
        '-qq',
        ...args,
      ],
      { cwd: packages },
    )
  await apt(['update'])
  const install = ['--print-uris', '--yes', '--no-install-recommends', '--reinstall', 'install']
  const { stdout } = await apt([...install, ...wanted])
  const names = [...stdout.matchAll(/^'\S+' ([^_\s]+)_/gm)].map(([, name = '']) => name)
  await apt(['download', ...names])
  for (const file of await readdir(packages))
    await execa('dpkg-deb', ['-x', join(packages, file), join(folder, 'system')])
  await rm(scratch, { recursive: true })
}

/** Where an unpacked program is in its folder. */
async function programIn(folder: string, name: string): Promise<string> {
  // Chromium's in usr/bin is a script that knows no other place than /usr/lib.
  const places = ['usr/lib/chromium', 'usr/sbin', 'sbin', 'usr/bin', 'bin'].map((place) =>
    join('system', place, name),
  )
  const found = await Promise.all(
    places.map(async (place) => (await lstat(join(folder, place)).catch(() => undefined))?.isFile()),
  )
  const program = places[found.indexOf(true)]
  if (!program) throw new Error(`the package of ${name} holds no ${name}`)
  return program
}

/** The folders of unpacked libraries, as a shell's script beside `system` names them. */
async function librariesIn(folder: string): Promise<string> {
  // A library that only another of its package loads has no version behind its name: libpulsecommon-16.1.so.
  const libraries = ['-name', 'lib*.so', '-o', '-name', '*.so.*']
  const { stdout } = await execa('find', ['system', '(', ...libraries, ')', '-printf', '%h\\n'], {
    cwd: folder,
  })
  return [...new Set(stdout.split('\n'))].map((path) => `"$here/${path}"`).join(':')
}

async function writeScript(folder: string, name: string, lines: string): Promise<void> {
  await writeFile(join(folder, name), `#!/bin/sh\nhere=\${0%/*}\n${lines}\n`)
  await chmod(join(folder, name), 0o755)
}
