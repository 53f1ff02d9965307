import type { Listener, Route, RouteRule } from '../../../schema/generated/values.ts'
import { app, route } from '../../values.ts'
import { check } from './check.ts'

const parentRefs = [{ name: 'edge' }]
const ports = { api: { port: 80 }, dns: { port: 53, protocol: 'UDP' }, web: { port: 81 } } as const
const on = (fields: Route) => app(route(fields))
const among = (fields: Route) => app({ ...route(fields), ports })

check('route-api-version', {
  'a version of another kind': {
    refused: on({ apiVersion: 'v1alpha2' }),
    says: 'proxies.app.routes.web.apiVersion: v1alpha2, and HTTPRoute has no such version: write v1 or v1beta1',
    accepted: on({ apiVersion: 'v1beta1' }),
  },
})

check('route-parent-required', {
  'a route hangs on a Gateway': {
    refused: on({ parentRefs: [] }),
    says: "proxies.app.routes.web.parentRefs: none is written, and a route without a Gateway leads nowhere: write the Gateway's name, for example [{name: edge}]",
    accepted: on({ parentRefs: [{ kind: 'ListenerSet', name: 'edge' }] }),
  },
})

const edge = { name: 'edge' }
check('route-parent-twice', {
  'a Gateway, and a listener of it': {
    refused: on({ parentRefs: [edge, { ...edge, sectionName: 'https' }] }),
    says: 'proxies.app.routes.web.parentRefs[1]: edge is there already, and only a sectionName tells two of them apart: write another in each, or leave one out',
    accepted: on({ parentRefs: ['http', 'https'].map((sectionName) => ({ ...edge, sectionName })) }),
    chosen: { 'leave one out': on({ parentRefs: [edge] }) },
  },
  'its kind may be said, or be meant': {
    refused: on({ parentRefs: [edge, { ...edge, kind: 'Gateway' }] }),
    says: 'proxies.app.routes.web.parentRefs[1]: edge is there already, and only a sectionName tells two of them apart: write another in each, or leave one out',
    accepted: on({ parentRefs: [edge, { ...edge, kind: 'ListenerSet' }] }),
    chosen: {
      'write another in each': on({
        parentRefs: [
          { ...edge, sectionName: 'http' },
          { ...edge, kind: 'Gateway', sectionName: 'https' },
        ],
      }),
      'leave one out': on({ parentRefs: [edge] }),
    },
  },
})

const many = (count: number): RouteRule => ({
  matches: Array.from({ length: count }, (_, index) => ({ path: { value: `/${count}/${index}` } })),
})
check('route-matches', {
  'a route takes 128 together': {
    refused: on({ rules: [many(64), many(63), many(2)] }),
    says: 'proxies.app.routes.web.rules: have 129 matches together, and the Gateway API takes 128: write a second route for some of them',
    accepted: on({ rules: [many(64), many(63), many(1)] }),
  },
})

const beside = (proxy: string, port?: string, sourceRanges = ['0.0.0.0/0', '::/0'], rules?: RouteRule[]) => ({
  proxies: {
    app: app(route({ rules: rules ?? [{ backendRefs: [{ proxy, ...(port && { port }) }] }] })).proxies.app,
    new: app({ sourceRanges }).proxies.app,
  },
})

/** The same among more proxies than one reads at once. */
const amongMany = (proxy: string) => ({
  proxies: {
    ...beside(proxy).proxies,
    ...Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [name, app().proxies.app])),
  },
})

check('route-external-name', {
  'a name in DNS is nothing to route to': {
    refused: app({
      externalName: 'app2.example.com',
      addresses: [],
      sourceRanges: [],
      ports: {},
      routes: { web: { parentRefs } },
    }),
    says: "proxies.app.routes.web: a route can't lead to externalName, which controllers of the Gateway API must refuse: write addresses",
    accepted: on({}),
  },
})

