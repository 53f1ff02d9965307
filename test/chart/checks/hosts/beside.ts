import { app, route } from '../../../values.ts'
import { check } from '../check.ts'
import { at, atAll, exactly, on, proxies, routed, taking } from './values.ts'

check('host-twice', {
  'of two Ingresses': {
    refused: proxies(on('a.example.com'), on('a.example.com')),
    says: 'proxies.b.ingress.hosts[0]: a.example.com is proxies.a.ingress.hosts[0] already, and a host name leads to one place: write another',
    accepted: proxies(on('a.example.com'), on('b.example.com')),
  },
  'of two Ingresses, but those whose paths their controller lays side by side': {
    refused: proxies(at('/a', 'contour'), at('/b', 'contour')),
    says: 'proxies.b.ingress.hosts[0]: a.example.com is proxies.a.ingress.hosts[0] already, and a host name leads to one place: write another',
    accepted: proxies(at('/a', 'traefik'), at('/b', 'traefik')),
  },
  'of two Ingresses of haproxy with one path': {
    refused: proxies(at('/a', 'haproxy'), at('/a', 'haproxy')),
    says: 'proxies.b.ingress.hosts[0]: a.example.com is proxies.a.ingress.hosts[0] already, and both have the path /a: write another, or another host',
    accepted: proxies(at('/a', 'haproxy'), at('/b', 'haproxy')),
  },
  'of two routes of two proxies, but those whose matches their controller lays side by side': {
    refused: proxies(
      route({ hostnames: ['a.example.com'], rules: [{ matches: [{ path: { value: '/a' } }] }] }),
      route({
        hostnames: ['a.example.com'],
        rules: [{ matches: [{ path: { value: '/b' } }, { path: { type: 'PathPrefix', value: '/a' } }] }],
      }),
    ),
    says: 'proxies.b.routes.web.hostnames[0]: a.example.com is proxies.a.routes.web.hostnames[0] already, and a rule of each takes the same requests: write other matches, or another host',
    accepted: proxies(
      route({ hostnames: ['a.example.com'], rules: [{ matches: [{ path: { value: '/a' } }] }] }),
      route({ hostnames: ['a.example.com'], rules: [{ matches: [{ path: { value: '/b' } }] }, {}] }),
    ),
  },
  'of two routes of two proxies whose matches are the same, however they are written': {
    refused: proxies(
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
    accepted: proxies(
      routed({ headers: [{ name: 'x-who', value: 'us' }] }),
      routed({ headers: [{ name: 'x-who', value: 'US' }] }),
    ),
  },
  'of two routes of two proxies, of which one writes the path of all': {
    refused: proxies(routed({ path: { value: '/' } }), routed({})),
    says: 'proxies.b.routes.web.hostnames[0]: a.example.com is proxies.a.routes.web.hostnames[0] already, and a rule of each takes the same requests: write other matches, or another host',
    accepted: proxies(routed({ path: { type: 'Exact', value: '/' } }), routed({})),
  },
  'of two routes of two proxies whose matches ask for the same parameter': {
    refused: proxies(
      routed({ queryParams: [{ name: 'v', value: '1' }] }),
      routed({ queryParams: [{ name: 'v', value: '1' }] }),
    ),
    says: 'proxies.b.routes.web.hostnames[0]: a.example.com is proxies.a.routes.web.hostnames[0] already, and a rule of each takes the same requests: write other matches, or another host',
    accepted: proxies(
      routed({ queryParams: [{ name: 'v', value: '1' }] }),
      routed({ queryParams: [{ name: 'V', value: '1' }] }),
    ),
  },
  'of two routes of two proxies on other Gateways, but on one, however it is written': {
    refused: proxies(
      routed({ path: { value: '/a' } }, [{ name: 'edge' }, { name: 'inner' }]),
      routed({ path: { value: '/b' } }, [{ name: 'inner' }]),
    ),
    says: 'proxies.b.routes.web.hostnames[0]: a.example.com is proxies.a.routes.web.hostnames[0] already, and a host name leads to one place: write another',
    accepted: proxies(
      routed({ path: { value: '/a' } }, [{ name: 'edge' }, { name: 'inner' }]),
      routed({ path: { value: '/b' } }, [
        { name: 'inner', kind: 'Gateway' },
        { name: 'edge', namespace: 'default' },
      ]),
    ),
  },
  'for other sourceRanges': {
    refused: proxies(at('/a'), { ...at('/b'), sourceRanges: ['1.2.3.5/32'] }),
    says: 'proxies.b.ingress.hosts[0]: a.example.com is proxies.a.ingress.hosts[0] already, and those have other sourceRanges: write the same in both, or another host',
    accepted: proxies(at('/a'), at('/b')),
  },
  'with one path': {
    refused: proxies(at('/a'), at('/a/')),
    says: 'proxies.b.ingress.hosts[0]: a.example.com is proxies.a.ingress.hosts[0] already, and both have the path /a/: write another, or another host',
    accepted: proxies(at('/'), at('/a')),
  },
  'with one path, of which the first ends with a slash': {
    refused: proxies(at('/a/'), at('/a')),
    says: 'proxies.b.ingress.hosts[0]: a.example.com is proxies.a.ingress.hosts[0] already, and both have the path /a: write another, or another host',
    accepted: proxies(at('/a/'), at('/ab')),
  },
  'with two paths, of which one is said': {
    refused: proxies(atAll('/a', '/b'), atAll('/c', '/b', '/a')),
    says: 'proxies.b.ingress.hosts[0]: a.example.com is proxies.a.ingress.hosts[0] already, and both have the path /b: write another, or another host',
    accepted: proxies(atAll('/a', '/b'), atAll('/c', '/d')),
  },
  'with a path of one that is not the first of the host': {
    refused: proxies(at('/a'), at('/b'), at('/b')),
    says: 'proxies.c.ingress.hosts[0]: a.example.com is proxies.b.ingress.hosts[0] already, and both have the path /b: write another, or another host',
    accepted: proxies(at('/a'), at('/b'), at('/c')),
  },
  'with one path, but where both are exact and one ends with a slash': {
    refused: proxies(exactly('/a'), at('/a')),
    says: 'proxies.b.ingress.hosts[0]: a.example.com is proxies.a.ingress.hosts[0] already, and both have the path /a: write another, or another host',
    accepted: proxies(exactly('/a'), exactly('/a/')),
  },
  'of routes of a third proxy, which takes what the second does': {
    refused: proxies(taking('/a'), taking('/b'), taking('/c', '/b')),
    says: 'proxies.c.routes.web.hostnames[0]: a.example.com is proxies.b.routes.web.hostnames[0] already, and a rule of each takes the same requests: write other matches, or another host',
    accepted: proxies(taking('/a'), taking('/b'), taking('/c', '/d')),
  },
  'with one path, of the second controller of the host': {
    refused: proxies(at('/'), at('/', 'traefik'), at('/', 'traefik')),
    says: 'proxies.c.ingress.hosts[0]: a.example.com is proxies.b.ingress.hosts[0] already, and both have the path /: write another, or another host',
    accepted: proxies(at('/'), at('/', 'traefik'), at('/c', 'traefik')),
  },
  'of two routes of two proxies': {
    refused: proxies(route({ hostnames: ['a.example.com'] }), route({ hostnames: ['a.example.com'] })),
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
