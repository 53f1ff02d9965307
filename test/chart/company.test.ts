import fc from 'fast-check'
import { expect, it } from 'vitest'
import { refusals, refusalsAlone } from '../company.ts'
import { everyCheck } from './checks/check.ts'

const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31))

it('a case says alone what it says in company', async () => {
  console.info(`SEED=${seed}`)
  const rows = (await everyCheck()).flatMap(([, rows]) => Object.values(rows))
  // What has values beside proxies and gateways is mostly asked alone anyway.
  const cases = rows
    .flatMap(({ refused, accepted }) => [refused, accepted])
    .filter((values) => Object.keys(values).every((key) => ['proxies', 'gateways'].includes(key)))
  const together = await Promise.all(cases.map(async (values) => ({ values, said: await refusals(values) })))
  const some = fc.shuffledSubarray(together, { minLength: 16, maxLength: 16 })
  for (const { values, said } of fc.sample(some, { seed, numRuns: 1 }).flat())
    expect(said, JSON.stringify(values)).toEqual(await refusalsAlone(values))
})
