import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { render } from '../../../tools/chart/render.ts'
import { graphOf } from '../../../tools/diagram/graph.ts'
import { mermaidOf } from '../../../tools/diagram/mermaid.ts'
import { narrowed } from '../../../tools/diagram/narrow.ts'
import { svgOf } from '../../../tools/diagram/svg.ts'
import { textOf } from '../../../tools/diagram/text.ts'
import { doorsOf } from '../../../tools/doors/doors.ts'
import { app } from '../../values.ts'

const graph = async (values: object) =>
  graphOf(doorsOf((await render(values)).objects, { hasEndpoints: true }))
const states = async (values: object) =>
  (await graph(values)).nodes.flatMap(({ kind, lines, state }) =>
    kind === 'door' ? [[lines[0], state]] : [],
  )

describe.concurrent('a door is drawn by who gets in', () => {
  it.each([
    ['held', app()],
    ['open', app({ sourceRanges: ['0.0.0.0/0', '::/0'] })],
    ['drained', app({ addresses: [{ ip: '2.3.4.5', ready: false }] })],
  ])('%s', async (state, values) => {
    expect(await states(values)).toEqual([
      [`load balancer: ${state}`, state],
      ['node port: closed', 'closed'],
      ['ClusterIP: closed', 'closed'],
    ])
  })
})

it.concurrent('nobody is drawn at a closed door, and nothing behind a drained proxy', async () => {
  const { nodes, edges } = await graph(app({ addresses: [{ ip: '2.3.4.5', ready: false }] }))
  const closed = nodes.filter(({ state }) => state === 'closed').map(({ id }) => id)
  expect(edges.filter(({ to }) => closed.includes(to))).toEqual([])
  expect(nodes.filter(({ kind }) => kind === 'app2')).toEqual([])
})

it.concurrent('of a hundred proxies those that are alike are one, and what differs stays', async () => {
  const [proxy] = Object.values(app().proxies)
  const proxies = Array.from({ length: 99 }, (_, index) => [
    `p${index}`,
    { ...proxy, addresses: [`10.1.1.${index + 1}`] },
  ])
  const values = {
    proxies: { ...Object.fromEntries(proxies), open: { ...proxy, sourceRanges: ['0.0.0.0/0'] } },
  }
  const { nodes } = await graph(values)
  expect(nodes.flatMap(({ kind, lines }) => (kind === 'proxy' ? [lines] : [])).sort()).toEqual(
    [
      ['proxy (99)', 'default/p0', 'default/p1', 'default/p10', 'and 96 more'],
      ['proxy', 'default/open'],
    ].sort(),
  )
})

describe.concurrent('of a hundred proxies that differ in ports or lists', async () => {
  const [proxy] = Object.values(app().proxies)
  const hundred = (of: (index: number) => object) =>
    graph({
      proxies: Object.fromEntries(
        Array.from({ length: 100 }, (_, index) => [
          `p${index}`,
          { ...proxy, addresses: [`10.1.1.${index + 1}`], ...of(index) },
        ]),
      ),
    })
  const portsOf = (index: number) => ({ ports: { http: { port: 8000 + index } } })
  const rangesOf = (index: number) => ({ sourceRanges: [`10.${index}.0.0/16`] })
  const titlesOf = ({ nodes }: Awaited<ReturnType<typeof hundred>>) =>
    nodes.flatMap(({ kind, lines: [title] }) => (kind === 'proxy' || kind === 'app1' ? [title] : []))

  it('few lists stay apart, though ports differ', async () => {
    const few = (index: number) => ({ ...portsOf(index), sourceRanges: [`10.${index % 2}.0.0/16`] })
    expect(titlesOf(await hundred(few))).toEqual(['App1', 'proxy (50)', 'App1', 'proxy (50)'])
  })

  it('many lists are one, and all that is open another', async () => {
    const mixed = (index: number) =>
      index % 10 === 0 ? { ...portsOf(index), sourceRanges: ['0.0.0.0/0'] } : rangesOf(index)
    const made = await hundred(mixed)
    expect(titlesOf(made).sort()).toEqual(['App1', 'App1 (90)', 'proxy (10)', 'proxy (90)'])
    const open = made.nodes.filter(({ state }) => state === 'open')
    expect(open.map(({ lines }) => lines)).toEqual([
      ['load balancer: open', 'TCP 8000', 'TCP 8010', 'TCP 8020', 'and 7 more'],
    ])
  })
})

const proxyOf = (name: string, address: string) =>
  app({ addresses: [address], ingress: { controller: 'contour', hosts: [`${name}.example.com`] } }).proxies
    .app
const [wide, one] = await Promise.all([
  graph({ proxies: { one: proxyOf('one', '2.3.4.5'), two: proxyOf('two', '2.3.4.6') } }),
  graph({ proxies: { app: proxyOf('a', '2.3.4.5') } }),
])

describe.concurrent('in a column', () => {
  const { nodes, edges } = narrowed(wide)

  it('each proxy stands by itself, with whoever knocks, and its closed doors in one', () => {
    const lines = nodes.map((node) => node.lines.join(', '))
    const closed = 'closed, node port TCP 80, ClusterIP TCP 80'
    const ways = ['App1, 1.2.3.4/32', 'load balancer: held, TCP 80']
    expect(lines).toEqual([
      ...ways,
      ...['HTTPProxy: held, one.example.com/', closed, 'proxy, default/one', 'App2, 2.3.4.5:8080'],
      ...ways,
      ...['HTTPProxy: held, two.example.com/', closed, 'proxy, default/two', 'App2, 2.3.4.6:8080'],
    ])
    const ids = nodes.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { from, to } of edges) expect(ids).toEqual(expect.arrayContaining([from, to]))
    expect(edges).toHaveLength(12)
  })

  it('it is as narrow as a phone, at the same size of letters', async () => {
    const [, width] = /viewBox="0 0 (\d+) /.exec((await svgOf(wide, 'down')).markup) ?? []
    expect(Number(width)).toBeLessThan(468)
  })
})

describe.concurrent('every node and edge is in', () => {
  const texts = one.nodes.flatMap(({ lines }) => lines)

  it('SVG, without what a file must not load', async () => {
    const { markup: svg } = await svgOf(one)
    for (const text of texts) expect(svg).toContain(`>${text}</text>`)
    expect(svg.match(/<path class="line/g)).toHaveLength(one.edges.length)
    expect(svg).not.toMatch(/href|<script|url\(/)
  })

  it('SVG, a long host in several lines', async () => {
    const long = `${'a'.repeat(60)}.${'b'.repeat(60)}.example.com`
    const hosts = await graph(app({ ingress: { controller: 'contour', hosts: [long] } }))
    const { markup: svg } = await svgOf(hosts)
    for (const part of [`${'a'.repeat(60)}.`, `${'b'.repeat(60)}.`, 'example.com/'])
      expect(svg).toContain(`>${part}</text>`)
  })

  it('Mermaid', () => {
    const mermaid = mermaidOf(one, 'right')
    for (const text of texts) expect(mermaid).toContain(text)
    expect(mermaid.match(/ -->| -\.-x/g)).toHaveLength(one.edges.length)
  })

  it('text', () => {
    expect(stripVTControlCharacters(textOf(one))).toBe(
      [
        'default/app → 2.3.4.5:8080',
        '  + load balancer: held      TCP 80 ← 1.2.3.4/32',
        '  x node port: closed        TCP 80',
        '  x ClusterIP: closed        TCP 80',
        '  + HTTPProxy: held          a.example.com/ ← 1.2.3.4/32',
      ].join('\n'),
    )
  })
})
