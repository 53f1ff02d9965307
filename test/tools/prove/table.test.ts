import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { tables } from '../../../tools/prove/table.ts'
import type { Row } from '../../../tools/prove/tries.ts'

const row = (fields: Partial<Row> = {}): Row => ({
  proxy: 'app',
  door: 'load balancer',
  who: 'intruder',
  from: '203.0.113.66',
  at: 'http://198.18.10.101:80',
  expected: 'refused',
  seen: 'timed out',
  ok: true,
  ...fields,
})
const lines = (...args: Parameters<typeof tables>) => stripVTControlCharacters(tables(...args)).split('\n')
const rows = (count: number, fields: Partial<Row> = {}) =>
  Array.from({ length: count }, (_, index) => row({ from: `203.0.113.${index}`, ...fields }))

describe('the last line', () => {
  it.each([
    ['all went well', [row()], 'All 1 tries went as the values say.'],
    ['one did not', [row(), row({ ok: false })], '1 of 2 tries did not go as the values say.'],
  ])('%s', (_, given, expected) => {
    expect(lines(given, []).at(-1)).toBe(expected)
  })

  it('counts what was not tried', () => {
    const shown = lines([row()], [{ proxy: 'app', what: 'port s', why: 'SCTP is not tried here' }])
    expect(shown.at(-1)).toBe('All 1 tries went as the values say. 1 not tried.')
    expect(shown.join('\n')).toContain('SCTP is not tried here')
  })
})

describe('the table', () => {
  it('shows few tries one by one', () => {
    expect(lines(rows(20), []).filter((line) => line.includes('as expected'))).toHaveLength(20)
  })

  it('shows of many those that went alike as one, and each that differs', () => {
    const shown = lines([...rows(30), ...rows(2, { ok: false, seen: 'answered' })], [])
    expect(shown.filter((line) => line.includes('as expected'))).toEqual([
      expect.stringContaining('203.0.113.0 and 29 more'),
    ])
    expect(shown.filter((line) => line.includes('DIFFERS'))).toHaveLength(2)
  })

  it('names the proxies where there are several', () => {
    expect(lines([row()], [])[1]).not.toContain('Proxy')
    expect(lines([row(), row({ proxy: 'other' })], [])[1]).toContain('Proxy')
  })
})
