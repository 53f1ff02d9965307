import { describe, expect, it } from 'vitest'
import {
  balancer,
  clusterIP,
  endpoints,
  httpProxy,
  ingress,
  list,
  nginx,
  ofText,
  read,
  route,
  routeOf,
  service,
  toApp,
  toApp80,
  two,
} from './manifests.ts'

const annotated = (annotation: string) =>
  service(
    'type: LoadBalancer, loadBalancerSourceRanges: [1.2.3.4/32], ports: [{port: 80}]',
    `name: app, annotations: {${annotation}}`,
  ) + endpoints(two)

describe.concurrent('no door gets wider: what can not be carried over closes it, and is to be decided', () => {
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
      'a list that nginx, which splits at commas alone, denies to all: nobody',
      clusterIP + ingress(nginx('whitelist-source-range', '1.2.3.0/24 5.6.7.0/24')),
      { sourceRanges: [] },
      '13 decide 1.2.3.0/24 5.6.7.0/24 is not a network',
    ],
    [
      'a network with a slip of the keyboard, which no reader forgives: nobody',
      clusterIP + ingress(nginx('whitelist-source-range', '1.2.3.4k/24')),
      { sourceRanges: [] },
      '13 decide 1.2.3.4k/24 is not a network',
    ],
    [
      'a list with nothing between two commas, for which nginx denies all: nobody',
      clusterIP + ingress(nginx('whitelist-source-range', '1.2.3.0/24,,5.6.7.0/24')),
      { sourceRanges: [] },
      "13 decide an empty entry is not a network: sourceRanges are nobody's until you write what it was to be, as 1.2.3.4/32, beside 1.2.3.0/24, 5.6.7.0/24",
    ],
    [
      'nor does HAProxy take it for none: it holds no list with a wrong one, or half of it',
      clusterIP +
        ingress('haproxy.org/allow-list: "1.2.3.0/24,"').replace('ClassName: nginx', 'ClassName: haproxy'),
      { sourceRanges: [] },
      '13 decide an empty entry is not a network',
    ],
    [
      'and no load balancer is made for it',
      balancer('').replace(
        'metadata: {name: app}',
        'metadata: {name: app, annotations: {service.beta.kubernetes.io/load-balancer-source-ranges: "1.2.3.0/24,"}}',
      ),
      { sourceRanges: [] },
      'decide an empty entry is not a network',
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
      "4 decide office is not a network: sourceRanges are nobody's",
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
      { sourceRanges: ['1.2.3.4/32'], ingress: { enabled: false } },
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
      'the same by a word that YAML 1.1 takes for true',
      clusterIP + httpProxy('', '{services: [{name: app, port: 80, mirror: yes}]}'),
      { ingress: undefined },
      'left out app gets no request of its own',
    ],
    [
      'values of another chart whose Ingress is turned off by a word that YAML 1.1 takes for false',
      'fullnameOverride: app\nservice: {ip: 10.0.0.1, port: 80}\ningress: {enabled: no, hosts: [{host: a.example, paths: [{path: /}]}]}\n',
      { ingress: undefined },
      '',
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
      'an Ingress of a namespace, where the Service has none',
      clusterIP + ingress('').replace('name: app,', 'name: app, namespace: two,'),
      { ingress: { enabled: false } },
      '14 decide the Ingress is for namespace two, and Service app for default: ingress.enabled is false',
    ],
    [
      'an Ingress without a namespace, where the Service is of another',
      clusterIP.replaceAll('name: app}', 'name: app, namespace: two}') + ingress(''),
      { ingress: { enabled: false } },
      '14 decide the Ingress is for namespace default, and Service app for two',
    ],
    [
      'an Ingress without a namespace, where the Service is of the default one: it is led',
      clusterIP.replaceAll('name: app}', 'name: app, namespace: default}') + ingress(''),
      { ingress: { hosts: ['a.example'], controller: 'nginx' }, sourceRanges: ['0.0.0.0/0'] },
      'decide Ingress app is open to anyone',
    ],
    [
      'Endpoints of another namespace: no addresses',
      clusterIP.replace('name: app}', 'name: app, namespace: two}'),
      { addresses: [] },
      '6 left out Endpoints app: no Service of its name is in namespace default',
    ],
    [
      'a Service of another namespace than the first: closed',
      clusterIP +
        clusterIP
          .replace('---\n', '---\n')
          .replaceAll('name: app}', 'name: more, namespace: two}')
          .replace('apiVersion', '---\napiVersion'),
      {},
      'decide it is for namespace two, and app for default; a release is for one: enabled is false',
    ],
    [
      'a label of an Ingress that somebody may read',
      clusterIP +
        ingress('').replace('name: app,', 'name: app, labels: {example.com/class: inner, team: us},'),
      { ingress: { enabled: false } },
      '13 left out label team: see whether a controller chooses by it what it serves',
    ],
    [
      'an annotation of an HTTPProxy that somebody may read',
      clusterIP +
        httpProxy('', `{${toApp}}`).replace('name: app}', 'name: app, annotations: {example.com/who: us}}'),
      { ingress: { enabled: false } },
      '13 decide metadata.annotations.example.com/who may keep somebody out',
    ],
    [
      'what another Ingress of the host says of all of it',
      clusterIP +
        ingress('', 'path: /a') +
        ingress(nginx('server-snippet', 'deny all;'), 'path: /b', 'gone').replace(
          'name: app,',
          'name: more,',
        ),
      { ingress: { enabled: false } },
      'server-snippet may keep somebody out',
    ],
    [
      'a path that is written twice: once',
      clusterIP +
        httpProxy('', `{conditions: [{prefix: /a}], ${toApp}}, {conditions: [{prefix: /a}], ${toApp}}`),
      { ingress: { paths: [{ path: '/a', pathType: 'ImplementationSpecific' }] } },
      '',
    ],
    [
      'a port that the endpoints lack',
      service('ports: [{name: a, port: 80}, {name: b, port: 81}]') +
        endpoints('addresses: [{ip: 2.3.4.5}], ports: [{name: a, port: 80}]'),
      { ports: { a: { port: 80 } } },
      '4 decide no endpoints have such a port, so 81 led nowhere: left out',
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
      clusterIP +
        routeOf(
          'HTTPRoute',
          'name: app',
          'parentRefs: [{name: edge}], rules: [{matches: [{path: {value: /admin}}], backendRefs: [{name: admin, port: 80}]}, {matches: [{path: {value: /a}}], backendRefs: [{name: app, port: 80}]}]',
        ),
      { routes: { app: { rules: [{ matches: [{ path: { value: '/a' } }] }] } } },
      '14 left out backendRefs: admin is no proxy here',
    ],
    [
      'a route that gives it no part: none',
      clusterIP +
        routeOf(
          'HTTPRoute',
          'name: app',
          'parentRefs: [{name: edge}], rules: [{backendRefs: [{name: app, port: 80, weight: 0}]}]',
        ),
      { routes: undefined },
      '14 left out backendRefs: app has weight 0, and gets nothing',
    ],
    [
      'a route of a mesh, which hangs on a Service: it hangs on nothing',
      clusterIP +
        routeOf(
          'HTTPRoute',
          'name: app',
          'parentRefs: [{group: "", kind: Service, name: app}], rules: [{backendRefs: [{name: app, port: 80}]}]',
        ),
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
