import { expect, it } from 'vitest'
import type { Failure } from '../../../tools/cluster/machines/request.ts'
import type { Door } from '../../../tools/prove/knocks.ts'
import type { Try } from '../../../tools/prove/places.ts'
import { outsiderRow } from '../../../tools/prove/rows.ts'

const tryAt = (door: Door): Try => ({
  knock: {
    proxy: 'app',
    door,
    client: { who: 'intruder', address: '203.0.113.66' },
    place: { of: 'nodes', service: 'app', port: 80, transport: 'TCP' },
    protocol: 'http',
    open: false,
    targetPort: 8080,
  },
  target: { address: '198.18.10.11', port: 80, at: 'http://198.18.10.11:80' },
  addresses: [],
})

it.each<[Door, Failure['failure'], boolean]>([
  ['node port', 'refused', true],
  ['node port', 'timed out', true],
  ['node port', 'no route', false],
  ['straight to App2', 'no route', true],
  ['load balancer', 'no route', true],
  ['load balancer', 'other', false],
])('an intruder at a %s who sees "%s" is held by it: %s', (door, failure, ok) => {
  const outcome = { failure, detail: 'detail' }
  expect(outsiderRow({ try: tryAt(door), sourcePort: 1, outcome, accepted: false }).ok).toBe(ok)
})
