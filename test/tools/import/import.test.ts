import { readFile } from 'node:fs/promises'
import { load } from 'js-yaml'
import { describe, expect, it } from 'vitest'
import { render } from '../../../tools/chart/render.ts'
import { imported } from '../../../tools/import/import.ts'
import { fc } from '../../fast-check.ts'
import {
  clusterIP,
  endpoints,
  httpProxy,
  ingress,
  list,
  nginx,
  ofText,
  read,
  routeOf,
  service,
  two,
} from './manifests.ts'

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

describe.concurrent('each of these becomes', () => {
  it.each<[string, string, object, string]>([
    [
      'an open load balancer: anyone, to be decided',
      service('type: LoadBalancer, ports: [{port: 80}]') + endpoints(two),
      { sourceRanges: ['0.0.0.0/0'] },
      '1 decide its load balancer is open to anyone: write the networks of App1 in sourceRanges',
    ],
    [
      'ranges in the annotation that came before the field',
      service(
        'type: LoadBalancer, ports: [{port: 80}]',
        'name: app, annotations: {service.beta.kubernetes.io/load-balancer-source-ranges: "1.2.3.0/24,::/0"}',
      ) + endpoints(two),
      { sourceRanges: ['1.2.3.0/24', '::/0'] },
      '',
    ],
    [
      'a range that is none beside one: nobody, as it was where the list was taken for wrong',
      service('type: LoadBalancer, loadBalancerSourceRanges: [1.2.3.0/24, office], ports: [{port: 80}]') +
        endpoints(two),
      { sourceRanges: [] },
      'as 1.2.3.4/32, beside 1.2.3.0/24',
    ],
    [
      'a range that is none',
      service('type: LoadBalancer, loadBalancerSourceRanges: [1.2.3.4/33], ports: [{port: 80}]') +
        endpoints(two),
      {},
      '4 decide 1.2.3.4/33 is not a network',
    ],
    [
      'an address that is none',
      service('ports: [{port: 80}]') + endpoints('addresses: [{ip: app2}], ports: [{port: 80}]'),
      { addresses: [] },
      '9 decide app2 is not an IP address',
    ],
    [
      'an address that was not ready',
      service('ports: [{port: 80}]') + endpoints('notReadyAddresses: [{ip: 2.3.4.5}], ports: [{port: 80}]'),
      { addresses: [{ ip: '2.3.4.5', ready: false }] },
      '',
    ],
    [
      'no addresses at all',
      service('ports: [{port: 80}]'),
      { addresses: [] },
      '1 decide no Endpoints or EndpointSlice of app is there',
    ],
    [
      'a name of a port that the API would refuse',
      service('ports: [{name: My_Port, port: 80}]') + endpoints(two),
      { ports: { 'my-port': { port: 80 } } },
      '',
    ],
    [
      'TCP and UDP of one number, unnamed',
      service('ports: [{port: 53}, {port: 53, protocol: UDP}]') +
        endpoints('addresses: [{ip: 2.3.4.5}], ports: [{port: 53}, {port: 53, protocol: UDP}]'),
      { ports: { dns: { port: 53 }, 'dns-udp': { port: 53, protocol: 'UDP' } } },
      '',
    ],
    [
      'a Service of type ExternalName',
      service('type: ExternalName, externalName: app2.example.com, ports: [{port: 80}]'),
      { externalName: 'app2.example.com' },
      '',
    ],
    [
      'a headless Service',
      service('clusterIP: None, ports: [{port: 80}]') + endpoints(two),
      { service: { type: 'ClusterIP', clusterIP: 'None' } },
      '',
    ],
    [
      'an Ingress of v1beta1 whose Service has another name',
      `${clusterIP}---\napiVersion: networking.k8s.io/v1beta1\nkind: Ingress\nmetadata: {name: app, annotations: {kubernetes.io/ingress.class: contour}}\nspec: {rules: [{host: a.example, http: {paths: [{backend: {serviceName: application, servicePort: 80}}]}}]}\n`,
      {
        ingress: { enabled: false, hosts: ['a.example'], controller: 'contour' },
        sourceRanges: ['0.0.0.0/0'],
      },
      '14 decide no Service application is there: a.example/ is read as for app, the only one: ingress.enabled is false until you say otherwise',
    ],
    [
      'an HTTPProxy with its list',
      clusterIP +
        httpProxy(
          `tls: {secretName: t}, ${list('1.2.3.4/32')}`,
          '{services: [{name: app, port: 80, protocol: tls}], timeoutPolicy: {response: 1s}}',
        ),
      {
        sourceRanges: ['1.2.3.4/32'],
        backend: { protocol: 'https' },
        ingress: { hosts: ['a.example'], controller: 'contour', tls: { secretName: 't' } },
      },
      '14 left out spec.routes[0].timeoutPolicy',
    ],
    [
      'an HTTPRoute with an annotation that describes',
      clusterIP +
        routeOf(
          'HTTPRoute',
          'name: web, annotations: {external-dns.alpha.kubernetes.io/ttl: "60"}',
          'parentRefs: [{name: edge}], hostnames: [a.example], rules: [{backendRefs: [{name: app, port: 80}]}]',
        ),
      {
        routes: {
          web: {
            hostnames: ['a.example'],
            annotations: { 'external-dns.alpha.kubernetes.io/ttl': '60' },
          },
        },
      },
      '',
    ],
    [
      'a TCPRoute',
      clusterIP +
        routeOf(
          'TCPRoute',
          'name: app-tcp',
          'parentRefs: [{name: edge, sectionName: tcp}], rules: [{backendRefs: [{name: app, port: 80}]}]',
        ),
      { routes: { tcp: { kind: 'TCPRoute', parentRefs: [{ name: 'edge', sectionName: 'tcp' }] } } },
      '11 decide which controller serves the Gateway of TCPRoute app-tcp is not known',
    ],
    [
      'addresses with other ports than the most have: without them',
      service('ports: [{name: http, port: 80}]') +
        endpoints(
          'addresses: [{ip: 2.3.4.4}], ports: [{name: http, port: 81}]}, {addresses: [{ip: 2.3.4.5}, {ip: 2.3.4.6}], ports: [{name: http, port: 8080}]',
        ),
      { addresses: ['2.3.4.5', '2.3.4.6'], ports: { http: { port: 80, targetPort: 8080 } } },
      '9 decide 2.3.4.4 has other ports (http 81) than 2.3.4.5 (http 8080): left out; write a second proxy for it',
    ],
    [
      'ports in subsets of their own, of the same addresses: all of them',
      service('ports: [{name: a, port: 80}, {name: b, port: 81}]') +
        endpoints(
          'addresses: [{ip: 2.3.4.5}], ports: [{name: a, port: 8080}]}, {addresses: [{ip: 2.3.4.5}], ports: [{name: b, port: 8081}]',
        ),
      {
        addresses: ['2.3.4.5'],
        ports: { a: { port: 80, targetPort: 8080 }, b: { port: 81, targetPort: 8081 } },
      },
      '',
    ],
    [
      'an address that is ready by one port and not by another: by the first alone',
      service('ports: [{name: a, port: 80}, {name: b, port: 81}]') +
        endpoints(
          'addresses: [{ip: 2.3.4.5}], ports: [{name: a, port: 80}]}, {notReadyAddresses: [{ip: 2.3.4.5}], ports: [{name: b, port: 81}]',
        ),
      { addresses: ['2.3.4.5'], ports: { a: { port: 80 } } },
      '4 decide no endpoints have such a port, so 81 led nowhere: left out',
    ],
    [
      'endpoints that have no port of its names: closed',
      service('ports: [{name: http, port: 80}]') + endpoints(two),
      { enabled: false, addresses: ['2.3.4.5'], ports: { http: { port: 80 } } },
      '1 decide no endpoints have a port of its names and protocols, so it led nowhere: enabled is false',
    ],
    [
      'a protocol that there is not',
      service('ports: [{name: a, port: 80, protocol: tcp}, {name: b, port: 81, protocol: HTTP}]') +
        endpoints('addresses: [{ip: 2.3.4.5}], ports: [{name: a, port: 80}, {name: b, port: 81}]'),
      { ports: { a: { port: 80 } } },
      '4 decide HTTP is no protocol, so 81 led nowhere: left out',
    ],
    [
      'an address of a family that the Service does not have: without it',
      service('ipFamilies: [IPv6], ports: [{port: 80}]') +
        endpoints('addresses: [{ip: 2.3.4.5}, {ip: "2001:db8::5"}], ports: [{port: 80}]'),
      { addresses: ['2001:db8::5'] },
      '9 decide 2.3.4.5 is not IPv6, the one family of the Service',
    ],
    [
      'a load balancer that sends to addresses with their node alone, of which none has it',
      service('type: LoadBalancer, externalTrafficPolicy: Local, ports: [{port: 80}]') + endpoints(two),
      { service: { type: 'ClusterIP' } },
      '4 decide externalTrafficPolicy Local sends only to addresses with the nodeName',
    ],
    [
      'the same where all have it',
      service('type: LoadBalancer, externalTrafficPolicy: Local, ports: [{port: 80}]') +
        endpoints('addresses: [{ip: 2.3.4.5, nodeName: n1}], ports: [{port: 80}]'),
      {
        addresses: [{ ip: '2.3.4.5', nodeName: 'n1' }],
        service: { externalTrafficPolicy: 'Local', inCluster: true },
      },
      '',
    ],
    [
      'a node port beside a list, which holds none',
      service('type: NodePort, ports: [{port: 80, nodePort: 30080}]') +
        endpoints(two) +
        ingress(nginx('whitelist-source-range', '1.2.3.4/32')),
      { service: { type: 'ClusterIP' }, ports: { http: { port: 80 } }, sourceRanges: ['1.2.3.4/32'] },
      '1 decide no list holds its node ports: service.type is ClusterIP until sourceRanges say anyone',
    ],
    [
      'a misspelt list of a load balancer: nobody',
      service('type: LoadBalancer, loadBalancerSourceRange: [1.2.3.4/32], ports: [{port: 80}]') +
        endpoints(two),
      { sourceRanges: [] },
      '4 decide spec.loadBalancerSourceRange may change whom its load balancer lets in',
    ],
    [
      'a list in the place of a text: it is named',
      service('sessionAffinity: [ClientIP], ports: [{port: 80}]') + endpoints(two),
      {},
      '4 left out spec.sessionAffinity',
    ],
    [
      'objects of JSON, one after the other',
      `${['{"apiVersion":"v1","kind":"Service","metadata":{"name":"app"},"spec":{"ports":[{"port":80}]}}', '{\n  "apiVersion": "v1", "kind": "Endpoints", "metadata": {"name": "app"},\n  "subsets": [{"addresses": [{"ip": "2.3.4.5"}], "ports": [{"port": 8080}]}]\n}'].join('\n')}\n`,
      { addresses: ['2.3.4.5'], ports: { http: { targetPort: 8080 } } },
      '1 corrected the port 80 has no name',
    ],
    [
      'a field at the wrong indent that is there by a merge already: as the merge has it',
      `x: &held {loadBalancerSourceRanges: [1.2.3.4/32], ports: [{port: 80}], type: LoadBalancer}\napiVersion: v1\nkind: Service\nmetadata: {name: app}\nloadBalancerSourceRanges: [0.0.0.0/0]\nspec: {<<: *held}\n${endpoints(two)}`,
      { sourceRanges: ['1.2.3.4/32'] },
      '5 left out loadBalancerSourceRanges',
    ],
    [
      'values of t3n’s external-service with several addresses: its template gives ports to the last alone',
      'fullnameOverride: app\ntype: LoadBalancer\naddresses: [{ip: 10.0.0.1}, {ip: 10.0.0.2}]\nports: [{port: 80, name: http, ingress: {hosts: [{host: a.example, paths: [/a]}]}}]\ningress: {enabled: true, annotations: {kubernetes.io/ingress.class: nginx}}\n',
      {
        addresses: [{ ip: '10.0.0.1', ready: false }, '10.0.0.2'],
        sourceRanges: ['0.0.0.0/0'],
        ingress: { hosts: ['a.example'], paths: [{ path: '/a' }], controller: 'nginx' },
      },
      '3 decide 10.0.0.1 has no ports there, and got nothing: drained until you say otherwise',
    ],
    [
      'values of t3n’s external-service with a name in DNS',
      'fullnameOverride: app\ntype: ExternalName\nexternalName: app2.example.com\n',
      { externalName: 'app2.example.com' },
      '',
    ],
    [
      'values of philippwaller’s external-service with more ports, which its endpoints do not have',
      'nameOverride: app\nservice: {ip: 10.0.0.1, port: 80, targetPort: 80, name: http, extraPorts: [{port: 25, name: smtp}]}\n',
      { ports: { http: { port: 80 } } },
      '2 decide no endpoints have the port 25, so it led nowhere: left out',
    ],
    [
      'values of philippwaller’s external-service with a name in DNS',
      'nameOverride: app\nservice: {type: externalName, externalName: app2.example.com, port: 80, name: http}\ningress: {enabled: false}\n',
      { externalName: 'app2.example.com' },
      '1 decide that chart calls it RELEASE-app, by its release',
    ],
    [
      'values of TrueCharts’ external-service with a certificate, HTTPS and a part for Traefik',
      'nameOverride: app\nservice: {main: {type: ExternalIP, externalIP: 1.1.1.1, useSlice: false, ports: {main: {protocol: https, port: 444}}}}\ningress: {main: {enabled: true, ingressClassName: traefik, hosts: [{host: a.example, paths: [{path: /, pathType: Prefix}]}], integrations: {traefik: {enabled: true, middlewares: [{name: who}]}, certManager: {enabled: true, certificateIssuer: le}}}}\n',
      {
        addresses: ['1.1.1.1'],
        ports: { main: { port: 444 } },
        backend: { protocol: 'https' },
        ingress: {
          enabled: false,
          controller: 'traefik',
          hosts: ['a.example'],
          tls: { issuer: { name: 'le' } },
        },
      },
      '3 decide ingress.main.integrations.traefik.middlewares may keep somebody out',
    ],
    [
      'values of t3n’s external-service',
      'fullnameOverride: app\naddresses: [{ip: 10.92.96.3}]\nports: [{port: 3306, name: mysql}]\n',
      {
        addresses: ['10.92.96.3'],
        ports: { mysql: { port: 3306 } },
        service: { type: 'ClusterIP', inCluster: true },
      },
      '',
    ],
    [
      'values of philippwaller’s external-service',
      'nameOverride: app\nservice: {ip: 10.0.0.1, targetPort: 8080, port: 80, name: http, type: ClusterIP}\ningress: {enabled: true, className: contour, hosts: [{host: a.example, paths: [{path: /}]}]}\n',
      {
        addresses: ['10.0.0.1'],
        ports: { http: { port: 80, targetPort: 8080 } },
        ingress: { hosts: ['a.example'], controller: 'contour' },
      },
      '3 decide its Ingress is open to anyone: write the networks of App1 in sourceRanges',
    ],
    [
      'values of TrueCharts’ external-service',
      'nameOverride: app\nservice: {main: {type: ExternalIP, externalIP: 1.1.1.1, ports: {main: {Type: HTTPS, port: 443, targetPort: 443}}}}\n',
      { addresses: ['1.1.1.1'], ports: { main: { port: 443 } } },
      '',
    ],
  ])('%s', (_, text, proxy, words) => {
    const { proxies, said } = read(ofText(text))
    expect(proxies.app).toMatchObject(proxy)
    expect(said.join('\n')).toContain(words)
  })
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
