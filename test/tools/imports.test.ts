import { readdir, readFile } from 'node:fs/promises'
import { dirname, join, normalize, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../../tools/root.ts'

/** The folders as docs/architecture.md has them: each imports only from those above it in this list. */
const layers = [
  'schema',
  'tools',
  'tools/chart',
  'tools/doors',
  'tools/sources',
  'tools/diagram',
  'tools/generate',
  'tools/check',
  'tools/import',
  'tools/resolve',
  'tools/release',
  'tools/programs',
  'tools/cluster/sandbox',
  'tools/cluster/network',
  'tools/cluster/machines',
  'tools/cluster/control-plane',
  'tools/cluster/addons',
  'tools/cluster',
  'tools/prove',
  'tools/report',
  'tools/bench',
  'tools/commands',
  'tools/cli.ts',
]

const files = await sources()
const imports = new Map(await Promise.all(files.map(async (file) => [file, await importsOf(file)] as const)))

it('every file imports from its own layer, or from those below', () => {
  expect(files.filter((file) => layerOf(file) === -1)).toEqual([])
  const upward = [...imports].flatMap(([file, found]) =>
    found.filter((one) => layerOf(one) > layerOf(file)).map((one) => `${file} imports ${one}`),
  )
  expect(upward).toEqual([])
})

it('no import leads back to where it came from', () => {
  expect(files.filter((file) => reached(file).includes(file))).toEqual([])
})

describe('the judge', () => {
  const judge = files.filter((file) => file.startsWith('tools/doors/'))
  const all = [...new Set(judge.flatMap((file) => [file, ...reached(file)]))]

  it('stands on itself, and on what the schema knows of kinds', () => {
    const others = all.filter((file) => !file.startsWith('tools/doors/') && /\.ts$/.test(file))
    expect(others.sort()).toEqual(['schema/kinds.ts', 'tools/colors.ts'])
  })

  it('asks neither a file system nor a process', () => {
    expect(all.filter((file) => /^(node:(fs|child_process)|execa)/.test(file))).toEqual([])
  })
})

// --- utils ---

async function sources(): Promise<string[]> {
  const found = await Promise.all(
    ['schema', 'tools'].map(async (folder) =>
      (await readdir(join(root, folder), { recursive: true }))
        .filter((name) => name.endsWith('.ts'))
        .map((name) => join(folder, name)),
    ),
  )
  return found.flat()
}

/** What a file imports, or passes on, when it is loaded: files by their path in the repository, packages by their name. */
async function importsOf(file: string): Promise<string[]> {
  const text = await readFile(join(root, file), 'utf8')
  const found = text.matchAll(/^(?:import|export)\b[^'"]*?\bfrom '([^']+)'|^import '([^']+)'/gm)
  return [...found]
    .map(([, from, alone]) => from ?? alone ?? '')
    .map((name) => (name.startsWith('.') ? relative(root, normalize(join(root, dirname(file), name))) : name))
}

/** Everything that a file leads to by its imports; itself, where they lead back. */
function reached(file: string, seen = new Set<string>()): string[] {
  for (const one of imports.get(file) ?? []) {
    if (seen.has(one)) continue
    seen.add(one)
    reached(one, seen)
  }
  return [...seen]
}

/** Where a file stands among the layers: by itself, or by the longest of them that it is in. A package stands below all. */
function layerOf(file: string): number {
  if (!/^(schema|tools)\//.test(file)) return 0
  const own = layers.filter((layer) => file === layer || file.startsWith(`${layer}/`))
  const folder = own.sort((a, b) => b.length - a.length)[0]
  return folder === undefined ? -1 : layers.indexOf(folder)
}
