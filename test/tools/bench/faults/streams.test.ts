import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { kindsOf, run } from '../../../../tools/bench/faults/streams.ts'
import type { Outcome } from '../../../../tools/cluster/machines/request.ts'

const answer = { status: 200, headers: {}, body: '', echo: { machine: 'app2' } } as unknown as Outcome
const one = { door: 'Contour', what: 'HTTP, new' } as const
const failure: Outcome = { failure: 'refused', detail: 'nothing listens' }

it.concurrent('what fails is counted, and the longest time between two answers', async () => {
  let well = true
  const load = run([{ ...one, ask: async () => (well ? answer : failure) }])
  await sleep(200)
  well = false
  const began = performance.now()
  await sleep(300)
  const ill = performance.now() - began
  well = true
  await sleep(200)
  const [suffered] = await load.stop()
  expect(suffered?.failed).toBeGreaterThan(0)
  expect(suffered?.failed).toBeLessThan(suffered?.sent ?? 0)
  expect(suffered?.gap).toBeGreaterThan(ill / 1000)
})

it.concurrent('an answer that is not of App2 is none', async () => {
  const load = run([{ ...one, ask: async () => ({ status: 503, headers: {}, body: 'no healthy upstream' }) }])
  await sleep(100)
  const [{ sent, failed } = { sent: 0, failed: -1 }] = await load.stop()
  expect(failed).toBe(sent)
})

it.concurrent('what became of those that failed is counted, in words, and by its kind over all streams', async () => {
  const outcomes: Outcome[] = [
    failure,
    { failure: 'timed out', detail: 'nothing within 2 s' },
    { status: 503, headers: {}, body: 'no healthy upstream: none' },
    { failure: 'refused', detail: 'closed without a word' },
  ]
  const load = run(
    ['HTTP, new', 'HTTPS, new'].map((what) => {
      const left = [...outcomes]
      return { ...one, what, ask: async () => left.shift() ?? answer }
    }),
  )
  await expect.poll(() => load.isWell(0), { timeout: 10_000 }).toBe(true)
  const suffered = await load.stop()
  expect(suffered[0]?.instead).toEqual(
    new Map([
      ['refused: nothing listens', 1],
      ['timed out: nothing within 2 s', 1],
      ['503: no healthy upstream: none', 1],
      ['refused: closed without a word', 1],
    ]),
  )
  expect(kindsOf(suffered)).toEqual(
    new Map([
      ['refused', 4],
      ['timed out', 2],
      ['503', 2],
    ]),
  )
})

it.concurrent('a kept connection that fails is opened anew', async () => {
  let opened = 0
  const open = () => {
    const own = ++opened
    return { ask: async () => (own === 1 ? failure : answer), close: () => {} }
  }
  const load = run([{ ...one, open }])
  await sleep(100)
  expect((await load.stop())[0]).toMatchObject({ failed: 1 })
  expect(opened).toBe(2)
})

it.concurrent.each([
  ['that says that it is its last by that connection', 'close', 3],
  ['that says nothing of it', 'keep-alive', 1],
])(
  'after an answer %s, a kept connection is opened anew or not; in the end all are closed',
  async (_, connection, least) => {
    let [opened, closed] = [0, 0]
    const open = () => {
      opened += 1
      return {
        ask: async () => ({ ...answer, headers: { connection } }),
        close: () => {
          closed += 1
        },
      }
    }
    const load = run([{ ...one, open }])
    await expect.poll(() => load.isWell(0), { timeout: 10_000 }).toBe(true)
    expect((await load.stop())[0]).toMatchObject({ failed: 0 })
    if (least === 1) expect(opened).toBe(1)
    else expect(opened).toBeGreaterThanOrEqual(least)
    expect(closed).toBe(opened)
  },
)

it.concurrent('it is well when the last ten of each stream since then were answered', async () => {
  const load = run([{ ...one, ask: async () => answer }])
  await expect.poll(() => load.isWell(0), { timeout: 10_000 }).toBe(true)
  expect(load.isWell(performance.now())).toBe(false)
  await load.stop()
})
