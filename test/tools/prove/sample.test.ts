import { expect, it } from 'vitest'
import type { Knock } from '../../../tools/prove/knocks.ts'
import { sampled } from '../../../tools/prove/sample.ts'

/** Of each of ten proxies: App1 gets in at one door, and an intruder gets in at none of two. */
const knocks = Array.from({ length: 10 }, (_, index) => `app${index}`).flatMap((proxy): Knock[] => {
  const knock = { proxy, protocol: 'http', targetPort: 8080 } as const
  const client = { who: 'intruder', address: '203.0.113.66' } as const
  return [
    {
      ...knock,
      door: 'load balancer',
      client: { who: 'App1', address: '1.2.3.4' },
      place: { of: 'load balancer', service: proxy, port: 80 },
      open: true,
    },
    {
      ...knock,
      door: 'load balancer',
      client,
      place: { of: 'load balancer', service: proxy, port: 80 },
      open: false,
    },
    {
      ...knock,
      door: 'ClusterIP',
      client,
      place: { of: 'ClusterIP', service: proxy, port: 80 },
      open: false,
    },
  ]
})

it('the same seed picks the same, another does not', () => {
  const picked = sampled(knocks, { size: 5, seed: 7 })
  expect(sampled(knocks, { size: 5, seed: 7 })).toEqual(picked)
  const others = [1, 2, 3].map((seed) => sampled(knocks, { size: 5, seed }))
  expect(others).not.toContainEqual(picked)
})

it.each([1, 2, 3, 4, 5])('beside who should not get in stands who should (seed %i)', (seed) => {
  const picked = sampled(knocks, { size: 5, seed })
  expect(picked.length).toBeGreaterThanOrEqual(5)
  expect(picked.length).toBeLessThanOrEqual(10)
  for (const { proxy } of picked) {
    expect(picked.some((knock) => knock.proxy === proxy && knock.open)).toBe(true)
  }
})

it('of fewer than it is to pick, all', () => {
  expect(sampled(knocks, { size: 100, seed: 1 })).toEqual(knocks)
})
