import { describe, expect, it } from 'vitest'
import { doorsOf } from '../../../tools/doors/doors.ts'
import { isWider } from '../../../tools/doors/requests.ts'
import { fc, ofSamples } from '../../fast-check.ts'
import { changes, type Fields, mayBeWider, policy, target } from './changes.ts'
import { app2, custom, gateway, ingress, route, service } from './objects.ts'

describe('policies of several', () => {
  const authorization = (name: string, action: string, rules: Fields[]) =>
    custom('security.istio.io/v1', 'AuthorizationPolicy', name, {
      ...target('Gateway', 'edge'),
      action,
      rules,
    })
  const hosts = (...names: string[]) => ({ to: [{ operation: { hosts: names } }] })
  const own = hosts('a.example.com', 'a.example.com:*')
  const others = hosts('b.example.com', 'b.example.com:*')
  const outside = { from: [{ source: { notIpBlocks: ['1.2.3.4/32'] } }] }
  const allowing = authorization('allow', 'ALLOW', [{ from: [{ source: { ipBlocks: ['1.2.3.0/24'] } }] }])
  const denying = (...rules: Fields[]) => authorization('deny', 'DENY', rules)
  const istio = [gateway('istio'), route('HTTPRoute'), ...app2]
  const listed = (name: string, cidr: string) =>
    policy(
      'SecurityPolicy',
      {
        ...target('HTTPRoute', 'web'),
        authorization: {
          defaultAction: 'Deny',
          rules: [{ action: 'Allow', principal: { clientCIDRs: [cidr] } }],
        },
      },
      name,
    )
  const envoy = [gateway('eg'), route('HTTPRoute'), ...app2]
  const nginx = 'nginx.ingress.kubernetes.io/'
  const listedByNginx = { [`${nginx}allowlist-source-range`]: '1.2.3.4' }
  const ofNginx = (path: string, annotations: Fields, name = 'app') => {
    const backend = { service: { name: 'app', port: { number: 80 } } }
    const http = { paths: [{ path, pathType: 'Exact', backend }] }
    return {
      ...ingress({}, { rules: [{ host: 'a.example.com', http }] }),
      metadata: { name, annotations },
    }
  }
  const haproxy = (annotations: Fields = {}, more: Fields = {}) => [
    ingress(annotations, { ingressClassName: 'haproxy', tls: [{ hosts: ['a.example.com'] }], ...more }),
    ...app2,
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { 'client-ca': 'a/b' } },
  ]

  it.each<[string, object[], object[]]>([
    ["a DENY of everyone, by the door's host", [...istio, allowing, denying(own)], [...istio, allowing]],
    ['a DENY of everyone, alone', [...istio, denying(own)], istio],
    ['a DENY of everyone, by no host', [...istio, allowing, denying({})], [...istio, allowing]],
    [
      'a DENY by a wildcard, which means no host with a port',
      [...istio, allowing, denying({ ...outside, ...hosts('*.example.com', '*.example.com:*') })],
      [...istio, allowing],
    ],
    [
      'a DENY by the host in another case',
      [...istio, denying({ ...outside, ...hosts('A.example.com') })],
      istio,
    ],
    [
      'a rule of a DENY',
      [...istio, denying({ ...others, ...outside }, { ...own, ...outside })],
      [...istio, denying({ ...others, ...outside })],
    ],
    [
      'one of two SecurityPolicies of one route, of which either may be in force',
      [...envoy, listed('x', '1.2.3.4/32'), listed('y', '5.6.7.8/32')],
      [...envoy, listed('x', '1.2.3.4/32')],
    ],
    [
      "HAProxy's way to HTTPS, where alone it asks for a certificate",
      haproxy(),
      haproxy({ 'haproxy.org/ssl-redirect': 'false' }),
    ],
    ["HAProxy's way to HTTPS, by a host's certificate", haproxy(), haproxy({}, { tls: [] })],
    ["HAProxy's question for a certificate", haproxy(), haproxy().slice(0, -1)],
    [
      'an expression of ingress-nginx, by which a whole path becomes a beginning',
      [ofNginx('/', listedByNginx), ofNginx('/health', {}, 'health'), ...app2],
      [ofNginx('/', listedByNginx), ofNginx('/health', { [`${nginx}use-regex`]: 'true' }, 'health'), ...app2],
    ],
  ])('%s, is missed', (_, before, now) => {
    expect(mayBeWider(before, now)).toBe(true)
    expect(changes(now, now)).toEqual([])
  })

  it.each<[string, object[], object[]]>([
    ['a DENY of another host, where anyone gets in', [...istio, denying({ ...others, ...outside })], istio],
    [
      'a DENY of another host, in force',
      [...istio, denying({ ...own, ...outside }, { ...others, ...outside })],
      [...istio, denying({ ...own, ...outside })],
    ],
    ['a login of another host', [...istio, authorization('login', 'CUSTOM', [others])], istio],
    [
      "HAProxy's way to HTTPS, said as it is anyway",
      haproxy(),
      haproxy({ 'haproxy.org/ssl-redirect': 'true' }),
    ],
    [
      "a list of a Service's, which no controller reads",
      [
        ...haproxy(),
        service({ type: 'ClusterIP' }, { name: 'app', annotations: { 'haproxy.org/allow-list': '1.2.3.4' } }),
      ].filter((_, index) => index !== 1),
      haproxy(),
    ],
  ])('%s, is not', (_, before, now) => {
    expect(changes(before, now).filter(isWider)).toEqual([])
  })

  /** What a rule asks for: of whom, and by which hosts. */
  interface Asked {
    from: { ipBlocks?: string[]; notIpBlocks?: string[] } | undefined
    hosts: string[] | undefined
  }
  const range = fc.constantFrom('1.2.3.4/32', '1.2.3.0/24')
  const asked = fc.record<Asked>({
    from: fc.oneof(
      fc.constant(undefined),
      range.map((one) => ({ ipBlocks: [one] })),
      range.map((one) => ({ notIpBlocks: [one] })),
    ),
    hosts: fc.constantFrom<string[] | undefined>(
      undefined,
      ['a.example.com', 'a.example.com:*'],
      ['a.example.com'],
      ['A.example.com', 'a.example.com:*'],
      ['*.example.com', '*.example.com:*'],
      ['b.example.com', 'b.example.com:*'],
    ),
  })
  const authorizations = fc
    .array(
      fc.record({
        action: fc.constantFrom('ALLOW', 'DENY', 'DENY'),
        rules: fc.array(asked, { minLength: 1, maxLength: 2 }),
      }),
      { maxLength: 2 },
    )
    .chain((all) => fc.constantFrom(all, [...all, forOffice]))
  const forOffice = { action: 'ALLOW', rules: [{ from: { ipBlocks: ['1.2.3.0/24'] }, hosts: undefined }] }
  type Authorization = { action: string; rules: Asked[] }
  const made = (all: readonly Authorization[]) => [
    ...istio,
    ...all.map(({ action, rules }, index) =>
      authorization(
        `p${index}`,
        action,
        rules.map(({ from, hosts: names }) => ({
          ...(from && { from: [{ source: from }] }),
          ...(names && hosts(...names)),
        })),
      ),
    ),
  ]
  /** As Istio's documentation has it, and its HostMatcher compares names. */
  const isLetIn = (all: readonly Authorization[], client: string, authority: string): boolean => {
    const isIn = (ranges: readonly string[]) => isAmong(client, ranges)
    const isMeant = ({ from, hosts: names }: Asked) =>
      (from?.ipBlocks === undefined || isIn(from.ipBlocks)) &&
      (from?.notIpBlocks === undefined || !isIn(from.notIpBlocks)) &&
      (names === undefined ||
        names.some((name) => {
          const one = name.toLowerCase()
          if (one.startsWith('*')) return authority.endsWith(one.slice(1))
          return one.endsWith('*') ? authority.startsWith(one.slice(0, -1)) : authority === one
        }))
    const of = (wanted: string) => all.filter(({ action }) => action === wanted)
    if (of('DENY').some(({ rules }) => rules.some(isMeant))) return false
    return of('ALLOW').length === 0 || of('ALLOW').some(({ rules }) => rules.some(isMeant))
  }
  const isAmong = (client: string, ranges: readonly string[]) =>
    ranges.some((one) => (one.endsWith('/32') ? one === `${client}/32` : client.startsWith('1.2.3.')))

  it('whoever Istio lets in now and did not before is said', () => {
    fc.assert(
      fc.property(authorizations, authorizations, fc.boolean(), (one, other, isSubset) => {
        const [before, now] = isSubset ? [[...one, ...other.slice(0, 1)], one] : [one, other]
        const isNew = ['1.2.3.4', '1.2.3.9', '9.9.9.9'].some((client) =>
          ['a.example.com', 'a.example.com:80'].some(
            (authority) => isLetIn(now, client, authority) && !isLetIn(before, client, authority),
          ),
        )
        if (isNew) expect(mayBeWider(made(before), made(now))).toBe(true)
        expect(changes(made(now), made(now))).toEqual([])
      }),
      { numRuns: ofSamples(500) },
    )
  })

  it('a DENY whose sources are no list denies nobody', () => {
    const wrong = denying({ ...own, from: { notIpBlocks: ['1.2.3.4/32'] } })
    expect(mayBeWider([...istio, denying({ ...own, ...outside })], [...istio, wrong])).toBe(true)
  })

  it("a list of a Service's holds no Ingress of HAProxy's", () => {
    const [made, , ...rest] = haproxy()
    const annotated = service(
      { type: 'ClusterIP', loadBalancerSourceRanges: [] },
      { annotations: { 'haproxy.org/allow-list': '1.2.3.4' } },
    )
    expect(doorsOf([made, annotated, ...rest]).doors.find(({ way }) => way === 'Ingress')).toMatchObject({
      heldBy: [],
      reasons: ['it has no list for HAProxy'],
    })
  })
})
