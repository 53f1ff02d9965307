import { load } from 'js-yaml'
import { describe, expect, it } from 'vitest'
import { RefusedError, render } from '../../../tools/chart/render.ts'
import { accepted } from '../../../tools/import/accepted.ts'

/** What the chart says of a values file, by Helm. */
const problemsOf = (values: string) =>
  render(load(values) as object).then(
    () => [],
    (error: unknown) => {
      if (error instanceof RefusedError) return error.problems
      throw error
    },
  )

const imported = (text: string) => accepted([{ file: 'in.yaml', text }], 'default', problemsOf)

/** A Service with an address, and what else is written of it. */
const proxy = ({ spec = 'ports: [{port: 80}]', name = 'app', ips = ['2.3.4.5'], metadata = '' }) => `---
apiVersion: v1
kind: Service
metadata: {name: ${name}${metadata}}
spec: {${spec}}
---
apiVersion: v1
kind: Endpoints
metadata: {name: ${name}}
subsets: [{addresses: [${ips.map((ip) => `{ip: ${ip}}`).join(', ')}], ports: [{port: 80}]}]
`
const ingress = (spec: string, annotations = '', name = 'app') => `---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: ${name}, annotations: {${annotations}}}
spec: {${spec}rules: [{host: ${name}.example, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: ${name}, port: {number: 80}}}}]}}]}
`
const balanced = 'type: LoadBalancer, loadBalancerSourceRanges: [1.2.3.4/32], ports: [{port: 80}]'
const list = 'nginx.ingress.kubernetes.io/whitelist-source-range: 1.2.3.4/32'

describe.concurrent('what the chart refuses is closed, with its words, and the rest is as it was', () => {
  it.each<[string, string, object, string]>([
    [
      'an Ingress whose controller is not known',
      proxy({ spec: balanced }) + ingress(''),
      {
        enabled: undefined,
        sourceRanges: ['1.2.3.4/32'],
        ingress: { enabled: false, hosts: ['app.example'] },
      },
      "controller none can't hold this Ingress to sourceRanges",
    ],
    [
      'a route whose controller is not known',
      `${proxy({ spec: balanced })}---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web}
spec: {parentRefs: [{name: edge}], hostnames: [a.example], rules: [{backendRefs: [{name: app, port: 80}]}]}
`,
      { enabled: undefined, routes: { web: { enabled: false, hostnames: ['a.example'] } } },
      'routes.web.enabled is false until you say otherwise',
    ],
    [
      'a load balancer of which a list lets nobody in',
      proxy({ spec: balanced.replace('1.2.3.4/32', 'office') }),
      { enabled: false, sourceRanges: [] },
      'the chart refuses proxies.app.sourceRanges: none is written',
    ],
    [
      'an annotation beside a list that nobody calls harmless',
      proxy({ spec: balanced, metadata: ', annotations: {example.com/owner: us}' }),
      { enabled: false, service: { annotations: { 'example.com/owner': 'us' } } },
      'example.com/owner',
    ],
    [
      'a list of what leads there, all of which is closed: it waits where it is',
      proxy({}) + ingress('ingressClassName: unknown, ', list),
      { enabled: undefined, sourceRanges: ['1.2.3.4/32'], ingress: { enabled: false } },
      "controller none can't hold this Ingress to sourceRanges",
    ],
    [
      'a list that holds nothing, since nothing leads there: it waits in a comment',
      proxy({ spec: 'type: ClusterIP, loadBalancerSourceRanges: [1.2.3.4/32], ports: [{port: 80}]' }),
      { enabled: undefined, sourceRanges: undefined, service: { type: 'ClusterIP' } },
      'nothing leads to app from outside: sourceRanges, 1.2.3.4/32, are left out until something does',
    ],
    [
      'a Service without addresses',
      proxy({ ips: ['app2'] }),
      { enabled: false, addresses: [] },
      'the chart refuses proxies.app.addresses: none is written',
    ],
    [
      'a ClusterIP that drops every packet',
      proxy({ spec: 'internalTrafficPolicy: Local, ports: [{port: 80}]' }),
      { enabled: undefined, service: { type: 'ClusterIP', inCluster: false } },
      '',
    ],
  ])('%s', async (_, text, proxies, words) => {
    const { values, findings } = await imported(text + proxy({ name: 'other' }))
    const made = load(values) as { proxies: Record<string, object> }
    expect({ enabled: undefined, sourceRanges: undefined, ...made.proxies.app }).toMatchObject(proxies)
    expect(made.proxies.other).toEqual({
      addresses: ['2.3.4.5'],
      ports: { http: { port: 80 } },
      service: { type: 'ClusterIP' },
    })
    expect(findings.map(({ message }) => message).join('\n')).toContain(words)
    expect(await problemsOf(values)).toEqual([])
  })
})

it.concurrent('what the chart closes leaves its requests to nobody: a wider path of the host is closed as well', async () => {
  const path = (name: string, one: string) =>
    `{path: ${one}, pathType: Prefix, backend: {service: {name: ${name}, port: {number: 80}}}}`
  const text =
    proxy({ spec: 'ports: [{port: 80}]' }) +
    proxy({ name: 'admin', ips: ['app2'] }) +
    ingress('ingressClassName: nginx, ').replace(
      path('app', '/'),
      `${path('app', '/')}, ${path('admin', '/admin')}`,
    )
  const { values, findings } = await imported(text)
  expect(load(values)).toMatchObject({
    proxies: { app: { ingress: { enabled: false } }, admin: { enabled: false } },
  })
  expect(findings.map(({ message }) => message)).toContain(
    'what app.example/admin leads to is left out, and app would get it: ingress.enabled is false until you say otherwise',
  )
})

it.concurrent('what is no help closed is left out: a field that has no right form, or a proxy that has no right name', async () => {
  const text =
    proxy({ spec: 'ports: [{port: 99999}]' }) + proxy({ name: 'My.App' }) + proxy({ name: 'other' })
  const { values, findings, proxies } = await imported(text)
  expect(proxies.map(({ name }) => name)).toEqual(['app', 'other'])
  expect(load(values)).toMatchObject({ proxies: { app: { enabled: false, addresses: ['2.3.4.5'] } } })
  const said = findings.map(({ what, message }) => `${what} ${message}`)
  expect(said.join('\n')).toContain(
    "left out ports: the chart refuses proxies.app.ports.tcp-99999.port: 99999 is not a port's number",
  )
  expect(said.join('\n')).toContain('left out My.App: the chart refuses proxies.My.App')
})

it.concurrent('a name that another begins with is not that one', async () => {
  const text = proxy({ name: 'app-2', ips: ['app2'] }) + proxy({ name: 'app' })
  expect(load((await imported(text)).values)).toMatchObject({
    proxies: { 'app-2': { enabled: false }, app: { addresses: ['2.3.4.5'] } },
  })
})
