import type { Ingress, Proxy as ProxyValues, Route } from '../../../../schema/generated/values.ts'
import { app } from '../../../values.ts'
import { check } from '../check.ts'
import { proxies } from './values.ts'

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
    refused: proxies(withOptions('/a', 'one@file'), withOptions('/b', 'two@file')),
    says: `proxies.b.ingress.hosts[0]: a.example.com is proxies.a.ingress.hosts[0] already, ${differ('one@file', 'two@file')}: write the same in both, or another host`,
    accepted: proxies(withOptions('/a', 'one@file'), withOptions('/b', 'one@file')),
  },
  'of one of them': {
    refused: proxies(withOptions('/a', 'one@file'), withOptions('/b')),
    says: `proxies.b.ingress.hosts[0]: a.example.com is proxies.a.ingress.hosts[0] already, ${differ('one@file', 'none')}: write the same in both, or another host`,
    accepted: proxies(withOptions('/a', 'default'), withOptions('/b')),
  },
  'of the other': {
    refused: proxies(withOptions('/a'), withOptions('/b', 'two@file')),
    says: `proxies.b.ingress.hosts[0]: a.example.com is proxies.a.ingress.hosts[0] already, ${differ('none', 'two@file')}: write the same in both, or another host`,
    accepted: proxies(withOptions('/a'), withOptions('/b', 'default')),
  },
  'of the second of two, but for a load balancer of the host': {
    refused: proxies(withOptions('/a'), withOptions('/b', 'two@file')),
    says: `proxies.b.ingress.hosts[0]: a.example.com is proxies.a.ingress.hosts[0] already, ${differ('none', 'two@file')}: write the same in both, or another host`,
    accepted: proxies({ dns: { hostnames: ['a.example.com'] } }, withOptions('/b', 'two@file')),
  },
  'of the first of two, but for a load balancer of the host': {
    refused: proxies(withOptions('/a', 'one@file'), withOptions('/b')),
    says: `proxies.b.ingress.hosts[0]: a.example.com is proxies.a.ingress.hosts[0] already, ${differ('one@file', 'none')}: write the same in both, or another host`,
    accepted: proxies(withOptions('/a', 'one@file'), { dns: { hostnames: ['a.example.com'] } }),
  },
  'common to all objects, but for one': {
    refused: {
      commonAnnotations: { [options]: 'one@file' },
      ...proxies(withOptions('/a'), withOptions('/b', 'two@file')),
    },
    says: `proxies.b.ingress.hosts[0]: a.example.com is proxies.a.ingress.hosts[0] already, ${differ('one@file', 'two@file')}: write the same in both, or another host`,
    accepted: {
      commonAnnotations: { [options]: 'one@file' },
      ...proxies(withOptions('/a'), withOptions('/b')),
    },
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
