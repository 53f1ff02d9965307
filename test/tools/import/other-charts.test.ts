import { becomes } from './manifests.ts'

becomes('the values of another chart', [
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
])
