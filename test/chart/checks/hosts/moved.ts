import { app } from '../../../values.ts'
import { check } from '../check.ts'
import { anyone, at, byClass, moved, movedTo, proxies, routed } from './values.ts'

check('host-twice', {
  'of two Ingresses of two classes': {
    refused: proxies(at('/a'), { ...byClass('other'), addresses: ['2.3.4.6'] }),
    says: 'proxies.b.ingress.hosts[0]: a.example.com is proxies.a.ingress.hosts[0] already, and a host name leads to one place: write another, or on both sides the same paths, each to the same addresses and port',
    accepted: proxies(at('/'), byClass('other')),
  },
  'of two Ingresses of two classes, but of a controller that lays their paths side by side': {
    refused: proxies(at('/', 'contour'), byClass('other', 'contour')),
    says: 'proxies.b.ingress.hosts[0]: a.example.com is proxies.a.ingress.hosts[0] already, and a host name leads to one place: write another',
    accepted: proxies(at('/', 'haproxy'), byClass('other', 'haproxy')),
  },
  'of two Ingresses of two classes, of which anyone may serve one': {
    refused: proxies({ ...at('/'), ...anyone }, { ...byClass('other', 'none'), ...anyone }),
    says: 'proxies.b.ingress.hosts[0]: a.example.com is proxies.a.ingress.hosts[0] already, and a host name leads to one place: write another',
    accepted: proxies({ ...at('/'), ...anyone }, { ...byClass('other'), ...anyone }),
  },
  'of two Ingresses of two classes, of which anyone may serve the first': {
    refused: proxies({ ...byClass('other', 'none'), ...anyone }, { ...at('/'), ...anyone }),
    says: 'proxies.b.ingress.hosts[0]: a.example.com is proxies.a.ingress.hosts[0] already, and a host name leads to one place: write another',
    accepted: proxies({ ...byClass('other'), ...anyone }, { ...at('/'), ...anyone }),
  },
  "of an Ingress and Contour's HTTPProxy, which External DNS reads elsewhere, but for two App2": {
    refused: proxies(at('/'), { ...at('/', 'contour'), addresses: ['2.3.4.6'] }),
    says: 'proxies.b.ingress.hosts[0]: a.example.com is proxies.a.ingress.hosts[0] already, and a host name leads to one place: write another, or on both sides the same paths, each to the same addresses and port',
    accepted: proxies(at('/'), { ...at('/', 'contour'), sourceRanges: ['1.2.3.5/32'] }),
  },
  'of routes of two controllers on two Gateways that lead to two App2': {
    refused: proxies(moved('envoy-gateway'), { ...movedTo('istio'), addresses: ['2.3.4.6'] }),
    says: 'proxies.b.routes.web.hostnames[0]: a.example.com is proxies.a.routes.web.hostnames[0] already, and a host name leads to one place: write another, or on both sides the same paths, each to the same addresses and port',
    accepted: proxies(moved('envoy-gateway'), movedTo('istio')),
  },
  'of routes of two kinds on one Gateway, but on two of one name': {
    refused: proxies(movedTo('envoy-gateway'), movedTo('envoy-gateway', 'GRPCRoute')),
    says: 'proxies.b.routes.web.hostnames[0]: a.example.com is proxies.a.routes.web.hostnames[0] already, and a host name leads to one place: write another',
    accepted: proxies(
      movedTo('envoy-gateway'),
      movedTo('envoy-gateway', 'GRPCRoute', [{ name: 'inner', namespace: 'gateways' }]),
    ),
  },
  'of routes on two Gateways, but on one, whose namespace one of them leaves out': {
    refused: proxies(
      routed({}, [{ name: 'edge' }, { name: 'inner' }]),
      routed({}, [{ name: 'inner', namespace: 'default' }]),
    ),
    says: 'proxies.b.routes.web.hostnames[0]: a.example.com is proxies.a.routes.web.hostnames[0] already, and a host name leads to one place: write another',
    accepted: proxies(routed({}, [{ name: 'edge' }]), routed({}, [{ name: 'inner', namespace: 'default' }])),
  },
  'of routes on one Gateway of two, but on a ListenerSet of its name': {
    refused: proxies(routed({}, [{ name: 'edge' }, { name: 'inner' }]), routed({}, [{ name: 'inner' }])),
    says: 'proxies.b.routes.web.hostnames[0]: a.example.com is proxies.a.routes.web.hostnames[0] already, and a host name leads to one place: write another',
    accepted: proxies(
      routed({}, [{ name: 'edge' }, { name: 'inner' }]),
      routed({}, [{ kind: 'ListenerSet', name: 'inner' }]),
    ),
  },
  'of an Ingress and a route that lead to two App2, but to one, or of one proxy': {
    refused: proxies(at('/'), { ...moved(), addresses: ['2.3.4.6'] }),
    says: 'proxies.b.routes.web.hostnames[0]: a.example.com is proxies.a.ingress.hosts[0] already, and a host name leads to one place: write another, or on both sides the same paths, each to the same addresses and port',
    accepted: app({ ...at('/'), routes: moved('envoy-gateway').routes ?? {} }),
  },
  'of an Ingress and a route that leads to another port of App2': {
    refused: proxies(at('/'), { ...moved('envoy-gateway'), ports: { http: { port: 80, targetPort: 9000 } } }),
    says: 'proxies.b.routes.web.hostnames[0]: a.example.com is proxies.a.ingress.hosts[0] already, and a host name leads to one place: write another, or on both sides the same paths, each to the same addresses and port',
    accepted: proxies(at('/'), moved('envoy-gateway')),
  },
  'of an Ingress and a route with an address more, but drained on either way': {
    refused: proxies(at('/'), {
      ...moved('envoy-gateway'),
      addresses: ['2.3.4.5', { ip: '2.3.4.6', ready: false }],
    }),
    says: 'proxies.b.routes.web.hostnames[0]: a.example.com is proxies.a.ingress.hosts[0] already, and a host name leads to one place: write another, or on both sides the same paths, each to the same addresses and port',
    accepted: proxies(at('/'), { ...moved('envoy-gateway'), addresses: [{ ip: '2.3.4.5', ready: false }] }),
  },
  'of a route and an Ingress, in whichever order': {
    refused: proxies({ ...moved('envoy-gateway'), addresses: ['2.3.4.6'] }, at('/')),
    says: 'proxies.b.ingress.hosts[0]: a.example.com is proxies.a.routes.web.hostnames[0] already, and a host name leads to one place: write another, or on both sides the same paths, each to the same addresses and port',
    accepted: proxies(moved('envoy-gateway'), at('/')),
  },
  'of Ingresses of two controllers that lead to two App2': {
    refused: proxies(at('/'), { ...at('/', 'traefik'), addresses: ['2.3.4.6'] }),
    says: 'proxies.b.ingress.hosts[0]: a.example.com is proxies.a.ingress.hosts[0] already, and a host name leads to one place: write another, or on both sides the same paths, each to the same addresses and port',
    accepted: proxies(at('/'), at('/', 'traefik')),
  },
})
