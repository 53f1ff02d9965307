import type {
  BackendRef,
  Gateway,
  Ingress,
  Listener,
  Proxy as ProxyValues,
  RequestRedirect,
  Route,
  RouteMatch,
  Tls,
} from '../../../schema/generated/values.ts'
import { app, contour, dual, route } from '../../values.ts'
import { check } from './check.ts'

const hostnames = ['lb.example.com']

check('dns-cluster-ip', {
  'nor of that of an Ingress, whose own hosts it reads': {
    refused: app({ service: { type: 'ClusterIP' }, dns: { hostnames }, ...contour() }),
    says: 'proxies.app.dns.hostnames: External DNS makes no record for the address of service.type ClusterIP, and reads those of the Ingress and routes there: leave them out, or write dns.target',
    accepted: app({ service: { type: 'ClusterIP' }, ...contour() }),
    chosen: {
      'write dns.target': app({
        service: { type: 'ClusterIP' },
        dns: { hostnames, target: '198.51.100.1' },
        ...contour(),
      }),
    },
  },
  'External DNS makes no record of a ClusterIP': {
    refused: app({ sourceRanges: [], service: { type: 'ClusterIP' }, dns: { hostnames } }),
    says: 'proxies.app.dns.hostnames: External DNS makes no record for the address of service.type ClusterIP: leave them out, or write dns.target, or service.type LoadBalancer',
    accepted: app({ dns: { hostnames } }),
    chosen: {
      'write dns.target': app({
        sourceRanges: [],
        service: { type: 'ClusterIP' },
        dns: { hostnames, target: '198.51.100.1' },
      }),
      'write service.type LoadBalancer': app({ dns: { hostnames } }),
    },
  },
})

check('dns-annotation', {
  'an annotation that dns writes itself': {
    refused: app({
      dns: { hostnames },
      service: { annotations: { 'external-dns.kubernetes.io/hostname': 'a.example.com' } },
    }),
    says: 'proxies.app.service.annotations: external-dns.kubernetes.io/hostname is written by dns already: leave it out',
    accepted: app({
      dns: { hostnames },
      service: { annotations: { 'external-dns.kubernetes.io/set-identifier': 'a' } },
    }),
  },
  'with the same name': {
    refused: app({
      dns: { hostnames },
      service: { annotations: { 'external-dns.kubernetes.io/hostname': 'lb.example.com' } },
    }),
    says: 'proxies.app.service.annotations: external-dns.kubernetes.io/hostname is written by dns already: leave it out',
    accepted: app({ dns: { hostnames } }),
  },
  'one that it would write': {
    refused: app({
      dns: { hostnames },
      service: { annotations: { 'external-dns.alpha.kubernetes.io/ttl': '60' } },
    }),
    says: 'proxies.app.service.annotations: external-dns.alpha.kubernetes.io/ttl is for dns to write: write dns.ttl in its place',
    accepted: app({ dns: { hostnames, ttl: 60 } }),
  },
  'a name for all objects': {
    refused: {
      commonAnnotations: { 'external-dns.alpha.kubernetes.io/hostname': 'a.example.com' },
      ...app(),
    },
    says: "commonAnnotations: external-dns.alpha.kubernetes.io/hostname would give one name to every object: write it in a proxy's dns.hostnames",
    accepted: { commonAnnotations: { 'external-dns.alpha.kubernetes.io/ttl': '60' }, ...app() },
  },
})

check('dns-hostnames-required', {
  'a ttl of no name': {
    refused: app({ dns: { ttl: 60 } }),
    says: 'proxies.app.dns.ttl: has no effect without dns.hostnames: add them, or leave it out',
    accepted: app({ dns: { ttl: 60, hostnames } }),
  },
  'but not one for all that have a name': {
    refused: app({ dns: { ttl: 60 } }),
    says: 'proxies.app.dns.ttl: has no effect without dns.hostnames: add them, or leave it out',
    accepted: { defaults: { dns: { ttl: 60 } }, ...app() },
  },
  'a target of no name': {
    refused: app({ dns: { target: 'lb.example.org' } }),
    says: 'proxies.app.dns.target: has no effect without dns.hostnames: add them, or leave it out',
    accepted: app({ dns: { target: 'lb.example.org', hostnames } }),
  },
})

const two = (a: ProxyValues, b: ProxyValues) => ({
  proxies: { a: { ...app().proxies.app, ...a }, b: { ...app().proxies.app, ...b } },
})
const on = (host: string, tls: Tls = {}) => contour({ hosts: [host], tls })
/** What tells External DNS these names, under both of its prefixes. */
const named = (names: string, key = 'hostname') => ({
  [`external-dns.alpha.kubernetes.io/${key}`]: names,
  [`external-dns.kubernetes.io/${key}`]: names,
})
/** An Ingress with these names besides its own. */
const withNames = (names: string, host = 'web.example.com'): ProxyValues =>
  contour({ hosts: [host], annotations: named(names) })
/** An Ingress with one path. */
const at = (
  path: string,
  controller: 'contour' | 'haproxy' | 'nginx' | 'traefik' = 'nginx',
): ProxyValues => ({
  ingress: { controller, className: controller, hosts: ['a.example.com'], paths: [{ path }] },
})
/** A route of a.example.com with one match. */
const routed = (match: RouteMatch, parentRefs: Route['parentRefs'] = [{ name: 'edge' }]): ProxyValues =>
  route({ parentRefs, hostnames: ['a.example.com'], rules: [{ matches: [match] }] })

/** What a proxy of 1.2.3.4 moves to from its Ingress: a route of its host. */
const moved = (controller: Route['controller'] = 'none'): ProxyValues => ({
  sourceRanges: ['0.0.0.0/0', '::/0'],
  ...(controller !== 'none' && { sourceRanges: ['1.2.3.4/32'] }),
  routes: { web: { controller, parentRefs: [{ name: 'edge' }], hostnames: ['a.example.com'] } },
})
const atAll = (...paths: string[]): ProxyValues => ({
  ingress: { ...at('/').ingress, paths: paths.map((path) => ({ path })) },
})
const many = (...proxies: ProxyValues[]) => ({
  proxies: Object.fromEntries(
    proxies.map((proxy, index) => ['abcd'.charAt(index), { ...app().proxies.app, ...proxy }]),
  ),
})
/** A route that its controller holds to the list. */
const heldTo = (proxy: ProxyValues): ProxyValues => ({
  routes: { web: { ...proxy.routes?.web, controller: 'envoy-gateway' } as Route },
})
/** A route of a.example.com for several paths, held to the list. */
const taken = (...paths: string[]) => heldTo(taking(...paths))
const route1 = (path: string): Route => taken(path).routes?.web as Route
const atAnyType = (path: string, controller: 'nginx' | 'traefik'): ProxyValues => ({
  ...anyone,
  ingress: {
    controller,
    className: controller,
    hosts: ['a.example.com'],
    paths: [{ path, pathType: 'ImplementationSpecific' }],
  },
})
const anyone = { sourceRanges: ['0.0.0.0/0', '::/0'] }
/** The Ingress of another class. */
const byClass = (className: string, controller: Ingress['controller'] = 'nginx'): ProxyValues => ({
  ingress: { controller, className, hosts: ['a.example.com'], paths: [{ path: '/' }] },
})
/** A route of the host on another Gateway. */
const movedTo = (
  controller: NonNullable<Route['controller']>,
  kind: NonNullable<Route['kind']> = 'HTTPRoute',
  parent: Route['parentRefs'] = [{ name: 'inner' }],
): ProxyValues => ({
  sourceRanges: ['1.2.3.4/32'],
  ...(kind === 'GRPCRoute' && { backend: { protocol: 'grpc' } }),
  routes: { web: { controller, kind, parentRefs: parent, hostnames: ['a.example.com'] } },
})
/** Two ports of App2, of which the second has this protocol. */
const two80 = (protocol: 'TCP' | 'UDP') => ({
  http: { port: 80, targetPort: 8080 },
  other: { port: 81, targetPort: 8081, protocol },
})
const exactly = (path: string): ProxyValues => ({
  ingress: { ...at('/').ingress, paths: [{ path, pathType: 'Exact' }] },
})
/** A route of a.example.com for several paths. */
const taking = (...paths: string[]): ProxyValues =>
  route({ hostnames: ['a.example.com'], rules: paths.map((value) => ({ matches: [{ path: { value } }] })) })

