import { describe, expect, it } from 'vitest'
import { anyone, app1, codes, ingress, service, slice, theDoor } from '../objects.ts'

const list = { 'haproxy.org/allow-list': '1.2.3.4/32', 'haproxy.org/whitelist': '1.2.3.4/32' }
const objects = (annotations: object, ofService: object = {}) => [
  ingress({ ...annotations }, { ingressClassName: 'haproxy' }),
  service({}, { annotations: ofService }),
  slice(['2.3.4.5']),
]
const who = (annotations: object, ofService?: object) =>
  theDoor('Ingress', objects(annotations, ofService)).who

it.each([
  [list, app1],
  [{}, anyone],
  [{ 'haproxy.org/allow-list': 'patterns/ips' }, anyone],
  // Split at commas alone; with one wrong address the list is not in force.
  [{ 'haproxy.org/allow-list': '1.2.3.4/32 5.6.7.8/32' }, anyone],
  [{ 'haproxy.org/allow-list': '1.2.3.4/32,' }, anyone],
  [{ 'haproxy.org/allow-list': ' 1.2.3.4/32, 1.2.3.4' }, app1],
  [{ 'haproxy.org/allow-list': '1.2.3.4/32,fd00::/8' }, { ...app1, IPv6: ['fd00::/8'] }],
])('%j', (annotations, expected) => expect(who(annotations)).toEqual(expected))

it('::/0 lets in all of IPv4 too: HAProxy compares ::ffff:a.b.c.d', () => {
  expect(who({ 'haproxy.org/allow-list': '1.2.3.4/32,::/0' })).toEqual(anyone)
})

describe('every prefix that it strips', () => {
  it.each(['haproxy.org', 'haproxy.com', 'ingress.kubernetes.io'])('%s', (prefix) => {
    expect(who({ ...list, [`${prefix}/route-acl`]: 'a' })).toEqual(anyone)
    expect(who({ ...list, [`${prefix}/check`]: 'true' })).toEqual(app1)
    expect(who({ ...list, [`${prefix}/allow-list`]: '0.0.0.0/0' }).IPv4).toEqual(['0.0.0.0/0'])
  })
})

it("reads the Service's too", () => {
  expect(who(list, { 'haproxy.org/route-acl': 'a' })).toEqual(anyone)
  expect(who(list, { 'haproxy.com/backend-config-snippet': 'a' })).toEqual(anyone)
  expect(who(list, { 'haproxy.org/timeout-server': '30s' })).toEqual(app1)
})

it('names an Ingress that passes TLS on', () => {
  expect(codes(objects({ 'haproxy.org/ssl-passthrough': 'true' }))).toContain('haproxy-ssl-passthrough')
})
