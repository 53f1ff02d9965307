import { describe, expect, it } from 'vitest'
import { indented } from '../../../tools/import/indentation.ts'

const wrong = 'a:\n  b: 1\n c: 2\n'
const movedIn = (text: string) => indented(text).moved.map(({ line }) => line)

it('few errors: one after another is mended', () => {
  expect(movedIn(`${wrong}   d: 3\n`)).toHaveLength(2)
})

describe('of more errors than an indent makes none is tried, since each try finds all of them again', () => {
  const brackets = (count: number) => `${wrong}b: {\n${'b: c: d\n'.repeat(count)}`

  it('of a few the indent above them is mended', () => {
    expect(movedIn(brackets(20))).toContain(3)
  })

  it.each([
    ['many of no depth', brackets(300)],
    ['ten thousand brackets', `${wrong}b: ${'['.repeat(10_000)}`],
  ])('%s', (_, text) => {
    expect(movedIn(text)).toEqual([])
  })
})
