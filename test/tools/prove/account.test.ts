import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { chart } from '../../../tools/chart/render.ts'
import { doorsOf } from '../../../tools/doors/doors.ts'
import { accountOf, forgottenLines } from '../../../tools/prove/account.ts'
import { planOf } from '../../../tools/prove/plan.ts'
import { temporaryFiles } from '../../../tools/sources/values.ts'
import { app, contour, route } from '../../values.ts'

/** What becomes of the doors of values. */
async function accountOfFile(file: string) {
  const plan = await planOf({ files: [file] }, { nodes: ['node1', 'node2'] })
  const { doors } = doorsOf(plan.objects)
  return { plan, doors, account: accountOf(doors, plan) }
}
const accountOfValues = (values: object) =>
  temporaryFiles([{ name: 'values.yaml', content: JSON.stringify(values) }], ([file = '']) =>
    accountOfFile(file),
  )

const folders = ['examples', join(chart, 'ci'), join('test', 'e2e', 'fixtures', 'prove')]
const files = await Promise.all(
  folders.map(async (name) =>
    (await readdir(name)).flatMap((file) => (file.endsWith('.yaml') ? join(name, file) : [])),
  ),
)
describe.concurrent('no door that the judge finds is left out in silence', () => {
  it.each(files.flat().filter((file) => !/more\.yaml$/.test(file)))('%s', async (file) => {
    const { account } = await accountOfValues(parse(await readFile(file, 'utf8'), { merge: true }))
    expect(account.forgotten.map(({ id }) => id)).toEqual([])
    expect(account.tried + account.notTried).toBe(account.found)
    expect(account.found).toBeGreaterThan(0)
  })

  const ports = {
    http: { port: 80 },
    dns: { port: 53, protocol: 'UDP' },
    s: { port: 9, protocol: 'SCTP' },
  } as const
  const rules = [
    { matches: [{ path: { value: '/a' } }, { path: { value: '/b' }, method: 'HEAD' }] },
    { matches: [{ path: { value: '/c' } }], backendRefs: [{ proxy: 'other' }] },
    {
      matches: [{ path: { value: '/d' } }],
      filters: [{ type: 'RequestMirror', requestMirror: { backendRef: { proxy: 'other' } } }],
    },
  ]
  const two = (fields: object) => ({
    proxies: {
      app: { ...app().proxies.app, ...fields },
      other: { ...app().proxies.app, ...route(), routes: {} },
    },
  })
  it.each<[string, object, number, number]>([
    ['ports of every protocol', app({ ports }), 6, 3],
    [
      'a headless Service',
      app({
        service: { type: 'ClusterIP', clusterIP: 'None' },
        sourceRanges: [],
        ports: { http: { port: 80 } },
      }),
      0,
      1,
    ],
    ['a name in DNS', { proxies: { ...app().proxies, name: { externalName: 'a.example.com' } } }, 3, 1],
    [
      'hosts and paths',
      app(contour({ hosts: ['*.example.com', 'a.example.com'], paths: [{ path: '/a' }, { path: '/b' }] })),
      11,
      0,
    ],
    [
      "another controller's",
      app({ ingress: { controller: 'nginx', className: 'nginx', hosts: ['a.example.com'] } }),
      3,
      1,
    ],
    [
      'rules, of which some lead elsewhere',
      two(route({ hostnames: ['a.example.com', 'b.example.com'], rules } as object)),
      10,
      6,
    ],
    [
      'parents',
      app(
        route({
          parentRefs: [
            { name: 'edge', sectionName: 'a' },
            { name: 'edge', port: 8080, namespace: 'x' },
            { name: 'l', kind: 'ListenerSet' },
          ],
        }),
      ),
      3,
      3,
    ],
  ])('%s', async (_, values, tried, notTried) => {
    const { account } = await accountOfValues(values)
    expect(account.forgotten.map(({ id }) => id)).toEqual([])
    expect(account).toMatchObject({ tried, notTried, found: tried + notTried })
  })
})

describe.concurrent('a door is not tried', () => {
  it('where no knock has an address to go to; it is said then', async () => {
    const { doors, plan } = await accountOfValues(app())
    const account = accountOf(doors, plan, [])
    expect(account).toMatchObject({ found: 3, tried: 0 })
    expect(forgottenLines(account).map(({ proxy, what }) => [proxy, what.split(':')[0]])).toEqual(
      ['load balancer', 'node port', 'ClusterIP'].map((way) => ['app', way]),
    )
  })

  it('where those who should get in do not knock', async () => {
    const { doors, plan } = await accountOfValues(app())
    const account = accountOf(
      doors,
      plan,
      plan.knocks.filter(({ open }) => !open),
    )
    expect(account.forgotten.map(({ way }) => way)).toEqual(['load balancer'])
  })
})
