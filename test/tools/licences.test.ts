import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../../tools/root.ts'

interface Package {
  license?: string
  dev?: true
  hasInstallScript?: true
}

const lock: { packages: Record<string, Package> } = JSON.parse(
  readFileSync(join(root, 'package-lock.json'), 'utf8'),
)
const packages = Object.entries(lock.packages).filter(([path]) => path !== '')
const shipped = packages.filter(([, { dev }]) => !dev)
const names = (some: typeof packages) => some.map(([path]) => path.replace(/^.*node_modules\//, ''))

/** Of what the npm package brings along: they ask for no more than that they are named. */
const permissive = ['0BSD', 'Apache-2.0', 'BSD-3-Clause', 'ISC', 'MIT', 'PSF-2.0']

describe('what the npm package brings along, by the lock file', () => {
  it('has a licence that asks for no source, but elkjs, as SECURITY.md argues', () => {
    expect(shipped.length).toBeGreaterThan(0)
    const others = shipped.filter(([, { license = '' }]) => !permissive.includes(license))
    expect(others.map(([path, { license }]) => [path, license])).toEqual([
      ['node_modules/elkjs', 'EPL-2.0 OR GPL-3.0-or-later'],
    ])
  })

  it('runs nothing at its installation', () => {
    expect(names(shipped.filter(([, { hasInstallScript }]) => hasInstallScript))).toEqual([])
  })
})

it('of what only development needs, the rest are those that SECURITY.md argues', () => {
  const others = packages.filter(
    ([, { dev, license = '' }]) => dev && !permissive.includes(license) && !license.startsWith('MIT OR '),
  )
  const families = names(others).map((name) => name.replace(/^lightningcss-.*/, 'lightningcss'))
  expect([...new Set(families)].sort()).toEqual([
    'argparse',
    'axe-core',
    'lightningcss',
    'openpgp',
    'robust-predicates',
  ])
})
