import type { Ingress, Proxy as ProxyValues, Route, Tls } from '../../../schema/generated/values.ts'
import { app, contour, dual, route } from '../../values.ts'
import { check } from './check.ts'

const hostnames = ['lb.example.com']

check('dns-cluster-ip', {
  'External DNS makes no record of a ClusterIP': {
    refused: app({ sourceRanges: [], service: { type: 'ClusterIP' }, dns: { hostnames } }),
    says: 'proxies.app.dns.hostnames: External DNS makes no record for service.type ClusterIP: leave them out, or write service.type LoadBalancer',
    accepted: app({ dns: { hostnames } }),
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
  'of an Ingress and a route, but those of one proxy': {
    refused: two(at('/'), route({ hostnames: ['a.example.com'] })),
    says: 'proxies.b.routes.web.hostnames[0]: a.example.com is proxies.a.ingress.hosts[0] already, and a host name leads to one place: write another',
    accepted: app({
      ...at('/'),
      routes: {
        web: { controller: 'traefik', parentRefs: [{ name: 'edge' }], hostnames: ['a.example.com'] },
      },
    }),
  },
  'of a load balancer and its own Ingress': {
    refused: app({ dns: { hostnames }, ...on('lb.example.com') }),
    says: 'proxies.app.ingress.hosts[0]: lb.example.com is proxies.app.dns.hostnames[0] already, and a host name leads to one place: write another',
    accepted: app({ dns: { hostnames }, ...on('web.example.com') }),
  },
  'of two routes of two proxies': {
    refused: two(route({ hostnames: ['a.example.com'] }), route({ hostnames: ['a.example.com'] })),
    says: 'proxies.b.routes.web.hostnames[0]: a.example.com is proxies.a.routes.web.hostnames[0] already, and a host name leads to one place: write another',
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
  },
})

check('secret-twice', {
  'cert-manager issues into a Secret once': {
    refused: two(
      on('a.example.com', { secretName: 'web', issuer: { name: 'ca' } }),
      on('b.example.com', { secretName: 'web', issuer: { name: 'ca' } }),
    ),
    says: 'proxies.b.ingress.tls.secretName: web holds the certificate of proxies.a already, and cert-manager issues no second one into it: write another name',
    accepted: two(on('a.example.com', { secretName: 'web' }), on('b.example.com', { secretName: 'web' })),
  },
})
