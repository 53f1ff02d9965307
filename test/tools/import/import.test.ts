import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { load } from 'js-yaml'
import { describe, expect, it } from 'vitest'
import { render } from '../../../tools/chart/render.ts'
import { inputsOf } from '../../../tools/import/from-cluster.ts'
import { imported } from '../../../tools/import/import.ts'

const ofFile = async (file: string) => imported([{ file, text: await readFile(file, 'utf8') }])
const ofText = (text: string) => imported([{ file: 'in.yaml', text }])

/** The proxies that come of a text, and what is said of it: `LINE what message`. */
const read = ({ values, findings }: ReturnType<typeof imported>) => ({
  proxies: (load(values) as { proxies: Record<string, Record<string, unknown>> }).proxies,
  said: findings.map(({ line, what, message }) => `${line} ${what} ${message}`),
})

const service = (spec: string, metadata = 'name: app') =>
  `apiVersion: v1\nkind: Service\nmetadata: {${metadata}}\nspec: {${spec}}\n`
const endpoints = (subsets: string) =>
  `---\napiVersion: v1\nkind: Endpoints\nmetadata: {name: app}\nsubsets: [{${subsets}}]\n`
const two = 'addresses: [{ip: 2.3.4.5}], ports: [{port: 8080}]'
const clusterIP = service('ports: [{port: 80}]') + endpoints(two)

describe('as blogs print it', () => {
  it('with wrong indents and a typing error becomes values, and all of it is named by line', async () => {
    expect(read(await ofFile('examples/by-hand/app1-to-app2.yaml'))).toEqual({
      proxies: {
        'myapp-proxy': {
          addresses: ['2.3.4.5'],
          ports: { http: { port: 80, targetPort: 8080 }, https: { port: 443, targetPort: 8443 } },
          sourceRanges: ['1.2.3.4/32'],
          ingress: { hosts: ['myapp-proxy.somehost.net'], port: 'http' },
        },
      },
      said: [
        '8 corrected 1.2.3.4: written as the network 1.2.3.4/32',
        '10 corrected the port 80 has no name: called http',
        '12 corrected the port 443 has no name: called https',
        '21 corrected 2.3.4.5k is not an IP address: read as 2.3.4.5',
        '26 decide which controller serves the default class is not known: write it in ingress.controller',
        '26 decide the chart calls it myapp-proxy: delete Ingress myapp-ingress once that one serves',
        '26 decide Ingress myapp-ingress was open to anyone; the chart holds it to sourceRanges, as it does its load balancer',
        '29 corrected name stands at the wrong indent: read as metadata.name',
        '31 corrected rules stands at the wrong indent: read as spec.rules',
        '33 corrected http stands at the wrong indent: read as spec.rules.http',
      ],
    })
  })

  it('with an indent that YAML can not read', () => {
    const text =
      'apiVersion: v1\nkind: Service\nmetadata:\n  name: app\nspec:\n  ports:\n    - port: 80\n     targetPort: 8080\n'
    const { proxies, said } = read(ofText(text))
    expect(proxies.app?.ports).toEqual({ http: { port: 80, targetPort: 8080 } })
    expect(said).toContain('8 corrected indented by 5, read as by 6')
  })

  it('with what no indent mends is refused, with its line', () => {
    expect(() => ofText('kind: Service\nmetadata: {name: [}\n')).toThrow(/^in\.yaml:2: /)
  })
})

