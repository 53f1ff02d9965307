import { readFile } from 'node:fs/promises'
import { load } from 'js-yaml'
import { describe, expect, it } from 'vitest'
import type { Proxy as ProxyValues, Values } from '../../schema/generated/values.ts'
import { doorKind, kindNames } from '../../schema/kinds.ts'
import { needs } from '../../schema/needs.ts'
import { crds } from '../../tools/chart/crds.ts'
import type { KubernetesObject } from '../../tools/chart/objects.ts'
import { answer, asked, presets } from '../../tools/chart/presets.ts'
import { render } from '../../tools/chart/render.ts'
import { asksFor, door } from '../chart/conformance/doors.ts'
import { app, contour } from '../values.ts'

type Resources = Record<string, string[]>

/** What the page's table says that `access.resources` must hold, by what the values have. */
const page = await readFile('docs/access.md', 'utf8')
const table = new Map(
  [...page.matchAll(/^ *\| (.+) \| `(\S+: \[.+\])` \|$/gm)].map(([, has = '', resources = '']) => [
    has,
    load(resources) as Resources,
  ]),
)

/** What the API calls objects of a kind. */
const plurals = new Map<string | undefined, string>([
  ['Service', 'services'],
  ['Endpoints', 'endpoints'],
  ['EndpointSlice', 'endpointslices'],
  ['Ingress', 'ingresses'],
  ...(await crds()).map(
    ({ kind, definition }) => [kind, definition.metadata.name.split('.')[0] ?? ''] as const,
  ),
])
const resourceOf = ({ apiVersion = '', kind }: KubernetesObject) => {
  const [group = ''] = /^.+(?=\/)/.exec(apiVersion) ?? []
  return `${group}/${plurals.get(kind) ?? kind}`
}

/** What the Role of these rows of the table lets its bearer write, but Helm's own Secrets. */
async function writable(rows: readonly string[]): Promise<string[]> {
  const resources: Resources = {}
  for (const row of rows)
    for (const [group, names] of Object.entries(table.get(row) ?? {}))
      resources[group] = [...new Set([...(resources[group] ?? []), ...names])]
  const subjects = [{ kind: 'User' as const, name: 'anne' }]
  const { objects } = await render({
    access: { namespace: 'edge', subjects, addresses: ['2.3.4.0/24'], resources },
  })
  const role = objects.find(({ kind }) => (kind as string) === 'Role') as unknown as {
    rules: { apiGroups: string[]; resources: string[] }[]
  }
  return role.rules
    .flatMap(({ apiGroups, resources }) => resources.map((one) => `${apiGroups}/${one}`))
    .filter((one) => one !== '/secrets')
}

/** What a release of these values writes. */
const written = async (all: readonly Values[]) => {
  const objects = (await Promise.all(all.map((values) => render(values)))).flatMap(({ objects }) => objects)
  return new Set(objects.map(resourceOf))
}

const anyone: ProxyValues = { sourceRanges: ['0.0.0.0/0', '::/0'] }

/** Values for all that a preset can do at a kind of door. */
const everythingOf = Object.entries(await presets()).flatMap(([name, preset]) =>
  kindNames
    .filter((kind) => preset[kind])
    .map((kind) => {
      const object = preset[kind]?.object
      const row = kind === 'Ingress' ? 'Ingresses' : 'routes'
      const can = needs.filter((need) => asked(kind, need) && answer(preset, kind, need) === true)
      return {
        kind: `${kind} of ${name}`,
        rows: [...(object ? [] : [row]), `${row} of \`${name}\``].filter((one) => table.has(one)),
        values: [
          door(name, kind, { ...anyone, backend: doorKind(kind).speaks ? { protocol: 'grpc' } : {} }),
          ...can.map((need) => asksFor(name, preset, kind, need)),
        ],
      }
    }),
)
const listener = { port: 443, protocol: 'HTTPS' as const, tls: { secretName: 'a' } }
const gateway = (more: object): Values => ({ gateways: { edge: { className: 'eg', ...more } } })
const issuer = { name: 'ca' }
const others = [
  {
    kind: 'a route of another namespace',
    rows: ['routes'],
    values: [app({ ...anyone, routes: { web: { namespace: 'b', parentRefs: [{ name: 'edge' }] } } })],
  },
  {
    kind: 'gateways',
    rows: ['`gateways`'],
    values: [
      gateway({ listeners: { s: { ...listener, tls: { secretName: 'a', secretNamespace: 'b' } } } }),
      gateway({
        kind: 'ListenerSet',
        parentRef: { name: 'edge' },
        className: undefined,
        listeners: { s: listener },
      }),
    ],
  },
  {
    kind: 'an issuer',
    rows: ['an `issuer` of `contour`', 'Ingresses of `contour`'],
    values: [app(contour({ tls: { secretName: 'a', issuer } }))],
  },
  {
    kind: 'Endpoints',
    rows: ['`endpoints.kind: Endpoints`'],
    values: [app({ endpoints: { kind: 'Endpoints' } })],
  },
]
const cases = [...everythingOf, ...others]

describe.concurrent('the Role by the table of docs/access.md', () => {
  it.each(cases)('lets its bearer write $kind', async ({ rows, values }) => {
    expect(await writable(rows)).toEqual(expect.arrayContaining([...(await written(values))]))
  })

  it.each([...table.keys()])('holds nothing in vain: %s', async (row) => {
    const all = cases.filter(({ rows }) => rows.includes(row)).flatMap(({ values }) => values)
    const added = Object.entries(table.get(row) ?? {}).flatMap(([group, names]) =>
      names.map((name) => `${group === 'core' ? '' : group}/${name}`),
    )
    expect(added.length).toBeGreaterThan(0)
    expect([...(await written(all))]).toEqual(expect.arrayContaining(added))
  })
})
