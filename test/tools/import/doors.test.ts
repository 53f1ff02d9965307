import { becomes, clusterIP, httpProxy, list, routeOf } from './manifests.ts'

becomes('what leads there', [
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
])