check('route-port-required', {
  'two TCP ports': {
    refused: among({}),
    says: 'proxies.app.routes.web.port: not written, and api and web are TCP ports: write one of them',
    accepted: among({ port: 'web' }),
  },
  'no UDP port': {
    refused: on({ kind: 'UDPRoute' }),
    says: 'proxies.app.routes.web.port: not written, and the route carries only UDP, which no port is: add one to ports, or leave the route out',
    accepted: among({ kind: 'UDPRoute' }),
    chosen: { 'leave the route out': app() },
  },
})

check('route-port-unknown', {
  'a name that ports lack': {
    refused: on({ port: 'web' }),
    says: 'proxies.app.routes.web.port: web is not a TCP port of ports: write http',
    accepted: on({ port: 'http' }),
  },
  'a port of the other protocol': {
    refused: among({ kind: 'UDPRoute', port: 'api' }),
    says: 'proxies.app.routes.web.port: api is not a UDP port of ports: write dns',
    accepted: among({ kind: 'UDPRoute', port: 'dns' }),
  },
  'a name where several would do': {
    refused: among({ port: 'other' }),
    says: 'proxies.app.routes.web.port: other is not a TCP port of ports: write api or web',
    accepted: among({ port: 'api' }),
  },
  'a name where none would': {
    refused: on({ kind: 'UDPRoute', port: 'dns' }),
    says: 'proxies.app.routes.web.port: dns is not a UDP port of ports: write one, and add it to ports',
    accepted: among({ kind: 'UDPRoute', port: 'dns' }),
  },
})

check('route-hostnames-required', {
  'TLS is told by its server name': {
    refused: on({ kind: 'TLSRoute' }),
    says: "proxies.app.routes.web.hostnames: none is written, and only its server name tells a TLSRoute from others: write App2's names",
    accepted: on({ kind: 'TLSRoute', hostnames: ['a.example.com'] }),
  },
})

check('route-hostnames', {
  'bytes know no names': {
    refused: on({ kind: 'TCPRoute', hostnames: ['a.example.com', 'b.example.com'] }),
    says: "proxies.app.routes.web.hostnames: a.example.com, b.example.com, and a TCPRoute can't tell names apart: leave them out",
    accepted: on({ kind: 'TCPRoute' }),
  },
})

check('route-grpc', {
  'a GRPCRoute speaks gRPC': {
    refused: on({ kind: 'GRPCRoute' }),
    says: 'proxies.app.backend.protocol: http, and routes.web is a GRPCRoute: write grpc or grpcs',
    accepted: app(route({ kind: 'GRPCRoute' }, { protocol: 'grpc' })),
  },
  'of which a preset says nothing more': {
    refused: app(
      route({ kind: 'GRPCRoute', controller: 'istio', hostnames: ['a.example.com'] }, { protocol: 'h2c' }),
    ),
    says: 'proxies.app.backend.protocol: h2c, and routes.web is a GRPCRoute: write grpc or grpcs',
    accepted: app(
      route({ kind: 'GRPCRoute', controller: 'istio', hostnames: ['a.example.com'] }, { protocol: 'grpc' }),
    ),
  },
})

check('route-rules', {
  'bytes have one rule': {
    refused: on({ kind: 'TCPRoute', rules: [{}, {}] }),
    says: 'proxies.app.routes.web.rules: are 2, and a TCPRoute has one: leave the others out',
    accepted: on({ rules: [{}, {}] }),
  },
})

check('backend-ref-external-name', {
  'a name in DNS': {
    refused: {
      proxies: {
        ...beside('new').proxies,
        new: { externalName: 'app2.example.com', ports: { http: { port: 80 } } },
      },
    },
    says: "proxies.app.routes.web.rules[0].backendRefs[0].proxy: new has an externalName, to which a route can't lead: write a proxy with addresses",
    accepted: beside('new'),
  },
})

check('backend-ref-proxy', {
  'a proxy that is not there': {
    refused: beside('old'),
    says: 'proxies.app.routes.web.rules[0].backendRefs[0].proxy: old is not an enabled proxy of these values: write app or new',
    accepted: beside('new'),
  },
  'of many, the one that is nearest': {
    refused: amongMany('new1'),
    says: 'proxies.app.routes.web.rules[0].backendRefs[0].proxy: new1 is not an enabled proxy of these values: write new or another',
    accepted: amongMany('new'),
  },
  'or some': {
    refused: amongMany('zzz'),
    says: 'proxies.app.routes.web.rules[0].backendRefs[0].proxy: zzz is not an enabled proxy of these values: write a or app or b or another',
    accepted: amongMany('new'),
  },
})

