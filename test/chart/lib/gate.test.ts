import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { load } from 'js-yaml'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Proxy as ProxyValues } from '../../../schema/generated/values.ts'
import { findHelm } from '../../../tools/chart/helm.ts'
import { chart, render } from '../../../tools/chart/render.ts'
import { app, contour } from '../../values.ts'
import { refusals } from '../checks/check.ts'

const anyone = ['0.0.0.0/0', '::/0']
const parentRefs = [{ name: 'edge' }]
const hosts = ['a.example.com']
const ingress = (controller: 'nginx' | 'haproxy' | 'traefik', annotations = {}): ProxyValues => ({
  ingress: { controller, className: 'edge', hosts, annotations },
})
const istio: ProxyValues = { routes: { web: { controller: 'istio', parentRefs, hostnames: hosts } } }

describe('while a list is to be held, a key that its readers may heed passes only as harmless', () => {
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

  it('what is harmless, and what nobody reads, passes', async () => {
    const annotations = {
      'nginx.ingress.kubernetes.io/proxy-body-size': '8m',
      'argocd.argoproj.io/sync-wave': '1',
      'example.com/owner': 'edge',
      'haproxy.org/route-acl': 'not for nginx',
    }
    const { get } = await render(app(ingress('nginx', annotations)))
    expect(get('Ingress', 'app').metadata?.annotations).toMatchObject(annotations)
  })
})

describe('two objects of one identity', () => {
  it('are refused, wherever they come from', async () => {
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

it('no template writes the head of an object but the gate', async () => {
  const templates = join(chart, 'templates')
  const files = (await readdir(templates, { recursive: true })).filter((name) => /\.(tpl|yaml)$/.test(name))
  const heads = await Promise.all(
    files.map(async (file) => [
      file,
      /^---|^apiVersion:/m.test(await readFile(join(templates, file), 'utf8')),
    ]),
  )
  expect(heads.filter(([, found]) => found).map(([file]) => file)).toEqual(['lib/_gate.tpl'])
})

it('every declaration of keys names each harmless one once', async () => {
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
