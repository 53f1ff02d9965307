import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { load } from 'js-yaml'
import { describe, expect, it } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { chart, render } from '../../tools/chart/render.ts'
import { loaded } from '../../tools/commands/commands.ts'
import { externalDnsValues } from '../../tools/programs/programs.ts'
import { standIns } from '../../tools/release/places.ts'
import { lostLinks } from '../links.ts'
import { ran } from '../tools/commands/ran.ts'
import { dnsServer } from '../tools/resolve/names.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const inRoot = (folder: string, names: string[]) => names.map((name) => join(folder, name))
const files = async (folder: string, ending: string) =>
  inRoot(
    folder,
    (await readdir(join(root, folder))).filter((name) => name.endsWith(ending)),
  )
const read = (file: string) => readFile(join(root, file), 'utf8')

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'charts/external-service-proxy/README.md',
  ...(await files('docs', '.md')),
]
const blocks = async (language: string) =>
  (
    await Promise.all(
      pages.map(async (page) =>
        [...(await read(page)).matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'))].map(
          ([, text = '']) => ({ page, text }),
        ),
      ),
    )
  ).flat()

/** Values in a block of YAML: the block itself, or those of an Argo CD Application. */
function valuesOf(text: string): object | undefined {
  const block = load(text) as {
    proxies?: object
    spec?: { source?: { helm?: { valuesObject?: object } } }
  }
  return block.proxies ? block : block.spec?.source?.helm?.valuesObject
}

/** The commands of a workflow of GitHub Actions; none where a block is none. */
function steps(text: string): string[] {
  const { jobs = {} } = load(text) as { jobs?: Record<string, { steps: { run?: string }[] }> }
  return Object.values(jobs).flatMap((job) => job.steps.flatMap(({ run }) => run ?? []))
}

/** Are these values of External DNS's own chart? */
const isExternalDns = (text: string) => 'domainFilters' in (load(text) as object)

