import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { helmVersions } from '../../tools/chart/helm.ts'
import { render } from '../../tools/chart/render.ts'
import { app, contour, dual } from '../values.ts'

const folder = await mkdtemp(join(tmpdir(), 'values-'))
afterAll(() => rm(folder, { recursive: true }))

const full = {
  namePrefix: 'team-',
  commonLabels: { team: 'edge' },
  commonAnnotations: { 'example.com/owner': 'edge' },
  harmlessKeys: ['example.com/'],
  proxies: {
    ...app({
      ...dual,
      ...contour({ tls: { issuer: { name: 'ca' } } }),
      dns: { hostnames: ['lb.example.com'] },
    }).proxies,
    legacy: { ...app().proxies.app, endpoints: { kind: 'Endpoints' } },
    named: { externalName: 'app2.example.com' },
    open: {
      ...app().proxies.app,
      sourceRanges: ['0.0.0.0/0', '::/0'],
      ingress: { hosts: ['open.example.com'] },
    },
    ...Object.fromEntries(
      (['nginx', 'haproxy', 'traefik'] as const).map((controller) => [
        controller,
        {
          ...app().proxies.app,
          ingress: { controller, className: controller, hosts: [`${controller}.example.com`] },
          backend: { host: 'app2.example.com', timeouts: { request: '1m30s' } },
        },
      ]),
    ),
    ...Object.fromEntries(
      (['envoy-gateway', 'istio', 'traefik'] as const).map((controller) => [
        `${controller}-route`,
        {
          ...app().proxies.app,
          backend: { protocol: 'https', host: 'app2.example.com' },
          routes: {
            web: {
              controller,
              parentRefs: [{ name: `${controller}-edge` }],
              hostnames: [`${controller}-route.example.com`],
              rules: [{ matches: [{ path: { value: '/a' } }] }, {}],
            },
          },
        },
      ]),
    ),
  },
  gateways: { edge: { className: 'edge', listeners: { http: { port: 80, protocol: 'HTTP' } } } },
}

describe.concurrent('the same values give the same bytes', () => {
  it.each(helmVersions)('by Helm %s', async (helm) => {
    const [own, newest] = await Promise.all([render(full, { helm }), render(full, { helm: '4.1' })])
    expect(own.text).toBe(newest.text)
  })

  it('in whatever order the proxies are written', async () => {
    const reversed = { ...full, proxies: Object.fromEntries(Object.entries(full.proxies).reverse()) }
    expect((await render(reversed)).text).toBe((await render(full)).text)
  })
})

it.concurrent('the output has no blank lines and no spaces at the ends of lines', async () => {
  const { text } = await render(full)
  expect(
    text
      .split('\n')
      .slice(0, -1)
      .filter((line) => /^\s*$|\s$/.test(line)),
  ).toEqual([])
})

it.concurrent('namePrefix stands before every name, and before the Service that the others name', async () => {
  const { objects, get } = await render(full)
  expect(objects.filter(({ metadata }) => !metadata?.name?.startsWith('team-'))).toEqual([])
  expect(get('HTTPProxy', 'team-app').spec.routes[0]?.services).toEqual([{ name: 'team-app', port: 80 }])
  expect(get('EndpointSlice', 'team-app-ipv4').metadata?.labels).toMatchObject({
    'kubernetes.io/service-name': 'team-app',
  })
})

it.concurrent('commonLabels and commonAnnotations are on every object', async () => {
  for (const { metadata } of (await render(full)).objects) {
    expect(metadata?.labels).toMatchObject({ team: 'edge' })
    expect(metadata?.annotations).toMatchObject({ 'example.com/owner': 'edge' })
  }
})

