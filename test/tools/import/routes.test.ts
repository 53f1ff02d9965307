import { describe, expect, it } from 'vitest'
import {
  admin,
  clusterIP,
  endpoints,
  expectMade,
  ingress,
  ofText,
  pods,
  read,
  route,
  routeOf,
  secondIngress,
  service,
  toApp80,
} from './manifests.ts'

const policy = (kind: string, target: string) =>
  `---\napiVersion: gateway.envoyproxy.io/v1alpha1\nkind: ${kind}\nmetadata: {name: who}\nspec: {${target}}\n`

describe.concurrent('of a route', () => {
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
      { enabled: false, parentRefs: [] },
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
    expectMade(routes?.web, made)
    expect(said.join('\n')).toContain(words)
  })

  const webOf = (made: ReturnType<typeof read>) =>
    (made.proxies.app as { routes: { web: Record<string, unknown> } }).routes.web

  const gateway = (listeners: string) =>
    `---\napiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: edge}\nspec: {listeners: [${listeners}]}\n`
  it.each<[string, string, string, object]>([
    ['its own', '[a.example]', '{name: a, port: 80}', { hostnames: ['a.example'] }],
    [
      "its listeners', where it has none",
      '[]',
      '{name: a, hostname: b.example}',
      { hostnames: ['b.example'] },
    ],
    ['what both have', '["*.example"]', '{name: a, hostname: b.example}', { hostnames: ['b.example'] }],
    ['what both have, too', '[a.example]', '{name: a, hostname: "*.example"}', { hostnames: ['a.example'] }],
    ['nothing of both: closed', '[a.example]', '{name: a, hostname: b.example}', { enabled: false }],
  ])('the hosts of a route are %s', (_, hosts, listeners, made) => {
    const text = route(`{${toApp80}}`).replace('[a.example]', hosts) + gateway(listeners)
    expectMade(webOf(read(ofText(clusterIP + text))), made)
  })

  const served = (className: string, name = 'edge') =>
    gateway('{name: a, port: 80}')
      .replace('{listeners', `{gatewayClassName: ${className}, listeners`)
      .replace('edge', name)
  const toPods = route(`{${admin}, backendRefs: [{name: pods, port: 80}]}`).replace('name: web', 'name: pods')
  const elsewhere = (text: string, name: string) => text.replace('[{name: edge}]', `[{name: ${name}}]`)
  const listenerSet =
    '---\napiVersion: gateway.networking.k8s.io/v1\nkind: ListenerSet\nmetadata: {name: more}\nspec: {parentRef: {name: edge}, listeners: [{name: b, port: 80}]}\n'
  const below = (className: string) =>
    secondIngress('', 'pods').replace('ClassName: nginx', `ClassName: ${className}`)
  const kept = { parentRefs: [{ name: 'edge' }] }
  it.each<[string, string, string, object]>([
    ['an Ingress, by a Gateway that nobody knows', '', below('traefik'), { enabled: false }],
    ['an Ingress that nobody knows, beside it', served('traefik'), below('office'), { enabled: false }],
    ['an Ingress of the same Traefik', served('traefik'), below('traefik'), { enabled: false }],
    ['an Ingress of ingress-nginx, which is apart', served('traefik'), below('nginx'), kept],
    ["an Ingress, by Envoy Gateway's, which is apart", served('eg'), below('traefik'), kept],
    [
      'another Gateway of Traefik',
      served('traefik') + served('traefik', 'inside'),
      elsewhere(toPods, 'inside'),
      { enabled: false },
    ],
    [
      'another Gateway of Envoy Gateway, which is apart',
      served('eg') + served('eg', 'inside'),
      elsewhere(toPods, 'inside'),
      kept,
    ],
    [
      'a ListenerSet of its Gateway',
      served('eg') + listenerSet,
      elsewhere(toPods, 'more').replace('{name: more}', '{kind: ListenerSet, name: more}'),
      { enabled: false },
    ],
    [
      'a ListenerSet that is not there, which may be of its Gateway',
      served('eg'),
      elsewhere(toPods, 'more').replace('{name: more}', '{kind: ListenerSet, name: more}'),
      { enabled: false },
    ],
    [
      'a route that is no HTTP',
      served('eg'),
      routeOf(
        'TCPRoute',
        'name: pods',
        'parentRefs: [{name: edge}], rules: [{backendRefs: [{name: pods, port: 80}]}]',
      ),
      kept,
    ],
  ])('requests of a host that have led to pods by %s', (_, gateways, text, made) => {
    expectMade(webOf(read(ofText(clusterIP + pods + route(`{${toApp80}}`) + gateways + text))), made)
  })

  it.each<[string, string, string, object]>([
    ['a listener takes it for their host alone', 'eg', ', hostname: a.example', { enabled: false }],
    ['Traefik goes by their paths before their hosts', 'traefik', '', { enabled: false }],
    ['another controller goes by their hosts', 'eg', '', kept],
  ])('requests of a wildcard that were led elsewhere, where %s', (_, className, listener, made) => {
    const gateways = served(className).replace('port: 80', `port: 80${listener}`)
    const wildcard = toPods.replace('[a.example]', '["*.example"]')
    expectMade(webOf(read(ofText(clusterIP + pods + route(`{${toApp80}}`) + gateways + wildcard))), made)
  })

  it('what closes a route closes the one that would get its requests then', () => {
    const matching = (path: string) => `matches: [{path: {type: PathPrefix, value: ${path}}}]`
    const others = `---\n${clusterIP.replaceAll('name: app}', 'name: app2}')}`
    const both = route(`{${matching('/a')}, ${toApp80}}`).replace(
      '{name: edge}',
      '{name: edge}, {name: inside}',
    )
    const wider = elsewhere(route('{backendRefs: [{name: app2, port: 80}]}'), 'inside')
    const gateways = served('eg') + served('eg', 'inside')
    const second = (text: string) =>
      (
        read(ofText(clusterIP + others + pods + both + wider + gateways + text)).proxies.app2 as {
          routes: object
        }
      ).routes
    expectMade(Object.values(second(toPods.replace('/admin', '/a/b')))[0], { enabled: false })
    expectMade(Object.values(second(''))[0], {})
  })

  it('what another kind of one table led elsewhere, which may have been asked first, whatever the path', () => {
    const exact = route(`{matches: [{path: {type: Exact, value: /a}}], ${toApp80}}`)
    const madeBeside = (className: string) =>
      webOf(read(ofText(clusterIP + pods + exact + served('traefik') + below(className))))
    expectMade(madeBeside('traefik'), { enabled: false })
    expectMade(madeBeside('nginx'), kept)
  })

  it.each<[string, string[], string | undefined]>([
    ['one', ['eg'], 'envoy-gateway'],
    ['one of two', ['istio', 'istio'], 'istio'],
    ['two', ['istio', 'eg'], undefined],
    ['one, and that of another is not known', ['istio', 'mine'], undefined],
  ])("a route's controller is what the classes of its Gateways say: %s", (_, classes, preset) => {
    const parents = classes.map((_name, index) => `{name: edge${index}}`).join()
    const gateways = classes.map((name, index) => served(name, `edge${index}`)).join('')
    const made = read(ofText(clusterIP + route(`{${toApp80}}`).replace('{name: edge}', parents) + gateways))
    expect(webOf(made).controller).toBe(preset)
    expect(made.said.some((one) => one.includes('which controller serves'))).toBe(preset === undefined)
  })

  it('a route of a Service with two ports has the one that it leads to', () => {
    const ports = 'ports: [{name: a, port: 80}, {name: b, port: 81}]'
    const leadingTo = (...numbers: number[]) => {
      const rules = numbers.map((number) => `{backendRefs: [{name: app, port: ${number}}]}`).join()
      return webOf(
        read(ofText(service(ports) + endpoints(`addresses: [{ip: 2.3.4.5}], ${ports}`) + route(rules))),
      )
    }
    expect(leadingTo(81)).toMatchObject({ port: 'b' })
    expect(leadingTo(81)).not.toHaveProperty('rules')
    expect(leadingTo(81, 80)).toMatchObject({
      port: 'b',
      rules: [{}, { backendRefs: [{ proxy: 'app', port: 'a' }] }],
    })
  })

  it('requests of a host that a route has led to pods, beside an Ingress of Traefik', () => {
    const text = ingress('').replace('ClassName: nginx', 'ClassName: traefik')
    const { proxies } = read(ofText(clusterIP + pods + text + served('traefik') + toPods))
    expect(proxies.app?.ingress).toMatchObject({ enabled: false })
  })
})
