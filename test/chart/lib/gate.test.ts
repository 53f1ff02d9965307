import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { load } from 'js-yaml'
import { describe, expect, it } from 'vitest'
import type { Proxy as ProxyValues } from '../../../schema/generated/values.ts'
import { findHelm } from '../../../tools/chart/helm.ts'
import { chart, render } from '../../../tools/chart/render.ts'
import { refusals } from '../../refusals.ts'
import { app, contour } from '../../values.ts'

const anyone = ['0.0.0.0/0', '::/0']
const parentRefs = [{ name: 'edge' }]
const hosts = ['a.example.com']
const ingress = (controller: 'nginx' | 'haproxy' | 'traefik', annotations = {}): ProxyValues => ({
  ingress: { controller, className: 'edge', hosts, annotations },
})
const istio: ProxyValues = { routes: { web: { controller: 'istio', parentRefs, hostnames: hosts } } }

describe.concurrent('while a list is to be held, a key that its readers may heed passes only as harmless', () => {
  it.each<[key: string, where: string, values: object]>([
    ['nginx.ingress.kubernetes.io/satisfy', 'ingress', ingress('nginx')],
    ['nginx.ingress.kubernetes.io/allowlist-source-range', 'ingress', ingress('nginx')],
    ['nginx.ingress.kubernetes.io/of-some-later-version', 'ingress', ingress('nginx')],
    ['haproxy.com/allow-list', 'ingress', ingress('haproxy')],
    ['ingress.kubernetes.io/whitelist', 'ingress', ingress('haproxy')],
    ['allow-list', 'ingress', ingress('haproxy')],
    ['haproxy.org/route-acl', 'service', ingress('haproxy')],
    ['traefik.ingress.kubernetes.io/Router.Middlewares', 'ingress', ingress('traefik')],
    ['traefik.ingress.kubernetes.io/service.nodeportlb', 'service', ingress('traefik')],
    ['projectcontour.io/ingress.class', 'ingress', contour()],
    ['service.cilium.io/src-ranges-policy', 'service', {}],
    ['service.beta.kubernetes.io/load-balancer-source-ranges', 'service', {}],
    ['service.beta.kubernetes.io/aws-load-balancer-security-group-prefix-lists', 'service', {}],
    ['service.beta.kubernetes.io/azure-allowed-service-tags', 'service', {}],
    ['service.beta.kubernetes.io/of-some-other-cloud', 'service', {}],
    ['service.beta.kubernetes.io/azure-load-balancer-internal', 'service', {}],
  ])('%s of the %s', async (key, where, values) => {
    const proxy = app(values).proxies.app
    const written = { ...Object(proxy)[where], annotations: { [key]: 'x' } }
    expect(await refusals({ proxies: { app: { ...proxy, [where]: written } } })).toEqual([
      expect.stringMatching(
        new RegExp(
          `^proxies\\.app\\.${where}\\.annotations: ${key} is read by .*leave it out \\[annotation-not-harmless\\]$`,
        ),
      ),
    ])
    const open = { ...proxy, [where]: written, sourceRanges: anyone }
    expect(await refusals({ proxies: { app: open } })).toEqual([])
  })

  it.each<[key: string, field: 'commonAnnotations' | 'commonLabels', values: object]>([
    ['istio.io/dry-run', 'commonAnnotations', istio],
    ['istio.io/rev', 'commonLabels', istio],
    ['helm.sh/hook', 'commonAnnotations', {}],
    ['argocd.argoproj.io/sync-options', 'commonAnnotations', {}],
    ['service.kubernetes.io/service-proxy-name', 'commonLabels', {}],
    ['service.kubernetes.io/headless', 'commonLabels', {}],
    ['haproxy.org/route-acl', 'commonAnnotations', ingress('haproxy')],
  ])('%s of %s, said once', async (key, field, values) => {
    expect(await refusals({ ...app(values), [field]: { [key]: 'x' } })).toEqual([
      expect.stringContaining(`${field}: ${key} is read by `),
    ])
    expect(await refusals({ ...app({ ...values, sourceRanges: anyone }), [field]: { [key]: 'x' } })).toEqual(
      [],
    )
  })

  it('a Gateway that held routes may hang on', async () => {
    const gateways = {
      edge: {
        className: 'istio',
        listeners: { http: { port: 80, protocol: 'HTTP' } },
        annotations: { 'networking.istio.io/service-type': 'NodePort' },
      },
    }
    expect(await refusals({ ...app(istio), gateways })).toEqual([
      expect.stringContaining('gateways.edge.annotations: networking.istio.io/service-type is read by Istio'),
    ])
  })

  it('what is harmless, of those who open nothing, or of another controller passes', async () => {
    const annotations = {
      'nginx.ingress.kubernetes.io/proxy-body-size': '8m',
      'argocd.argoproj.io/sync-wave': '1',
      'link.argocd.argoproj.io/external-link': 'https://wiki.example.com/?q={"a"}',
      'cert-manager.io/duration': '24h',
      'external-dns.alpha.kubernetes.io/cloudflare-proxied': 'false',
      'haproxy.org/route-acl': 'not for nginx',
      owner: 'edge',
    }
    const { get } = await render(app(ingress('nginx', annotations)))
    expect(get('Ingress', 'app').metadata?.annotations).toMatchObject(annotations)
  })

  it.each<[key: string, of: 'nginx' | 'haproxy' | 'traefik', passes: string, refused: string]>([
    ['nginx.ingress.kubernetes.io/proxy-cookie-path', 'nginx', '/one/ /two/', '/ /; allow all'],
    ['nginx.ingress.kubernetes.io/x-forwarded-prefix', 'nginx', '/api', '/";satisfy any;#'],
    ['haproxy.org/check-http', 'haproxy', 'HEAD /healthz?a=b', 'HEAD /\n http-request allow'],
    ['traefik.ingress.kubernetes.io/router.entrypoints', 'traefik', 'websecure', 'web`'],
    ['traefik.ingress.kubernetes.io/router.tls', 'traefik', 'true', 'false'],
    [
      'argocd.argoproj.io/sync-options',
      'nginx',
      'ServerSideApply=true,RespectIgnoreDifferences=true',
      'ServerSideApply=true,PruneLast=true', // A route would go after its policy.
    ],
    ['argocd.argoproj.io/sync-wave', 'nginx', '2', '010'],
  ])('%s passes at a value that says nothing else', async (key, controller, passes, refused) => {
    expect(await refusals(app(ingress(controller, { [key]: passes })))).toEqual([])
    expect(await refusals(app(ingress(controller, { [key]: refused })))).toEqual([
      expect.stringContaining(`${key} is read by `),
    ])
  })

  it.each<[platform: 'aws' | 'cilium', key: string, passes: string, refused: string, reader: string]>([
    ['aws', 'service.beta.kubernetes.io/aws-load-balancer-type', 'external', 'nlb-ip', 'AWS'],
    ['cilium', 'service.cilium.io/type', 'LoadBalancer', 'NodePort', 'Cilium'],
  ])('with platform %s, %s passes as %s, not as %s', async (platform, key, passes, refused, reader) => {
    const of = (value: string) => ({ platform, ...app({ service: { annotations: { [key]: value } } }) })
    expect(await refusals(of(passes))).toEqual([])
    expect(await refusals(of(refused))).toEqual([expect.stringContaining(`${key} is read by ${reader}`)])
  })

  it.each(['nginx.ingress.kubernetes.io/default-backend', 'haproxy.org/backend-config-snippet'])(
    'of a neighbour of no preset, %s is refused: any controller may serve it',
    async (key) => {
      const anyone = { sourceRanges: ['0.0.0.0/0', '::/0'] }
      const open = {
        controller: 'none',
        className: 'x',
        hosts: ['b.example.com'],
        annotations: { [key]: 'app' },
      }
      const both = {
        proxies: { ...app().proxies, open: app({ ...anyone, ingress: open } as never).proxies.app },
      }
      expect(await refusals(both)).toEqual([
        expect.stringContaining(`proxies.open.ingress.annotations: ${key} is read by`),
      ])
      expect(await refusals({ proxies: { open: both.proxies.open } })).toEqual([])
    },
  )

  it.each([
    ['getambassador.io/config', 'getambassador.io/'],
    ['tailscale.com/expose', 'tailscale.com/expose'],
    ['example.com/owner', 'example.com/'],
  ])('%s, whose reader nobody knows, passes by a word of the values', async (key, word) => {
    const values = app({ service: { annotations: { [key]: 'true' } } })
    const prefix = `${key.split('/')[0]}/`
    const refused = await Promise.all([
      refusals(values),
      refusals({ ...values, harmlessKeys: [word] }),
      refusals({ ...values, harmlessKeys: ['other.example.com/', `${key}-too`, key.slice(0, -1)] }),
      refusals({ commonLabels: { [key]: 'true' }, ...app() }),
    ])
    expect(refused.map(({ length }) => length)).toEqual([1, 0, 1, 1])
    expect(refused[0]).toEqual([
      `proxies.app.service.annotations: ${key} is of no reader that is known here, and could open a way of its own: leave it out, or write it, or ${prefix}, in harmlessKeys [annotation-not-harmless]`,
    ])
  })

  it('is said with what the checks find, wherever it stands', async () => {
    const annotations = { 'helm.sh/hook': 'pre-install' }
    const said = await refusals({
      ...app({
        addresses: ['127.0.0.1'],
        service: { annotations },
        ...contour({ annotations }),
        routes: { web: { controller: 'envoy-gateway', parentRefs } },
      }),
      gateways: {
        edge: { className: 'eg', annotations, listeners: { web: { port: 80, protocol: 'HTTP' } } },
      },
      extraObjects: {
        own: {
          apiVersion: 'v1',
          kind: 'Secret',
          type: 'kubernetes.io/tls',
          metadata: { name: 'own', annotations },
        },
      },
    })
    expect(said.map((line) => line.replace(/: .*\[/, ' ['))).toEqual([
      'proxies.app.addresses[0] [address-reserved]',
      'proxies.app.service.annotations [annotation-not-harmless]',
      'proxies.app.ingress.annotations [annotation-not-harmless]',
      'gateways.edge.annotations [annotation-not-harmless]',
      'extraObjects.own.metadata.annotations [annotation-not-harmless]',
    ])
  })

  it('and so does a key that a reader has', async () => {
    const key = 'nginx.ingress.kubernetes.io/auth-url'
    expect(
      await refusals({ ...app(ingress('nginx', { [key]: 'https://auth' })), harmlessKeys: [key] }),
    ).toEqual([])
  })
})

describe.concurrent('a neighbour for anyone', () => {
  const neighbour = (fields: ProxyValues) => app({ sourceRanges: anyone, ...fields }).proxies.app

  it.each<[string, ProxyValues]>([
    [
      'nginx.ingress.kubernetes.io/default-backend',
      ingress('nginx', { 'nginx.ingress.kubernetes.io/default-backend': 'app' }),
    ],
    ['getambassador.io/config', { service: { annotations: { 'getambassador.io/config': 'service: app' } } }],
  ])('%s could lead to a held proxy', async (key, fields) => {
    expect(await refusals({ proxies: { ...app().proxies, open: neighbour(fields) } })).toEqual([
      expect.stringMatching(new RegExp(`^proxies\\.open\\..*annotations: ${key} is `)),
    ])
    expect(await refusals({ proxies: { open: neighbour(fields) } })).toEqual([])
  })

  it('may have what leads nowhere else', async () => {
    const annotations = { 'metallb.io/address-pool': 'x', 'service.cilium.io/src-ranges-policy': 'deny' }
    const open = neighbour({ service: { annotations } })
    expect(await refusals({ proxies: { ...app().proxies, open } })).toEqual([])
  })
})

describe.concurrent('two objects of one identity', () => {
  it('are refused, wherever they come from', async ({ onTestFinished }) => {
    const broken = await mkdtemp(join(tmpdir(), 'gate-'))
    onTestFinished(() => rm(broken, { recursive: true }))
    await cp(chart, broken, { recursive: true })
    const file = join(broken, 'templates', 'controllers', '_contour.tpl')
    const template = await readFile(file, 'utf8')
    await writeFile(file, template.replace('"name" $name', '"name" "same"'))
    const input = JSON.stringify(app(contour({ hosts: ['a.example.com', 'b.example.com'] })))
    const { stderr } = await execa(await findHelm(), ['template', 'x', broken, '--values', '-'], {
      input,
      reject: false,
    })
    expect(stderr).toContain('- proxies.app: its HTTPProxy same is made by proxies.app already')
  })

  it.each<[string, object]>([
    [
      "a Traefik Ingress's Host header, a route and a proxy of such names",
      {
        proxies: {
          app: app({
            ...ingress('traefik'),
            backend: { host: 'app2.example.com' },
            routes: { host: { controller: 'traefik', parentRefs } },
          }).proxies.app,
          'app-host': app({
            ingress: { controller: 'traefik', className: 'edge', hosts: ['b.example.com'] },
          }).proxies.app,
        },
      },
    ],
    [
      "Ingresses of Traefik whose names differ by a sign that isn't there",
      {
        proxies: Object.fromEntries(
          ['a-b', 'ab'].map((name) => [
            name,
            app({ ingress: { controller: 'traefik', className: 'edge', hosts: [`${name}.example.com`] } })
              .proxies.app,
          ]),
        ),
      },
    ],
    [
      'a route a-b of app and b of app-a',
      {
        proxies: {
          app: app({ routes: { 'a-b': { controller: 'envoy-gateway', parentRefs } } }).proxies.app,
          'app-a': app({ routes: { b: { controller: 'envoy-gateway', parentRefs, hostnames: hosts } } })
            .proxies.app,
        },
      },
    ],
  ])('%s: each has its own', async (_, values) => {
    const { objects } = await render(values)
    const identities = objects.map(({ kind, metadata }) => `${kind} ${metadata?.namespace}/${metadata?.name}`)
    expect(new Set(identities).size).toBe(identities.length)
  })
})

it.concurrent('releases of several namespaces write no object of one identity into another', async () => {
  const keys = ['a', 'of', '2', 'edge'] as const
  const parents = [{ name: 'gw' }, { name: 'other' }]
  const proxy = (name: string) => {
    const routes = keys.map((key) => {
      const hostnames = [`${key}.${name}.example.com`]
      return [key, { controller: 'istio', namespace: 'edge', parentRefs: parents, hostnames }]
    })
    return { ...app().proxies.app, routes: Object.fromEntries(routes) }
  }
  const proxies = Object.fromEntries(['a', 'of', 'edge'].map((name) => [name, proxy(name)]))
  const all = await Promise.all(
    keys.map(async (namespace) => (await render({ proxies }, { namespace })).objects),
  )
  const identities = all
    .flat()
    .map(({ kind, metadata }) => `${kind} ${metadata?.namespace}/${metadata?.name}`)
  expect(new Set(identities).size).toBe(identities.length)
  expect(identities).toContain('HTTPRoute edge/a.2.of.of')
})

it.concurrent('no template writes the head of an object but the gate', async () => {
  const templates = join(chart, 'templates')
  const files = (await readdir(templates, { recursive: true })).filter((name) => /\.(tpl|yaml)$/.test(name))
  const heads = await Promise.all(
    files.map(async (file) => [
      file,
      /^---|^apiVersion: /m.test(await readFile(join(templates, file), 'utf8')),
    ]),
  )
  expect(heads.filter(([, found]) => found).map(([file]) => file)).toEqual(['lib/_gate.tpl'])
})

it.concurrent('every controller whose keys pass says what their values are made of', async () => {
  for (const file of await readdir(join(chart, 'controllers'))) {
    const { keys } = load(await readFile(join(chart, 'controllers', file), 'utf8')) as {
      keys?: { harmless: string[]; values?: string }
    }
    if (!keys?.harmless.length) continue
    const form = new RegExp(keys.values ?? '', 'u')
    for (const value of ['a;b', 'a\nb', 'a{b}', 'a"b', "a'b", 'a#b', 'a\\b', 'a$b', 'a`b']) {
      expect(form.test(value), `${file}: ${value}`).toBe(false)
    }
  }
})

it.concurrent('every declaration of keys names each harmless one once', async () => {
  for (const folder of ['controllers', 'load-balancers']) {
    for (const file of await readdir(join(chart, folder))) {
      const { keys, harmless } = load(await readFile(join(chart, folder, file), 'utf8')) as {
        keys?: { harmless: string[] }
        harmless?: string[]
      }
      const names = keys?.harmless ?? harmless ?? []
      expect(new Set(names).size, file).toBe(names.length)
    }
  }
})