describe.concurrent('defaults', () => {
  const { app: proxy } = app().proxies

  it('are under every proxy', async () => {
    const { list } = await render({ defaults: proxy, proxies: { a: {}, b: {} } })
    expect(list('Service').map(({ metadata }) => metadata?.name)).toEqual(['a', 'b'])
  })

  it("a proxy's false outweighs a default true", async () => {
    const { get } = await render({
      defaults: { service: { inCluster: true } },
      ...app({ service: { inCluster: false } }),
    })
    expect(get('Service', 'app').spec?.internalTrafficPolicy).toBe('Local')
  })

  it('maps merge, lists are replaced', async () => {
    const { get } = await render({
      defaults: { sourceRanges: ['9.9.9.9/32'], service: { labels: { a: '1' } } },
      ...app({ service: { labels: { b: '2' } } }),
    })
    const { metadata, spec } = get('Service', 'app')
    expect(metadata?.labels).toMatchObject({ a: '1', b: '2' })
    expect(spec?.loadBalancerSourceRanges).toEqual(['1.2.3.4/32'])
  })

  it('leak from no proxy into another', async () => {
    const { get } = await render({
      defaults: { service: { labels: { a: '1' } } },
      proxies: { a: { ...proxy, service: { labels: { a: '2' } } }, b: proxy },
    })
    expect(get('Service', 'b').metadata?.labels).toMatchObject({ a: '1' })
  })
})

it.concurrent('enabled: false at the root makes nothing, as does no proxy', async () => {
  expect((await render({ enabled: false, ...app() })).objects).toEqual([])
  expect((await render({})).objects).toEqual([])
})

it.concurrent('null at the root means not written', async () => {
  const nothing = {
    set: ['enabled', 'platform', 'namePrefix', 'commonLabels', 'commonAnnotations', 'defaults'].map(
      (field) => `${field}=null`,
    ),
  }
  const [none, plain] = await Promise.all([render(app(), nothing), render(app())])
  expect(none.text).toBe(plain.text)
})

describe.concurrent.each(helmVersions)('null, by Helm %s,', (helm) => {
  const written = {
    defaults: { ports: { admin: { port: 81 } }, dns: { hostnames: ['a.example.com'] } },
    ...app(),
  }
  const nulls = ['ports.admin', 'dns', 'ingress', 'service.type', 'routes.web'].map(
    (path) => `proxies.app.${path}=null`,
  )

  it('takes away what defaults say, and else changes nothing', async () => {
    const [taken, plain] = await Promise.all([
      render(written, { helm, set: [...nulls, 'proxies.other=null', 'gateways.edge=null'] }),
      render(app(), { helm }),
    ])
    expect(taken.text).toBe(plain.text)
  })

  it('takes away in a later file what an earlier one says', async () => {
    const files = await Promise.all(
      [written, { defaults: null, proxies: { app: { service: null }, gone: null } }].map(
        async (values, index) => {
          const file = join(folder, `${helm}-${index}.yaml`)
          await writeFile(file, JSON.stringify(values))
          return file
        },
      ),
    )
    expect((await render(files, { helm })).text).toBe((await render(app(), { helm })).text)
  })

  it('is no item of a list, and no name of what must be there', async () => {
    const { app: proxy } = app().proxies
    const proxies = { item: { ...proxy, addresses: [null] }, name: { ...proxy, addresses: [{ ip: null }] } }
    const refused = render({ proxies }, { helm })
    await expect(refused).rejects.toThrow(/item\.addresses.0/)
    await expect(refused).rejects.toThrow(/name\.addresses.0/)
  })
})

it.concurrent('global is for an umbrella chart and changes nothing', async () => {
  expect((await render({ global: { anything: true }, ...app() })).text).toBe((await render(app())).text)
})

it.concurrent('objects go to the namespace of the release', async () => {
  const { objects } = await render(full, { namespace: 'edge' })
  expect(objects.filter(({ metadata }) => metadata?.namespace !== 'edge')).toEqual([])
})

it.concurrent.each(['true', 'no', 'null', 'y'])(
  'a name that YAML 1.1 could take for something else stays one: %s',
  async (name) => {
    const { proxies } = app({
      ...contour(),
      externalName: '',
      routes: { on: { controller: 'envoy-gateway', parentRefs: [{ name: 'edge', namespace: 'off' }] } },
    })
    const { text, objects } = await render({ proxies: { [name]: proxies.app } }, { namespace: 'no' })
    // What reads the objects there knows YAML 1.1, the library here 1.2: so the text is looked at.
    expect(text).not.toMatch(/[:-] (true|no|null|y|on|off)$/m)
    expect(objects).toHaveLength(5)
  },
)
