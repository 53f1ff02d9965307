import { expect, it } from 'vitest'
import { fixedProblems } from '../../../tools/doors/fixed.ts'
import { service } from './objects.ts'

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
