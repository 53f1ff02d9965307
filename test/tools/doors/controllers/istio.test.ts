import { describe, expect, it } from 'vitest'
import { anyone, app1, app2, codes, custom, gateway, route, theDoor } from '../objects.ts'

const hosts = ['a.example.com', 'a.example.com:*']
const deny = (
  rule: object = {},
  spec: object = {},
  metadata: object = {},
  source: object = { notIpBlocks: ['1.2.3.4/32'] },
) =>
  custom(
    'security.istio.io/v1',
    'AuthorizationPolicy',
    'web',
    {
      targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'edge' }],
      action: 'DENY',
      rules: [{ from: [{ source }], to: [{ operation: { hosts } }], ...rule }],
      ...spec,
    },
    { ...metadata },
  )
const who = (policies: object[], kind = 'HTTPRoute', spec: object = {}) =>
  theDoor(kind, [route(kind, { ...spec }), ...policies, ...app2]).who

describe('a DENY of whoever is not in the list', () => {
  it.each<[string, object, object]>([
    ['holds the hosts that it names', deny(), app1],
    ['holds every host where it names none', deny({ to: undefined }), app1],
    [
      'leaves a host with a port open, unless it names that too',
      deny({ to: [{ operation: { hosts: ['a.example.com'] } }] }),
      anyone,
    ],
    [
      'does not hold another host',
      deny({ to: [{ operation: { hosts: ['b.example.com', 'b.example.com:*'] } }] }),
      anyone,
    ],
    ['does not hold by one method alone', deny({ to: [{ operation: { hosts, methods: ['GET'] } }] }), anyone],
    [
      'does not hold with a condition',
      deny({ when: [{ key: 'request.headers[a]', values: ['b'] }] }),
      anyone,
    ],
    ['does not hold by what headers say', deny({}, {}, {}, { notRemoteIpBlocks: ['1.2.3.4/32'] }), anyone],
    [
      'does not hold by more than the address',
      deny({}, {}, {}, { notIpBlocks: ['1.2.3.4/32'], principals: ['a'] }),
      anyone,
    ],
    ['is off by istio.io/dry-run', deny({}, {}, { annotations: { 'istio.io/dry-run': 'true' } }), anyone],
    [
      'is not understood with another word of Istio',
      deny({}, {}, { labels: { 'istio.io/rev': 'next' } }),
      anyone,
    ],
    [
      'is ignored on a Gateway of another name',
      deny({}, { targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'other' }] }),
      anyone,
    ],
    [
      'is ignored on a Gateway of another group',
      deny({}, { targetRefs: [{ group: 'networking.istio.io', kind: 'Gateway', name: 'edge' }] }),
      anyone,
    ],
    ['is not there in another namespace', deny({}, {}, { namespace: 'other' }), anyone],
  ])('%s', (_, policy, expected) => expect(who([policy])).toEqual(expected))

  it('of two, whoever neither denies', () => {
    const wider = { ...deny({}, {}, { name: 'b' }, { notIpBlocks: ['1.2.0.0/16'] }) }
    expect(who([deny(), wider])).toEqual(app1)
  })

  it.each(['TLSRoute', 'TCPRoute', 'UDPRoute'])('does not hold a %s', (kind) => {
    expect(who([deny({ to: undefined })], kind)).toEqual(anyone)
  })

  it('does not hold a wildcard or no host by names', () => {
    expect(who([deny()], 'HTTPRoute', { hostnames: undefined })).toEqual(anyone)
    expect(
      who([deny({ to: [{ operation: { hosts: ['*.a.com'] } }] })], 'HTTPRoute', { hostnames: ['*.a.com'] }),
    ).toEqual(anyone)
  })
})

describe('an ALLOW of the list', () => {
  const allow = (rules: object[], spec: object = {}) => deny({}, { action: 'ALLOW', rules, ...spec })

  it('holds', () => {
    expect(who([allow([{ from: [{ source: { ipBlocks: ['1.2.3.4/32'] } }] }])])).toEqual(app1)
  })

  it('does not hold beside one for anyone', () => {
    const other = custom(
      'security.istio.io/v1',
      'AuthorizationPolicy',
      'all',
      { rules: [{}] },
      { namespace: 'istio-system' },
    )
    expect(who([allow([{ from: [{ source: { ipBlocks: ['1.2.3.4/32'] } }] }]), other])).toEqual(anyone)
  })
})

it.each<[string, object[], object]>([
  ['of a host name', [{ type: 'Hostname', value: 'gateway.istio-ingress.svc' }], anyone],
  ['of a named address', [{ type: 'NamedAddress', value: 'a' }], anyone],
  ['of two addresses', [{ value: '198.51.100.1' }, { value: '198.51.100.2' }], anyone],
  ['of one address is not by hand', [{ type: 'IPAddress', value: '198.51.100.1' }], app1],
  ['of none is not by hand', [], app1],
])('a Gateway that somebody deployed by hand has policies ignored: one %s', (_, addresses, expected) => {
  expect(who([deny(), gateway('istio', { addresses })])).toEqual(expected)
})

it('a DENY by hosts cuts a TLSRoute of the same Gateway, and that is said', () => {
  expect(codes([route('TLSRoute'), deny(), ...app2])).toEqual(['denied-by-http'])
  expect(codes([route('HTTPRoute'), deny(), ...app2])).toEqual([])
})

it.each<[string, object, object]>([
  ['an EnvoyFilter', custom('networking.istio.io/v1alpha3', 'EnvoyFilter', 'a', {}), anyone],
  [
    'one of a namespace that may be the root',
    custom('networking.istio.io/v1alpha3', 'EnvoyFilter', 'a', {}, { namespace: 'mesh' }),
    anyone,
  ],
  ['a WasmPlugin', custom('extensions.istio.io/v1alpha1', 'WasmPlugin', 'a', {}), anyone],
  [
    'a Namespace with a new word of Istio',
    custom('v1', 'Namespace', 'default', {}, { labels: { 'istio.io/new': 'a' } }),
    anyone,
  ],
  [
    'not a Namespace with the revision of its control plane',
    custom('v1', 'Namespace', 'default', {}, { labels: { 'istio.io/rev': 'a' } }),
    app1,
  ],
  ['not a Telemetry', custom('telemetry.istio.io/v1', 'Telemetry', 'a', {}), app1],
])('what may undo it: %s', (_, object, expected) => expect(who([deny(), object])).toEqual(expected))
