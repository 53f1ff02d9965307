import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { NotTried, Plan } from '../../../tools/prove/plan.ts'
import type { Row } from '../../../tools/prove/rows.ts'
import { tables } from '../../../tools/prove/table.ts'
import { verdictOf } from '../../../tools/prove/verdict.ts'

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
const app1 = row({ who: 'App1' })
const lines = (rows: Row[], notTried: NotTried[] = [], gateways: Plan['gateways'] = []) =>
  stripVTControlCharacters(
    tables(
      rows,
      { notTried, gateways, account: { found: 3, tried: 2 } },
      verdictOf(rows, { notTried, proxies: [] }),
    ),
  ).split('\n')
const rows = (count: number, fields: Partial<Row> = {}) =>
  Array.from({ length: count }, (_, index) => row({ from: `203.0.113.${index}`, ...fields }))

describe('the last line', () => {
  it.each([
    ['nothing was tried', [], 'Nothing is proved: nothing was tried.'],
    [
      'App1 was not',
      [row()],
      'Nothing is proved: App1 was never tried: no address of its ranges can be had here.',
    ],
    ['all went well', [app1], 'All 1 tries went as the values say.'],
    ['one did not', [row(), row({ ok: false })], '1 of 2 tries did not go as the values say.'],
  ])('%s', (_, given, expected) => {
    expect(lines(given).at(-1)).toBe(expected)
  })

  it('counts what was not tried', () => {
    const shown = lines([app1], [{ proxy: 'app', what: 'port s', why: 'SCTP is not tried here' }])
    expect(shown.at(-1)).toBe('All 1 tries went as the values say. 1 not tried.')
    expect(shown.join('\n')).toContain('SCTP is not tried here')
  })
})

describe('the table', () => {
  it('shows few tries one by one', () => {
    expect(lines(rows(20)).filter((line) => line.includes('as expected'))).toHaveLength(20)
  })

  it('shows of many those that went alike as one, and each that differs', () => {
    const shown = lines([...rows(30), ...rows(2, { ok: false, seen: 'answered' })])
    expect(shown.filter((line) => line.includes('as expected'))).toEqual([
      expect.stringContaining('30 × timed out'),
    ])
    expect(shown.filter((line) => line.includes('DIFFERS'))).toHaveLength(2)
  })

  it('names the proxies where there are several', () => {
    expect(lines([row()])[1]).not.toContain('Proxy')
    expect(lines([row(), row({ proxy: 'other' })])[1]).toContain('Proxy')
  })

  it('is never wider than 100 columns', () => {
    const long = rows(3, { at: `http://${'long.'.repeat(30)}example.com (edge/gateway 198.18.10.102)` })
    const shown = lines(long, [{ proxy: 'app', what: 'route web', why: 'because '.repeat(40) }])
    expect(Math.max(...shown.map((line) => line.length))).toBeLessThanOrEqual(100)
  })

  it('says below it what is open and held by nothing here, once for a door', () => {
    const open = rows(3, { door: 'node port', notHeld: 'the nodes’ own firewall holds it' })
    const shown = lines([app1, ...open])
    expect(shown.filter((line) => line.includes('open, not held'))).toHaveLength(3)
    expect(shown.filter((line) => line.startsWith('Open, not held: the node port of app.'))).toHaveLength(1)
  })

  it('says how many of the doors that the judge finds were tried', () => {
    expect(lines([app1])).toContain(
      'Of the 3 doors that the judge finds in the objects, 2 were tried, and 1 not.',
    )
  })

  it('says what was made up for it', () => {
    const listeners = { 'http-80': { port: 80, protocol: 'HTTP' } } as const
    const shown = lines([app1], [], [{ namespace: 'edge', name: 'there', listeners }]).join(' ')
    expect(shown).toContain('Made up here: the Gateway edge/there')
    expect(shown).toContain('http-80 (HTTP 80)')
  })
})
