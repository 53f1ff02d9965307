import ipaddr from 'ipaddr.js'
import { describe, expect, it } from 'vitest'
import { difference, familyOf, intersection, union, type Who, whoOf } from '../../../tools/doors/cidr.ts'
import { fc, ofSamples } from '../../fast-check.ts'

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

  it('of any two, address by address', () => {
    const range = fc.oneof(
      fc
        .record({ start: fc.nat(15), length: fc.integer({ min: 28, max: 32 }) })
        .map(({ start, length }) => `10.0.0.${start}/${length}`),
      fc.constantFrom('0.0.0.0/0', '::/0', 'fd00::/8'),
    )
    const lists = fc.array(range, { maxLength: 4 })
    const addresses = [
      '9.9.9.9',
      ...Array.from({ length: 17 }, (_, index) => `10.0.0.${index}`),
      '::1',
      'fd00::1',
    ]
    const holds = (set: Who, address: string) =>
      set[familyOf(address) ?? 'IPv4'].some((one) => {
        const [range, length] = ipaddr.parseCIDR(one)
        return ipaddr.parse(address).match(range, length)
      })
    fc.assert(
      fc.property(lists, lists, (one, other) => {
        const [a, b] = [who(...one), who(...other)]
        const made = { union: union(a, b), intersection: intersection(a, b), difference: difference(a, b) }
        for (const set of Object.values(made)) expect(set).toEqual(who(...flat(set)))
        for (const address of addresses) {
          const [inA, inB] = [holds(a, address), holds(b, address)]
          expect(holds(made.union, address)).toBe(inA || inB)
          expect(holds(made.intersection, address)).toBe(inA && inB)
          expect(holds(made.difference, address)).toBe(inA && !inB)
        }
      }),
      { numRuns: ofSamples(200) },
    )
  })
})
