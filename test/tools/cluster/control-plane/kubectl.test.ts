import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { served } from '../../../../tools/cluster/control-plane/kubectl.ts'
import { processes } from '../../../../tools/cluster/sandbox/processes.ts'
import { root } from '../../../../tools/root.ts'

it('a kind that kubectl does not find yet is asked for again', async () => {
  const asked: string[] = []
  const kubectl = async ([, kinds = '']: readonly string[]) => {
    asked.push(kinds)
    if (asked.length < 3) throw new Error('the server doesn\'t have a resource type "ipaddresspools"')
    return ''
  }
  await served({ kubectl, until: processes().until }, ['ipaddresspools.metallb.io', 'b.example.com'])
  expect(asked).toEqual(Array(3).fill('ipaddresspools.metallb.io,b.example.com'))
})

it('whoever applies or creates says whether to validate: on a busy machine kubectl can take too long to learn the kinds', async () => {
  const found: string[] = []
  for (const folder of ['tools', 'test/e2e']) {
    for (const name of await readdir(join(root, folder), { recursive: true })) {
      if (!name.endsWith('.ts')) continue
      const text = await readFile(join(root, folder, name), 'utf8')
      for (const [words] of text.matchAll(/\['(?:apply|create)',[^\]]*--filename[^\]]*\]/g))
        found.push(`${name}: ${words}`)
    }
  }
  expect(found.length).toBeGreaterThan(5)
  // What is sent --raw is not looked at.
  expect(found.filter((one) => !/--validate=|'--raw'/.test(one))).toEqual([])
})
