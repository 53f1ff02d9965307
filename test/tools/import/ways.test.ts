import { describe, expect, it } from 'vitest'
import {
  clusterIP,
  expectMade,
  httpProxy,
  ingress,
  list,
  nginx,
  ofText,
  pods,
  read,
  secondIngress,
  toApp,
} from './manifests.ts'

describe.concurrent('a way is closed where requests that were led elsewhere, or kept out, would come by it', () => {
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
    expectMade(proxies.app?.ingress, made)
    expect(said.join('\n')).toContain(words)
  })

  it.each<[string, object]>([
    ['traefik', { enabled: false }],
    ['nginx', { hosts: ['a.example'] }],
  ])('a prefix that was led elsewhere may go before a whole path: %s', (className, made) => {
    const text = ingress('', 'path: /admin/a, pathType: Exact') + secondIngress('', 'pods')
    const { proxies } = read(
      ofText(clusterIP + pods + text.replaceAll('ClassName: nginx', `ClassName: ${className}`)),
    )
    expectMade(proxies.app?.ingress, made)
  })

  const other = (apiVersion: string, kind: string, spec: string) =>
    `---\napiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: other}\nspec: {${spec}}\n`
  const traefik = (match: string, kind = 'IngressRoute') =>
    other('traefik.io/v1alpha1', kind, `routes: [{match: '${match}', middlewares: [{name: who}]}]`)
  const virtualService = (spec: string) => other('networking.istio.io/v1', 'VirtualService', spec)
  const authorization = (spec: string) => other('security.istio.io/v1', 'AuthorizationPolicy', spec)
  it.each([
    traefik('Host(`A.example`) && PathPrefix(`/b`)'),
    traefik('Host(`b.org`, `a.example`)'),
    traefik('HostRegexp(`^.+[.]example$`)'),
    traefik('HostRegexp(`{sub:[a-z]+}.example`)'),
    traefik('HostSNI(`*`)', 'IngressRouteTCP'),
    virtualService('hosts: [a.example]'),
    virtualService('hosts: ["*.example"]'),
    virtualService('hosts: ["*"]'),
    virtualService('hosts: [b.org], http: [{match: [{authority: {regex: ".*"}}]}]'),
    virtualService('hosts: [b.org], http: [{route: [{destination: {host: app.default.svc.cluster.local}}]}]'),
    other('networking.istio.io/v1', 'Gateway', 'servers: [{hosts: ["edge/*.example"]}]'),
    other('networking.istio.io/v1', 'Gateway', 'servers: [{hosts: ["./*"]}]'),
    authorization('action: DENY, rules: [{to: [{operation: {hosts: ["a.example:*"]}}]}]'),
    authorization('rules: [{to: [{operation: {hosts: ["b.org"]}}]}]'),
    authorization('selector: {matchLabels: {istio: ingressgateway}}'),
    other('example.com/v1', 'Firewall', 'url: "https://a.example:8443/x"'),
    other('example.com/v1', 'Firewall', 'backend: default/app'),
  ])('a host is closed that this may mean:%s', (text) => {
    const { proxies, said } = read(ofText(clusterIP + ingress('') + text))
    expect(proxies.app?.ingress).toMatchObject({ enabled: false })
    expect(said.join('\n')).toContain('other may keep somebody out of app')
  })

  it.each([
    traefik('Host(`b.org`) && PathPrefix(`/a.example`)').replace('/a.example', '/a'),
    virtualService(
      'hosts: ["*.org", aa.example, x.a.example], http: [{match: [{authority: {exact: b.org}}]}]',
    ),
    authorization('targetRefs: [{kind: Gateway, name: edge}]'),
    other('networking.k8s.io/v1', 'NetworkPolicy', 'podSelector: {}'),
    other('rbac.authorization.k8s.io/v1', 'Role', 'rules: [{resources: ["*"]}]'),
    other('example.com/v1', 'Firewall', 'url: "https://b.example/*"'),
  ])('a host stays open that this does not mean:%s', (text) => {
    const { proxies } = read(ofText(clusterIP + ingress('') + text))
    expect(proxies.app?.ingress).not.toHaveProperty('enabled')
  })
})