const allYaml = await blocks('yaml')
// Of others' settings, and of who deploys, test/e2e has the tests.
const isOthers = (text: string) => isExternalDns(text) || /^(# access.yaml|configs:)/.test(text)
const yaml = allYaml.filter(({ text }) => steps(text).length === 0 && !isOthers(text))
const shell = [
  ...(await blocks('sh')),
  ...allYaml.flatMap(({ page, text }) => steps(text).map((step) => ({ page, text: step }))),
]
const commands = shell.flatMap(({ page, text }) =>
  text
    .split('\n')
    .map((line) => line.replace(/\s+#.*/, ''))
    .filter(Boolean)
    .flatMap((line) => line.split(' && '))
    .map((command) => ({ page, command })),
)

describe.concurrent('values in the docs render', () => {
  it('are there', () => expect(yaml.length).toBeGreaterThan(1))

  it.each(yaml)('$page: $text', async ({ text }) => {
    const values = valuesOf(text)
    expect(values).toBeDefined()
    expect((await render(values ?? {})).list('Service').length).toBeGreaterThan(0)
  })
})

it.concurrent("the README's values are its example's, in ten lines", async () => {
  const shown = yaml.find(({ page }) => page === 'README.md')?.text
  const [forEditors, ...lines] = (await read('examples/app1-to-app2.yaml')).split('\n')
  expect(forEditors).toMatch(/^# yaml-language-server: /)
  expect(shown).toBe(lines.join('\n'))
  expect(shown?.trimEnd().split('\n').length).toBeLessThanOrEqual(10)
})

describe.concurrent('commands in the docs', () => {
  const npm = commands.filter(({ command }) => command.startsWith('npm '))
  it.each(npm)('$page: $command is there', ({ command }) => {
    const script = /^npm (?:run (?:--silent )?)?(\S+)/.exec(command)?.[1] ?? ''
    expect(['ci', 'install', 'pack', ...Object.keys(packageJson.scripts)]).toContain(script)
  })

  // Exit code 1 is an answer too: a door got wider, or something is wrong. What asks a cluster is
  // test/e2e/live.test.ts's.
  const answers = {
    check: /nothing is wrong|problem|^$/,
    diagram: /load balancer/,
    doors: /load balancer/,
    import: /^ {2}myapp-proxy:\n {4}addresses: /m,
    report: /<!doctype html>/,
  }
  describe.each(Object.entries(answers))('%s', (name, answer) => {
    const asked = npm.filter(
      ({ command }) => command.startsWith(`npm run ${name} -- `) && !/--live|--from-cluster/.test(command),
    )
    it('is there', () => expect(asked.length).toBeGreaterThan(0))
    it.each(asked)('$page: $command answers', async ({ command }) => {
      // A page goes to standard output here, and packets are test/e2e's.
      const args = command
        .replace(/ -o \S+/, '')
        .replace(' --prove', '')
        .split(' ')
        .slice(4)
      const { stdout, exitCode } = await ran([name, ...args])
      expect([0, 1]).toContain(exitCode)
      expect(stdout).toMatch(answer)
    })
  })

  const resolve = npm.filter(({ command }) => command.startsWith('npm run resolve -- '))
  it('resolve is there', () => expect(resolve.length).toBeGreaterThan(0))
  it.for(resolve)('$page: $command writes what the name stands for', async ({ page, command }, context) => {
    const folder = await mkdtemp(join(tmpdir(), 'docs-'))
    context.onTestFinished(() => rm(folder, { recursive: true }))
    const values = join(folder, 'values.yaml')
    const before = yaml.find((block) => block.page === page)?.text ?? ''
    await writeFile(values, before)
    const server = await dnsServer({ 'app2.corp.example': { a: ['10.20.0.5'] } })
    context.onTestFinished(() => server.stop())
    const args = command.replace('values.yaml', values).split(' ').slice(4)
    expect((await ran(['resolve', ...args, '--server', server.address])).exitCode).toBe(0)
    expect(await readFile(values, 'utf8')).toBe(before.replace('2.3.4.5', '10.20.0.5'))
  })

  // test/tools/package.test.ts runs them in an empty folder.
  const npx = commands.filter(({ command }) => command.startsWith('npx '))
  it('npx is there', () => expect(npx.length).toBeGreaterThan(0))
  it.each(npx)('$page: $command is a command of the package', async ({ command }) => {
    const [, program = '', name] = command.split(' ')
    expect(Object.keys(packageJson.bin)).toContain(program)
    expect((await loaded()).map((one) => one.name)).toContain(name)
  })

  const helm = commands.filter(({ command }) => command.startsWith('helm install '))
  it('install is there', () => expect(helm.length).toBeGreaterThan(0))
  it.each(helm)('$page: $command renders', async ({ page, command }) => {
    const [, , , from = '', ...options] = command.split(' ')
    if (from.startsWith('oci://')) {
      expect(from).toBe(`oci://${standIns.registry}/external-service-proxy`)
      expect(command).toContain(` --version ${packageJson.version} `)
    } else expect(join(root, from)).toBe(chart)
    const values = options.filter((option) => option.endsWith('.yaml'))
    const shown = yaml.find((block) => block.page === page)
    const rendered = values.includes('values.yaml')
      ? await render(valuesOf(shown?.text ?? '') ?? {})
      : await render(inRoot(root, values))
    expect(rendered.list('Service')).toHaveLength(1)
  })
})

it.concurrent("what External DNS is told is what the embedded cluster's External DNS is told", () => {
  const [told = '', ...others] = allYaml.map(({ text }) => text).filter(isExternalDns)
  expect(others).toEqual([])
  const { sources, ...values } = load(told) as typeof externalDnsValues
  expect(externalDnsValues).toMatchObject(values)
  expect(externalDnsValues.sources).toEqual(expect.arrayContaining(sources))
})

describe.concurrent('examples and values for chart-testing render', async () => {
  const every = [
    ...(await files('examples', '.yaml')),
    ...(await files('charts/external-service-proxy/ci', '.yaml')),
  ]
  it.each(every)('%s', async (file) => {
    expect((await render([join(root, file)])).list('Service').length).toBeGreaterThan(0)
  })
})

describe.concurrent('links between the docs lead somewhere', () => {
  it.each(pages)('%s', async (page) => expect(await lostLinks(root, [page])).toEqual([]))
})
