import { describe, expect, it } from 'vitest'
import { compare } from '../../../tools/doors/compare.ts'
import { doorsOf } from '../../../tools/doors/doors.ts'
import { isWider } from '../../../tools/doors/requests.ts'
import { httpProxy, nobody, service, slice } from './objects.ts'

const app = (ranges: string[], addresses = ['2.3.4.5'], more: object = {}) =>
  doorsOf([service({ loadBalancerSourceRanges: ranges, ...more }), slice(addresses)])
const changes = (before: ReturnType<typeof app>, now: ReturnType<typeof app>) =>
  compare(before, now).map(({ door, wider, narrower }) => [door.way, wider, narrower])
const ipv4 = (...ranges: string[]) => ({ IPv4: ranges, IPv6: [] })

describe('who gets in now that did not before, and who no longer', () => {
  it.each<[string, string[], string[], object[]]>([
    ['the same list', ['1.2.3.0/24'], ['1.2.3.0/25', '1.2.3.128/25'], []],
    [
      'a range more',
      ['1.2.3.4/32'],
      ['1.2.3.4/32', '5.6.7.8/32'],
      [['load balancer', ipv4('5.6.7.8/32'), nobody]],
    ],
    ['a wider range', ['1.2.3.0/25'], ['1.2.3.0/24'], [['load balancer', ipv4('1.2.3.128/25'), nobody]]],
    [
      'a range less',
      ['1.2.3.0/30'],
      ['1.2.3.1/32'],
      [['load balancer', nobody, ipv4('1.2.3.0/32', '1.2.3.2/31')]],
    ],
    [
      'another range',
      ['1.2.3.4/32'],
      ['1.2.3.5/32'],
      [['load balancer', ipv4('1.2.3.5/32'), ipv4('1.2.3.4/32')]],
    ],
    ['no list any more', ['128.0.0.0/1'], [], [['load balancer', ipv4('0.0.0.0/1'), nobody]]],
  ])('%s', (_, before, now, expected) => expect(changes(app(before), app(now))).toEqual(expected))

  it('a door that opens, and one that is closed', () => {
    const [closed, open] = [
      app(['1.2.3.4/32']),
      app(['1.2.3.4/32'], undefined, { internalTrafficPolicy: 'Cluster' }),
    ]
    expect(changes(closed, open)).toEqual([['ClusterIP', ipv4('0.0.0.0/0'), nobody]])
    expect(changes(open, closed)).toEqual([['ClusterIP', nobody, ipv4('0.0.0.0/0')]])
  })

  it('a door that is new, or gone', () => {
    const objects = [service(), slice(['2.3.4.5'])]
    const [without, withProxy] = [doorsOf(objects), doorsOf([...objects, httpProxy()])]
    expect(changes(without, withProxy)).toEqual([['HTTPProxy', ipv4('1.2.3.4/32'), nobody]])
    expect(changes(withProxy, without)).toEqual([['HTTPProxy', nobody, ipv4('1.2.3.4/32')]])
    expect(compare(without, withProxy).some(isWider)).toBe(true)
    expect(compare(withProxy, without).some(isWider)).toBe(false)
  })

  it('nobody gets in by a door that led nowhere', () => {
    expect(changes(app(['1.2.3.4/32'], []), app(['1.2.3.4/32']))).toEqual([
      ['load balancer', ipv4('1.2.3.4/32'), nobody],
    ])
  })
})

it('another address of App2 lets in nobody else, and is said', () => {
  const [change, ...others] = compare(app(['1.2.3.4/32']), app(['1.2.3.4/32'], ['2.3.4.6']))
  expect(others).toEqual([])
  expect(change).toMatchObject({
    door: { way: 'load balancer' },
    wider: nobody,
    narrower: nobody,
    to: { new: ['2.3.4.6:8080'], gone: ['2.3.4.5:8080'] },
  })
})

it('a certificate makes no other door of a host', () => {
  const proxies = [httpProxy(), httpProxy({}, { tls: { secretName: 'a' } })].map((proxy) =>
    doorsOf([proxy, service(), slice(['2.3.4.5'])]),
  )
  const [before = app([]), now = app([])] = proxies
  expect(compare(before, now)).toEqual([])
})

describe('a Service of another name', () => {
  const named = (name: string, ranges: string[]) =>
    doorsOf([
      service({ loadBalancerSourceRanges: ranges }, { name }),
      slice(['2.3.4.5'], {}, { metadata: { name, labels: { 'kubernetes.io/service-name': name } } }),
    ])

  it('is one door renamed, where all else is the same', () => {
    const found = compare(named('app', ['1.2.3.4/32']), named('new', ['1.2.3.4/32']))
    expect(found).toMatchObject([{ door: { service: 'default/new' }, renamed: 'default/app' }])
    expect(found.some(isWider)).toBe(false)
  })

  it('is a door gone and a new one, where its list is another', () => {
    const found = compare(named('app', ['1.2.3.4/32']), named('new', ['1.2.3.5/32']))
    expect(found.map(({ renamed, door }) => [door.service, renamed])).toEqual([
      ['default/new', undefined],
      ['default/app', undefined],
    ])
    expect(found.some(isWider)).toBe(true)
  })
})
