import type { Proxy as ProxyValues } from '../../../../schema/generated/values.ts'
import { check } from '../check.ts'
import {
  anyone,
  at,
  atAll,
  exactly,
  heldTo,
  moved,
  proxies,
  route1,
  routed,
  taken,
  taking,
  two80,
} from './values.ts'

const atAnyType = (path: string, controller: 'nginx' | 'traefik'): ProxyValues => ({
  ...anyone,
  ingress: {
    controller,
    className: controller,
    hosts: ['a.example.com'],
    paths: [{ path, pathType: 'ImplementationSpecific' }],
  },
})

check('host-twice', {
  'of a path of two App2 on one of two ways alone': {
    refused: proxies(at('/a'), { ...at('/b'), addresses: ['2.3.4.6'] }, taken('/a')),
    says: 'proxies.c.routes.web.hostnames[0]: a.example.com is proxies.b.ingress.hosts[0] already, and a host name leads to one place: write another, or on both sides the same paths, each to the same addresses and port',
    accepted: proxies(at('/a'), { ...at('/b'), addresses: ['2.3.4.6'] }, taken('/a'), {
      ...taken('/b/'),
      addresses: ['2.3.4.6'],
    }),
  },
  'of two paths of two App2 that each of two ways leads to the other': {
    refused: proxies(at('/a'), { ...at('/b'), addresses: ['2.3.4.6'] }, taken('/b'), {
      ...taken('/a'),
      addresses: ['2.3.4.6'],
    }),
    says: 'proxies.d.routes.web.hostnames[0]: a.example.com is proxies.a.ingress.hosts[0] already, and a host name leads to one place: write another, or on both sides the same paths, each to the same addresses and port',
    accepted: proxies(
      at('/a'),
      { ...at('/b'), addresses: ['2.3.4.6'] },
      { ...taken('/b'), addresses: ['2.3.4.6'] },
      taken('/a'),
    ),
  },
  'of two paths of two App2 on two ways, of which one takes more by another rule': {
    refused: proxies(at('/a'), { ...at('/b'), addresses: ['2.3.4.6'] }, taken('/a'), {
      ...taken('/b', '/c'),
      addresses: ['2.3.4.6'],
    }),
    says: 'proxies.d.routes.web.hostnames[0]: a.example.com is proxies.a.ingress.hosts[0] already, and a host name leads to one place: write another, or on both sides the same paths, each to the same addresses and port',
    accepted: proxies(at('/a'), { ...atAll('/b', '/c'), addresses: ['2.3.4.6'] }, taken('/a'), {
      ...taken('/b', '/c'),
      addresses: ['2.3.4.6'],
    }),
  },
  'of two paths of two App2 on two ways, of which one takes less by a header': {
    refused: proxies(at('/a'), { ...at('/b'), addresses: ['2.3.4.6'] }, taken('/a'), {
      ...heldTo(routed({ path: { value: '/b' }, headers: [{ name: 'x', value: 'y' }] })),
      addresses: ['2.3.4.6'],
    }),
    says: 'proxies.d.routes.web.hostnames[0]: a.example.com is proxies.a.ingress.hosts[0] already, and a host name leads to one place: write another, or on both sides the same paths, each to the same addresses and port',
    accepted: proxies(at('/a'), { ...at('/b'), addresses: ['2.3.4.6'] }, taken('/a'), {
      ...heldTo(routed({ path: { value: '/b' } })),
      addresses: ['2.3.4.6'],
    }),
  },
  'of two paths of two App2 on two ways, of which one is exact': {
    refused: proxies(at('/a'), { ...exactly('/b'), addresses: ['2.3.4.6'] }, taken('/a'), {
      ...taken('/b'),
      addresses: ['2.3.4.6'],
    }),
    says: 'proxies.d.routes.web.hostnames[0]: a.example.com is proxies.a.ingress.hosts[0] already, and a host name leads to one place: write another, or on both sides the same paths, each to the same addresses and port',
    accepted: proxies(at('/a'), { ...exactly('/b'), addresses: ['2.3.4.6'] }, taken('/a'), {
      ...heldTo(routed({ path: { type: 'Exact', value: '/b' } })),
      addresses: ['2.3.4.6'],
    }),
  },
  'of all paths of one App2, but one of another, on two ways': {
    refused: proxies(at('/'), { ...at('/b'), addresses: ['2.3.4.6'] }, taken('/'), {
      ...taken('/c'),
      addresses: ['2.3.4.6'],
    }),
    says: 'proxies.d.routes.web.hostnames[0]: a.example.com is proxies.a.ingress.hosts[0] already, and a host name leads to one place: write another, or on both sides the same paths, each to the same addresses and port',
    accepted: proxies(at('/'), { ...at('/b'), addresses: ['2.3.4.6'] }, taken('/'), {
      ...taken('/b'),
      addresses: ['2.3.4.6'],
    }),
  },
  'of two paths of two App2 on two ways, as either controller reads one': {
    refused: proxies(
      { ...at('/a'), ...anyone },
      { ...atAnyType('/b', 'nginx'), addresses: ['2.3.4.6'] },
      { ...at('/a', 'traefik'), ...anyone },
      { ...atAnyType('/b', 'traefik'), addresses: ['2.3.4.6'] },
    ),
    says: 'proxies.d.ingress.hosts[0]: a.example.com is proxies.a.ingress.hosts[0] already, and a host name leads to one place: write another, or on both sides the same paths, each to the same addresses and port',
    accepted: proxies(
      { ...at('/a'), ...anyone },
      { ...at('/b'), ...anyone, addresses: ['2.3.4.6'] },
      { ...at('/a', 'traefik'), ...anyone },
      { ...at('/b', 'traefik'), ...anyone, addresses: ['2.3.4.6'] },
    ),
  },
  'of two paths of two App2 on two ways, of which one has an address more, but drained on one way': {
    refused: proxies(
      at('/a'),
      { ...at('/b'), addresses: ['2.3.4.6', { ip: '2.3.4.7', ready: false }] },
      taken('/a'),
      { ...taken('/b'), addresses: ['2.3.4.6'] },
    ),
    says: 'proxies.d.routes.web.hostnames[0]: a.example.com is proxies.b.ingress.hosts[0] already, and a host name leads to one place: write another, or on both sides the same paths, each to the same addresses and port',
    accepted: proxies(at('/a'), { ...at('/b'), addresses: [{ ip: '2.3.4.6', ready: false }] }, taken('/a'), {
      ...taken('/b'),
      addresses: ['2.3.4.6'],
    }),
  },
  'of a second route of the first proxy, on another Gateway': {
    refused: proxies(
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
    accepted: proxies(
      { ...taking('/a'), routes: { ...taking('/a').routes, x: taking('/b').routes?.web ?? {} } },
      { ...taking('/c'), addresses: ['2.3.4.6'] },
    ),
  },
  'of a route and the second of two Ingresses of the host, which leads elsewhere': {
    refused: proxies(at('/a'), { ...at('/b'), addresses: ['2.3.4.6'] }, moved('envoy-gateway')),
    says: 'proxies.c.routes.web.hostnames[0]: a.example.com is proxies.b.ingress.hosts[0] already, and a host name leads to one place: write another, or on both sides the same paths, each to the same addresses and port',
    accepted: proxies(at('/a'), at('/b'), moved('envoy-gateway')),
  },
  'of a route and the first of two Ingresses of the host, which leads elsewhere': {
    refused: proxies({ ...at('/a'), addresses: ['2.3.4.6'] }, at('/b'), moved('envoy-gateway')),
    says: 'proxies.c.routes.web.hostnames[0]: a.example.com is proxies.a.ingress.hosts[0] already, and a host name leads to one place: write another, or on both sides the same paths, each to the same addresses and port',
    accepted: proxies(at('/a'), at('/b'), moved('envoy-gateway')),
  },
  'of an Ingress and the second of two routes that lead one path to two ports': {
    refused: proxies(
      {
        ports: two80('TCP'),
        routes: { web: { ...route1('/a'), port: 'other' }, x: { ...route1('/a'), port: 'http' } },
      },
      { ...taken('/b'), addresses: ['2.3.4.6'] },
      at('/a'),
      { ...at('/b'), addresses: ['2.3.4.6'] },
    ),
    says: 'proxies.d.ingress.hosts[0]: a.example.com is proxies.a.routes.x.hostnames[0] already, and a host name leads to one place: write another, or on both sides the same paths, each to the same addresses and port',
    accepted: proxies(
      {
        ports: two80('TCP'),
        routes: { web: { ...route1('/a'), port: 'http' }, x: { ...route1('/a'), port: 'http' } },
      },
      { ...taken('/b'), addresses: ['2.3.4.6'] },
      at('/a'),
      { ...at('/b'), addresses: ['2.3.4.6'] },
    ),
  },
})
