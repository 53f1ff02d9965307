import { readFile } from 'node:fs/promises'
import { load } from 'js-yaml'
import { describe, expect, it } from 'vitest'
import { render } from '../../../tools/chart/render.ts'
import { imported } from '../../../tools/import/import.ts'
import { fc } from '../../fast-check.ts'
import { clusterIP, endpoints, ingress, ofText, read, service, two } from './manifests.ts'

const ofFile = async (file: string) => imported([{ file, text: await readFile(file, 'utf8') }])

describe.concurrent('a list of objects, as kubectl prints it', () => {
  it('becomes values of each Service without a selector', async () => {
    const { proxies, said } = read(await ofFile('test/tools/import/fixtures/list.yaml'))
    expect(proxies).toMatchObject({
      db: {
        addresses: ['2.3.4.5', { ip: '2.3.4.6', ready: false }],
        ports: { pg: { port: 5432, targetPort: 5433 } },
        service: { sessionAffinity: 'ClientIP', annotations: { 'metallb.io/address-pool': 'public' } },
        dns: { hostnames: ['db.somehost.net', 'db2.somehost.net'], ttl: 60 },
      },
      web: {
        service: { type: 'ClusterIP' },
        sourceRanges: ['1.2.3.4/32', '5.6.7.0/24'],
        ingress: {
          controller: 'nginx',
          className: 'nginx',
          hosts: ['web.somehost.net'],
          paths: [{ path: '/api' }],
          tls: { secretName: 'web-tls', issuer: { name: 'le' } },
        },
        routes: { api: { parentRefs: [{ name: 'edge' }], hostnames: ['gw.somehost.net'] } },
      },
    })
    expect(said).toContain('15 left out items[0].spec.loadBalancerIP')
    expect(said).toContain('55 left out Deployment x: the chart makes none from values')
  })
})

it.concurrent('a list whose items have no kinds, in another list, is read as what it is a list of', () => {
  const listed = (kind: string, item: string) =>
    `  - apiVersion: v1\n    kind: ${kind}List\n    items:\n      - ${item}\n`
  const text =
    'kind: List\nitems:\n' +
    listed('Service', '{metadata: {name: app}, spec: {ports: [{port: 80}]}}') +
    listed('Endpoints', `{metadata: {name: app}, subsets: [{${two}}]}`)
  expect(read(ofText(text)).proxies).toMatchObject({ app: { addresses: ['2.3.4.5'] } })
})

describe.concurrent('what leads on, and has nothing of it in the values, is named', () => {
  const kinds = { HTTPProxy: 'projectcontour.io/v1', Ingress: 'networking.k8s.io/v1' }
  it.each([
    [
      'HTTPProxy',
      'virtualhost: {fqdn: a.example, tls: {passthrough: true}}, tcpproxy: {services: [{name: app, port: 80}]}',
    ],
    ['HTTPProxy', 'virtualhost: {fqdn: a.example}, includes: [{name: other, conditions: [{prefix: /}]}]'],
    ['HTTPProxy', 'virtualhost: {fqdn: a.example}, routes: [{services: []}]'],
    ['HTTPProxy', 'virtualhost: {fqdn: a.example}'],
    ['Ingress', 'rules: [{host: a.example}]'],
    ['Ingress', 'defaultBackend: {service: {name: app, port: {number: 80}}}'],
    ['Ingress', 'tls: [{hosts: [a.example]}]'],
  ] as const)('%s %s', (kind, spec) => {
    const { said } = read(
      ofText(
        `${clusterIP}---\napiVersion: ${kinds[kind]}\nkind: ${kind}\nmetadata: {name: lead}\nspec: {${spec}}\n`,
      ),
    )
    expect(said).toContain(
      `11 left out ${kind} lead: the values have no field for what it does, which goes on until you delete it`,
    )
  })
})

describe.concurrent('a namespace, which values can not say', () => {
  const inEdge = clusterIP.replaceAll('name: app', 'name: app, namespace: edge')

  it('is named once, with what to write', () => {
    expect(read(ofText(inEdge)).said).toContain(
      "1 decide it is in namespace edge, which values can't say: write --namespace edge to Helm, and to doors",
    )
  })

  it('that no object names is not guessed at', () => {
    expect(read(imported([{ file: 'in.yaml', text: clusterIP }], 'edge')).said.join()).not.toContain(
      'namespace',
    )
  })
})

it.concurrent('what two proxies of one Ingress share each has for itself, without an anchor', () => {
  const other = clusterIP.replaceAll('name: app', 'name: other')
  const shared = ingress('').replace(
    'rules: [',
    'tls: [{hosts: [a.example], secretName: tls}], rules: [{host: a.example, http: {paths: [{path: /b, backend: {service: {name: other, port: {number: 80}}}}]}}, ',
  )
  const { values } = ofText(`${clusterIP}---\n${other}${shared}`)
  expect(values.match(/tls: \{secretName: tls\}/g)).toHaveLength(2)
})