check('backend-ref-port', {
  'a port that the other lacks': {
    refused: beside('new', 'web'),
    says: 'proxies.app.routes.web.rules[0].backendRefs[0].port: web is not a port of new that the route carries: write one of proxies.new.ports',
    accepted: beside('new', 'http'),
  },
})

const mirror: RouteRule[] = [
  { filters: [{ type: 'RequestMirror', requestMirror: { backendRef: { proxy: 'new' } } }] },
]

check('backend-ref-ranges', {
  'whom one lets in reaches both': {
    refused: beside('new', 'http', ['1.2.3.4/32']),
    says: 'proxies.app.routes.web.rules[0].backendRefs[0].proxy: new has other sourceRanges, and whoever this route lets in reaches both: write the same in both',
    accepted: beside('new', 'http'),
  },
  'a mirror too': {
    refused: beside('new', 'http', ['1.2.3.4/32'], mirror),
    says: 'proxies.app.routes.web.rules[0].filters[0].requestMirror.backendRef.proxy: new has other sourceRanges, and whoever this route lets in reaches both: write the same in both',
    accepted: beside('new', 'http', ['0.0.0.0/0', '::/0'], mirror),
  },
})

const spoken = (protocol: 'https' | 'http') => {
  const tls = { protocol: 'https', host: 'app2.example.com' } as const
  const rules = [{ backendRefs: [{ proxy: 'green' }] }]
  return {
    proxies: {
      app: app(route({ rules }, tls)).proxies.app,
      green: app({ sourceRanges: route().sourceRanges ?? [], backend: { ...tls, protocol } }).proxies.app,
    },
  }
}

check('backend-ref-protocol', {
  'TLS to one proxy and plain text to the other': {
    refused: spoken('http'),
    says: 'proxies.app.routes.web.rules[0].backendRefs[0].proxy: green has backend.protocol http, and this proxy https: write the same in both, in defaults for example',
    accepted: spoken('https'),
  },
})

const both = (first: Route, second: Route) => ({
  proxies: {
    app: app(route(first)).proxies.app,
    other: app(route(second)).proxies.app,
  },
})
const hostnames = ['a.example.com']
const tcp = { kind: 'TCPRoute' } as const

/** TCPRoutes of as many proxies as there are parents. */
const hung = (...parents: object[]) => ({
  proxies: Object.fromEntries(
    parents.map((parent, index) => [
      `p${index}`,
      app(route({ ...tcp, parentRefs: [{ name: 'edge', ...parent }] })).proxies.app,
    ]),
  ),
})
const taken = (by: number, before: number) =>
  `proxies.p${by}.routes.web.parentRefs[0]: proxies.p${before}.routes.web hangs on the same listener of edge, and nothing tells the two apart: write another sectionName or port`

