import { describe, expect, it } from 'vitest'
import { changes, mayBeWider } from '../changes.ts'
import { anyone, app1, app2, custom, ingress, service, slice, theDoor } from '../objects.ts'

const list = { 'nginx.ingress.kubernetes.io/whitelist-source-range': '1.2.3.4/32' }
const who = (annotations: object) => theDoor('Ingress', [ingress({ ...annotations }), ...app2]).who

it.each([
  [list, app1],
  [{ 'nginx.ingress.kubernetes.io/allowlist-source-range': '1.2.3.4/32' }, app1],
  [{ 'nginx.ingress.kubernetes.io/whitelist-source-range': '1.2.3.4,::/0' }, { ...app1, IPv6: ['::/0'] }],
  [{}, anyone],
  [{ 'nginx.ingress.kubernetes.io/whitelist-source-range': '' }, anyone],
])('%j', (annotations, expected) => expect(who(annotations)).toEqual(expected))

it('of two names of the list either may win', () => {
  const both = { ...list, 'nginx.ingress.kubernetes.io/allowlist-source-range': '0.0.0.0/0' }
  expect(who(both)).toEqual({ ...app1, IPv4: ['0.0.0.0/0'] })
})

describe('beside the list', () => {
  it.each([
    'backend-protocol',
    'custom-http-errors',
    'limit-rps',
    'proxy-ssl-verify',
    'rewrite-target',
    'service-upstream',
    'upstream-hash-by-subset',
  ])('%s is harmless', (key) => {
    expect(who({ ...list, [`nginx.ingress.kubernetes.io/${key}`]: 'a' })).toEqual(app1)
  })

  it.each([
    'satisfy',
    'server-snippet',
    'configuration-snippet',
    'auth-snippet',
    'canary',
    'ssl-passthrough',
    'server-alias',
    'of-a-later-version',
  ])('%s opens it', (key) => {
    expect(who({ ...list, [`nginx.ingress.kubernetes.io/${key}`]: 'a' })).toEqual(anyone)
  })

  it.each<[string, object]>([
    [
      'another Ingress of its host',
      custom(
        'networking.k8s.io/v1',
        'Ingress',
        'other',
        { ingressClassName: 'nginx', rules: [{ host: 'a.example.com', http: { paths: [] } }] },
        { annotations: { 'nginx.ingress.kubernetes.io/server-snippet': 'satisfy any;' } },
      ),
    ],
    [
      'a ConfigMap that believes headers',
      { apiVersion: 'v1', kind: 'ConfigMap', data: { 'use-forwarded-headers': 'true' } },
    ],
  ])('%s opens it', (_, object) => {
    expect(theDoor('Ingress', [ingress({ ...list }), object, ...app2]).who).toEqual(anyone)
  })

  it("another controller's are not read", () => {
    expect(who({ ...list, 'haproxy.org/route-acl': 'a' })).toEqual(app1)
  })
})

it('service-upstream of its ConfigMap is missed, too, which is for all that say nothing else', () => {
  const config = (data: object) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'nginx' },
    data,
  })
  const on = config({ 'service-upstream': 'true' })
  const off = ingress({ ...list, 'nginx.ingress.kubernetes.io/service-upstream': 'false' })
  expect(mayBeWider([ingress(list), on, ...app2], [ingress(list), config({}), ...app2])).toBe(true)
  expect(mayBeWider([off, on, ...app2], [off, config({}), ...app2])).toBe(false)
  expect(mayBeWider([ingress(list), config({}), ...app2], [ingress(list), on, ...app2])).toBe(false)
})

describe('without service-upstream, by which nginx sends to the ClusterIP', () => {
  const by = (value: string) => ingress({ ...list, 'nginx.ingress.kubernetes.io/service-upstream': value })
  const to = (spec: object) => [service({ type: 'ClusterIP', ...spec }), slice(['2.3.4.5'])]
  it.each<[string, string, object, boolean]>([
    ['nobody new gets in', 'true', { internalTrafficPolicy: 'Cluster' }, false],
    ['whom a ClusterIP dropped gets in', 'true', { internalTrafficPolicy: 'Local' }, true],
    ['of one that was off nobody does', 'false', { internalTrafficPolicy: 'Local' }, false],
  ])('%s', (_, value, spec, isNew) => {
    expect(mayBeWider([by(value), ...to(spec)], [ingress(list), ...to(spec)])).toBe(isNew)
    expect(mayBeWider([ingress(list), ...to(spec)], [by(value), ...to(spec)])).toBe(false)
  })
})

it('nor is custom-http-errors missed, by which nobody was kept out', () => {
  const errors = ingress({ ...list, 'nginx.ingress.kubernetes.io/custom-http-errors': '403,500' })
  expect(changes([errors, ...app2], [ingress(list), ...app2])).toEqual([])
})

describe("another Ingress of the host, whose server-snippet is the host's", () => {
  const snippet = { 'nginx.ingress.kubernetes.io/server-snippet': 'satisfy any;' }
  const list = { 'nginx.ingress.kubernetes.io/allowlist-source-range': '1.2.3.4/32' }
  const ofClass = (name: string, controller: string) =>
    custom('networking.k8s.io/v1', 'IngressClass', name, { controller })
  const classes = [
    ofClass('nginx', 'k8s.io/ingress-nginx'),
    ofClass('also', 'k8s.io/ingress-nginx'),
    ofClass('other', 'traefik.io/ingress-controller'),
  ]
  const backend = { service: { name: 'pods', port: { number: 80 } } }

  it.each<[string | undefined, string, object]>([
    ['nginx', 'a.example.com', anyone],
    ['also', 'a.example.com', anyone],
    [undefined, 'a.example.com', anyone],
    ['nobody-knows', 'a.example.com', anyone],
    ['other', 'a.example.com', app1],
    ['nginx', 'b.example.com', app1],
  ])('of class %s at %s', (ingressClassName, host, who) => {
    const rules = [{ host, http: { paths: [{ path: '/pods', backend }] } }]
    const beside = {
      ...ingress(snippet, { ingressClassName, rules }),
      metadata: { name: 'beside', annotations: snippet },
    }
    const pods = service({ type: 'ClusterIP', selector: { app: 'a' } }, { name: 'pods' })
    expect(theDoor('Ingress', [ingress(list), beside, pods, ...classes, ...app2]).who).toEqual(who)
  })
})