it.concurrent('an address in another of its forms is one', () => {
  const { said } = read(
    ofText(
      service('ports: [{name: http, port: 80}]') +
        endpoints('addresses: [{ip: "2001:DB8:0::5"}], ports: [{name: http, port: 80}]'),
    ),
  )
  expect(said).toEqual(['9 corrected 2001:DB8:0::5: written as 2001:db8::5'])
})

describe.concurrent('a proxy that is there twice', () => {
  const balanced = (ranges: string) =>
    service(`type: LoadBalancer, ports: [{port: 80}]${ranges}`) + endpoints(two)

  it('is closed, whichever of two files that contradict is the right one', () => {
    const { proxies, said } = read(
      imported([
        { file: 'one.yaml', text: balanced(', loadBalancerSourceRanges: [1.2.3.4/32]') },
        { file: 'other.yaml', text: balanced('') },
      ]),
    )
    expect(proxies.app).toMatchObject({ enabled: false })
    expect(said.join('\n')).toContain(
      '1 decide app is there twice, and either may be the one: enabled is false',
    )
  })

  it('in values of another chart, too', () => {
    const text = 'nameOverride: app\naddresses: [{ip: 1.2.3.4}]\nports: [{port: 80, name: http}]\n'
    expect(read(ofText(`${text}---\n${text}`)).proxies.app).toMatchObject({ enabled: false })
  })
})

it.concurrent('values of another chart whose paths or annotations are no text are closed', () => {
  const of = (more: string) =>
    read(
      ofText(
        `nameOverride: app\nservice: {ip: 10.0.0.1, port: 80, type: ClusterIP}\ningress: {className: nginx, ${more}}\n`,
      ),
    ).proxies.app?.ingress
  expect(of('hosts: [{host: a.example, paths: [{path: [/a]}]}]')).toMatchObject({ enabled: false })
  expect(
    of(
      'annotations: {nginx.ingress.kubernetes.io/whitelist-source-range: [1.2.3.4]}, hosts: [{host: a.example}]',
    ),
  ).toMatchObject({ enabled: false })
})

it.concurrent('leaves out what chooses pods', () => {
  const { proxies, said } = read(ofText(service('selector: {app: x}, ports: [{port: 80}]')))
  expect(proxies).toEqual({})
  expect(said).toEqual(['1 left out Service app: it chooses pods, and is no proxy'])
})

it.concurrent('names every field that it does not know, wherever it stands', () => {
  const places = ['spec', 'spec.ports.0', 'metadata']
  fc.assert(
    fc.property(fc.constantFrom(...places), fc.stringMatching(/^x[a-z]{3,8}$/), (place, field) => {
      const object = {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'app' },
        spec: { ports: [{ port: 80 }] },
      }
      const target = place
        .split('.')
        .reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], object)
      Object.assign(target as object, { [field]: 'lost?' })
      expect(
        ofText(JSON.stringify(object))
          .findings.map(({ message }) => message)
          .join(),
      ).toContain(field)
    }),
  )
})

it.concurrent('of a closed load balancer is what the chart takes', async () => {
  const text = service('type: LoadBalancer, loadBalancerSourceRanges: [1.2.3.4/32], ports: [{port: 80}]')
  const rendered = await render(load(ofText(text + endpoints(two)).values) as object)
  expect(rendered.get('Service', 'app').spec?.loadBalancerSourceRanges).toEqual(['1.2.3.4/32'])
})

it.concurrent('texts that Helm would read as something else are quoted, and addresses that begin with colons', () => {
  const text =
    service(
      'type: LoadBalancer, ipFamilyPolicy: PreferDualStack, ports: [{port: 80}]',
      'name: app, labels: {a: "on", b: "0b11", c: y}',
    ) + endpoints('addresses: [{ip: 2.3.4.5}, {ip: "::5"}], ports: [{port: 8080}]')
  const { values } = ofText(text)
  expect(values).toContain('addresses: [2.3.4.5, "::5"]')
  expect(values).toContain('sourceRanges: [0.0.0.0/0, "::/0"]')
  for (const word of ['on', '0b11', 'y']) expect(values).toContain(`: "${word}"`)
})

describe.concurrent('aliases of aliases of aliases', () => {
  const bomb = [
    'b0: &b0 [x, x]\n',
    ...Array.from({ length: 40 }, (_, n) => `b${n + 1}: &b${n + 1} [*b${n}, *b${n}]\n`),
  ]

  it('are looked at once each', () => {
    expect(ofText(`${bomb.join('')}${service('*b40').replace('{*b40}', '*b40')}`).proxies).toHaveLength(1)
  })

  it('are refused in words where all of them would have to be written out', () => {
    expect(() => ofText(`${clusterIP}---\n${bomb.join('')}kind: Policy\nspec: *b40\n`)).toThrow(
      /^in\.yaml:\d+: its aliases unfold to more than can be read/,
    )
  })
})