check('route-twice', {
  'two of any host on one Gateway': {
    refused: both({}, {}),
    says: 'proxies.other.routes.web.parentRefs[0]: proxies.app.routes.web hangs on the same listener of edge, and nothing tells the two apart: write hostnames, or another sectionName or port',
    accepted: both({}, { hostnames }),
    chosen: {
      'write another sectionName or port': both(
        { parentRefs: [{ name: 'edge', sectionName: 'a' }] },
        { parentRefs: [{ name: 'edge', sectionName: 'b' }] },
      ),
    },
  },
  'two of bytes on one listener': {
    refused: both(
      { ...tcp, parentRefs: [{ name: 'edge', port: 9000 }] },
      { ...tcp, parentRefs: [{ name: 'inner' }, { name: 'edge', port: 9000 }] },
    ),
    says: 'proxies.other.routes.web.parentRefs[1]: proxies.app.routes.web hangs on the same listener of edge, and nothing tells the two apart: write another sectionName or port',
    accepted: both(
      { ...tcp, parentRefs: [{ name: 'edge', port: 9000 }] },
      { ...tcp, parentRefs: [{ name: 'inner' }, { name: 'edge', port: 9001 }] },
    ),
  },
  'one of bytes on every listener, and one on a named one': {
    refused: both(tcp, { ...tcp, parentRefs: [{ name: 'edge', sectionName: 'tcp' }] }),
    says: 'proxies.other.routes.web.parentRefs[0]: proxies.app.routes.web hangs on the same listener of edge, and nothing tells the two apart: write another sectionName or port',
    accepted: both(
      { ...tcp, parentRefs: [{ name: 'edge', sectionName: 'other' }] },
      { ...tcp, parentRefs: [{ name: 'edge', sectionName: 'tcp' }] },
    ),
  },
  'a port, of one that a section alone tells apart from the others': {
    refused: hung({ sectionName: 'a', port: 1 }, { sectionName: 'b', port: 2 }, { port: 2 }),
    says: taken(2, 1),
    accepted: hung({ sectionName: 'a', port: 1 }, { sectionName: 'b', port: 2 }, { port: 3 }),
  },
  'a section, of which another port is there': {
    refused: hung({ sectionName: 'a', port: 1 }, { sectionName: 'b', port: 1 }, { sectionName: 'b' }),
    says: taken(2, 1),
    accepted: hung({ sectionName: 'a', port: 1 }, { sectionName: 'b', port: 1 }, { sectionName: 'c' }),
  },
  'a section, of one with a port and one of any section: the first is said': {
    refused: hung({ sectionName: 'b', port: 1 }, { port: 2 }, { sectionName: 'b' }),
    says: taken(2, 0),
    accepted: hung({ sectionName: 'b', port: 1 }, { port: 2 }, { sectionName: 'c', port: 3 }),
  },
  'a section of a port that one of any section has': {
    refused: hung({ port: 1 }, { sectionName: 'b', port: 1 }),
    says: taken(1, 0),
    accepted: hung({ port: 1 }, { sectionName: 'b', port: 2 }),
  },
  'one that has neither, of which the first of many is said': {
    refused: hung({ sectionName: 'b', port: 1 }, { sectionName: 'a', port: 2 }, {}),
    says: taken(2, 0),
    accepted: hung({ sectionName: 'b', port: 1 }, { sectionName: 'a', port: 2 }),
  },
  'several listeners, of which the first to be written is said': {
    refused: hung({ port: 2 }, { sectionName: 'b', port: 1 }, { sectionName: 'b' }),
    says: taken(2, 0),
    accepted: hung({ port: 2 }, { sectionName: 'b', port: 1 }),
  },
})

const listening = (fields: Route, kind: 'Gateway' | 'ListenerSet' = 'Gateway') => ({
  ...on(fields),
  gateways: {
    edge: {
      kind,
      ...(kind === 'Gateway' ? { className: 'eg' } : { parentRef: { name: 'shared' } }),
      listeners: {
        web: { port: 80, protocol: 'HTTP', hostname: '*.example.com' },
        dns: { port: 53, protocol: 'UDP' },
        all: { port: 81, protocol: 'HTTP', allowedRoutes: 'All' },
      },
    },
  },
})
const at = (parent: object, fields: Route = {}) =>
  listening({ ...fields, parentRefs: [{ name: 'edge', ...parent }] })
const withOne = (
  { gateways: { edge }, ...values }: ReturnType<typeof listening>,
  more: Listener = { port: 53, protocol: 'HTTP' },
) => ({ ...values, gateways: { edge: { ...edge, listeners: { ...edge.listeners, more } } } })
const parent = 'proxies.app.routes.web.parentRefs[0]'
/** A route for a host name, on a Gateway whose one listener is for another. */
const meeting = (host: string, hostname: string) => ({
  ...on({ hostnames: [host] }),
  gateways: {
    edge: { className: 'eg', listeners: { web: { port: 80, protocol: 'HTTP' as const, hostname } } },
  },
})
const misses = (host: string, hostname: string) =>
  `${parent}: no listener of gateways.edge there is for ${host}, only for ${hostname}: write host names of those`