describe('a list of objects, as kubectl prints it', () => {
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

it('a list whose items have no kinds, in another list, is read as what it is a list of', () => {
  const listed = (kind: string, item: string) =>
    `  - apiVersion: v1\n    kind: ${kind}List\n    items:\n      - ${item}\n`
  const text =
    'kind: List\nitems:\n' +
    listed('Service', '{metadata: {name: app}, spec: {ports: [{port: 80}]}}') +
    listed('Endpoints', `{metadata: {name: app}, subsets: [{${two}}]}`)
  expect(read(ofText(text)).proxies).toMatchObject({ app: { addresses: ['2.3.4.5'] } })
})

describe('each of these becomes', () => {
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
      `${clusterIP}---\napiVersion: projectcontour.io/v1\nkind: HTTPProxy\nmetadata: {name: app}\nspec: {virtualhost: {fqdn: a.example, tls: {secretName: t}, ipAllowPolicy: [{source: Peer, cidr: 1.2.3.4/32}]}, routes: [{services: [{name: app, port: 80, protocol: tls}], timeoutPolicy: {response: 1s}}]}\n`,
      {
        sourceRanges: ['1.2.3.4/32'],
        backend: { protocol: 'https' },
        ingress: { hosts: ['a.example'], controller: 'contour', tls: { secretName: 't' } },
      },
      '14 left out spec.routes[0].timeoutPolicy',
    ],
    [
      'a TCPRoute',
      `${clusterIP}---\napiVersion: gateway.networking.k8s.io/v1\nkind: TCPRoute\nmetadata: {name: app-tcp}\nspec: {parentRefs: [{name: edge, sectionName: tcp}], rules: [{backendRefs: [{name: app, port: 80}]}]}\n`,
      { routes: { tcp: { kind: 'TCPRoute', parentRefs: [{ name: 'edge', sectionName: 'tcp' }] } } },
      '11 decide which controller serves the Gateway of TCPRoute app-tcp is not known',
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

const ingress = (annotations: string, path = 'path: /', backend = 'app') =>
  `---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: app, annotations: {${annotations}}}\nspec: {ingressClassName: nginx, rules: [{host: a.example, http: {paths: [{${path}, backend: {service: {name: ${backend}, port: {number: 80}}}}]}}]}\n`
const httpProxy = (virtualHost: string, routes: string) =>
  `---\napiVersion: projectcontour.io/v1\nkind: HTTPProxy\nmetadata: {name: app}\nspec: {virtualhost: {fqdn: a.example, ${virtualHost}}, routes: [${routes}]}\n`
const toApp = 'services: [{name: app, port: 80}]'
const list = (...cidrs: string[]) =>
  `ipAllowPolicy: [${cidrs.map((cidr) => `{source: Peer, cidr: ${cidr}}`).join(', ')}]`
const nginx = (name: string, value: string) => `nginx.ingress.kubernetes.io/${name}: "${value}"`
const balancer = (ranges: string) =>
  service(`type: LoadBalancer, loadBalancerSourceRanges: [${ranges}], ports: [{port: 80}]`) + endpoints(two)

describe('no door gets wider: what can not be carried over closes it, and is to be decided', () => {
  it.each<[string, string, object, string]>([
    [
      'lists of two routes: what both have',
      clusterIP +
        httpProxy(
          '',
          `{${list('1.2.3.0/24')}, ${toApp}}, {conditions: [{prefix: /b}], ${list('1.2.3.4/32', '5.6.7.8/32')}, ${toApp}}`,
        ),
      { sourceRanges: ['1.2.3.4/32'] },
      "14 decide HTTPProxy app's spec.routes[1] has another list than HTTPProxy app's spec.routes[0] (1.2.3.4/32, 5.6.7.8/32, not 1.2.3.0/24): sourceRanges are what all have, 1.2.3.4/32",
    ],
    [
      'a list of the Service and another of the Ingress that share nothing: nobody',
      balancer('1.2.3.4/32') + ingress(nginx('whitelist-source-range', '5.6.7.8/32')),
      { sourceRanges: [] },
      'decide Ingress app has another list than its load balancer',
    ],
    [
      'two annotations with a list: what both have',
      clusterIP +
        ingress(
          `${nginx('whitelist-source-range', '1.2.3.0/24')}, ${nginx('allowlist-source-range', '1.2.3.4')}`,
        ),
      { sourceRanges: ['1.2.3.4/32'] },
      '',
    ],
    [
      'a route of its own list under a virtual host with another: its own',
      clusterIP + httpProxy(list('1.2.3.0/24'), `{${list('5.6.7.8/32')}, ${toApp}}`),
      { sourceRanges: ['5.6.7.8/32'] },
      '',
    ],
    [
      'ranges that can not be read, alone: nobody',
      balancer('1.2.3.4/33, 10.0.0.0/8/32, 1.2.3.4/1e1, office'),
      { sourceRanges: [] },
      '4 decide office is not a network, and lets nobody in',
    ],
    [
      'an annotation whose ranges can not be read: nobody',
      clusterIP + ingress(nginx('whitelist-source-range', 'office')),
      { sourceRanges: [] },
      '13 decide office is not a network',
    ],
    [
      'a list of those who may not come in: no host is led',
      clusterIP + httpProxy('', `{ipDenyPolicy: [{source: Peer, cidr: 1.2.3.4/32}], ${toApp}}`),
      { ingress: { enabled: false } },
      '14 decide spec.routes[0].ipDenyPolicy may keep somebody out',
    ],
    [
      'a list of addresses out of a header',
      clusterIP + httpProxy('', `{ipAllowPolicy: [{source: Remote, cidr: 1.2.3.4/32}], ${toApp}}`),
      { sourceRanges: ['1.2.3.4/32'] },
      "14 decide source Remote: it took X-Forwarded-For's word",
    ],
    [
      'a virtual host that asks who comes: no host is led',
      clusterIP + httpProxy('authorization: {extensionRef: {name: who}}', `{${toApp}}`),
      { ingress: { enabled: false, hosts: ['a.example'] } },
      '14 decide spec.virtualhost.authorization may keep somebody out',
    ],
    [
      'a path below that leads elsewhere: no host is led, since its requests would be App2’s',
      clusterIP +
        httpProxy(
          '',
          `{${toApp}}, {conditions: [{prefix: /admin}], directResponsePolicy: {statusCode: 403}}`,
        ),
      { ingress: { enabled: false } },
      '14 decide spec.routes[1].directResponsePolicy may keep somebody out',
    ],
    [
      'a Service that only gets copies: nothing is led to it',
      clusterIP +
        httpProxy('', '{services: [{name: other, port: 80}, {name: app, port: 80, mirror: true}]}') +
        `---\n${service('ports: [{port: 80}]', 'name: other')}`,
      { ingress: undefined },
      'left out app gets no request of its own',
    ],
    [
      'a path that the controller compares as it sees fit: it still does',
      clusterIP + ingress('', 'path: /a, pathType: ImplementationSpecific'),
      { ingress: { paths: [{ path: '/a', pathType: 'ImplementationSpecific' }] } },
      '',
    ],
    [
      'a path that nobody says how to compare, as before v1',
      clusterIP + ingress('', 'path: /a'),
      { ingress: { paths: [{ path: '/a', pathType: 'ImplementationSpecific' }] } },
      '',
    ],
    [
      'a type of path that there is not: as a whole',
      clusterIP + ingress('', 'path: /a, pathType: Regex'),
      { ingress: { paths: [{ path: '/a', pathType: 'Exact' }] } },
      '14 decide Regex is no pathType',
    ],
    [
      'an Ingress of another namespace: it is not led here',
      clusterIP.replaceAll('name: app}', 'name: app, namespace: one}') +
        ingress('').replace('name: app,', 'name: app, namespace: two,'),
      { ingress: undefined },
      '14 left out a.example/ leads to app, which is not there',
    ],
    [
      'a port that the endpoints lack',
      service('ports: [{name: a, port: 80}, {name: b, port: 81}]') +
        endpoints('addresses: [{ip: 2.3.4.5}], ports: [{name: a, port: 80}]'),
      { ports: { b: { port: 81 } } },
      '4 decide no endpoints have such a port, so 81 led nowhere: here it leads to 81',
    ],
    [
      'a ClusterIP that drops every packet: it still does',
      service('internalTrafficPolicy: Local, ports: [{port: 80}]') + endpoints(two),
      { service: { inCluster: false } },
      '',
    ],
    [
      'a type that there is not',
      service('type: LoadBalncer, ports: [{port: 80}]') + endpoints(two),
      { service: { type: 'ClusterIP' } },
      '4 decide LoadBalncer is no type: read as ClusterIP',
    ],
    [
      'a rule of a route that leads elsewhere: it does not lead here',
      `${clusterIP}---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: app}\nspec: {parentRefs: [{name: edge}], rules: [{matches: [{path: {value: /admin}}], backendRefs: [{name: admin, port: 80}]}, {matches: [{path: {value: /a}}], backendRefs: [{name: app, port: 80}]}]}\n`,
      { routes: { app: { rules: [{ matches: [{ path: { value: '/a' } }] }] } } },
      '14 left out backendRefs: admin is no proxy here',
    ],
    [
      'a route that gives it no part: none',
      `${clusterIP}---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: app}\nspec: {parentRefs: [{name: edge}], rules: [{backendRefs: [{name: app, port: 80, weight: 0}]}]}\n`,
      { routes: undefined },
      '14 left out backendRefs: app has weight 0, and gets nothing',
    ],
    [
      'a route of a mesh, which hangs on a Service: it hangs on nothing',
      `${clusterIP}---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: app}\nspec: {parentRefs: [{group: "", kind: Service, name: app}], rules: [{backendRefs: [{name: app, port: 80}]}]}\n`,
      { routes: { app: { parentRefs: [] } } },
      '14 decide it hangs on Service app of the core group: left out',
    ],
    [
      'a policy that the values have no field for',
      `${clusterIP}---\napiVersion: gateway.envoyproxy.io/v1alpha1\nkind: SecurityPolicy\nmetadata: {name: held}\nspec: {}\n`,
      {},
      '11 decide SecurityPolicy held is left out: see whether it kept somebody out',
    ],
    [
      'paths in values of another chart',
      'nameOverride: app\nservice: {ip: 10.0.0.1, port: 80, type: ClusterIP}\ningress: {className: nginx, annotations: {nginx.ingress.kubernetes.io/auth-url: "https://who.example"}, hosts: [{host: a.example, paths: [{path: /a, pathType: Exact}]}]}\n',
      { ingress: { enabled: false, paths: [{ path: '/a', pathType: 'Exact' }] } },
      '3 decide ingress.annotations.nginx.ingress.kubernetes.io/auth-url may keep somebody out',
    ],
  ])('%s', (_, text, proxy, words) => {
    const { proxies, said } = read(ofText(text))
    expect({ ingress: undefined, routes: undefined, ...proxies.app }).toMatchObject(proxy)
    expect(said.join('\n')).toContain(words)
  })

  const route = (rules: string, more = '') =>
    `---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: web}\nspec: {parentRefs: [{name: edge}], hostnames: [a.example], rules: [${rules}]${more}}\n`
  const pods = `---\n${service('selector: {a: b}, ports: [{port: 80}]', 'name: pods')}`
  const toApp80 = 'backendRefs: [{name: app, port: 80}]'
  const admin = 'matches: [{path: {type: PathPrefix, value: /admin}}]'
  const policy = (kind: string, target: string) =>
    `---\napiVersion: gateway.envoyproxy.io/v1alpha1\nkind: ${kind}\nmetadata: {name: who}\nspec: {${target}}\n`
  const secondIngress = (more: string, to = 'app') =>
    ingress(more, 'path: /admin', to).replace('metadata: {name: app,', 'metadata: {name: app-admin,')
  const annotated = (annotation: string) =>
    service(
      'type: LoadBalancer, loadBalancerSourceRanges: [1.2.3.4/32], ports: [{port: 80}]',
      `name: app, annotations: {${annotation}}`,
    ) + endpoints(two)

  it.each<[string, string, object | undefined, string]>([
    [
      'an Ingress to a Service of pods: it is not led here',
      clusterIP + pods + ingress('', 'path: /', 'pods'),
      undefined,
      'left out a.example/ leads to pods, which is not there',
    ],
    [
      'an HTTPProxy to a Service that is in no file',
      clusterIP + httpProxy('', '{services: [{name: other, port: 80}]}'),
      { enabled: false },
      'decide no Service other is there: a.example/ is read as for app, the only one',
    ],
    [
      'an Ingress to a resource: it is not led here',
      clusterIP +
        ingress('').replace('{service: {name: app, port: {number: 80}}}', '{resource: {kind: Bucket}}'),
      undefined,
      'left out a.example/ leads to nothing',
    ],
    [
      'a port that the Service does not have',
      clusterIP + ingress('').replace('number: 80', 'number: 8080'),
      { enabled: false },
      'decide Service app has no port 8080, so the Ingress led nowhere',
    ],
    [
      'another Ingress of the host, for a path below and with a list: its requests would be for anyone',
      clusterIP + ingress('') + secondIngress(nginx('whitelist-source-range', '10.0.0.0/8')),
      { enabled: false },
      'decide what a.example/admin leads to is left out, and app would get it: ingress.enabled is false',
    ],
    [
      'another Ingress of the host to pods',
      clusterIP + pods + ingress('') + secondIngress('', 'pods'),
      { enabled: false },
      'decide what a.example/admin leads to is left out',
    ],
    [
      'an Ingress of a host below its wildcard',
      clusterIP + pods + ingress('').replace('a.example', '"*.example"') + secondIngress('', 'pods'),
      { enabled: false },
      'decide what a.example/admin leads to is left out',
    ],
    [
      'another path that nothing kept is above: it is as it was',
      clusterIP + pods + ingress('', 'path: /b') + secondIngress('', 'pods'),
      { hosts: ['a.example'] },
      'left out a.example/admin leads to pods',
    ],
    [
      'a host without paths, for the default backend',
      clusterIP + ingress('').replace('rules: [', 'rules: [{host: a.example}, '),
      { enabled: false },
      'decide what a.example/ leads to is left out',
    ],
    [
      'two classes, of which either may serve it',
      clusterIP + ingress('kubernetes.io/ingress.class: other'),
      { enabled: false },
      'decide spec.ingressClassName may keep somebody out',
    ],
    [
      'a path that is no text',
      clusterIP + ingress('', 'path: [/a]'),
      { enabled: false },
      'spec.rules[0].http.paths[0].path may keep somebody out',
    ],
    [
      'an annotation that is no text',
      clusterIP + ingress('nginx.ingress.kubernetes.io/whitelist-source-range: [1.2.3.4/32]'),
      { enabled: false },
      'whitelist-source-range may keep somebody out',
    ],
    [
      'an empty list of a route: the one of its host holds it',
      clusterIP + httpProxy(list('1.2.3.4/32'), `{ipAllowPolicy: [], ${toApp}}`),
      { hosts: ['a.example'] },
      '',
    ],
    [
      'TLS that goes by beside the routes',
      clusterIP +
        httpProxy('tls: {secretName: t}', `{${toApp}}`).replace(
          'routes:',
          'tcpproxy: {services: []}, routes:',
        ),
      { enabled: false },
      'decide spec.tcpproxy may keep somebody out',
    ],
  ])('%s', (_, text, made, words) => {
    const { proxies, said } = read(ofText(text))
    if (made) expect(proxies.app?.ingress).toMatchObject(made)
    else expect(proxies.app).not.toHaveProperty('ingress')
    if (made && !('enabled' in made)) expect(proxies.app?.ingress).not.toHaveProperty('enabled')
    expect(said.join('\n')).toContain(words)
  })

  it.each<[string, string, object | undefined, string]>([
    [
      'a rule that leads nowhere',
      route(`{${toApp80}}, {${admin}}`),
      { enabled: false },
      'decide what a.example/admin leads to is left out, and app would get it: routes.web.enabled is false',
    ],
    [
      'a rule that leads to pods',
      pods + route(`{${toApp80}}, {${admin}, backendRefs: [{name: pods, port: 80}]}`),
      { enabled: false },
      'decide what a.example/admin leads to is left out',
    ],
    [
      'another route that leads to pods',
      pods +
        route(`{${toApp80}}`) +
        route(`{${admin}, backendRefs: [{name: pods, port: 80}]}`).replace('name: web', 'name: pods'),
      { enabled: false },
      'decide what a.example/admin leads to is left out',
    ],
    [
      'a rule for a header that leads nowhere',
      route(`{${toApp80}}, {matches: [{headers: [{name: x, value: y}]}]}`),
      { enabled: false },
      'decide what a.example/ leads to is left out',
    ],
    [
      'a login of a backendRef',
      route(
        '{backendRefs: [{name: app, port: 80, filters: [{type: ExtensionRef, extensionRef: {group: g.example, kind: Login, name: l}}]}]}',
      ),
      { enabled: false },
      'decide spec.rules[0].backendRefs[0].filters may keep somebody out',
    ],
    [
      'a policy that is aimed at it',
      route(`{${toApp80}}`) + policy('SecurityPolicy', 'targetRefs: [{kind: HTTPRoute, name: web}]'),
      { enabled: false },
      'decide SecurityPolicy who may keep somebody out of app: routes.web.enabled is false',
    ],
    [
      'a policy that is aimed at its Gateway',
      route(`{${toApp80}}`) + policy('SecurityPolicy', 'targetRef: {kind: Gateway, name: edge}'),
      { enabled: false },
      'decide SecurityPolicy who may keep somebody out of app',
    ],
    [
      'a policy that chooses by labels',
      route(`{${toApp80}}`) + policy('SecurityPolicy', 'targetSelectors: [{kind: HTTPRoute}]'),
      { enabled: false },
      'decide SecurityPolicy who may keep somebody out of app',
    ],
    [
      'a policy that is aimed at another: it is as it was',
      route(`{${toApp80}}`) + policy('SecurityPolicy', 'targetRef: {kind: HTTPRoute, name: other}'),
      {},
      'decide SecurityPolicy who is left out: see whether it kept somebody out',
    ],
    [
      'a host name that is none: it would be every host',
      route(`{${toApp80}}`).replace('[a.example]', '[null]'),
      { enabled: false },
      'decide spec.hostnames[0] is no host name',
    ],
    [
      'a backend of another namespace',
      route('{backendRefs: [{name: app, namespace: edge, port: 80}]}'),
      { enabled: false },
      'decide app is in another namespace than the route',
    ],
    [
      'a listener that is none: it would be every listener',
      route(`{${toApp80}}`).replace('{name: edge}', '{name: edge, sectionName: [https]}'),
      { parentRefs: [] },
      "decide spec.parentRefs[0].sectionName can't be read",
    ],
    [
      'a port that the Service does not have',
      route('{backendRefs: [{name: app, port: 8080}]}'),
      { enabled: false },
      'decide app has no port 8080, so it led nowhere',
    ],
    [
      'a backend of another kind and the same name: it does not lead here',
      route('{backendRefs: [{name: app, kind: ServiceImport, group: multicluster.x-k8s.io, port: 80}]}'),
      undefined,
      'left out HTTPRoute web leads to no Service that is there',
    ],
    [
      'a field of tomorrow',
      route(`{${toApp80}, whoMayComeIn: [us]}`),
      { enabled: false },
      'decide spec.rules[0].whoMayComeIn may keep somebody out',
    ],
  ])('of a route %s', (_, text, made, words) => {
    const { proxies, said } = read(ofText(clusterIP + text))
    const routes = proxies.app?.routes as Record<string, object> | undefined
    if (made) expect(routes?.web).toMatchObject(made)
    else expect(routes).toBeUndefined()
    if (made && !('enabled' in made)) expect(routes?.web).not.toHaveProperty('enabled')
    expect(said.join('\n')).toContain(words)
  })

  it.each([
    'service.cilium.io/src-ranges-policy: deny',
    'service.beta.kubernetes.io/azure-allowed-ip-ranges: 10.0.0.0/8',
    'service.beta.kubernetes.io/a-new-one: x',
    'metallb.io/a-list: [1.2.3.4/32]',
  ])('the list of a load balancer beside %s is nobody’s', (annotation) => {
    const { proxies, said } = read(ofText(annotated(annotation)))
    expect(proxies.app).toMatchObject({ sourceRanges: [] })
    expect(said.join('\n')).toContain(
      `3 decide metadata.annotations.${annotation.split(':')[0]} may change whom its load balancer lets in`,
    )
  })

  it('a load balancer without a list, where an annotation may be one, is nobody’s', () => {
    const text = service(
      'type: LoadBalancer, ports: [{port: 80}]',
      'name: app, annotations: {service.beta.kubernetes.io/azure-allowed-ip-ranges: 1.2.3.4/32}',
    )
    expect(read(ofText(text + endpoints(two))).proxies.app).toMatchObject({ sourceRanges: [] })
  })

  it.each(['konghq.com/plugins: only-us', 'a.example.com/who-may-come-in: us'])(
    'an Ingress and a route that %s may hold are closed; what describes holds nobody',
    (annotation) => {
      const closed = { ingress: { enabled: false }, routes: { web: { enabled: false } } }
      const of = (one: string) =>
        clusterIP +
        ingress(one) +
        route(`{${toApp80}}`).replace('name: web', `name: web, annotations: {${one}}`)
      expect(read(ofText(of(annotation))).proxies.app).toMatchObject(closed)
      const { ingress: open, routes } = read(ofText(of('prometheus.io/probe: "true"'))).proxies.app as {
        ingress: object
        routes: { web: object }
      }
      for (const one of [open, routes.web]) expect(one).not.toHaveProperty('enabled')
    },
  )

  it('an annotation of which nobody says who reads it is to be decided beside a list', () => {
    const { proxies, said } = read(ofText(annotated('example.com/owner: us')))
    expect(proxies.app).toMatchObject({ sourceRanges: ['1.2.3.4/32'] })
    expect(said).toContain(
      '3 decide example.com/owner stands beside a list: see whether its reader changes who gets in',
    )
  })

  it.each([
    ['projectcontour.io/ingress.class: contour-internal', 'contour-internal'],
    ['kubernetes.io/ingress.class: contour-internal', 'contour-internal'],
    ['projectcontour.io/ingress.class: contour', undefined],
    ['a: b', undefined],
  ])('an HTTPProxy with %s is of that class', (annotation, className) => {
    const { proxies } = read(
      ofText(
        clusterIP +
          httpProxy('', `{${toApp}}`).replace('name: app}', `name: app, annotations: {${annotation}}}`),
      ),
    )
    const { ingress: made } = proxies.app as { ingress: Record<string, unknown> }
    expect([made.controller, made.className]).toEqual(['contour', className])
  })

  it.each([
    ['contour-internal', 'contour', 'contour-internal'],
    ['contour', 'contour', undefined],
    ['nginx-internal', 'nginx', 'nginx-internal'],
  ])('an Ingress of class %s is of %s', (written, controller, className) => {
    const { proxies } = read(ofText(clusterIP + ingress('').replace('nginx', written)))
    const { ingress: made } = proxies.app as { ingress: Record<string, unknown> }
    expect([made.controller, made.className]).toEqual([controller, className])
  })

  it('a class is whose its IngressClass says', () => {
    const of = (controller: string) =>
      `---\napiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {name: nginx}\nspec: {controller: ${controller}}\n`
    const made = (controller: string) =>
      read(ofText(clusterIP + ingress('') + of(controller))).proxies.app?.ingress
    expect(made('traefik.io/ingress-controller')).toMatchObject({ controller: 'traefik', className: 'nginx' })
    expect(made('nginx.org/ingress-controller')).not.toHaveProperty('controller')
  })

  it('what YAML merges holds as if it were written there', () => {
    const merged = (kind: string) => `x: &held {${kind}}\n`
    const balanced = service('<<: *held, type: LoadBalancer, ports: [{port: 80}]').replace(
      'apiVersion: v1',
      `${merged('loadBalancerSourceRanges: [1.2.3.4/32]')}apiVersion: v1`,
    )
    expect(read(ofText(balanced + endpoints(two))).proxies.app).toMatchObject({
      sourceRanges: ['1.2.3.4/32'],
    })
    const led = ingress('<<: *held').replace(
      '---\n',
      `---\n${merged(nginx('whitelist-source-range', '1.2.3.4/32'))}`,
    )
    expect(read(ofText(clusterIP + led)).proxies.app).toMatchObject({ sourceRanges: ['1.2.3.4/32'] })
  })

  it('an object of the same kind and another group is none of these', () => {
    const knative = ingress('').replace('networking.k8s.io/v1', 'networking.internal.knative.dev/v1alpha1')
    const { proxies, said } = read(ofText(clusterIP + knative))
    expect(proxies.app).not.toHaveProperty('ingress')
    expect(said.join('\n')).toContain('decide Ingress app is left out: see whether it kept somebody out')
  })

  const names = [
    'auth-url',
    'auth-type',
    'auth-tls-secret',
    'denylist-source-range',
    'server-snippet',
    'satisfy',
  ]
  it.each([...names, 'canary', 'temporal-redirect', 'rewrite-target', 'a-new-one'])(
    'by the annotation %s of ingress-nginx no host is led',
    (name) => {
      const { proxies, said } = read(ofText(clusterIP + ingress(nginx(name, 'x'))))
      expect(proxies.app).toMatchObject({ ingress: { enabled: false } })
      expect(said.join('\n')).toContain(
        `13 decide metadata.annotations.nginx.ingress.kubernetes.io/${name} may`,
      )
    },
  )

  it.each([
    'conditions: [{header: {name: x-who, exact: us}}]',
    'conditions: [{queryParameter: {name: key, exact: secret}}]',
    'conditions: [{regex: "/a.*"}]',
    'conditions: [{prefix: /a}, {header: {name: x-who, present: true}}]',
    'conditions: [{prefix: /a, header: {name: x-who, present: true}}]',
    'conditions: [{prefix: /a}, {prefix: /b}]',
    'conditions: [{prefix: null}]',
    'conditions: [{}]',
  ])('a route of an HTTPProxy is left out by %s', (conditions) => {
    const { proxies, said } = read(ofText(clusterIP + httpProxy('', `{${conditions}, ${toApp}}`)))
    expect(proxies.app).not.toHaveProperty('ingress')
    expect(said.join('\n')).toContain('14 decide of conditions the values have one path alone')
  })
})

describe('what a page prints for a shell', () => {
  const one = service('ports: [{port: 80}]')
  it.each([
    ['kubectl apply -f - <<EOF', 'EOF'],
    ["$ cat <<'YAML' | kubectl apply -f -", 'YAML'],
    ['kubectl create --namespace edge -f - << "END"', 'END'],
  ])('%s', (begin, end) => {
    const { proxies, said } = read(
      ofText(`${begin}\n${one}${end}\n\nkubectl get services\n${begin}\n${endpoints(two)}${end}\n`),
    )
    expect(proxies.app).toMatchObject({ addresses: ['2.3.4.5'], ports: { http: { port: 80 } } })
    expect(said).toContain(`1 left out for a shell: ${begin}`)
    expect(said).toContain('8 left out for a shell: kubectl get services')
    expect(said.join('\n')).toContain('5 corrected the port 80 has no name: called http')
  })

  it('in a script that an object holds is no object', () => {
    const text =
      'kind: ConfigMap\ndata:\n  run: |\n    kubectl apply -f - <<EOF\n    kind: Service\n    EOF\n'
    expect(ofText(text).proxies).toBe(0)
  })
})

it('of a cluster reads what may change who gets in, too: policies, and what leads the same hosts', () => {
  const object = (kind: string, name: string, spec: object, namespace = 'edge') => ({
    apiVersion: 'v1',
    kind,
    metadata: { name, namespace },
    spec,
  })
  const policy = (name: string, target: string, kind = 'HTTPRoute', namespace = 'edge') =>
    object('SecurityPolicy', name, { targetRefs: [{ kind, name: target }] }, namespace)
  const route = (name: string, backend: string, hostnames: string[], namespace = 'edge') =>
    object(
      'HTTPRoute',
      name,
      { parentRefs: [{ name: 'outer' }], hostnames, rules: [{ backendRefs: [{ name: backend }] }] },
      namespace,
    )
  const led = (host: string, service: string) => ({
    ingressClassName: 'inner',
    rules: [{ host, http: { paths: [{ backend: { service: { name: service } } }] } }],
  })
  const inputs = inputsOf(
    [
      object('Service', 'app', { ports: [{ port: 80 }] }),
      route('web', 'app', ['*.example']),
      route('pods', 'pods', ['a.example'], 'other'),
      route('strange', 'pods', ['a.org']),
      object('Ingress', 'app', led('b.org', 'app')),
      object('Ingress', 'pods', led('b.org', 'pods')),
      { ...object('IngressClass', 'inner', {}), metadata: { name: 'inner' } },
      { ...object('IngressClass', 'outer', {}), metadata: { name: 'outer' } },
      policy('ours', 'web'),
      policy('theirs', 'other'),
      policy('above', 'outer', 'Gateway', 'gateways'),
      policy('elsewhere', 'web', 'HTTPRoute', 'gateways'),
      object('ConfigMap', 'noise', { of: 'app' }),
    ],
    'edge',
  )
  expect(inputs.map(({ file }) => file)).toEqual([
    'Service edge/app',
    'HTTPRoute edge/web',
    'Ingress edge/app',
    'HTTPRoute other/pods',
    'Ingress edge/pods',
    'IngressClass /inner',
    'SecurityPolicy edge/ours',
    'SecurityPolicy gateways/above',
  ])
})

describe('a proxy that is there twice', () => {
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

it('values of another chart whose paths or annotations are no text are closed', () => {
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

it('leaves out what chooses pods', () => {
  const { proxies, said } = read(ofText(service('selector: {app: x}, ports: [{port: 80}]')))
  expect(proxies).toEqual({})
  expect(said).toEqual(['1 left out Service app: it chooses pods, and is no proxy'])
})

it('names every field that it does not know, wherever it stands', () => {
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

it('of a closed load balancer is what the chart takes', async () => {
  const text = service('type: LoadBalancer, loadBalancerSourceRanges: [1.2.3.4/32], ports: [{port: 80}]')
  const rendered = await render(load(ofText(text + endpoints(two)).values) as object)
  expect(rendered.get('Service', 'app').spec?.loadBalancerSourceRanges).toEqual(['1.2.3.4/32'])
})

it('texts that Helm would read as something else are quoted, and addresses that begin with colons', () => {
  const text =
    service('type: LoadBalancer, ports: [{port: 80}]', 'name: app, labels: {a: "on", b: "0b11", c: y}') +
    endpoints('addresses: [{ip: 2.3.4.5}, {ip: "::5"}], ports: [{port: 8080}]')
  const { values } = ofText(text)
  expect(values).toContain('addresses: [2.3.4.5, "::5"]')
  expect(values).toContain('sourceRanges: [0.0.0.0/0, "::/0"]')
  for (const word of ['on', '0b11', 'y']) expect(values).toContain(`: "${word}"`)
})

describe('aliases of aliases of aliases', () => {
  const bomb = [
    'b0: &b0 [x, x]\n',
    ...Array.from({ length: 40 }, (_, n) => `b${n + 1}: &b${n + 1} [*b${n}, *b${n}]\n`),
  ]

  it('are looked at once each', () => {
    expect(ofText(`${bomb.join('')}${service('*b40').replace('{*b40}', '*b40')}`).proxies).toBe(1)
  })

  it('are refused in words where all of them would have to be written out', () => {
    expect(() => ofText(`${clusterIP}---\n${bomb.join('')}kind: Policy\nspec: *b40\n`)).toThrow(
      /^in\.yaml:\d+: its aliases unfold to more than can be read/,
    )
  })
})
