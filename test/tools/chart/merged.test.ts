import { expect, it } from 'vitest'
import { merged } from '../../../tools/chart/merged.ts'

it.each([
  { what: 'maps are merged', under: { a: { b: 1 } }, over: { a: { c: 2 } }, gives: { a: { b: 1, c: 2 } } },
  { what: 'lists are replaced', under: { a: [1, 2] }, over: { a: [3] }, gives: { a: [3] } },
  { what: 'null takes away', under: { a: { b: 1, c: 2 } }, over: { a: { b: null } }, gives: { a: { c: 2 } } },
  { what: 'null takes a map away', under: { a: { b: 1 } }, over: { a: null }, gives: {} },
  { what: 'null is not written', under: { a: null }, over: { b: { c: null } }, gives: { b: {} } },
  { what: 'an item may be null', under: {}, over: { a: [null] }, gives: { a: [null] } },
])('$what', ({ under, over, gives }) => {
  expect(merged<object>(under, over)).toEqual(gives)
})
