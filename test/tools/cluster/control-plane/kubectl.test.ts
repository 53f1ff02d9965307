import { expect, it } from 'vitest'
import { served } from '../../../../tools/cluster/control-plane/kubectl.ts'
import { processes } from '../../../../tools/cluster/sandbox/processes.ts'

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
