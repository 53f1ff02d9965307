import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { doorsOf } from '../../tools/doors/doors.ts'
import { accountOf } from '../../tools/prove/account.ts'
import { planOf } from '../../tools/prove/plan.ts'
import { fc, seed } from '../fast-check.ts'
import { acceptedOf, batchOf } from './batch.ts'

const batches = 15

it('prove leaves out no door in silence that the judge finds in generated values', {
  timeout: 300_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'account-'))
  console.log(`seed ${seed}`)
  let found = 0
  try {
    for (const batch of fc.sample(batchOf(40), { numRuns: batches, seed })) {
      const accepted = await acceptedOf(batch)
      if (!accepted || Object.keys(accepted.values.proxies ?? {}).length === 0) continue
      const file = join(folder, 'values.json')
      await writeFile(file, JSON.stringify(accepted.values))
      const plan = await planOf({ files: [file] }, { nodes: ['node1', 'node2'] }).catch((error: Error) => {
        if (error.message.includes('nothing to try')) return undefined
        throw error
      })
      if (!plan) continue
      const account = accountOf(doorsOf(plan.objects).doors, plan)
      expect(account.forgotten.map(({ id, object }) => `${object}: ${id}`)).toEqual([])
      expect(account.tried + account.notTried).toBe(account.found)
      found += account.found
    }
  } finally {
    await rm(folder, { recursive: true })
  }
  expect(found).toBeGreaterThan(0)
})
