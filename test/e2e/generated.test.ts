import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, it } from 'vitest'
import { isInside } from '../../tools/prove/clients.ts'
import { fc, seed } from '../fast-check.ts'
import { acceptedOf, batchOf } from '../generated/batch.ts'

/** How many generated proxies go through prove. */
const goal = Number(process.env.GENERATED_PROVED ?? 30)

it(`packets agree with the judge and the values on ${goal} generated proxies`, {
  timeout: 600_000,
}, async () => {
  const folder = join('.cache', 'generated')
  await mkdir(folder, { recursive: true })
  const file = join(folder, `${seed}.yaml`)
  await writeFile(file, JSON.stringify({ proxies: await proxies() }))
  console.log(`seed ${seed}: npm run prove -- ${file} tries the same again`)
  const tsx = ['--import', 'tsx']
  const sandbox = [...tsx, 'test/e2e/fixtures/sandbox.ts', process.execPath, ...tsx]
  const run = await execa(process.execPath, [...sandbox, 'tools/cli.ts', 'prove', file, '--json'], {
    reject: false,
  })
  const { rows = [], verdict, why = [] }: Result = JSON.parse(run.stdout || '{}')
  expect(
    rows.filter(({ ok }) => !ok),
    run.stderr,
  ).toEqual([])
  for (const expected of ['App2 answers', 'refused']) {
    const tried = new Set(rows.filter((row) => row.expected === expected).map(({ proxy }) => proxy))
    expect(tried.size, `${expected}: ${why} ${run.stderr}`).toBeGreaterThan(goal / 2)
  }
  // Some have only doors of controllers that do not run here: so it may be that not all is proved, for that reason alone.
  expect(['as the values say', 'not proved'], why.join()).toContain(verdict)
  expect(why.filter((one) => !/^(no door that is to let )?App1 .* (tried|tried here)$/.test(one))).toEqual([])
})

/** What is read here of what prove prints. */
interface Result {
  rows?: { proxy: string; expected: string; ok: boolean }[]
  verdict?: string
  why?: string[]
}

/** Accepted proxies that can stand in one sandbox: no App2 of theirs is in anybody's ranges. */
async function proxies(): Promise<Record<string, object>> {
  const found: Record<string, object> = {}
  for (let round = 0; Object.keys(found).length < goal; round++) {
    const [batch] = fc.sample(batchOf(80), { numRuns: 1, seed: seed + round })
    const accepted = batch && (await acceptedOf({ ...batch, root: {} }))
    // Names of one round's samples are not another's.
    const text = JSON.stringify(accepted?.values.proxies ?? {}).replaceAll(/\bs(\d+)-/g, `r${round}s$1-`)
    for (const [name, proxy] of Object.entries<object>(JSON.parse(text))) {
      const {
        addresses = [],
        sourceRanges = [],
        routes,
      } = proxy as {
        addresses?: (string | { ip: string })[]
        sourceRanges?: string[]
        routes?: object
      }
      const narrow = sourceRanges.filter((range) => !range.endsWith('/0') && !range.endsWith('/1'))
      const apart = addresses.every(
        (one) => !isInside(typeof one === 'string' ? one : one.ip, [...narrow, '10.0.0.0/8']),
      )
      // What can't be tried here, such as a pool of MetalLB's that is not here, and rules to neighbours left out here.
      const alone = !routes && !/metallb\.io|SCTP|loadBalancerClass|externalName/.test(JSON.stringify(proxy))
      if (apart && alone && Object.keys(found).length < goal) found[name] = proxy
    }
  }
  return found
}
