import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { compare } from '../../../tools/doors/compare.ts'
import { doorsOf } from '../../../tools/doors/doors.ts'
import { markdownOf, textOf, whoText } from '../../../tools/doors/table.ts'
import { wrapped } from '../../../tools/doors/text-table.ts'
import { httpProxy, service, slice } from './objects.ts'

const objects = [service(), slice(['2.3.4.5']), httpProxy()]
const plain = (text: string) => stripVTControlCharacters(text)

describe('the table', () => {
  it('says of each door where it is, who gets in and what holds it', () => {
    expect(plain(textOf(doorsOf([service(), slice(['2.3.4.5'])])))).toMatchInlineSnapshot(`
      "default/app: 0 open to anyone, 1 held, 2 closed
      ┌───────────────┬────────┬──────────────┬─────────────┬─────────────────────────────────┬──────┐
      │ Door          │ Where  │ Leads to     │ Who gets in │ Held by                         │ Sure │
      │ load balancer │ TCP 80 │ 2.3.4.5:8080 │ 1.2.3.4/32  │ kube-proxy [1 2]                │ seen │
      │ node port     │ TCP 80 │ nothing      │ nobody      │ nodePort: 0                     │ seen │
      │ ClusterIP     │ TCP 80 │ 2.3.4.5:8080 │ nobody      │ internalTrafficPolicy Local [2] │ seen │
      └───────────────┴────────┴──────────────┴─────────────┴─────────────────────────────────┴──────┘

       1 if its address is on the nodes (MetalLB, kube-vip), or its cloud holds the ranges
       2 if kube-proxy serves the Services: Cilium lets pods past the ranges, GKE's Dataplane V2 past
         internalTrafficPolicy"
    `)
  })

  it('fits 100 columns, however long the names', () => {
    const long = httpProxy({}, { fqdn: `${'a'.repeat(60)}.${'b'.repeat(60)}.example.com` })
    const many = slice(Array.from({ length: 50 }, (_, index) => `2.3.4.${index}`))
    const ranges = Array.from({ length: 20 }, (_, index) => `2001:db8:${index}:1:1:1:1:${index}/128`)
    const report = doorsOf([service({ loadBalancerSourceRanges: ranges }), many, long])
    const changes = compare(doorsOf([]), report)
    const lines = plain(textOf({ ...report, changes })).split('\n')
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100)
  })

  it('says a note of several doors once', () => {
    const ports = [80, 81].map((port) => ({ name: `p${port}`, port, nodePort: 0 }))
    const text = plain(textOf(doorsOf([service({ ports }), slice(['2.3.4.5'])])))
    expect(text.split('if its address is on the nodes')).toHaveLength(2)
  })

  it('counts', () => {
    const [open = ''] = plain(textOf(doorsOf([service({ type: 'NodePort' }), slice(['2.3.4.5'])]))).split(
      '\n',
    )
    expect(open).toBe('default/app: 1 open to anyone, 0 held, 1 closed')
  })

  it('says so where there is no door', () => {
    expect(textOf(doorsOf([]))).toBe('No door leads to anything outside of the cluster.')
  })
})

describe('what changed', () => {
  const before = doorsOf(objects)
  const now = doorsOf([service({ internalTrafficPolicy: 'Cluster' }), slice(['2.3.4.5'])])

  it('is a table, and a line that counts', () => {
    const text = plain(textOf({ ...now, changes: compare(before, now) }))
    expect(text).toMatch(/ClusterIP of default\/app +│ TCP 80 +│ anyone by IPv4 │ /)
    expect(text).toMatch(/HTTPProxy of default\/app .*│ +│ 1\.2\.3\.4\/32 │/)
    expect(text.split('\n').at(-1)).toBe('1 door got wider.')
  })

  it('may be nothing', () => {
    expect(plain(textOf({ ...now, changes: [] }))).toContain('No door got wider or narrower.')
  })
})

it('Markdown has a table a Service, and notes as a list', () => {
  const text = markdownOf(doorsOf(objects))
  expect(text).toContain('### default/app')
  expect(text).toContain('| load balancer | TCP 80 | 2.3.4.5:8080 | 1.2.3.4/32 | kube-proxy [1 2] | seen |')
  expect(text).toMatch(/^1\. if its address is on the nodes/m)
})

it.each<[string[], string[], string]>([
  [[], [], 'nobody'],
  [['0.0.0.0/0'], ['::/0'], 'anyone'],
  [['0.0.0.0/0'], [], 'anyone by IPv4'],
  [['1.2.3.4/32'], ['::/0'], '1.2.3.4/32, anyone by IPv6'],
])('%j and %j are %s', (IPv4, IPv6, words) => expect(whoText({ IPv4, IPv6 })).toBe(words))

it.each<[string, number, string[]]>([
  ['a few words', 5, ['a few', 'words']],
  ['http://a.example.com/', 10, ['http://a.', 'example.', 'com/']],
  ['aaaaaaaa', 3, ['aaa', 'aaa', 'aa']],
  ['', 3, ['']],
])('%j in %i columns', (text, width, lines) => expect(wrapped(text, width)).toEqual(lines))
