import { expect, it } from 'vitest'
import { adviceOf, followed } from './advice.ts'

it.concurrent.each<[string, object, string, Record<string, object>]>([
  [
    'leave it out',
    { a: { b: 1, c: 2 } },
    'a.b: 1, and so on: leave it out',
    { 'leave it out': { a: { c: 2 } } },
  ],
  ['of a list', { a: ['x', 'y'] }, 'a[0]: x is not one: leave it out', { 'leave it out': { a: ['y'] } }],
  [
    'of a key that is named',
    { a: { 'x/y': '1' } },
    'a: x/y is read by Z: leave it out',
    { 'leave it out': { a: {} } },
  ],
  ['write', { a: { b: 1 } }, 'a.b: 1, and 2 is the most: write 2', { 'write 2': { a: { b: 2 } } }],
  [
    'one of several',
    { a: { b: 1 } },
    'a.b: 1: write 2 or 3, or leave it out',
    { 'write 2': { a: { b: 2 } }, 'write 3': { a: { b: 3 } }, 'leave it out': { a: {} } },
  ],
  [
    'another field',
    { proxies: { a: { service: { type: 'NodePort' }, sourceRanges: [] } } },
    'proxies.a.sourceRanges: none is written: write service.type ClusterIP, or 0.0.0.0/0 and ::/0 for anyone',
    {
      'write service.type ClusterIP': {
        proxies: { a: { service: { type: 'ClusterIP' }, sourceRanges: [] } },
      },
      'write 0.0.0.0/0 and ::/0 for anyone': {
        proxies: { a: { service: { type: 'NodePort' }, sourceRanges: ['0.0.0.0/0', '::/0'] } },
      },
    },
  ],
  [
    'an example',
    { a: {} },
    'a.b: not written: write at least one, for example {http: {port: 80}}',
    { 'write at least one, for example {http: {port: 80}}': { a: { b: { http: { port: 80 } } } } },
  ],
  [
    'add',
    { a: { b: ['x'] } },
    'a.b: too few: add y to say so',
    { 'add y to say so': { a: { b: ['x', 'y'] } } },
  ],
  [
    'the name that is meant',
    { a: { b: 1 } },
    'a.b: no such value; did you mean c?',
    { 'did you mean c?': { a: { c: 1 } } },
  ],
])('%s, followed', (_, values, says, cured) => {
  const problem = `${says} [code]`
  expect(
    Object.fromEntries(adviceOf(problem).map((advice) => [advice, followed(values, problem, advice)])),
  ).toEqual(cured)
})
