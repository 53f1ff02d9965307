import type { Proxy as ProxyValues } from '../../../../schema/generated/values.ts'
import { app, contour, dual, route } from '../../../values.ts'
import { check } from '../check.ts'
import { anyone, at, moved, on, proxies, route1, two80 } from './values.ts'

/** What tells External DNS these names, under both of its prefixes. */
const named = (names: string, key = 'hostname') => ({
  [`external-dns.alpha.kubernetes.io/${key}`]: names,
  [`external-dns.kubernetes.io/${key}`]: names,
})
/** An Ingress with these names besides its own. */
const withNames = (names: string, host = 'web.example.com'): ProxyValues =>
  contour({ hosts: [host], annotations: named(names) })
/** A load balancer of the host with two ports of App2, and a route of one of its paths to one of these. */
const balanced: ProxyValues = { ports: two80('TCP'), dns: { hostnames: ['a.example.com'] } }
const toPort = (path: string, port: 'http' | 'other'): ProxyValues => ({
  ports: two80('TCP'),
  routes: { web: { ...route1(path), port } },
})

const hostnames = ['lb.example.com']

check('host-twice', {
  'of two load balancers': {
    refused: proxies({ dns: { hostnames } }, { dns: { hostnames } }),
    says: 'proxies.b.dns.hostnames[0]: lb.example.com is proxies.a.dns.hostnames[0] already, and a host name leads to one place: write another',
    accepted: proxies({ dns: { hostnames } }, { dns: { hostnames: ['other.example.com'] } }),
  },
  'of two load balancers that share a family': {
    refused: proxies({ dns: { hostnames } }, { ...dual, dns: { hostnames } }),
    says: 'proxies.b.dns.hostnames[0]: lb.example.com is proxies.a.dns.hostnames[0] already, and a host name leads to one place: write another',
    accepted: proxies(
      { dns: { hostnames } },
      { addresses: ['fd00::5'], sourceRanges: ['fd00::/64'], dns: { hostnames } },
    ),
  },
  'of two families, of which one has the address of another machine': {
    refused: proxies(
      { dns: { hostnames, target: '198.51.100.1' } },
      { addresses: ['fd00::5'], sourceRanges: ['fd00::/64'], dns: { hostnames } },
    ),
    says: 'proxies.b.dns.hostnames[0]: lb.example.com is proxies.a.dns.hostnames[0] already, and a host name leads to one place: write another',
    accepted: proxies(
      { dns: { hostnames } },
      { addresses: ['fd00::5'], sourceRanges: ['fd00::/64'], dns: { hostnames } },
    ),
  },
  "by annotations of two Ingresses, whose families are their controller's": {
    refused: proxies(withNames('lb.example.com'), {
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
    refused: proxies(
      { dns: { hostnames } },
      { service: { annotations: named('a.example.com, LB.example.com.') } },
    ),
    says: 'proxies.b.service.annotations: lb.example.com is proxies.a.dns.hostnames[0] already, and a host name leads to one place: write another',
    accepted: proxies({ dns: { hostnames } }, { service: { annotations: named('a.example.com') } }),
  },
  'by an annotation with one of its prefixes': {
    refused: proxies(
      { dns: { hostnames } },
      { service: { annotations: { 'external-dns.alpha.kubernetes.io/hostname': 'lb.example.com' } } },
    ),
    says: 'proxies.b.service.annotations: lb.example.com is proxies.a.dns.hostnames[0] already, and a host name leads to one place: write another',
    accepted: proxies({ dns: { hostnames } }, { service: { annotations: named('a.example.com') } }),
  },
  'by an annotation with the other': {
    refused: proxies(
      { dns: { hostnames } },
      { service: { annotations: { 'external-dns.kubernetes.io/hostname': 'lb.example.com' } } },
    ),
    says: 'proxies.b.service.annotations: lb.example.com is proxies.a.dns.hostnames[0] already, and a host name leads to one place: write another',
    accepted: proxies({ dns: { hostnames } }, { service: { annotations: named('a.example.com') } }),
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
    refused: proxies({ dns: { hostnames } }, withNames('lb.example.com')),
    says: 'proxies.b.ingress.annotations: lb.example.com is proxies.a.dns.hostnames[0] already, and a host name leads to one place: write another',
    accepted: proxies({ dns: { hostnames } }, withNames('web.example.com')),
  },
  'by an annotation of a route': {
    refused: proxies({ dns: { hostnames } }, route({ annotations: named('lb.example.com') })),
    says: 'proxies.b.routes.web.annotations: lb.example.com is proxies.a.dns.hostnames[0] already, and a host name leads to one place: write another',
    accepted: proxies({ dns: { hostnames } }, route({ annotations: named('route.example.com') })),
  },
  'of a load balancer and the Ingress of another that leads to another App2': {
    refused: proxies({ dns: { hostnames: ['a.example.com'] } }, { ...at('/'), addresses: ['2.3.4.6'] }),
    says: 'proxies.b.ingress.hosts[0]: a.example.com is proxies.a.dns.hostnames[0] already, and a host name leads to one place: write another, or leave proxies.a.dns.hostnames[0] out',
    accepted: proxies(
      { dns: { hostnames: ['a.example.com'] } },
      { ...at('/'), sourceRanges: ['1.2.3.5/32'] },
    ),
    chosen: {
      'leave proxies.a.dns.hostnames[0] out': proxies({}, { ...at('/'), addresses: ['2.3.4.6'] }),
    },
  },
  'of a load balancer and the Ingress of another that leads to a port which the former lacks': {
    refused: proxies(
      { dns: { hostnames: ['a.example.com'] }, ports: two80('UDP') },
      { ...at('/'), ports: { http: { port: 80, targetPort: 8081 } } },
    ),
    says: 'proxies.b.ingress.hosts[0]: a.example.com is proxies.a.dns.hostnames[0] already, and a host name leads to one place: write another, or leave proxies.a.dns.hostnames[0] out',
    accepted: proxies(
      { dns: { hostnames: ['a.example.com'] }, ports: two80('TCP') },
      { ...at('/'), ports: { http: { port: 80, targetPort: 8081 } } },
    ),
  },
  'of a load balancer and two routes that lead to two ports of it': {
    refused: proxies(balanced, toPort('/a', 'http'), toPort('/b', 'other')),
    says: 'proxies.c.routes.web.hostnames[0]: a.example.com is proxies.a.dns.hostnames[0] already, and a host name leads to one place: write another, or leave proxies.a.dns.hostnames[0] out',
    accepted: proxies(balanced, toPort('/a', 'other'), toPort('/b', 'other')),
    chosen: {
      'leave proxies.a.dns.hostnames[0] out': proxies(
        { ports: two80('TCP') },
        toPort('/a', 'http'),
        toPort('/b', 'other'),
      ),
    },
  },
  'of two routes and a load balancer to two ports of which they lead': {
    refused: proxies(toPort('/a', 'http'), toPort('/b', 'other'), balanced),
    says: 'proxies.c.dns.hostnames[0]: a.example.com is proxies.a.routes.web.hostnames[0] already, and a host name leads to one place: write another, or leave it out',
    accepted: proxies(toPort('/a', 'http'), toPort('/b', 'http'), balanced),
  },
  'of a load balancer to another address and the Ingress of another, but drained': {
    refused: proxies({ dns: { hostnames: ['a.example.com'] }, addresses: ['2.3.4.6'] }, at('/')),
    says: 'proxies.b.ingress.hosts[0]: a.example.com is proxies.a.dns.hostnames[0] already, and a host name leads to one place: write another, or leave proxies.a.dns.hostnames[0] out',
    accepted: proxies(
      { dns: { hostnames: ['a.example.com'] }, addresses: [{ ip: '2.3.4.5', ready: false }] },
      at('/'),
    ),
  },
  "of another machine's address and an Ingress": {
    refused: proxies({ dns: { hostnames: ['a.example.com'], target: '198.51.100.1' } }, at('/')),
    says: 'proxies.b.ingress.hosts[0]: a.example.com is proxies.a.dns.hostnames[0] already, and a host name leads to one place: write another, or leave proxies.a.dns.hostnames[0] out',
    accepted: proxies({ dns: { hostnames: ['a.example.com'] } }, at('/')),
  },
  'of node ports, which are other ones, and an Ingress': {
    refused: proxies(
      { ...anyone, service: { type: 'NodePort' }, dns: { hostnames: ['a.example.com'] } },
      at('/'),
    ),
    says: 'proxies.b.ingress.hosts[0]: a.example.com is proxies.a.dns.hostnames[0] already, and a host name leads to one place: write another, or leave proxies.a.dns.hostnames[0] out',
    accepted: proxies({ ...anyone, dns: { hostnames: ['a.example.com'] } }, at('/')),
  },
  'of a route and a load balancer, in whichever order, but for the route of its own proxy': {
    refused: app({ ...moved('envoy-gateway'), dns: { hostnames: ['a.example.com'] } }),
    says: 'proxies.app.routes.web.hostnames[0]: a.example.com is proxies.app.dns.hostnames[0] already, and a host name leads to one place: write another, or leave proxies.app.dns.hostnames[0] out',
    accepted: proxies(moved('envoy-gateway'), { dns: { hostnames: ['a.example.com'] } }),
  },
  'of an Ingress by an annotation of another Service': {
    refused: proxies(on('lb.example.com'), { service: { annotations: named('lb.example.com') } }),
    says: 'proxies.b.service.annotations: lb.example.com is proxies.a.ingress.hosts[0] already, and a host name leads to one place: write another',
    accepted: proxies(on('lb.example.com'), { service: { annotations: named('b.example.com') } }),
  },
  'of an annotation of a Service by the Ingress of another': {
    refused: proxies({ service: { annotations: named('lb.example.com') } }, on('lb.example.com')),
    says: 'proxies.b.ingress.hosts[0]: lb.example.com is proxies.a.service.annotations already, and a host name leads to one place: write another',
    accepted: proxies({ service: { annotations: named('a.example.com') } }, on('lb.example.com')),
  },
  'of a load balancer and its own Ingress': {
    refused: app({ dns: { hostnames }, ...on('lb.example.com') }),
    says: 'proxies.app.ingress.hosts[0]: lb.example.com is proxies.app.dns.hostnames[0] already, and a host name leads to one place: write another, or leave proxies.app.dns.hostnames[0] out',
    accepted: app({ dns: { hostnames }, ...on('web.example.com') }),
    chosen: { 'leave proxies.app.dns.hostnames[0] out': app(on('lb.example.com')) },
  },
  'of an Ingress and the load balancer of another': {
    refused: proxies(
      { ...on('lb.example.com'), addresses: ['2.3.4.6'] },
      { dns: { hostnames: ['lb.example.com', 'b.example.com'] } },
    ),
    says: 'proxies.b.dns.hostnames[0]: lb.example.com is proxies.a.ingress.hosts[0] already, and a host name leads to one place: write another, or leave it out',
    accepted: proxies(on('lb.example.com'), { dns: { hostnames: ['b.example.com'] } }),
  },
})
