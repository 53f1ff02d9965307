import { describe, expect, it } from 'vitest'
import { difference, intersection, union, whoOf } from '../../../tools/doors/cidr.ts'

const who = (...ranges: string[]) => whoOf(ranges).who
const flat = ({ IPv4, IPv6 }: ReturnType<typeof who>) => [...IPv4, ...IPv6]

describe('a list of ranges as a set', () => {
  it.each([
    ['host bits are cut', ['1.2.3.4/24'], ['1.2.3.0/24']],
    ['a bare address is itself', ['1.2.3.4', '2001:DB8::1'], ['1.2.3.4/32', '2001:db8::1/128']],
    ['what is inside of another is gone', ['10.1.0.0/16', '10.0.0.0/8'], ['10.0.0.0/8']],
    ['neighbours are one', ['1.2.3.0/25', '1.2.3.128/25'], ['1.2.3.0/24']],
    [
      'all of it in halves is anyone',
      ['0.0.0.0/1', '128.0.0.0/1', '::/1', '8000::/1'],
      ['0.0.0.0/0', '::/0'],
    ],
    ['an IPv4-mapped range is IPv4', ['::ffff:102:300/120'], ['1.2.3.0/24']],
    ['a wider one is not', ['::/0'], ['::/0']],
    ['each family by itself', ['1.2.3.4/32', '::/0'], ['1.2.3.4/32', '::/0']],
  ])('%s', (_, ranges, expected) => {
    expect(flat(who(...ranges))).toEqual(expected)
  })

  it.each(['1.2.3.4/33', '1.2.3/24', '1.2.3.4/', '010.0.0.1/8', 'fe80::1%eth0/64', 'patterns/list', ''])(
    '%j is no range',
    (range) => expect(whoOf([range]).unreadable).toEqual([range]),
  )
})

describe('sets, exactly', () => {
  it('of two, whoever is in one', () => {
    expect(flat(union(who('1.2.3.4/31'), who('1.2.3.6/31', '::1')))).toEqual(['1.2.3.4/30', '::1/128'])
  })

  it('of two, whoever is in both', () => {
    expect(
      flat(intersection(who('10.0.0.0/8', '::/0'), who('10.1.0.0/16', '11.0.0.0/8', 'fd00::/8'))),
    ).toEqual(['10.1.0.0/16', 'fd00::/8'])
  })

  it('of two, whoever is in the first and not in the second', () => {
    expect(flat(difference(who('10.0.0.0/30'), who('10.0.0.1')))).toEqual(['10.0.0.0/32', '10.0.0.2/31'])
    expect(flat(difference(who('0.0.0.0/0'), who('128.0.0.0/1')))).toEqual(['0.0.0.0/1'])
    expect(flat(difference(who('10.0.0.0/30'), who('10.0.0.0/8')))).toEqual([])
    expect(difference(who('::/0'), who('::/2')).IPv6).toEqual(['4000::/2', '8000::/1'])
  })
})
