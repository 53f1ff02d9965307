import { expect, it } from 'vitest'
import { estimateOf } from '../../../tools/prove/estimate.ts'
import type { Knock } from '../../../tools/prove/knocks.ts'

const knock = (place: Knock['place']): Knock => ({
  proxy: 'app',
  door: 'load balancer',
  client: { who: 'App1', address: '1.2.3.4' },
  place,
  protocol: 'http',
  open: true,
  targetPort: 8080,
})

it('a ClusterIP is tried by each node, a load balancer once', () => {
  const knocks = [
    knock({ of: 'load balancer', service: 'app', port: 80 }),
    knock({ of: 'ClusterIP', service: 'app', port: 80 }),
  ]
  expect(estimateOf({ knocks, objects: [] }).tries).toBe(3)
})

it('ten times as much takes less than ten times as long: it grows as a line that begins with the start', () => {
  const tries = (count: number) =>
    Array.from({ length: count }, () => knock({ of: 'load balancer', service: 'app', port: 80 }))
  const [few, many, more] = [1000, 10_000, 19_000].map(
    (count) => estimateOf({ knocks: tries(count), objects: [] }).seconds,
  )
  expect((many ?? 0) - (few ?? 0)).toBe((more ?? 0) - (many ?? 0))
})
