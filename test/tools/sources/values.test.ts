import { existsSync } from 'node:fs'
import { expect, it } from 'vitest'
import { objectsOfValues, temporaryFiles } from '../../../tools/sources/values.ts'
import { app } from '../../values.ts'

const right = { name: 'right.yaml', content: JSON.stringify(app()) }

it("an error of Helm's names the user's file, and no copy of it", async () => {
  const failed = objectsOfValues([right, { name: 'my $& list.yaml', content: '- a' }], {})
  await expect(failed).rejects.toThrow(
    /--values right.yaml --values my \$& list.yaml\n.*parse my \$& list.yaml:/,
  )
  await expect(failed).rejects.not.toThrow('/values-')
})

it('copies are there only meanwhile', async () => {
  const [path = ''] = await temporaryFiles([right], async (paths) => paths)
  expect(path).not.toBe('')
  expect(existsSync(path)).toBe(false)
})
