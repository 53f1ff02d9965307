import { expect, it } from 'vitest'
import { compare, shapes } from '../../../tools/bench/render.ts'

it.each(Object.keys(shapes))('%s: the flat chart gives the same objects', async (shape) => {
  const { chart } = await compare(shape, 2, 1)
  expect(chart.stdout).toContain('name: "app-00001"')
})