const redirecting = (requestRedirect: RequestRedirect): ProxyValues => ({
  routes: {
    web: {
      ...moved('envoy-gateway').routes?.web,
      rules: [{ filters: [{ type: 'RequestRedirect', requestRedirect }] }],
    },
  },
})

/** A route that sends all that comes by these hosts to the first. */
const toItsOwn = (hostname: string, ...others: string[]): ProxyValues => ({
  routes: {
    web: { ...redirecting({ hostname, scheme: 'https' }).routes?.web, hostnames: [hostname, ...others] },
  },
})

/** A route whose one rule leads here. */
const byRule = (...backendRefs: BackendRef[]): ProxyValues => ({
  routes: { web: { ...moved('envoy-gateway').routes?.web, port: 'http', rules: [{ backendRefs }] } },
})

check('host-twice', {
  'of two load balancers': {
    refused: two({ dns: { hostnames } }, { dns: { hostnames } }),
    says: 'proxies.b.dns.hostnames[0]: lb.example.com is proxies.a.dns.hostnames[0] already, and a host name leads to one place: write another',
    accepted: two({ dns: { hostnames } }, { dns: { hostnames: ['other.example.com'] } }),
  },
  'of two load balancers that share a family': {
    refused: two({ dns: { hostnames } }, { ...dual, dns: { hostnames } }),
    says: 'proxies.b.dns.hostnames[0]: lb.example.com is proxies.a.dns.hostnames[0] already, and a host name leads to one place: write another',
    accepted: two(
      { dns: { hostnames } },
      { addresses: ['fd00::5'], sourceRanges: ['fd00::/64'], dns: { hostnames } },
    ),
  },
  'of two families, of which one has the address of another machine': {
    refused: two(
      { dns: { hostnames, target: '198.51.100.1' } },
      { addresses: ['fd00::5'], sourceRanges: ['fd00::/64'], dns: { hostnames } },
    ),
    says: 'proxies.b.dns.hostnames[0]: lb.example.com is proxies.a.dns.hostnames[0] already, and a host name leads to one place: write another',
    accepted: two(
      { dns: { hostnames } },
      { addresses: ['fd00::5'], sourceRanges: ['fd00::/64'], dns: { hostnames } },
    ),
  },
  "by annotations of two Ingresses, whose families are their controller's": {
    refused: two(withNames('lb.example.com'), {
      ...withNames('lb.example.com', 'other.example.com'),
      addresses: ['fd00::5'],
      sourceRanges: ['fd00::/64'],
    }),
    says: 'proxies.b.ingress.annotations: lb.example.com is proxies.a.ingress.annotations already, and a host name leads to one place: write another',
    accepted: app({
      routes: {
        one: {
          parentRefs: [{ name: 'edge' }],
          hostnames: ['*.example.com'],
          annotations: named('a.example.com'),
        },
        two: {
          parentRefs: [{ name: 'inner' }],
          hostnames: ['*.example.com'],
          annotations: named('a.example.com'),
        },
      },
      sourceRanges: ['0.0.0.0/0', '::/0'],
    }),
  },
  'by an annotation of the Service': {
    refused: two(
      { dns: { hostnames } },
      { service: { annotations: named('a.example.com, LB.example.com.') } },
    ),
    says: 'proxies.b.service.annotations: lb.example.com is proxies.a.dns.hostnames[0] already, and a host name leads to one place: write another',
    accepted: two({ dns: { hostnames } }, { service: { annotations: named('a.example.com') } }),
  },
  'by an annotation with one of its prefixes': {
    refused: two(
      { dns: { hostnames } },
      { service: { annotations: { 'external-dns.alpha.kubernetes.io/hostname': 'lb.example.com' } } },
    ),
    says: 'proxies.b.service.annotations: lb.example.com is proxies.a.dns.hostnames[0] already, and a host name leads to one place: write another',
    accepted: two({ dns: { hostnames } }, { service: { annotations: named('a.example.com') } }),
  },
  'by an annotation with the other': {
    refused: two(
      { dns: { hostnames } },
      { service: { annotations: { 'external-dns.kubernetes.io/hostname': 'lb.example.com' } } },
    ),
    says: 'proxies.b.service.annotations: lb.example.com is proxies.a.dns.hostnames[0] already, and a host name leads to one place: write another',
    accepted: two({ dns: { hostnames } }, { service: { annotations: named('a.example.com') } }),
  },
  'by an annotation for the address inside': {
    refused: app({
      service: { annotations: { ...named('a.example.com'), ...named('a.example.com', 'internal-hostname') } },
    }),
    says: 'proxies.app.service.annotations: a.example.com is proxies.app.service.annotations already, and a host name leads to one place: write another',
    accepted: app({
      service: { annotations: { ...named('a.example.com'), ...named('b.example.com', 'internal-hostname') } },
    }),
  },
  'by an annotation of the Ingress, but for its own host': {
    refused: two({ dns: { hostnames } }, withNames('lb.example.com')),
    says: 'proxies.b.ingress.annotations: lb.example.com is proxies.a.dns.hostnames[0] already, and a host name leads to one place: write another',
    accepted: two({ dns: { hostnames } }, withNames('web.example.com')),
  },
  'by an annotation of a route': {
    refused: two({ dns: { hostnames } }, route({ annotations: named('lb.example.com') })),
    says: 'proxies.b.routes.web.annotations: lb.example.com is proxies.a.dns.hostnames[0] already, and a host name leads to one place: write another',
    accepted: two({ dns: { hostnames } }, route({ annotations: named('route.example.com') })),
  },
  'of two Ingresses': {
    refused: two(on('a.example.com'), on('a.example.com')),
    says: 'proxies.b.ingress.hosts[0]: a.example.com is proxies.a.ingress.hosts[0] already, and a host name leads to one place: write another',
    accepted: two(on('a.example.com'), on('b.example.com')),
  },
  'of two Ingresses, but those whose paths their controller lays side by side': {
    refused: two(at('/a', 'contour'), at('/b', 'contour')),
    says: 'proxies.b.ingress.hosts[0]: a.example.com is proxies.a.ingress.hosts[0] already, and a host name leads to one place: write another',
    accepted: two(at('/a', 'traefik'), at('/b', 'traefik')),
  },
  'of two Ingresses of haproxy with one path': {
    refused: two(at('/a', 'haproxy'), at('/a', 'haproxy')),
    says: 'proxies.b.ingress.hosts[0]: a.example.com is proxies.a.ingress.hosts[0] already, and both have the path /a: write another, or another host',
    accepted: two(at('/a', 'haproxy'), at('/b', 'haproxy')),
  },
  'of two routes of two proxies, but those whose matches their controller lays side by side': {
    refused: two(
      route({ hostnames: ['a.example.com'], rules: [{ matches: [{ path: { value: '/a' } }] }] }),
      route({
        hostnames: ['a.example.com'],
        rules: [{ matches: [{ path: { value: '/b' } }, { path: { type: 'PathPrefix', value: '/a' } }] }],
      }),
    ),
    says: 'proxies.b.routes.web.hostnames[0]: a.example.com is proxies.a.routes.web.hostnames[0] already, and a rule of each takes the same requests: write other matches, or another host',
    accepted: two(
      route({ hostnames: ['a.example.com'], rules: [{ matches: [{ path: { value: '/a' } }] }] }),
      route({ hostnames: ['a.example.com'], rules: [{ matches: [{ path: { value: '/b' } }] }, {}] }),
    ),
  },
  'of two routes of two proxies whose matches are the same, however they are written': {
    refused: two(
      routed({
        path: { value: '/a/' },
        method: 'GET',
        headers: [
          { name: 'X-Who', value: 'us' },
          { name: 'x-when', value: 'now' },
        ],
        queryParams: [
          { name: 'v', value: '1' },
          { name: 'w', value: '2' },
        ],
      }),
      routed({
        path: { value: '/a' },
        method: 'GET',
        headers: [
          { name: 'x-when', value: 'now', type: 'Exact' },
          { name: 'x-who', value: 'us' },
        ],
        queryParams: [
          { name: 'w', value: '2', type: 'Exact' },
          { name: 'v', value: '1' },
        ],
      }),
    ),
    says: 'proxies.b.routes.web.hostnames[0]: a.example.com is proxies.a.routes.web.hostnames[0] already, and a rule of each takes the same requests: write other matches, or another host',
    accepted: two(
      routed({ headers: [{ name: 'x-who', value: 'us' }] }),
      routed({ headers: [{ name: 'x-who', value: 'US' }] }),
    ),
  },
  'of two routes of two proxies whose matches ask for the same parameter': {
    refused: two(
      routed({ queryParams: [{ name: 'v', value: '1' }] }),
      routed({ queryParams: [{ name: 'v', value: '1' }] }),
    ),
    says: 'proxies.b.routes.web.hostnames[0]: a.example.com is proxies.a.routes.web.hostnames[0] already, and a rule of each takes the same requests: write other matches, or another host',
    accepted: two(
      routed({ queryParams: [{ name: 'v', value: '1' }] }),
      routed({ queryParams: [{ name: 'V', value: '1' }] }),
    ),
  },
  'of two routes of two proxies on other Gateways, but on one, however it is written': {
    refused: two(
      routed({ path: { value: '/a' } }, [{ name: 'edge' }, { name: 'inner' }]),
      routed({ path: { value: '/b' } }, [{ name: 'inner' }]),
    ),
    says: 'proxies.b.routes.web.hostnames[0]: a.example.com is proxies.a.routes.web.hostnames[0] already, and a host name leads to one place: write another',
    accepted: two(
      routed({ path: { value: '/a' } }, [{ name: 'edge' }, { name: 'inner' }]),
      routed({ path: { value: '/b' } }, [
        { name: 'inner', kind: 'Gateway' },
        { name: 'edge', namespace: 'default' },
      ]),
    ),
  },
  'of two Ingresses of two classes': {
    refused: two(at('/a'), { ...byClass('other'), addresses: ['2.3.4.6'] }),
    says: 'proxies.b.ingress.hosts[0]: a.example.com is proxies.a.ingress.hosts[0] already, and a host name leads to one place: write another, or on both sides the same paths, each to the same addresses and port',
    accepted: two(at('/'), byClass('other')),
  },
  'of two Ingresses of two classes for other sourceRanges': {
    refused: two(at('/'), { ...byClass('other'), sourceRanges: ['1.2.3.5/32'] }),
    says: 'proxies.b.ingress.hosts[0]: a.example.com is proxies.a.ingress.hosts[0] already, and those have other sourceRanges: write the same in both, or another host',
    accepted: two(at('/'), byClass('other')),
  },
  'of two Ingresses of two classes, but of a controller that lays their paths side by side': {
    refused: two(at('/', 'contour'), byClass('other', 'contour')),
    says: 'proxies.b.ingress.hosts[0]: a.example.com is proxies.a.ingress.hosts[0] already, and a host name leads to one place: write another',
    accepted: two(at('/', 'haproxy'), byClass('other', 'haproxy')),
  },
  'of two Ingresses of two classes, of which anyone may serve one': {
    refused: two({ ...at('/'), ...anyone }, { ...byClass('other', 'none'), ...anyone }),
    says: 'proxies.b.ingress.hosts[0]: a.example.com is proxies.a.ingress.hosts[0] already, and a host name leads to one place: write another',
    accepted: two({ ...at('/'), ...anyone }, { ...byClass('other'), ...anyone }),
  },
  'of two Ingresses of two classes, of which anyone may serve the first': {
    refused: two({ ...byClass('other', 'none'), ...anyone }, { ...at('/'), ...anyone }),
    says: 'proxies.b.ingress.hosts[0]: a.example.com is proxies.a.ingress.hosts[0] already, and a host name leads to one place: write another',
    accepted: two({ ...byClass('other'), ...anyone }, { ...at('/'), ...anyone }),
  },
  "of an Ingress and Contour's HTTPProxy, which External DNS reads elsewhere, but for two App2": {
    refused: two(at('/'), { ...at('/', 'contour'), addresses: ['2.3.4.6'] }),
    says: 'proxies.b.ingress.hosts[0]: a.example.com is proxies.a.ingress.hosts[0] already, and a host name leads to one place: write another, or on both sides the same paths, each to the same addresses and port',
    accepted: two(at('/'), { ...at('/', 'contour'), sourceRanges: ['1.2.3.5/32'] }),
  },
  'of routes of two controllers on two Gateways that lead to two App2': {
    refused: two(moved('envoy-gateway'), { ...movedTo('istio'), addresses: ['2.3.4.6'] }),
    says: 'proxies.b.routes.web.hostnames[0]: a.example.com is proxies.a.routes.web.hostnames[0] already, and a host name leads to one place: write another, or on both sides the same paths, each to the same addresses and port',
    accepted: two(moved('envoy-gateway'), movedTo('istio')),
  },
  'of routes on two Gateways of two controllers for other sourceRanges': {
    refused: two(moved('envoy-gateway'), { ...movedTo('istio'), sourceRanges: ['1.2.3.5/32'] }),
    says: 'proxies.b.routes.web.hostnames[0]: a.example.com is proxies.a.routes.web.hostnames[0] already, and those have other sourceRanges: write the same in both, or another host',
    accepted: two(moved('envoy-gateway'), {
      ...movedTo('istio', 'GRPCRoute'),
      sourceRanges: ['1.2.3.5/32'],
    }),
  },
  'of routes on two Gateways of one controller for other sourceRanges': {
    refused: two(moved('traefik'), { ...movedTo('traefik'), sourceRanges: ['1.2.3.5/32'] }),
    says: 'proxies.b.routes.web.hostnames[0]: a.example.com is proxies.a.routes.web.hostnames[0] already, and those have other sourceRanges: write the same in both, or another host',
    accepted: two(moved('traefik'), movedTo('traefik')),
  },
  'of routes of two kinds on two Gateways of one controller for other sourceRanges': {
    refused: two(moved('traefik'), { ...movedTo('traefik', 'GRPCRoute'), sourceRanges: ['1.2.3.5/32'] }),
    says: 'proxies.b.routes.web.hostnames[0]: a.example.com is proxies.a.routes.web.hostnames[0] already, and those have other sourceRanges: write the same in both, or another host',
    accepted: two(moved('traefik'), movedTo('traefik', 'GRPCRoute')),
  },
  'of routes of two kinds on one Gateway, but on two of one name': {
    refused: two(movedTo('envoy-gateway'), movedTo('envoy-gateway', 'GRPCRoute')),
    says: 'proxies.b.routes.web.hostnames[0]: a.example.com is proxies.a.routes.web.hostnames[0] already, and a host name leads to one place: write another',
    accepted: two(
      movedTo('envoy-gateway'),
      movedTo('envoy-gateway', 'GRPCRoute', [{ name: 'inner', namespace: 'gateways' }]),
    ),
  },
  'of an Ingress and a route for other sourceRanges, but where each is the one of its kind': {
    refused: many(at('/a'), at('/b'), { ...moved('envoy-gateway'), sourceRanges: ['1.2.3.5/32'] }),
    says: 'proxies.c.routes.web.hostnames[0]: a.example.com is proxies.a.ingress.hosts[0] already, and those have other sourceRanges: write the same in both, or another host',
    accepted: many(at('/a'), { ...moved('envoy-gateway'), sourceRanges: ['1.2.3.5/32'] }),
  },
  'of an Ingress and two routes of one proxy for other sourceRanges': {
    refused: many(at('/'), { routes: { w: route1('/a'), x: route1('/b') }, sourceRanges: ['1.2.3.5/32'] }),
    says: 'proxies.b.routes.x.hostnames[0]: a.example.com is proxies.a.ingress.hosts[0] already, and those have other sourceRanges: write the same in both, or another host',
    accepted: many(at('/'), { routes: { w: route1('/a'), x: route1('/b') } }),
  },
  'of two routes of one proxy and the load balancer of another for other sourceRanges': {
    refused: two(
      { routes: { w: route1('/a'), x: route1('/b') }, sourceRanges: ['1.2.3.5/32'] },
      { dns: { hostnames: ['a.example.com'] } },
    ),
    says: 'proxies.b.dns.hostnames[0]: a.example.com is proxies.a.routes.w.hostnames[0] already, and those have other sourceRanges: write the same in both, or another host',
    accepted: two(
      { routes: { w: route1('/a'), x: route1('/b') } },
      { dns: { hostnames: ['a.example.com'] } },
    ),
  },
  'of a path of two App2 on one of two ways alone': {
    refused: many(at('/a'), { ...at('/b'), addresses: ['2.3.4.6'] }, taken('/a')),
    says: 'proxies.c.routes.web.hostnames[0]: a.example.com is proxies.b.ingress.hosts[0] already, and a host name leads to one place: write another, or on both sides the same paths, each to the same addresses and port',
    accepted: many(at('/a'), { ...at('/b'), addresses: ['2.3.4.6'] }, taken('/a'), {
      ...taken('/b/'),
      addresses: ['2.3.4.6'],
    }),
  },
  'of two paths of two App2 that each of two ways leads to the other': {
    refused: many(at('/a'), { ...at('/b'), addresses: ['2.3.4.6'] }, taken('/b'), {
      ...taken('/a'),
      addresses: ['2.3.4.6'],
    }),
    says: 'proxies.d.routes.web.hostnames[0]: a.example.com is proxies.a.ingress.hosts[0] already, and a host name leads to one place: write another, or on both sides the same paths, each to the same addresses and port',
    accepted: many(
      at('/a'),
      { ...at('/b'), addresses: ['2.3.4.6'] },
      { ...taken('/b'), addresses: ['2.3.4.6'] },
      taken('/a'),
    ),
  },
  'of two paths of two App2 on two ways, of which one takes more by another rule': {
    refused: many(at('/a'), { ...at('/b'), addresses: ['2.3.4.6'] }, taken('/a'), {
      ...taken('/b', '/c'),
      addresses: ['2.3.4.6'],
    }),
    says: 'proxies.d.routes.web.hostnames[0]: a.example.com is proxies.a.ingress.hosts[0] already, and a host name leads to one place: write another, or on both sides the same paths, each to the same addresses and port',
    accepted: many(at('/a'), { ...atAll('/b', '/c'), addresses: ['2.3.4.6'] }, taken('/a'), {
      ...taken('/b', '/c'),
      addresses: ['2.3.4.6'],
    }),
  },
  'of two paths of two App2 on two ways, of which one takes less by a header': {
    refused: many(at('/a'), { ...at('/b'), addresses: ['2.3.4.6'] }, taken('/a'), {
      ...heldTo(routed({ path: { value: '/b' }, headers: [{ name: 'x', value: 'y' }] })),
      addresses: ['2.3.4.6'],
    }),
    says: 'proxies.d.routes.web.hostnames[0]: a.example.com is proxies.a.ingress.hosts[0] already, and a host name leads to one place: write another, or on both sides the same paths, each to the same addresses and port',
    accepted: many(at('/a'), { ...at('/b'), addresses: ['2.3.4.6'] }, taken('/a'), {
      ...heldTo(routed({ path: { value: '/b' } })),
      addresses: ['2.3.4.6'],
    }),
  },
  'of two paths of two App2 on two ways, of which one is exact': {
    refused: many(at('/a'), { ...exactly('/b'), addresses: ['2.3.4.6'] }, taken('/a'), {
      ...taken('/b'),
      addresses: ['2.3.4.6'],
    }),
    says: 'proxies.d.routes.web.hostnames[0]: a.example.com is proxies.a.ingress.hosts[0] already, and a host name leads to one place: write another, or on both sides the same paths, each to the same addresses and port',
    accepted: many(at('/a'), { ...exactly('/b'), addresses: ['2.3.4.6'] }, taken('/a'), {
      ...heldTo(routed({ path: { type: 'Exact', value: '/b' } })),
      addresses: ['2.3.4.6'],
    }),
  },
  'of two paths of two App2 on two ways, as either controller reads one': {
    refused: many(
      { ...at('/a'), ...anyone },
      { ...atAnyType('/b', 'nginx'), addresses: ['2.3.4.6'] },
      { ...at('/a', 'traefik'), ...anyone },
      { ...atAnyType('/b', 'traefik'), addresses: ['2.3.4.6'] },
    ),
    says: 'proxies.d.ingress.hosts[0]: a.example.com is proxies.a.ingress.hosts[0] already, and a host name leads to one place: write another, or on both sides the same paths, each to the same addresses and port',
    accepted: many(
      { ...at('/a'), ...anyone },
      { ...at('/b'), ...anyone, addresses: ['2.3.4.6'] },
      { ...at('/a', 'traefik'), ...anyone },
      { ...at('/b', 'traefik'), ...anyone, addresses: ['2.3.4.6'] },
    ),
  },
  'of two paths of two App2 on two ways, of which one has an address more, but drained on one way': {
    refused: many(
      at('/a'),
      { ...at('/b'), addresses: ['2.3.4.6', { ip: '2.3.4.7', ready: false }] },
      taken('/a'),
      { ...taken('/b'), addresses: ['2.3.4.6'] },
    ),
    says: 'proxies.d.routes.web.hostnames[0]: a.example.com is proxies.b.ingress.hosts[0] already, and a host name leads to one place: write another, or on both sides the same paths, each to the same addresses and port',
    accepted: many(at('/a'), { ...at('/b'), addresses: [{ ip: '2.3.4.6', ready: false }] }, taken('/a'), {
      ...taken('/b'),
      addresses: ['2.3.4.6'],
    }),
  },
  'of routes on two Gateways, but on one, whose namespace one of them leaves out': {
    refused: two(
      routed({}, [{ name: 'edge' }, { name: 'inner' }]),
      routed({}, [{ name: 'inner', namespace: 'default' }]),
    ),
    says: 'proxies.b.routes.web.hostnames[0]: a.example.com is proxies.a.routes.web.hostnames[0] already, and a host name leads to one place: write another',
    accepted: two(routed({}, [{ name: 'edge' }]), routed({}, [{ name: 'inner', namespace: 'default' }])),
  },
  'of routes on one Gateway of two, but on a ListenerSet of its name': {
    refused: two(routed({}, [{ name: 'edge' }, { name: 'inner' }]), routed({}, [{ name: 'inner' }])),
    says: 'proxies.b.routes.web.hostnames[0]: a.example.com is proxies.a.routes.web.hostnames[0] already, and a host name leads to one place: write another',
    accepted: two(
      routed({}, [{ name: 'edge' }, { name: 'inner' }]),
      routed({}, [{ kind: 'ListenerSet', name: 'inner' }]),
    ),
  },
  'of a load balancer and the Ingress of another that leads to another App2': {
    refused: two({ dns: { hostnames: ['a.example.com'] } }, { ...at('/'), addresses: ['2.3.4.6'] }),
    says: 'proxies.b.ingress.hosts[0]: a.example.com is proxies.a.dns.hostnames[0] already, and a host name leads to one place: write another, or leave proxies.a.dns.hostnames[0] out',
    accepted: two({ dns: { hostnames: ['a.example.com'] } }, { ...at('/'), sourceRanges: ['1.2.3.5/32'] }),
    chosen: {
      'leave proxies.a.dns.hostnames[0] out': two({}, { ...at('/'), addresses: ['2.3.4.6'] }),
    },
  },
  'of a load balancer and the Ingress of another that leads to a port which the former lacks': {
    refused: two(
      { dns: { hostnames: ['a.example.com'] }, ports: two80('UDP') },
      { ...at('/'), ports: { http: { port: 80, targetPort: 8081 } } },
    ),
    says: 'proxies.b.ingress.hosts[0]: a.example.com is proxies.a.dns.hostnames[0] already, and a host name leads to one place: write another, or leave proxies.a.dns.hostnames[0] out',
    accepted: two(
      { dns: { hostnames: ['a.example.com'] }, ports: two80('TCP') },
      { ...at('/'), ports: { http: { port: 80, targetPort: 8081 } } },
    ),
  },
  'of a load balancer to another address and the Ingress of another, but drained': {
    refused: two({ dns: { hostnames: ['a.example.com'] }, addresses: ['2.3.4.6'] }, at('/')),
    says: 'proxies.b.ingress.hosts[0]: a.example.com is proxies.a.dns.hostnames[0] already, and a host name leads to one place: write another, or leave proxies.a.dns.hostnames[0] out',
    accepted: two(
      { dns: { hostnames: ['a.example.com'] }, addresses: [{ ip: '2.3.4.5', ready: false }] },
      at('/'),
    ),
  },
  "of another machine's address and an Ingress": {
    refused: two({ dns: { hostnames: ['a.example.com'], target: '198.51.100.1' } }, at('/')),
    says: 'proxies.b.ingress.hosts[0]: a.example.com is proxies.a.dns.hostnames[0] already, and a host name leads to one place: write another, or leave proxies.a.dns.hostnames[0] out',
    accepted: two({ dns: { hostnames: ['a.example.com'] } }, at('/')),
  },
  'of node ports, which are other ones, and an Ingress': {
    refused: two(
      { ...anyone, service: { type: 'NodePort' }, dns: { hostnames: ['a.example.com'] } },
      at('/'),
    ),
    says: 'proxies.b.ingress.hosts[0]: a.example.com is proxies.a.dns.hostnames[0] already, and a host name leads to one place: write another, or leave proxies.a.dns.hostnames[0] out',
    accepted: two({ ...anyone, dns: { hostnames: ['a.example.com'] } }, at('/')),
  },
  'of a route and a load balancer, in whichever order, but for the route of its own proxy': {
    refused: app({ ...moved('envoy-gateway'), dns: { hostnames: ['a.example.com'] } }),
    says: 'proxies.app.routes.web.hostnames[0]: a.example.com is proxies.app.dns.hostnames[0] already, and a host name leads to one place: write another, or leave proxies.app.dns.hostnames[0] out',
    accepted: two(moved('envoy-gateway'), { dns: { hostnames: ['a.example.com'] } }),
  },
  'for other sourceRanges': {
    refused: two(at('/a'), { ...at('/b'), sourceRanges: ['1.2.3.5/32'] }),
    says: 'proxies.b.ingress.hosts[0]: a.example.com is proxies.a.ingress.hosts[0] already, and those have other sourceRanges: write the same in both, or another host',
    accepted: two(at('/a'), at('/b')),
  },
  'with one path': {
    refused: two(at('/a'), at('/a/')),
    says: 'proxies.b.ingress.hosts[0]: a.example.com is proxies.a.ingress.hosts[0] already, and both have the path /a/: write another, or another host',
    accepted: two(at('/'), at('/a')),
  },
  'with one path, of which the first ends with a slash': {
    refused: two(at('/a/'), at('/a')),
    says: 'proxies.b.ingress.hosts[0]: a.example.com is proxies.a.ingress.hosts[0] already, and both have the path /a: write another, or another host',
    accepted: two(at('/a/'), at('/ab')),
  },
  'with two paths, of which one is said': {
    refused: two(atAll('/a', '/b'), atAll('/c', '/b', '/a')),
    says: 'proxies.b.ingress.hosts[0]: a.example.com is proxies.a.ingress.hosts[0] already, and both have the path /b: write another, or another host',
    accepted: two(atAll('/a', '/b'), atAll('/c', '/d')),
  },
  'with a path of one that is not the first of the host': {
    refused: { proxies: { ...two(at('/a'), at('/b')).proxies, c: app(at('/b')).proxies.app } },
    says: 'proxies.c.ingress.hosts[0]: a.example.com is proxies.b.ingress.hosts[0] already, and both have the path /b: write another, or another host',
    accepted: { proxies: { ...two(at('/a'), at('/b')).proxies, c: app(at('/c')).proxies.app } },
  },
  'with one path, but where both are exact and one ends with a slash': {
    refused: two(exactly('/a'), at('/a')),
    says: 'proxies.b.ingress.hosts[0]: a.example.com is proxies.a.ingress.hosts[0] already, and both have the path /a: write another, or another host',
    accepted: two(exactly('/a'), exactly('/a/')),
  },
  'of routes of a third proxy, which takes what the second does': {
    refused: {
      proxies: { ...two(taking('/a'), taking('/b')).proxies, c: app(taking('/c', '/b')).proxies.app },
    },
    says: 'proxies.c.routes.web.hostnames[0]: a.example.com is proxies.b.routes.web.hostnames[0] already, and a rule of each takes the same requests: write other matches, or another host',
    accepted: {
      proxies: { ...two(taking('/a'), taking('/b')).proxies, c: app(taking('/c', '/d')).proxies.app },
    },
  },
  'of a second route of the first proxy, on another Gateway': {
    refused: two(
      {
        ...taking('/a'),
        routes: {
          ...taking('/a').routes,
          x: { ...taking('/b').routes?.web, parentRefs: [{ name: 'inner' }] },
        },
      },
      { ...taking('/c'), addresses: ['2.3.4.6'] },
    ),
    says: 'proxies.b.routes.web.hostnames[0]: a.example.com is proxies.a.routes.x.hostnames[0] already, and a host name leads to one place: write another, or on both sides the same paths, each to the same addresses and port',
    accepted: two(
      { ...taking('/a'), routes: { ...taking('/a').routes, x: taking('/b').routes?.web ?? {} } },
      { ...taking('/c'), addresses: ['2.3.4.6'] },
    ),
  },
  'of an Ingress and a route that lead to two App2, but to one, or of one proxy': {
    refused: two(at('/'), { ...moved(), addresses: ['2.3.4.6'] }),
    says: 'proxies.b.routes.web.hostnames[0]: a.example.com is proxies.a.ingress.hosts[0] already, and a host name leads to one place: write another, or on both sides the same paths, each to the same addresses and port',
    accepted: app({ ...at('/'), routes: moved('envoy-gateway').routes ?? {} }),
  },
  'of an Ingress and a route that leads to another port of App2': {
    refused: two(at('/'), { ...moved('envoy-gateway'), ports: { http: { port: 80, targetPort: 9000 } } }),
    says: 'proxies.b.routes.web.hostnames[0]: a.example.com is proxies.a.ingress.hosts[0] already, and a host name leads to one place: write another, or on both sides the same paths, each to the same addresses and port',
    accepted: two(at('/'), moved('envoy-gateway')),
  },
  'of an Ingress and a route with an address more, but drained on either way': {
    refused: two(at('/'), {
      ...moved('envoy-gateway'),
      addresses: ['2.3.4.5', { ip: '2.3.4.6', ready: false }],
    }),
    says: 'proxies.b.routes.web.hostnames[0]: a.example.com is proxies.a.ingress.hosts[0] already, and a host name leads to one place: write another, or on both sides the same paths, each to the same addresses and port',
    accepted: two(at('/'), { ...moved('envoy-gateway'), addresses: [{ ip: '2.3.4.5', ready: false }] }),
  },
  'of an Ingress and a route that sends to another host, but to the same by TLS': {
    refused: two(at('/'), redirecting({ hostname: 'b.example.com' })),
    says: 'proxies.b.routes.web.hostnames[0]: a.example.com is proxies.a.ingress.hosts[0] already, and a host name leads to one place: write another, or leave proxies.b.routes.web.rules[0].filters[0].requestRedirect.hostname out, by which it leads elsewhere',
    accepted: two(at('/'), redirecting({ hostname: 'a.example.com', scheme: 'https' })),
    chosen: {
      'leave proxies.b.routes.web.rules[0].filters[0].requestRedirect.hostname out, by which it leads elsewhere':
        two(at('/'), redirecting({ scheme: 'https' })),
    },
  },
  'of an Ingress and a route that sends one of its hosts to the other': {
    refused: two(at('/'), toItsOwn('b.example.com', 'a.example.com')),
    says: 'proxies.b.routes.web.hostnames[1]: a.example.com is proxies.a.ingress.hosts[0] already, and a host name leads to one place: write another, or leave proxies.b.routes.web.rules[0].filters[0].requestRedirect.hostname out, by which it leads elsewhere',
    accepted: two(at('/'), toItsOwn('a.example.com', 'b.example.com')),
  },
  'of all hosts of a domain, of which a route sends each to one': {
    refused: two(
      { ingress: { ...at('/').ingress, hosts: ['*.example.com'] } },
      toItsOwn('a.example.com', '*.example.com'),
    ),
    says: 'proxies.b.routes.web.hostnames[1]: *.example.com is proxies.a.ingress.hosts[0] already, and a host name leads to one place: write another, or leave proxies.b.routes.web.rules[0].filters[0].requestRedirect.hostname out, by which it leads elsewhere',
    accepted: two(
      { ingress: { ...at('/').ingress, hosts: ['*.example.com'] } },
      { routes: { web: { ...route1('/'), hostnames: ['a.example.com', '*.example.com'] } } },
    ),
  },
  'of an Ingress and a route that leads to a third by a rule': {
    refused: {
      proxies: {
        ...two(at('/'), byRule({ proxy: 'c', port: 'http' })).proxies,
        c: app({ addresses: ['2.3.4.6'] }).proxies.app,
      },
    },
    says: 'proxies.b.routes.web.hostnames[0]: a.example.com is proxies.a.ingress.hosts[0] already, and a host name leads to one place: write another, or leave proxies.b.routes.web.rules[0].backendRefs out, by which it leads elsewhere',
    accepted: {
      proxies: {
        ...two(at('/'), byRule({ proxy: 'b' }, { proxy: 'c', weight: 0 })).proxies,
        c: app({ addresses: ['2.3.4.6'] }).proxies.app,
      },
    },
    chosen: {
      'leave proxies.b.routes.web.rules[0].backendRefs out, by which it leads elsewhere': {
        proxies: {
          ...two(at('/'), moved('envoy-gateway')).proxies,
          c: app({ addresses: ['2.3.4.6'] }).proxies.app,
        },
      },
    },
  },
  'of a route and an Ingress, of which the former leads to another port by a rule': {
    refused: two({ ...byRule({ proxy: 'a', port: 'other' }), ports: two80('TCP') }, at('/')),
    says: 'proxies.b.ingress.hosts[0]: a.example.com is proxies.a.routes.web.hostnames[0] already, and a host name leads to one place: write another, or leave proxies.a.routes.web.rules[0].backendRefs out, by which it leads elsewhere',
    accepted: two({ ...byRule({ proxy: 'a', port: 'http' }), ports: two80('TCP') }, at('/')),
    chosen: {
      'leave proxies.a.routes.web.rules[0].backendRefs out, by which it leads elsewhere': two(
        { ...byRule(), ports: two80('TCP') },
        at('/'),
      ),
    },
  },
  'of an Ingress and a route that leads nowhere by a rule': {
    refused: two(at('/'), byRule({ proxy: 'b', weight: 0 })),
    says: 'proxies.b.routes.web.hostnames[0]: a.example.com is proxies.a.ingress.hosts[0] already, and a host name leads to one place: write another, or leave proxies.b.routes.web.rules[0].backendRefs out, by which it leads elsewhere',
    accepted: two(at('/'), byRule({ proxy: 'b' })),
  },
  'of an Ingress and a route for other sourceRanges, of which one program could serve both': {
    refused: two(at('/', 'traefik'), { ...moved(), sourceRanges: ['0.0.0.0/0', '::/0'] }),
    says: 'proxies.b.routes.web.hostnames[0]: a.example.com is proxies.a.ingress.hosts[0] already, and those have other sourceRanges: write the same in both, or another host',
    accepted: two(at('/', 'traefik'), {
      ...moved('envoy-gateway'),
      sourceRanges: ['1.2.3.5/32'],
    }),
  },
  'of an Ingress and a route of one controller for other sourceRanges': {
    refused: two(at('/', 'traefik'), { ...moved('traefik'), sourceRanges: ['1.2.3.5/32'] }),
    says: 'proxies.b.routes.web.hostnames[0]: a.example.com is proxies.a.ingress.hosts[0] already, and those have other sourceRanges: write the same in both, or another host',
    accepted: two(at('/', 'traefik'), moved('traefik')),
  },
  'of a route and an Ingress, in whichever order': {
    refused: two({ ...moved('envoy-gateway'), addresses: ['2.3.4.6'] }, at('/')),
    says: 'proxies.b.ingress.hosts[0]: a.example.com is proxies.a.routes.web.hostnames[0] already, and a host name leads to one place: write another, or on both sides the same paths, each to the same addresses and port',
    accepted: two(moved('envoy-gateway'), at('/')),
  },
  'of a route and the second of two Ingresses of the host, which leads elsewhere': {
    refused: {
      proxies: {
        ...two(at('/a'), { ...at('/b'), addresses: ['2.3.4.6'] }).proxies,
        c: app(moved('envoy-gateway')).proxies.app,
      },
    },
    says: 'proxies.c.routes.web.hostnames[0]: a.example.com is proxies.b.ingress.hosts[0] already, and a host name leads to one place: write another, or on both sides the same paths, each to the same addresses and port',
    accepted: {
      proxies: { ...two(at('/a'), at('/b')).proxies, c: app(moved('envoy-gateway')).proxies.app },
    },
  },
  'of a route and the first of two Ingresses of the host, which leads elsewhere': {
    refused: {
      proxies: {
        ...two({ ...at('/a'), addresses: ['2.3.4.6'] }, at('/b')).proxies,
        c: app(moved('envoy-gateway')).proxies.app,
      },
    },
    says: 'proxies.c.routes.web.hostnames[0]: a.example.com is proxies.a.ingress.hosts[0] already, and a host name leads to one place: write another, or on both sides the same paths, each to the same addresses and port',
    accepted: {
      proxies: { ...two(at('/a'), at('/b')).proxies, c: app(moved('envoy-gateway')).proxies.app },
    },
  },
  'of an Ingress by an annotation of another Service': {
    refused: two(on('lb.example.com'), { service: { annotations: named('lb.example.com') } }),
    says: 'proxies.b.service.annotations: lb.example.com is proxies.a.ingress.hosts[0] already, and a host name leads to one place: write another',
    accepted: two(on('lb.example.com'), { service: { annotations: named('b.example.com') } }),
  },
  'of an annotation of a Service by the Ingress of another': {
    refused: two({ service: { annotations: named('lb.example.com') } }, on('lb.example.com')),
    says: 'proxies.b.ingress.hosts[0]: lb.example.com is proxies.a.service.annotations already, and a host name leads to one place: write another',
    accepted: two({ service: { annotations: named('a.example.com') } }, on('lb.example.com')),
  },
  'of Ingresses of two controllers for other sourceRanges': {
    refused: two(at('/'), { ...at('/', 'traefik'), sourceRanges: ['1.2.3.5/32'] }),
    says: 'proxies.b.ingress.hosts[0]: a.example.com is proxies.a.ingress.hosts[0] already, and those have other sourceRanges: write the same in both, or another host',
    accepted: two(at('/'), at('/', 'traefik')),
  },
  'of Ingresses of two controllers that lead to two App2': {
    refused: two(at('/'), { ...at('/', 'traefik'), addresses: ['2.3.4.6'] }),
    says: 'proxies.b.ingress.hosts[0]: a.example.com is proxies.a.ingress.hosts[0] already, and a host name leads to one place: write another, or on both sides the same paths, each to the same addresses and port',
    accepted: two(at('/'), at('/', 'traefik')),
  },
  'with one path, of the second controller of the host': {
    refused: {
      proxies: { ...two(at('/'), at('/', 'traefik')).proxies, c: app(at('/', 'traefik')).proxies.app },
    },
    says: 'proxies.c.ingress.hosts[0]: a.example.com is proxies.b.ingress.hosts[0] already, and both have the path /: write another, or another host',
    accepted: {
      proxies: { ...two(at('/'), at('/', 'traefik')).proxies, c: app(at('/c', 'traefik')).proxies.app },
    },
  },
  'of a load balancer and its own Ingress': {
    refused: app({ dns: { hostnames }, ...on('lb.example.com') }),
    says: 'proxies.app.ingress.hosts[0]: lb.example.com is proxies.app.dns.hostnames[0] already, and a host name leads to one place: write another, or leave proxies.app.dns.hostnames[0] out',
    accepted: app({ dns: { hostnames }, ...on('web.example.com') }),
    chosen: { 'leave proxies.app.dns.hostnames[0] out': app(on('lb.example.com')) },
  },
  'of an Ingress and the load balancer of another': {
    refused: two(
      { ...on('lb.example.com'), addresses: ['2.3.4.6'] },
      { dns: { hostnames: ['lb.example.com', 'b.example.com'] } },
    ),
    says: 'proxies.b.dns.hostnames[0]: lb.example.com is proxies.a.ingress.hosts[0] already, and a host name leads to one place: write another, or leave it out',
    accepted: two(on('lb.example.com'), { dns: { hostnames: ['b.example.com'] } }),
  },
  'of two routes of two proxies': {
    refused: two(route({ hostnames: ['a.example.com'] }), route({ hostnames: ['a.example.com'] })),
    says: 'proxies.b.routes.web.hostnames[0]: a.example.com is proxies.a.routes.web.hostnames[0] already, and a rule of each takes the same requests: write other matches, or another host',
    // Those of one proxy hold the same list.
    accepted: app({
      ...route(),
      routes: {
        one: { parentRefs: [{ name: 'edge' }], hostnames: ['a.example.com'] },
        two: { parentRefs: [{ name: 'inner' }], hostnames: ['a.example.com'] },
      },
    }),
  },
})

