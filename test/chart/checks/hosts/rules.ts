import type {
  BackendRef,
  Proxy as ProxyValues,
  RequestRedirect,
} from '../../../../schema/generated/values.ts'
import { route } from '../../../values.ts'
import { check } from '../check.ts'
import { at, heldTo, moved, proxies, route1, taken, two80 } from './values.ts'

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
/** A route that sends the path elsewhere within the host. */
const sending = (value: string, requestRedirect: RequestRedirect): ProxyValues =>
  heldTo(
    route({
      hostnames: ['a.example.com'],
      rules: [{ matches: [{ path: { value } }], filters: [{ type: 'RequestRedirect', requestRedirect }] }],
    }),
  )
/** The same on another Gateway. */
const inner = (proxy: ProxyValues): ProxyValues => ({
  routes: { web: { ...proxy.routes?.web, parentRefs: [{ name: 'inner' }] } },
})
const other = { addresses: ['2.3.4.6'] }
const toB: RequestRedirect = { path: { type: 'ReplaceFullPath', replaceFullPath: '/b' } }
const advised =
  'write another, or on both sides the same paths, each to the same addresses and port, or leave proxies.c.routes.web.rules[0].filters[0] out, by which it leads elsewhere'
const without = proxies(at('/a'), { ...at('/b'), ...other }, taken('/a'), { ...taken('/b'), ...other })
const chosen = {
  'write on both sides the same paths, each to the same addresses and port': without,
  'leave proxies.c.routes.web.rules[0].filters[0] out, by which it leads elsewhere': without,
}

check('host-twice', {
  'of two paths of two App2 on two ways, of which one sends from one to the other': {
    refused: proxies(at('/a'), { ...at('/b'), ...other }, sending('/a', toB), { ...taken('/b'), ...other }),
    says: `proxies.d.routes.web.hostnames[0]: a.example.com is proxies.a.ingress.hosts[0] already, and a host name leads to one place: ${advised}`,
    accepted: proxies(at('/a'), at('/b'), sending('/a', toB), taken('/b')),
    chosen,
  },
  'of two paths of two App2 on two ways, of which one sends to what another port serves': {
    refused: proxies(at('/a'), { ...at('/b'), ...other }, sending('/a', { port: 8080 }), {
      ...taken('/b'),
      ...other,
    }),
    says: `proxies.d.routes.web.hostnames[0]: a.example.com is proxies.a.ingress.hosts[0] already, and a host name leads to one place: ${advised}`,
    accepted: proxies(at('/a'), at('/b'), sending('/a', { port: 8080 }), taken('/b')),
    chosen,
  },
  'of two paths of two App2 on two Gateways, of which one sends from one to the other, but not both': {
    refused: proxies(taken('/a'), { ...taken('/b'), ...other }, inner(sending('/a', toB)), {
      ...inner(taken('/b')),
      ...other,
    }),
    says: `proxies.d.routes.web.hostnames[0]: a.example.com is proxies.a.routes.web.hostnames[0] already, and a host name leads to one place: ${advised}`,
    accepted: proxies(
      sending('/a', toB),
      { ...taken('/b'), ...other },
      inner(sending('/a', { ...toB, hostname: 'a.example.com', statusCode: 301 })),
      {
        ...inner(taken('/b')),
        ...other,
      },
    ),
    chosen,
  },
  'of an Ingress and a route that sends to another host, but to the same by TLS': {
    refused: proxies(at('/'), redirecting({ hostname: 'b.example.com' })),
    says: 'proxies.b.routes.web.hostnames[0]: a.example.com is proxies.a.ingress.hosts[0] already, and a host name leads to one place: write another, or leave proxies.b.routes.web.rules[0].filters[0].requestRedirect.hostname out, by which it leads elsewhere',
    accepted: proxies(at('/'), redirecting({ hostname: 'a.example.com', scheme: 'https' })),
    chosen: {
      'leave proxies.b.routes.web.rules[0].filters[0].requestRedirect.hostname out, by which it leads elsewhere':
        proxies(at('/'), redirecting({ scheme: 'https' })),
    },
  },
  'of an Ingress and a route that sends one of its hosts to the other': {
    refused: proxies(at('/'), toItsOwn('b.example.com', 'a.example.com')),
    says: 'proxies.b.routes.web.hostnames[1]: a.example.com is proxies.a.ingress.hosts[0] already, and a host name leads to one place: write another, or leave proxies.b.routes.web.rules[0].filters[0].requestRedirect.hostname out, by which it leads elsewhere',
    accepted: proxies(at('/'), toItsOwn('a.example.com', 'b.example.com')),
  },
  'of all hosts of a domain, of which a route sends each to one': {
    refused: proxies(
      { ingress: { ...at('/').ingress, hosts: ['*.example.com'] } },
      toItsOwn('a.example.com', '*.example.com'),
    ),
    says: 'proxies.b.routes.web.hostnames[1]: *.example.com is proxies.a.ingress.hosts[0] already, and a host name leads to one place: write another, or leave proxies.b.routes.web.rules[0].filters[0].requestRedirect.hostname out, by which it leads elsewhere',
    accepted: proxies(
      { ingress: { ...at('/').ingress, hosts: ['*.example.com'] } },
      { routes: { web: { ...route1('/'), hostnames: ['a.example.com', '*.example.com'] } } },
    ),
  },
  'of an Ingress and a route that leads to a third by a rule': {
    refused: proxies(at('/'), byRule({ proxy: 'c', port: 'http' }), { addresses: ['2.3.4.6'] }),
    says: 'proxies.b.routes.web.hostnames[0]: a.example.com is proxies.a.ingress.hosts[0] already, and a host name leads to one place: write another, or leave proxies.b.routes.web.rules[0].backendRefs out, by which it leads elsewhere',
    accepted: proxies(at('/'), byRule({ proxy: 'b' }, { proxy: 'c', weight: 0 }), { addresses: ['2.3.4.6'] }),
    chosen: {
      'leave proxies.b.routes.web.rules[0].backendRefs out, by which it leads elsewhere': proxies(
        at('/'),
        moved('envoy-gateway'),
        { addresses: ['2.3.4.6'] },
      ),
    },
  },
  'of a route and an Ingress, of which the former leads to another port by a rule': {
    refused: proxies({ ...byRule({ proxy: 'a', port: 'other' }), ports: two80('TCP') }, at('/')),
    says: 'proxies.b.ingress.hosts[0]: a.example.com is proxies.a.routes.web.hostnames[0] already, and a host name leads to one place: write another, or leave proxies.a.routes.web.rules[0].backendRefs out, by which it leads elsewhere',
    accepted: proxies({ ...byRule({ proxy: 'a', port: 'http' }), ports: two80('TCP') }, at('/')),
    chosen: {
      'leave proxies.a.routes.web.rules[0].backendRefs out, by which it leads elsewhere': proxies(
        { ...byRule(), ports: two80('TCP') },
        at('/'),
      ),
    },
  },
  'of an Ingress and a route that leads nowhere by a rule': {
    refused: proxies(at('/'), byRule({ proxy: 'b', weight: 0 })),
    says: 'proxies.b.routes.web.hostnames[0]: a.example.com is proxies.a.ingress.hosts[0] already, and a host name leads to one place: write another, or leave proxies.b.routes.web.rules[0].backendRefs out, by which it leads elsewhere',
    accepted: proxies(at('/'), byRule({ proxy: 'b' })),
  },
})
