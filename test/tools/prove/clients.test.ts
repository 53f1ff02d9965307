import { describe, expect, it } from 'vitest'
import { clientsOf, isInside } from '../../../tools/prove/clients.ts'

const standing = (who: string, ranges: string[], taken: string[] = []) =>
  clientsOf(ranges, taken).flatMap((client) => (client.who === who ? client.address : []))

describe('App1 is at the first and the last usable address of each range', () => {
  it.each([
    ['1.2.3.0/24', ['1.2.3.1', '1.2.3.254']],
    ['1.2.3.4/30', ['1.2.3.5', '1.2.3.6']],
    ['1.2.3.4/31', ['1.2.3.4', '1.2.3.5']],
    ['1.2.3.4/32', ['1.2.3.4']],
    ['10.0.0.0/8', ['10.0.0.1', '10.255.255.254']],
    ['2001:db8:1::/64', ['2001:db8:1::1', '2001:db8:1:0:ffff:ffff:ffff:fffe']],
    ['2001:db8::5/128', ['2001:db8::5']],
  ])('%s: %j', (range, expected) => {
    expect(standing('App1', [range])).toEqual(expected)
  })

  it('of the whole Internet somewhere, since its ends are nobody', () => {
    expect(standing('App1', ['0.0.0.0/0'])).toEqual(['203.0.113.66'])
    expect(standing('App1', ['::/0'])).toEqual(['2001:db8:bad::66'])
  })

  it("not at App2's own address, which lies in the range", () => {
    expect(standing('App1', ['2.3.4.0/30'], ['2.3.4.1'])).toEqual(['2.3.4.2'])
  })
})

describe('others are just outside of each range', () => {
  it.each([
    [['1.2.3.0/24'], ['1.2.2.255', '1.2.4.0']],
    [['1.2.3.4/32'], ['1.2.3.3', '1.2.3.5']],
    [
      ['1.2.3.0/25', '1.2.3.128/25'],
      ['1.2.2.255', '1.2.4.0'],
    ],
    [
      ['1.2.0.0/16', '1.2.3.0/24'],
      ['1.1.255.255', '1.3.0.0'],
    ],
    [['2001:db8::/127'], ['2001:db7:ffff:ffff:ffff:ffff:ffff:ffff', '2001:db8::2']],
    [['0.0.0.0/0'], []],
    [['1.0.0.0/8'], ['2.0.0.0']],
  ])('%j: %j', (ranges, expected) => {
    expect(standing('just outside', ranges)).toEqual(expected)
  })
})

describe('an intruder of each family is far from all', () => {
  it.each([
    [['1.2.3.4/32'], ['203.0.113.66', '2001:db8:bad::66']],
    [['203.0.113.0/24'], ['198.51.100.66', '2001:db8:bad::66']],
    [['0.0.0.0/0'], ['2001:db8:bad::66']],
    [['0.0.0.0/0', '::/0'], []],
  ])('%j: %j', (ranges, expected) => {
    expect(standing('intruder', ranges)).toEqual(expected)
  })
})

describe('where the ranges hold all such places, the intruder is just outside', () => {
  it.each([
    [['2001:db8::/32'], ['203.0.113.66', '2001:db7:ffff:ffff:ffff:ffff:ffff:ffff']],
    [['192.0.0.0/4'], ['191.255.255.255', '2001:db8:bad::66']],
    [
      ['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24'],
      ['192.0.1.255', '2001:db8:bad::66'],
    ],
  ])('%j: %j', (ranges, expected) => {
    expect(standing('intruder', ranges)).toEqual(expected)
  })
})

it.each([
  ['1.2.3.4', ['1.2.3.0/24'], true],
  ['1.2.4.4', ['1.2.3.0/24'], false],
  ['1.2.3.4', ['::/0'], false],
  ['2001:db8::1', ['0.0.0.0/0', '2001:db8::/32'], true],
])('%s is in %j: %s', (address, ranges, expected) => {
  expect(isInside(address, ranges)).toBe(expected)
})