const options = 'traefik.ingress.kubernetes.io/router.tls.options'
/** An Ingress of Traefik with one path and these TLS options. */
const withOptions = (path: string, value?: string, fields: Ingress = {}): ProxyValues => ({
  ingress: {
    controller: 'traefik',
    className: 'traefik',
    hosts: ['a.example.com'],
    paths: [{ path }],
    ...(value && { annotations: { [options]: value } }),
    ...fields,
  },
})
const ofTraefik: Route = { controller: 'traefik', parentRefs: [{ name: 'edge' }] }
const differ = (one: string, other: string) =>
  `with ${options} ${one} and not ${other}, of which Traefik takes neither for one host`

check('host-option', {
  'of two Ingresses that share a host': {
    refused: two(withOptions('/a', 'one@file'), withOptions('/b', 'two@file')),
    says: `proxies.b.ingress.hosts[0]: a.example.com is proxies.a.ingress.hosts[0] already, ${differ('one@file', 'two@file')}: write the same in both, or another host`,
    accepted: two(withOptions('/a', 'one@file'), withOptions('/b', 'one@file')),
  },
  'of one of them': {
    refused: two(withOptions('/a', 'one@file'), withOptions('/b')),
    says: `proxies.b.ingress.hosts[0]: a.example.com is proxies.a.ingress.hosts[0] already, ${differ('one@file', 'none')}: write the same in both, or another host`,
    accepted: two(withOptions('/a', 'default'), withOptions('/b')),
  },
  'of the other': {
    refused: two(withOptions('/a'), withOptions('/b', 'two@file')),
    says: `proxies.b.ingress.hosts[0]: a.example.com is proxies.a.ingress.hosts[0] already, ${differ('none', 'two@file')}: write the same in both, or another host`,
    accepted: two(withOptions('/a'), withOptions('/b', 'default')),
  },
  'of the second of two, but for a load balancer of the host': {
    refused: two(withOptions('/a'), withOptions('/b', 'two@file')),
    says: `proxies.b.ingress.hosts[0]: a.example.com is proxies.a.ingress.hosts[0] already, ${differ('none', 'two@file')}: write the same in both, or another host`,
    accepted: two({ dns: { hostnames: ['a.example.com'] } }, withOptions('/b', 'two@file')),
  },
  'of the first of two, but for a load balancer of the host': {
    refused: two(withOptions('/a', 'one@file'), withOptions('/b')),
    says: `proxies.b.ingress.hosts[0]: a.example.com is proxies.a.ingress.hosts[0] already, ${differ('one@file', 'none')}: write the same in both, or another host`,
    accepted: two(withOptions('/a', 'one@file'), { dns: { hostnames: ['a.example.com'] } }),
  },
  'common to all objects, but for one': {
    refused: {
      commonAnnotations: { [options]: 'one@file' },
      ...two(withOptions('/a'), withOptions('/b', 'two@file')),
    },
    says: `proxies.b.ingress.hosts[0]: a.example.com is proxies.a.ingress.hosts[0] already, ${differ('one@file', 'two@file')}: write the same in both, or another host`,
    accepted: { commonAnnotations: { [options]: 'one@file' }, ...two(withOptions('/a'), withOptions('/b')) },
  },
  'in any case of letters': {
    refused: app({
      ...withOptions('/', undefined, { annotations: { [options.replace('tls', 'TLS')]: 'one@file' } }),
      sourceRanges: ['0.0.0.0/0', '::/0'],
      routes: { web: { ...ofTraefik, hostnames: ['a.example.com'] } },
    }),
    says: `proxies.app.routes.web.hostnames[0]: a.example.com is proxies.app.ingress.hosts[0] already, ${differ('one@file', 'none')}: leave the option out, or write another host`,
    accepted: app({
      ...withOptions('/', 'default'),
      sourceRanges: ['0.0.0.0/0', '::/0'],
      routes: { web: { ...ofTraefik, hostnames: ['a.example.com'] } },
    }),
  },
  'beside a route, which has none': {
    refused: app({
      ...withOptions('/', 'one@file'),
      routes: { web: { ...ofTraefik, hostnames: ['a.example.com'] } },
    }),
    says: `proxies.app.routes.web.hostnames[0]: a.example.com is proxies.app.ingress.hosts[0] already, ${differ('one@file', 'none')}: leave the option out, or write another host`,
    accepted: app({
      ...withOptions('/', 'one@file'),
      routes: { web: { ...ofTraefik, controller: 'envoy-gateway', hostnames: ['a.example.com'] } },
    }),
  },
  'of a host with *': {
    refused: app(withOptions('/', 'one@file', { hosts: ['*.example.com'] })),
    says: `proxies.app.ingress.hosts[0]: *.example.com, and Traefik finds ${options} by a host's whole name: write the names, or leave the option out`,
    accepted: app(withOptions('/', 'one@file')),
    chosen: { 'leave the option out': app(withOptions('/', undefined, { hosts: ['*.example.com'] })) },
  },
})

