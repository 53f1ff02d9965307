import { expect, it } from 'vitest'
import { bars } from '../../../tools/bench/plot.ts'

it('each bar is there, with the names of rows and series', async () => {
  const svg = await bars(
    [
      { row: 'nothing', series: 'Contour', value: 0.1 },
      { row: 'Envoy killed', series: 'Contour', value: 3 },
    ],
    'seconds',
  )
  expect(svg).toMatch(/^<svg /)
  for (const text of ['nothing', 'Envoy killed', 'Contour', 'seconds']) expect(svg).toContain(`>${text}<`)
  expect(svg.match(/aria-roledescription="bar"/g)).toHaveLength(2)
})
