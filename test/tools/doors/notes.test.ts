import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { chart, render } from '../../../tools/chart/render.ts'
import { families, nobody, only, union, whoOf } from '../../../tools/doors/cidr.ts'
import { type Door, passing } from '../../../tools/doors/door.ts'
import { doorsOf } from '../../../tools/doors/doors.ts'
import { notes } from '../../notes.ts'
import { app, contour, dual, route } from '../../values.ts'
import { anyone } from './objects.ts'

const files = ['examples', join(chart, 'ci')].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => join(folder, name)),
)

/** What NOTES say of who gets in at each door, by proxy and door: `app load balancer`. */
function said(text: string): [door: string, words: string][] {
  let proxy = ''
  return text.split('\n').flatMap((line): [string, string][] => {
    proxy = /^(\S+): /.exec(line)?.[1] ?? proxy
    const [, door, words = ''] =
      /^ {2}(load balancer|node port|ClusterIP|[A-Z]\w+(?:Route|Proxy)|Ingress) +(.*)$/.exec(line) ?? []
    return door ? [[`${proxy} ${door}`, words]] : []
  })
}

/** The words of NOTES as those who get in. */
function meant(words: string) {
  const [, whom] = /open to (.*)$/.exec(words) ?? []
  if (words.startsWith('OPEN') || /^(anyone|pods)/.test(whom ?? '')) return anyone
  return whom === undefined ? nobody : whoOf(whom.split(', ')).who
}

/** The families by which a door's kind lets anybody in at all: a controller takes both, a Service those of App2. */
const familiesOf = (doors: readonly Door[]) =>
  families.filter((family) =>
    doors.some(
      ({ way, to }) =>
        !['load balancer', 'node port', 'ClusterIP'].includes(way) ||
        to.some((address) => address.startsWith('[') === (family === 'IPv6')),
    ),
  )

describe.concurrent("the chart's NOTES say what the judge finds in its objects", () => {
  it.each<[string, object]>([
    ...files.map((file): [string, object] => [file, parse(readFileSync(file, 'utf8'), { merge: true })]),
    ['both families', app({ ...dual, ...contour() })],
    [
      'every door open',
      app({ sourceRanges: ['0.0.0.0/0'], service: { inCluster: true, allocateLoadBalancerNodePorts: true } }),
    ],
    [
      'an Ingress and a route of one host, each with a list of its own',
      {
        proxies: {
          old: app({ ingress: { controller: 'nginx', className: 'nginx', hosts: ['a.example.com'] } }).proxies
            .app,
          new: app({
            ...route({ controller: 'envoy-gateway', hostnames: ['a.example.com'] }),
            sourceRanges: ['1.2.3.5/32'],
          }).proxies.app,
        },
      },
    ],
    [
      'a load balancer and an HTTPProxy of one host, each with a list of its own',
      {
        proxies: {
          old: app({ dns: { hostnames: ['a.example.com'] } }).proxies.app,
          new: app({ ...contour({ hosts: ['a.example.com'] }), sourceRanges: ['1.2.3.5/32'] }).proxies.app,
        },
      },
    ],
    ['type NodePort', app({ sourceRanges: ['0.0.0.0/0'], service: { type: 'NodePort' } })],
    ['type ClusterIP', app({ ...contour(), service: { type: 'ClusterIP', inCluster: true } })],
  ])('%s', async (_, values) => {
    const [{ objects }, noted] = await Promise.all([render(values), notes(values)])
    const { doors } = doorsOf(objects)
    const lines = said(noted)
    expect(lines.length).toBeGreaterThan(0)
    for (const [name, words] of lines) {
      const own = doors.filter(({ service, way }) => name === `${service.split('/')[1]} ${way}`)
      const found = own.map(passing).reduce(union, nobody)
      // An only address that is drained makes a door that leads nowhere.
      expect([name, found]).toEqual([name, only(meant(words), familiesOf(own))])
    }
  })
})
