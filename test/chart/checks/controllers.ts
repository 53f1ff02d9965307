import type { Gateway, Ingress, Route } from '../../../schema/generated/values.ts'
import { app } from '../../values.ts'
import { check } from './check.ts'

const hosts = ['a.example.com']
const behind = (fields: Ingress) => app({ ingress: { hosts, ...fields } })
const together = (controller: 'contour' | 'nginx') => ({
  proxies: {
    app: behind({ controller: 'contour', className: 'edge' }).proxies.app,
    other: app({ ingress: { controller, className: 'edge', hosts: ['b.example.com'] } }).proxies.app,
  },
})

check('class-twice', {
  'a class is served by one controller': {
    refused: together('nginx'),
    says: 'proxies.other.ingress.controller: nginx, and proxies.app.ingress says that class edge is served by contour: write the same controller, or another className',
    accepted: together('contour'),
    chosen: {
      'write another className': {
        proxies: {
          app: together('contour').proxies.app,
          other: app({ ingress: { controller: 'nginx', className: 'inner', hosts: ['b.example.com'] } })
            .proxies.app,
        },
      },
    },
  },
})

const parentRefs = [{ name: 'edge' }]
const on = (fields: Route) => app({ routes: { web: { parentRefs, hostnames: hosts, ...fields } } })
const served = (
  controller: 'istio' | 'envoy-gateway',
  parent: Route['parentRefs'] = parentRefs,
  gateways: Record<string, Gateway> = {},
) => ({
  gateways,
  proxies: {
    app: on({ controller: 'envoy-gateway', hostnames: ['b.example.com'] }).proxies.app,
    other: on({ controller, parentRefs: parent }).proxies.app,
  },
})
const http = { http: { port: 80, protocol: 'HTTP' } } as const
const more = { more: { kind: 'ListenerSet', parentRef: { name: 'edge' }, listeners: http } } as const
const ofMore = [{ kind: 'ListenerSet', name: 'more' }] as const

check('gateway-controller-twice', {
  'a Gateway is served by one controller': {
    refused: served('istio'),
    says: 'proxies.other.routes.web.controller: istio, and proxies.app.routes.web says that Gateway edge is served by envoy-gateway: write the same controller, or another parent',
    accepted: served('envoy-gateway'),
    chosen: { 'write another parent': served('istio', [{ name: 'inner' }]) },
  },
  'and so are the ListenerSets that hang on it': {
    refused: {
      gateways: more,
      proxies: {
        app: on({ controller: 'traefik', hostnames: ['b.example.com'] }).proxies.app,
        other: on({ controller: 'envoy-gateway', parentRefs: [...ofMore] }).proxies.app,
      },
    },
    says: 'proxies.other.routes.web.controller: envoy-gateway, and proxies.app.routes.web says that Gateway edge is served by traefik: write the same controller, or another parent',
    accepted: served('envoy-gateway', [...ofMore], more),
    chosen: {
      'write another parent': {
        gateways: more,
        proxies: {
          app: on({ controller: 'traefik', hostnames: ['b.example.com'] }).proxies.app,
          other: on({ controller: 'envoy-gateway', parentRefs: [{ name: 'inner' }] }).proxies.app,
        },
      },
    },
  },
})

const own = (className: string) => ({ gateways: { edge: { className, listeners: http } } })

check('class-of-another', {
  'a class that is called after another controller': {
    refused: behind({ controller: 'traefik', className: 'nginx' }),
    says: 'proxies.app.ingress.controller: traefik, and class nginx is by convention that of ingress-nginx, which would not read the list: write controller nginx, or another class',
    accepted: behind({ controller: 'nginx', className: 'nginx' }),
    chosen: { 'write another class': behind({ controller: 'traefik', className: 'mine' }) },
  },
  'one of a controller without a preset': {
    refused: behind({ controller: 'nginx', className: 'alb' }),
    says: 'proxies.app.ingress.controller: nginx, and class alb is by convention that of a controller without a preset, which would not read the list: write another class, or controller none with 0.0.0.0/0 and ::/0 in sourceRanges',
    accepted: app({
      sourceRanges: ['0.0.0.0/0', '::/0'],
      ingress: { controller: 'none', className: 'alb', hosts },
    }),
    chosen: { 'write another class': behind({ controller: 'nginx', className: 'mine' }) },
  },
  "that of a Gateway of the chart's own": {
    refused: { ...on({ controller: 'envoy-gateway' }), ...own('istio') },
    says: 'proxies.app.routes.web.controller: envoy-gateway, and class istio is by convention that of Istio, which would not read the list: write controller istio, or another class',
    accepted: { ...on({ controller: 'envoy-gateway' }), ...own('mine') },
  },
})

const beside = (name: string, kind: 'Gateway' | 'ListenerSet' = 'Gateway') => ({
  proxies: {
    app: on({ controller: 'istio' }).proxies.app,
    open: app({
      sourceRanges: ['0.0.0.0/0', '::/0'],
      routes: {
        tls: {
          kind: 'TLSRoute',
          controller: 'istio',
          parentRefs: [{ kind, name }],
          hostnames: ['b.example.com'],
        },
      },
    }).proxies.app,
  },
})

const ofTls = {
  more: {
    kind: 'ListenerSet',
    parentRef: { name: 'edge' },
    listeners: { tls: { port: 8443, protocol: 'TLS' } },
  },
} as const

check('route-closed', {
  "a TLSRoute for anyone on a Gateway where Istio's DENY is": {
    refused: beside('edge'),
    says: 'proxies.open.routes.tls.parentRefs: proxies.app.routes.web is held on the same Gateway, and its list would hold every TLSRoute there, whatever its host names: write another Gateway',
    accepted: beside('inner'),
  },
  'or on a ListenerSet of that Gateway': {
    refused: { ...beside('more', 'ListenerSet'), gateways: ofTls },
    says: 'proxies.open.routes.tls.parentRefs: proxies.app.routes.web is held on the same Gateway, and its list would hold every TLSRoute there, whatever its host names: write another Gateway',
    accepted: { ...beside('inner'), gateways: ofTls },
  },
})
