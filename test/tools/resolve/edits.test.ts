import { expect, it } from 'vitest'
import { edited } from '../../../tools/resolve/edits.ts'

const gone = { start: 2, end: 5, text: '' }
const added = { start: 2, end: 2, text: ', c' }

it.each([
  ['first', [added, gone]],
  ['last', [gone, added]],
])('what is put in at a place stays where something is taken away from there on, said %s', (_, edits) => {
  expect(edited('[a, b]', edits)).toBe('[a, c]')
})

it('what no edit touches stays, in any order of the edits', () => {
  const edits = [
    { start: 4, end: 7, text: 'two' },
    { start: 0, end: 3, text: '1' },
  ]
  expect(edited('one 222 three', edits)).toBe('1 two three')
  expect(edited('one 222 three', edits.toReversed())).toBe('1 two three')
})

it('it takes as long as the text is, not the text again for each edit', () => {
  const text = 'x'.repeat(1_000_000)
  const edits = Array.from({ length: 50_000 }, (_, index) => ({
    start: 20 * index,
    end: 20 * index + 1,
    text: 'y',
  }))
  const before = process.cpuUsage().user
  const changed = edited(text, edits)
  expect(changed.match(/y/g)).toHaveLength(50_000)
  expect(process.cpuUsage().user - before).toBeLessThan(5_000_000)
})
