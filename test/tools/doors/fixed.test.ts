import { describe, expect, it } from 'vitest'
import { compare } from '../../../tools/doors/compare.ts'
import { doorsOf } from '../../../tools/doors/doors.ts'
import { appliedOver, fixedProblems } from '../../../tools/doors/fixed.ts'
import { isWider } from '../../../tools/doors/requests.ts'
import { dual, service, slice } from './objects.ts'

const about = (before: Record<string, unknown>, now: Record<string, unknown>) =>
  fixedProblems([service(before)], [service(now)]).map(({ message }) => message.split(': ')[0])

it.each<[string, Record<string, unknown>, Record<string, unknown>, string[]]>([
  ['the same', {}, {}, []],
  ['a family more', { ipFamilies: ['IPv6'] }, { ipFamilies: ['IPv6', 'IPv4'] }, []],
  [
    'the first family',
    { ipFamilies: ['IPv4', 'IPv6'] },
    { ipFamilies: ['IPv6', 'IPv4'] },
    ['ipFamilies begin with IPv6 and was IPv4'],
  ],
  [
    'a ClusterIP that is written',
    {},
    { clusterIP: '10.96.0.7' },
    ['clusterIP is 10.96.0.7 and was what the cluster gave it'],
  ],
  ['one that is no longer written', { clusterIP: '10.96.0.7' }, {}, []],
  ['none any more', { clusterIP: 'None' }, {}, ['clusterIP is none and was None']],
  [
    'a class',
    { loadBalancerClass: 'a/b' },
    { loadBalancerClass: 'c/d' },
    ['loadBalancerClass is c/d and was a/b'],
  ],
  ['a class that its type loses', { loadBalancerClass: 'a/b' }, { type: 'ClusterIP' }, []],
  ['a name in DNS', { ipFamilies: ['IPv6'] }, { type: 'ExternalName', ipFamilies: ['IPv4'] }, []],
])('%s', (_, before, now, expected) => {
  expect(about(before, now)).toEqual(expected)
})

it('a Service of another name is another', () => {
  const other = service({ ipFamilies: ['IPv6'] }, { name: 'other' })
  expect(fixedProblems([service()], [other])).toEqual([])
})

describe('an ipFamilyPolicy that is left out stays what it was', () => {
  const ranges = ['1.2.3.4/32', '2001:db8::/64']
  const both = [
    service({ ...dual, loadBalancerSourceRanges: ranges }),
    slice(['2.3.4.5']),
    slice(['fd00::5']),
  ]
  const withOne = (spec: Record<string, unknown>, ...slices: object[]) => [service(spec), ...slices]
  const wider = (now: object[], before: object[] = both) =>
    compare(doorsOf(before), doorsOf(appliedOver(before, now)))
      .filter(isWider)
      .map(({ door, wider: who }) => [door.way, who])
  const ends = [slice(['2.3.4.5']), slice(['fd00::5'])]

  it('so a range that is gone with its family opens it', () => {
    expect(wider(withOne({}, ...ends))).toEqual([['load balancer', { IPv4: [], IPv6: expect.any(Array) }]])
    expect(wider(withOne({ ipFamilyPolicy: null }, ...ends))).toHaveLength(1)
    // In a List, and in a namespace, too.
    const inList = [{ kind: 'List', items: withOne({}, ...ends) }]
    expect(wider(inList)).toHaveLength(1)
  })

  it('but not where it says SingleStack, no address is left of the family, or the Service is new', () => {
    expect(wider(withOne({ ipFamilyPolicy: 'SingleStack' }, ...ends))).toEqual([])
    expect(wider(withOne({}, slice(['2.3.4.5'])))).toEqual([])
    expect(appliedOver([], withOne({}, ...ends))).toEqual(withOne({}, ...ends))
  })

  it('and is said', () => {
    const codes = (spec: object) => fixedProblems(both, [service({ ...spec })]).map(({ code }) => code)
    expect(codes({})).toEqual(['family-kept'])
    expect(codes({ ipFamilyPolicy: 'SingleStack' })).toEqual([])
    expect(codes({ type: 'ExternalName' })).toEqual([])
  })
})