check('route-listener', {
  'a section that the Gateway lacks': {
    refused: at({ sectionName: 'wbe' }),
    says: `${parent}.sectionName: gateways.edge has no listener wbe: write all or dns or web`,
    accepted: at({ sectionName: 'web' }),
  },
  'a port that its section lacks': {
    refused: at({ sectionName: 'web', port: 81 }),
    says: `${parent}.port: gateways.edge has no listener on port 81 there: write 80`,
    accepted: at({ port: 81 }),
  },
  'a port that none has': {
    refused: at({ port: 82 }),
    says: `${parent}.port: gateways.edge has no listener on port 82 there: write 81 or 53 or 80`,
    accepted: at({ port: 81 }),
  },
  'listeners of another protocol': {
    refused: at({}, { kind: 'TCPRoute' }),
    says: `${parent}: all and dns and web of gateways.edge takes no TCPRoute: hang it on a listener of protocol TCP, or add one`,
    accepted: at({}),
    chosen: {
      'hang it on a listener of protocol TCP': listening({ kind: 'TCPRoute', parentRefs: [{ name: 'tcp' }] }),
      'add one': withOne(at({}, { kind: 'TCPRoute' }), { port: 9000, protocol: 'TCP' }),
    },
  },
  'a listener of another protocol': {
    refused: at({ port: 53 }),
    says: `${parent}: dns of gateways.edge takes no HTTPRoute: hang it on a listener of protocol HTTP or HTTPS, or add one`,
    accepted: at({ port: 80 }),
    chosen: { 'add one': withOne(at({ port: 53 })) },
  },
  'of a ListenerSet, too': {
    refused: listening({ parentRefs: [{ name: 'edge', kind: 'ListenerSet', port: 53 }] }, 'ListenerSet'),
    says: `${parent}: dns of gateways.edge takes no HTTPRoute: hang it on a listener of protocol HTTP or HTTPS, or add one`,
    accepted: listening({ parentRefs: [{ name: 'edge', kind: 'ListenerSet' }] }, 'ListenerSet'),
    chosen: {
      'add one': withOne(
        listening({ parentRefs: [{ name: 'edge', kind: 'ListenerSet', port: 53 }] }, 'ListenerSet'),
      ),
    },
  },
  "a listener for its own namespace's routes": {
    refused: at({ sectionName: 'web', namespace: 'default' }, { namespace: 'apps' }),
    says: `${parent}: web of gateways.edge takes no route of namespace apps: write allowedRoutes: All there`,
    accepted: at({ namespace: 'default' }, { namespace: 'apps' }),
  },
  'several of them': {
    refused: withOne(at({ port: 80, namespace: 'default' }, { namespace: 'apps' }), {
      port: 80,
      protocol: 'HTTP',
      hostname: 'example.org',
    }),
    says: `${parent}: more and web of gateways.edge takes no route of namespace apps: write allowedRoutes: All there`,
    accepted: at({ namespace: 'default' }, { namespace: 'apps' }),
  },
  'a listener for other host names': {
    refused: at({ sectionName: 'web' }, { hostnames: ['example.com', 'a.example.org'] }),
    says: `${parent}: no listener of gateways.edge there is for example.com or a.example.org, only for *.example.com: write host names of those`,
    accepted: at({ sectionName: 'web' }, { hostnames: ['example.com', '*.a.example.com'] }),
  },
  'several for other host names': {
    refused: withOne(at({ port: 80 }, { hostnames: ['a.example.net'] }), {
      port: 80,
      protocol: 'HTTP',
      hostname: 'example.org',
    }),
    says: `${parent}: no listener of gateways.edge there is for a.example.net, only for example.org and *.example.com: write host names of those`,
    accepted: at({ port: 80 }, { hostnames: ['a.example.com'] }),
  },
  'a host name below that of a listener': {
    refused: meeting('a.example.com', 'example.com'),
    says: misses('a.example.com', 'example.com'),
    accepted: meeting('a.example.com', '*.example.com'),
  },
  'a host name above that of a listener': {
    refused: meeting('example.com', 'a.example.com'),
    says: misses('example.com', 'a.example.com'),
    accepted: meeting('*.example.com', 'a.example.com'),
  },
})
