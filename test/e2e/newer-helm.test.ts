import { join } from 'node:path'
import { execa } from 'execa'
import { describe, expect, it } from 'vitest'
import { chart, render } from '../../tools/chart/render.ts'
import { builtFolders } from '../../tools/programs/build.ts'
import { valuesFiles } from './cluster.ts'

describe.each([
  ['helm-3', 'v3.22.0'],
  ['helm-4', 'v4.3.1'],
] as const)('%s %s, newer than the npm packages', async (name, version) => {
  const helm = join((await builtFolders())[name], 'helm')

  it('is that version', async () => {
    expect((await execa(helm, ['version', '--template', '{{ .Version }}'])).stdout).toBe(version)
  })

  it.each(valuesFiles)('renders %s alike', async (file) => {
    const options = ['--kube-version=1.37.0', '--namespace=default', '--values', file]
    const { stdout } = await execa(helm, ['template', 'release', chart, ...options])
    expect(documents(stdout)).toEqual(documents((await render([file])).text))
  })
})

/** The documents of Helm's output. From 4.3 on, Helm itself sets a blank line between those of one template. */
const documents = (text: string) => text.split(/^---$/m).map((document) => document.trim())
