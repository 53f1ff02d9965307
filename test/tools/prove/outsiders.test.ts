import { describe, expect, it } from 'vitest'
import type { Accepted } from '../../../tools/cluster/machines/echo.ts'
import type { Outcome } from '../../../tools/cluster/machines/request.ts'
import { refusals } from '../../../tools/prove/outsiders.ts'
import type { Try } from '../../../tools/prove/places.ts'

const tryOf = (address: string, open = false): Try => ({
  knock: {
    proxy: 'app',
    door: 'load balancer',
    client: { who: open ? 'App1' : 'intruder', address },
    place: { of: 'load balancer', service: 'app', port: 80 },
    protocol: 'http',
    open,
    targetPort: 8080,
  },
  target: { address: '198.18.10.101', port: 80, at: 'http://198.18.10.101:80' },
  addresses: ['2.3.4.5'],
})
const insider = tryOf('1.2.3.4', true)
const accepted: Accepted = {
  protocol: 'tcp',
  local: { address: '2.3.4.5', port: 8080 },
  peer: { address: '198.18.20.11', port: 33000 },
  at: 0,
}
const late: Outcome = { failure: 'timed out', detail: '' }

/**
 * Tries outsiders in a world where each connection does what `world` says.
 * @param world whether App2 accepts a connection, by who makes it and whether they say nothing
 */
async function tried(
  addresses: string[],
  world: (address: string, silent: boolean) => boolean,
  more: { getsIn?: () => boolean; background?: () => boolean; cutOff?: () => string[] } = {},
) {
  let fresh: Accepted[] = []
  const found = await refusals(
    addresses.map((address) => tryOf(address)),
    {
      app2: {
        async accepted() {
          const all = more.background?.() ? [...fresh, accepted] : fresh
          fresh = []
          return all
        },
      },
      send({ knock: { client, protocol } }) {
        if (world(client.address, protocol === 'tcp')) fresh.push(accepted)
        return { sourcePort: 20000, outcome: Promise.resolve(late) }
      },
      insiders: [insider],
      insider: async () => more.getsIn?.() ?? true,
      cutOff: async () => more.cutOff?.() ?? [],
      alive: async () => {},
      report: () => {},
    },
  )
  return found.map((one) => [one.try.knock.client.address, one.accepted])
}

describe("a refusal is one by App2's own word", () => {
  it('where it accepted nothing', async () => {
    expect(await tried(['203.0.113.1', '203.0.113.2'], () => false)).toEqual([
      ['203.0.113.1', false],
      ['203.0.113.2', false],
    ])
  })

  it('and not where it accepted somebody who was never answered', async () => {
    const world = (address: string) => address === '203.0.113.2'
    expect(await tried(['203.0.113.1', '203.0.113.2'], world)).toEqual([
      ['203.0.113.1', false],
      ['203.0.113.2', true],
    ])
  })

  it('also of a client that says nothing and waits', async () => {
    expect(await tried(['203.0.113.1'], (_, silent) => silent)).toEqual([['203.0.113.1', true]])
  })

  it('what it accepts now and then of others, as a health check, is nobody’s of them', async () => {
    let asked = 0
    const background = () => asked++ % 3 === 1
    expect(await tried(['203.0.113.1'], () => false, { background })).toEqual([['203.0.113.1', false]])
  })
})

describe('while those who should get in do not', () => {
  it('the others are tried again', async () => {
    let times = 0
    const world = () => times > 0
    const getsIn = () => ++times > 1
    expect(await tried(['203.0.113.1'], world, { getsIn })).toEqual([['203.0.113.1', true]])
  })

  it('no refusal counts, and the proof fails', async () => {
    await expect(tried(['203.0.113.1'], () => false, { getsIn: () => false })).rejects.toThrow(
      'App1 gets no answer in time at http://198.18.10.101:80 any more',
    )
  })
})

describe('while an outsider is cut off from the nodes themselves', () => {
  it('all are tried again', async () => {
    let times = 0
    const world = () => times > 0
    const cutOff = () => (++times > 1 ? [] : ['203.0.113.1'])
    expect(await tried(['203.0.113.1'], world, { cutOff })).toEqual([['203.0.113.1', true]])
  })

  it('no refusal counts, and the proof fails', async () => {
    const cutOff = () => ['203.0.113.1']
    await expect(tried(['203.0.113.1'], () => false, { cutOff })).rejects.toThrow(
      "203.0.113.1 can't even reach the nodes: so it is no door that refuses them",
    )
  })
})
