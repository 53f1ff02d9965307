import { check } from '../check.ts'
import { at, byClass, moved, movedTo, proxies, route1 } from './values.ts'

check('host-twice', {
  'of two Ingresses of two classes for other sourceRanges': {
    refused: proxies(at('/'), { ...byClass('other'), sourceRanges: ['1.2.3.5/32'] }),
    says: 'proxies.b.ingress.hosts[0]: a.example.com is proxies.a.ingress.hosts[0] already, and those have other sourceRanges: write the same in both, or another host',
    accepted: proxies(at('/'), byClass('other')),
  },
  'of routes on two Gateways of two controllers for other sourceRanges': {
    refused: proxies(moved('envoy-gateway'), { ...movedTo('istio'), sourceRanges: ['1.2.3.5/32'] }),
    says: 'proxies.b.routes.web.hostnames[0]: a.example.com is proxies.a.routes.web.hostnames[0] already, and those have other sourceRanges: write the same in both, or another host',
    accepted: proxies(moved('envoy-gateway'), {
      ...movedTo('istio', 'GRPCRoute'),
      sourceRanges: ['1.2.3.5/32'],
    }),
  },
  'of routes on two Gateways of one controller for other sourceRanges': {
    refused: proxies(moved('traefik'), { ...movedTo('traefik'), sourceRanges: ['1.2.3.5/32'] }),
    says: 'proxies.b.routes.web.hostnames[0]: a.example.com is proxies.a.routes.web.hostnames[0] already, and those have other sourceRanges: write the same in both, or another host',
    accepted: proxies(moved('traefik'), movedTo('traefik')),
  },
  'of routes of two kinds on two Gateways of one controller for other sourceRanges': {
    refused: proxies(moved('traefik'), { ...movedTo('traefik', 'GRPCRoute'), sourceRanges: ['1.2.3.5/32'] }),
    says: 'proxies.b.routes.web.hostnames[0]: a.example.com is proxies.a.routes.web.hostnames[0] already, and those have other sourceRanges: write the same in both, or another host',
    accepted: proxies(moved('traefik'), movedTo('traefik', 'GRPCRoute')),
  },
  'of an Ingress and a route for other sourceRanges, but where each is the one of its kind': {
    refused: proxies(at('/a'), at('/b'), { ...moved('envoy-gateway'), sourceRanges: ['1.2.3.5/32'] }),
    says: 'proxies.c.routes.web.hostnames[0]: a.example.com is proxies.a.ingress.hosts[0] already, and those have other sourceRanges: write the same in both, or another host',
    accepted: proxies(at('/a'), { ...moved('envoy-gateway'), sourceRanges: ['1.2.3.5/32'] }),
  },
  'of an Ingress and two routes of one proxy for other sourceRanges': {
    refused: proxies(at('/'), { routes: { w: route1('/a'), x: route1('/b') }, sourceRanges: ['1.2.3.5/32'] }),
    says: 'proxies.b.routes.x.hostnames[0]: a.example.com is proxies.a.ingress.hosts[0] already, and those have other sourceRanges: write the same in both, or another host',
    accepted: proxies(at('/'), { routes: { w: route1('/a'), x: route1('/b') } }),
  },
  'of two routes of one proxy and the load balancer of another for other sourceRanges': {
    refused: proxies(
      { routes: { w: route1('/a'), x: route1('/b') }, sourceRanges: ['1.2.3.5/32'] },
      { dns: { hostnames: ['a.example.com'] } },
    ),
    says: 'proxies.b.dns.hostnames[0]: a.example.com is proxies.a.routes.w.hostnames[0] already, and those have other sourceRanges: write the same in both, or another host',
    accepted: proxies(
      { routes: { w: route1('/a'), x: route1('/b') } },
      { dns: { hostnames: ['a.example.com'] } },
    ),
  },
  'of an Ingress and a route for other sourceRanges, of which one program could serve both': {
    refused: proxies(at('/', 'traefik'), { ...moved(), sourceRanges: ['0.0.0.0/0', '::/0'] }),
    says: 'proxies.b.routes.web.hostnames[0]: a.example.com is proxies.a.ingress.hosts[0] already, and those have other sourceRanges: write the same in both, or another host',
    accepted: proxies(at('/', 'traefik'), {
      ...moved('envoy-gateway'),
      sourceRanges: ['1.2.3.5/32'],
    }),
  },
  'of an Ingress and a route of one controller for other sourceRanges': {
    refused: proxies(at('/', 'traefik'), { ...moved('traefik'), sourceRanges: ['1.2.3.5/32'] }),
    says: 'proxies.b.routes.web.hostnames[0]: a.example.com is proxies.a.ingress.hosts[0] already, and those have other sourceRanges: write the same in both, or another host',
    accepted: proxies(at('/', 'traefik'), moved('traefik')),
  },
  'of Ingresses of two controllers for other sourceRanges': {
    refused: proxies(at('/'), { ...at('/', 'traefik'), sourceRanges: ['1.2.3.5/32'] }),
    says: 'proxies.b.ingress.hosts[0]: a.example.com is proxies.a.ingress.hosts[0] already, and those have other sourceRanges: write the same in both, or another host',
    accepted: proxies(at('/'), at('/', 'traefik')),
  },
})
