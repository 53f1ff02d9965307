import { app, contour, route } from '../values.ts'
import { rule } from './rule.ts'

const hosts = ['a.example.com']
const parentRefs = [{ name: 'edge' }]

rule('controller-open', {
  'an Ingress that nothing holds is for anyone': {
    refused: app({ ingress: { hosts } }),
    says: "proxies.app.ingress.controller: none can't hold sourceRanges for an Ingress, an Ingress has no field for it: the controller dials App2 itself, so anyone could pass it: write contour, or 0.0.0.0/0 and ::/0 in sourceRanges for anyone",
    accepted: app({ ingress: { hosts }, sourceRanges: ['0.0.0.0/0'] }),
  },
  'a route that nothing holds is for anyone': {
    refused: app({ routes: { web: { parentRefs } } }),
    says: "proxies.app.routes.web.controller: none can't hold sourceRanges for an HTTPRoute, the Gateway API's standard has no field for it: the controller dials App2 itself, so anyone could pass it: write another kind of door, or 0.0.0.0/0 and ::/0 in sourceRanges for anyone",
    accepted: app({ routes: { web: { parentRefs } }, sourceRanges: ['0.0.0.0/0'] }),
  },
})

rule('preset-kind', {
  'a kind that the controller does not serve': {
    refused: app(route({ controller: 'contour' })),
    says: "proxies.app.routes.web.controller: contour can't serve an HTTPRoute: its HTTPProxy is what holds the list, and no route of the Gateway API can: write none",
    accepted: app(route({ controller: 'none' })),
  },
})

const tls = { protocol: 'https', host: 'app2.example.com' } as const

rule('preset-lacks', {
  'a field, with its cure': {
    refused: app({ ...contour(), backend: { ...tls, tls: { caConfigMap: 'ca' } } }),
    says: "proxies.app.backend.tls.caConfigMap: contour, the controller of ingress, can't do it: it reads CAs from Secrets alone: write backend.tls.caSecret: leave it out",
    accepted: app({ ...contour(), backend: { ...tls, tls: { caSecret: 'ca' } } }),
  },
  'a protocol, with a preset that can': {
    refused: app({ sourceRanges: ['0.0.0.0/0'], ingress: { hosts }, backend: { protocol: 'h2c' } }),
    says: "proxies.app.backend.protocol: none, the controller of ingress, can't do h2c: an Ingress has no field for it: leave it out, or write controller contour",
    accepted: app({ ...contour(), backend: { protocol: 'h2c' } }),
  },
  'what is not written: the CAs of the system': {
    refused: app({ ...contour(), backend: tls }),
    says: "proxies.app.backend.tls: contour, the controller of ingress, can't do it by system CAs: without a CA it verifies nothing: write backend.tls.caSecret: leave it out",
    accepted: app(route({}, tls)),
  },
})
