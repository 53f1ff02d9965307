import { expect, it } from 'vitest'
import { render } from '../../../tools/chart/render.ts'
import { partsOf } from '../../../tools/prove/install.ts'

const proxies = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `p${index}`,
      {
        addresses: ['2.3.4.5', '2.3.4.6', '2.3.4.7'],
        ports: { a: { port: 80 }, b: { port: 81 } },
        sourceRanges: ['1.2.3.4/32'],
      },
    ]),
  )

it.concurrent('a part has no more ports and endpoints than there is room for, and all parts have all', async () => {
  const { objects } = await render({ proxies: proxies(5) })
  const parts = partsOf(objects, 16)
  expect(parts.flat()).toEqual(objects.filter(({ kind }) => kind === 'Service' || kind === 'EndpointSlice'))
  // Of each proxy 2 ports, which weigh 8, and again with the 3 endpoints of each.
  const weights = parts.map((part) => part.reduce((sum, { kind }) => sum + (kind === 'Service' ? 8 : 14), 0))
  expect(Math.max(...weights)).toBeLessThanOrEqual(16)
  expect(weights.reduce((sum, weight) => sum + weight, 0)).toBe(5 * 22)
})

it.concurrent('what has room is one part, and what alone has more than there is room for is a part of its own', async () => {
  const { objects } = await render({ proxies: proxies(1) })
  expect(partsOf(objects, 22)).toHaveLength(1)
  expect(partsOf(objects, 1)).toHaveLength(2)
})