const issuer = { name: 'ca' }
/** An Ingress of two hosts, the first with a certificate in a Secret of its own, the second in another. */
const of = (one: string, other: string, secretName: string): ProxyValues => ({
  ingress: {
    controller: 'nginx',
    className: 'nginx',
    hosts: [`${one}.example.com`, `${other}.example.com`],
    tls: {
      issuer,
      certificates: [
        { secretName: 'own', hosts: [`${one}.example.com`] },
        { secretName, hosts: [`${other}.example.com`] },
      ],
    },
  },
})

const issued: Tls = { secretName: 'web', issuer: { name: 'ca' } }
const secret: ProxyValues = { ingress: { tls: issued } }
const shown = (hostname: string, secretName: string): Listener => ({
  port: 443,
  protocol: 'HTTPS',
  hostname,
  tls: { secretName },
})
/** A Gateway whose two listeners show one certificate of cert-manager's. */
const edge = (secretName: string): Gateway => ({
  className: 'any',
  issuer: { name: 'ca' },
  listeners: { one: shown('c.example.com', secretName), two: shown('d.example.com', secretName) },
})

check('secret-twice', {
  'cert-manager issues into a Secret once': {
    refused: two(
      on('a.example.com', { secretName: 'web', issuer: { name: 'ca' } }),
      on('b.example.com', { secretName: 'web', issuer: { name: 'ca' } }),
    ),
    says: 'proxies.b.ingress.tls.secretName: web holds the certificate of proxies.a already, and cert-manager issues no second one into it: write another name, or leave the issuer out where that certificate is for these hosts too',
    accepted: two(on('a.example.com', { secretName: 'web' }), on('b.example.com', { secretName: 'web' })),
    chosen: {
      'leave the issuer out where that certificate is for these hosts too': two(
        on('a.example.com', { secretName: 'web', issuer: { name: 'ca' } }),
        on('b.example.com', { secretName: 'web' }),
      ),
    },
  },
  'whose name defaults say': {
    refused: { defaults: secret, ...two(on('a.example.com'), on('b.example.com')) },
    says: 'proxies.b.ingress.tls.secretName: web holds the certificate of proxies.a already, and cert-manager issues no second one into it: write another name, or leave the issuer out where that certificate is for these hosts too',
    accepted: { defaults: secret, ...two(on('a.example.com'), on('b.example.com', { secretName: 'b' })) },
    chosen: {
      'write another name': {
        defaults: secret,
        ...two(on('a.example.com'), on('b.example.com', { secretName: 'b' })),
      },
    },
  },
  'of two Gateways': {
    refused: { gateways: { a: edge('web'), b: edge('web') } },
    says: 'gateways.b.listeners.one.tls.secretName: web holds the certificate of gateways.a already, and cert-manager issues no second one into it: write another name, or leave the issuer out where that certificate is for these hosts too',
    accepted: { gateways: { a: edge('web'), b: edge('other') } },
  },
  'of an Ingress and a Gateway, but listeners of one': {
    refused: { ...two(on('a.example.com', issued), {}), gateways: { edge: edge('web') } },
    says: 'gateways.edge.listeners.one.tls.secretName: web holds the certificate of proxies.a already, and cert-manager issues no second one into it: write another name, or leave the issuer out where that certificate is for these hosts too',
    accepted: {
      ...two(on('a.example.com', issued), {}),
      gateways: { edge: { ...edge('other'), issuer: { name: '' } }, other: edge('other') },
    },
  },
  'of several certificates, too': {
    refused: two(on('a.example.com', { secretName: 'web', issuer }), of('b', 'c', 'web')),
    says: 'proxies.b.ingress.tls.certificates[1].secretName: web holds the certificate of proxies.a already, and cert-manager issues no second one into it: write another name, or leave the issuer out where that certificate is for these hosts too',
    accepted: two(on('a.example.com', { secretName: 'web', issuer }), of('b', 'c', 'other')),
  },
})
