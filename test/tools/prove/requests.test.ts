import { describe, expect, it } from 'vitest'
import type { RouteMatch, RouteRule } from '../../../schema/generated/values.ts'
import { requestsOf, textFor } from '../../../tools/prove/requests.ts'
import { fc } from '../../fast-check.ts'

const of = (...rules: RouteRule[]) => requestsOf(rules, 'app')
const for_ = (match: RouteMatch) => of({ matches: [match] })
const redirect: RouteRule = { filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https' } }] }

it.each<[string, RouteMatch, object]>([
  ['any', {}, { path: '/' }],
  ['a path', { path: { value: '/a' } }, { path: '/a' }],
  ['a method', { method: 'POST' }, { path: '/', method: 'POST' }],
  ['a header', { headers: [{ name: 'X-A', value: '1' }] }, { path: '/', headers: { 'x-a': '1' } }],
  [
    'a query',
    { path: { value: '/a' }, queryParams: ['b', 'c'].map((name) => ({ name, value: '1' })) },
    { path: '/a?b=1&c=1' },
  ],
  [
    'expressions',
    {
      path: { type: 'RegularExpression', value: '/v[12]/items' },
      headers: [{ type: 'RegularExpression', name: 'X-A', value: 'b{3}' }],
    },
    { path: expect.stringMatching(/^\/v[12]\/items$/), headers: { 'x-a': 'bbb' } },
  ],
])('asks for %s', (_, match, request) => {
  expect(for_(match)).toMatchObject({ requests: [request], skipped: [] })
})

it('without rules asks for anything, and of several for each match of each', () => {
  expect(of().requests).toMatchObject([{ path: '/' }])
  const rules = [
    { matches: ['/a', '/b'].map((value) => ({ path: { value } })) },
    { matches: [{ path: { value: '/c' } }] },
  ]
  expect(of(...rules).requests.map(({ path }) => path)).toEqual(['/a', '/b', '/c'])
})

describe('says what is not tried', () => {
  it.each<[RouteRule, string]>([
    [redirect, 'it redirects, and leads to no App2'],
    [{ backendRefs: [{ proxy: 'app' }, { proxy: 'new' }] }, 'it leads to new too'],
    [{ backendRefs: [{ proxy: 'app', weight: 0 }] }, 'its backendRefs have no weight'],
    [
      { filters: [{ type: 'ExtensionRef', extensionRef: { group: 'a.b', kind: 'Filter', name: 'f' } }] },
      'Filter f, its filter, is not of these values',
    ],
  ])('%j', (rule, why) => {
    expect(of(rule)).toMatchObject({ requests: [], skipped: [{ what: 'rules[0]', why }] })
  })

  it.each<[RouteMatch, string]>([
    [{ method: 'HEAD' }, 'an answer to HEAD does not say whose it is'],
    [{ headers: [{ name: 'Host', value: 'a' }] }, "header Host is the connection's own"],
    [
      { queryParams: [{ name: 'q', value: 'a b' }] },
      'no value of q that a request can carry is found for a b',
    ],
    [{ path: { type: 'RegularExpression', value: '(?i)/a' } }, 'no path is found for the expression (?i)/a'],
    [{ path: { type: 'RegularExpression', value: 'a' } }, 'no path is found for the expression a'],
  ])('%j', (match, why) => {
    expect(for_(match)).toMatchObject({ requests: [], skipped: [{ what: 'rules[0].matches[0]', why }] })
  })

  it('a rule whose requests another takes, which does not lead to App2', () => {
    const narrow = { ...redirect, matches: [{ path: { value: '/a/b' } }] }
    const wide = { matches: [{ path: { value: '/a' } }, { path: { value: '/a/b/c' } }] }
    const { requests, skipped } = of(
      wide,
      { ...redirect, matches: [{ path: { type: 'Exact', value: '/a' } }] },
      narrow,
    )
    expect(requests).toMatchObject([{ path: '/a/b/c' }])
    expect(skipped.map(({ what, why }) => `${what}: ${why}`)).toEqual([
      'rules[0].matches[0]: rules[1] takes its requests',
      'rules[1].matches[0]: it redirects, and leads to no App2',
      'rules[2].matches[0]: it redirects, and leads to no App2',
    ])
  })

  it('no match is left out in silence', () => {
    const value = fc.constantFrom('/', '/a', '/a/b')
    const path = fc.record({ type: fc.constantFrom('PathPrefix', 'Exact', 'RegularExpression'), value })
    const match = fc.record({ path, method: fc.constantFrom('GET', 'HEAD') }, { requiredKeys: [] })
    const rule = fc.record({
      matches: fc.array(match, { minLength: 1, maxLength: 3 }),
      filters: fc.constantFrom([], redirect.filters),
    })
    fc.assert(
      fc.property(fc.array(rule, { minLength: 1, maxLength: 3 }), (rules) => {
        const { requests, skipped } = of(...(rules as RouteRule[]))
        expect(requests.length + skipped.length).toBe(rules.flatMap(({ matches }) => matches).length)
      }),
      { numRuns: 50 },
    )
  })
})

it.each(['/api/v\\d+', '/(a|b)+/c?', '/[a-z]{2,5}/.*', '/items/[^/]+/details', '^/a$'])(
  'a path is made from %s',
  (expression) => {
    const text = textFor(expression, /^\/[\w/-]*$/)
    expect(text).toMatch(new RegExp(`^(?:${expression})$`))
  },
)
