import { describe, expect, it } from 'vitest'
import { doorsOf } from '../../../tools/doors/doors.ts'
import { anyone, app1, app2, codes, custom, httpProxy, service, slice, theDoor } from './objects.ts'

const door = (spec: object = {}, virtualhost: object = {}, metadata: object = {}, more: object[] = []) =>
  theDoor('HTTPProxy', [httpProxy({ ...spec }, { ...virtualhost }, { ...metadata }), ...more, ...app2])
const allow = (cidr: string, source = 'Peer') => [{ source, cidr }]
const services = [{ name: 'app', port: 80 }]

it('is held by its ipAllowPolicy, as was seen', () => {
  expect(door()).toMatchObject({
    who: app1,
    heldBy: ["HTTPProxy default/app's ipAllowPolicy"],
    where: { protocol: 'http', host: 'a.example.com', path: '/' },
    sure: 'seen',
  })
})

describe('who gets in', () => {
  it.each<[string, object, object, object]>([
    ['anyone without a policy', {}, { ipAllowPolicy: undefined }, anyone],
    [
      'each family by itself',
      {},
      { ipAllowPolicy: [...allow('1.2.3.4/32'), ...allow('::/0')] },
      { ...app1, IPv6: ['::/0'] },
    ],
    ['anyone where a header says who', {}, { ipAllowPolicy: allow('1.2.3.4/32', 'Remote') }, anyone],
    [
      "whom the route's own policy names",
      { routes: [{ services, ipAllowPolicy: allow('5.6.7.8/32') }] },
      {},
      { IPv4: ['5.6.7.8/32'], IPv6: [] },
    ],
    [
      'anyone by tcpproxy',
      { routes: undefined, tcpproxy: { services } },
      { tls: { passthrough: true } },
      anyone,
    ],
  ])('%s', (_, spec, virtualhost, who) => expect(door(spec, virtualhost).who).toEqual(who))

  it('anyone with an annotation of Contour that nobody knows', () => {
    expect(door({}, {}, { annotations: { 'projectcontour.io/new': 'a' } }).who).toEqual(anyone)
    expect(door({}, {}, { annotations: { 'projectcontour.io/ingress.class': 'a' } }).who).toEqual(app1)
    const annotated = service({}, { annotations: { 'projectcontour.io/upstream-protocol.tls': 'a' } })
    expect(theDoor('HTTPProxy', [httpProxy(), annotated, slice(['2.3.4.5'])]).who).toEqual(app1)
  })
})

describe('what one includes', () => {
  const child = (more: object = {}) =>
    custom('projectcontour.io/v1', 'HTTPProxy', 'child', {
      routes: [{ conditions: [{ prefix: '/b' }], services, ...more }],
    })
  const includes = { routes: undefined, includes: [{ name: 'child', conditions: [{ prefix: '/a' }] }] }

  it("is held by the root's list, at both paths together", () => {
    expect(door(includes, {}, {}, [child()])).toMatchObject({ who: app1, where: { path: '/a/b' } })
  })

  it('or by its own', () => {
    expect(door(includes, {}, {}, [child({ ipAllowPolicy: allow('0.0.0.0/0') })]).who.IPv4).toEqual([
      '0.0.0.0/0',
    ])
  })

  it('is a door of every root that includes it', () => {
    const open = httpProxy(includes, { fqdn: 'b.example.com', ipAllowPolicy: undefined }, { name: 'b' })
    const { doors } = doorsOf([httpProxy(includes), open, child(), ...app2])
    const found = doors.filter(({ way }) => way === 'HTTPProxy').map(({ where, who }) => [where.host, who])
    expect(found).toEqual([
      ['a.example.com', app1],
      ['b.example.com', anyone],
    ])
  })

  it('may include itself without an end', () => {
    const itself = child({})
    Object.assign(itself.spec, { includes: [{ name: 'child' }] })
    expect(door(includes, {}, {}, [itself]).who).toEqual(app1)
  })

  it('is open by its tcpproxy', () => {
    const tcp = custom('projectcontour.io/v1', 'HTTPProxy', 'child', { tcpproxy: { services } })
    expect(theDoor('HTTPProxy', [tcp, ...app2]).who).toEqual(anyone)
  })

  it('is open where no root here includes it', () => {
    expect(theDoor('HTTPProxy', [child(), ...app2])).toMatchObject({ who: anyone, sure: 'assumed' })
  })
})

it('two of one host: Contour serves neither', () => {
  expect(codes([httpProxy(), httpProxy({}, {}, { name: 'b' }), ...app2])).toEqual(['fqdn-twice'])
})
