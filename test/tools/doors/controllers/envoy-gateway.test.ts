import { describe, expect, it } from 'vitest'
import { anyone, app1, app2, codes, custom, gateway, route, theDoor } from '../objects.ts'

const rule = (...clientCIDRs: string[]) => ({ action: 'Allow', principal: { clientCIDRs } })
const policy = (
  name: string,
  target: object,
  authorization: object = { defaultAction: 'Deny', rules: [rule('1.2.3.4/32')] },
  more: object = {},
) =>
  custom('gateway.envoyproxy.io/v1alpha1', 'SecurityPolicy', name, {
    targetRefs: [{ group: 'gateway.networking.k8s.io', ...target }],
    authorization,
    ...more,
  })
const web = { kind: 'HTTPRoute', name: 'web' }
const edge = { kind: 'Gateway', name: 'edge' }
const open = { defaultAction: 'Allow' }
const door = (policies: object[], spec: object = {}, kind = 'HTTPRoute') =>
  theDoor(kind, [route(kind, { ...spec }), ...policies, ...app2])

describe('a SecurityPolicy', () => {
  it.each<[string, object[], object]>([
    ['of the route holds it', [policy('a', web)], app1],
    ['of its Gateway holds it', [policy('a', edge)], app1],
    ['of the route stands before that of the Gateway', [policy('a', web, open), policy('b', edge)], anyone],
    ['of the same rank may win', [policy('a', web), policy('b', web, open)], anyone],
    ['of another route does not', [policy('a', { kind: 'HTTPRoute', name: 'other' })], anyone],
    ['that allows by default does not', [policy('a', web, open)], anyone],
    ['without authorization does not', [policy('a', web, undefined, { authorization: undefined })], anyone],
    [
      'with a rule for anyone does not',
      [policy('a', web, { rules: [rule('1.2.3.4/32'), { action: 'Allow', principal: {} }] })],
      anyone,
    ],
    [
      'that is merged with another is not understood',
      [policy('a', web, undefined, { mergeType: 'StrategicMerge' })],
      anyone,
    ],
    [
      'has every range of its rules',
      [policy('a', web, { rules: [rule('1.2.3.4/32'), rule('::/0')] })],
      { ...app1, IPv6: ['::/0'] },
    ],
  ])('%s', (_, policies, who) => expect(door(policies).who).toEqual(who))

  it('of a rule stands before that of the route', () => {
    const rules = [{ name: 'first', backendRefs: [{ name: 'app', port: 80 }] }]
    const policies = [policy('a', web), policy('b', { ...web, sectionName: 'first' }, open)]
    expect(door(policies, { rules }).who).toEqual(anyone)
    expect(door(policies).who).toEqual(app1)
  })

  it('of a listener holds a route on that listener', () => {
    const policies = [policy('a', { ...edge, sectionName: 'https' })]
    expect(door(policies, { parentRefs: [{ name: 'edge', sectionName: 'https' }] }).who).toEqual(app1)
    expect(door(policies, { parentRefs: [{ name: 'edge', sectionName: 'http' }] }).who).toEqual(anyone)
  })

  it('of one listener leaves the others open', () => {
    const listeners = ['http', 'https'].map((name) => ({ name, port: 80, protocol: 'HTTP' }))
    const one = [gateway('eg', { listeners }), policy('a', { ...edge, sectionName: 'https' })]
    expect(door(one)).toMatchObject({
      who: anyone,
      reasons: [expect.stringContaining('a listener of Gateway')],
    })
    expect(door([...one, policy('b', { ...edge, sectionName: 'http' })]).who).toEqual(app1)
    expect(door([...one, policy('b', edge)]).who).toEqual(app1)
    expect(door(one.slice(1)).who).toEqual(anyone)
  })

  it.each<[string, object]>([
    ['names another group', { ...web, group: 'example.com' }],
    ['names no group', { ...web, group: undefined }],
  ])('that %s means another route', (_, target) => expect(door([policy('a', target)]).who).toEqual(anyone))

  it('that is not accepted holds nothing', () => {
    const status = { ancestors: [{ conditions: [{ type: 'Accepted', status: 'False' }] }] }
    const objects = [route('HTTPRoute'), { ...policy('a', web), status }, ...app2]
    expect(theDoor('HTTPRoute', objects, { live: true }).who).toEqual(anyone)
  })

  it.each(['helm.sh/hook', 'argocd.argoproj.io/hook', 'config.kubernetes.io/local-config'])(
    'with %s may not come into the cluster',
    (key) => {
      const hook = { ...policy('a', web), metadata: { name: 'a', annotations: { [key]: 'true' } } }
      expect(door([hook]).who).toEqual(anyone)
    },
  )

  it('that is there twice may be lost', () => {
    const objects = [policy('a', web), policy('a', edge)]
    expect(door(objects).who).toEqual(anyone)
    expect(codes(objects)).toEqual(['identity-twice'])
  })

  it('does not hold a TCPRoute: App2 is dialled, and may speak, before it judges', () => {
    const found = door([policy('a', { kind: 'TCPRoute', name: 'web' })], {}, 'TCPRoute')
    expect(found).toMatchObject({ who: anyone, heldBy: [], sure: 'seen' })
    expect(found.reasons[0]).toContain('a client that stays silent')
  })

  it.each(['TLSRoute', 'UDPRoute'])('does not hold a %s', (kind) => {
    expect(door([policy('a', { kind, name: 'web' })], {}, kind).who).toEqual(anyone)
  })
})

describe('who serves the Gateway', () => {
  const held = [policy('a', web)]

  it('is a condition where the Gateway is not here', () => {
    expect(door(held).conditions[0]).toBe('Gateway default/edge is served by Envoy Gateway')
  })

  it('is said by its class', () => {
    expect(door([...held, gateway('eg')]).conditions[0]).toBe('class eg is what its name says, envoy-gateway')
  })

  it.each(['istio', 'traefik'])('%s: the policy is not heeded', (className) => {
    expect(door([...held, gateway(className)]).who).toEqual(anyone)
  })

  it('a GatewayClass of a stranger: not heeded', () => {
    const stranger = custom('gateway.networking.k8s.io/v1', 'GatewayClass', 'edge', {
      controllerName: 'example.com/a',
    })
    expect(door([...held, gateway('edge'), stranger]).who).toEqual(anyone)
  })
})

describe('what may undo the list', () => {
  const own = (kind: string, spec: object) =>
    custom('gateway.envoyproxy.io/v1alpha1', kind, 'b', { targetRefs: [edge], ...spec })

  const gatewayClass = custom('gateway.networking.k8s.io/v1', 'GatewayClass', 'eg', {
    controllerName: 'gateway.envoyproxy.io/gatewayclass-controller',
  })

  it.each<[string, object]>([
    ['an EnvoyPatchPolicy', own('EnvoyPatchPolicy', {})],
    ['an EnvoyExtensionPolicy', own('EnvoyExtensionPolicy', {})],
    ['a ClientTrafficPolicy that believes headers', own('ClientTrafficPolicy', { clientIPDetection: {} })],
    [
      'an EnvoyPatchPolicy of the class, in another namespace',
      custom(
        'gateway.envoyproxy.io/v1alpha1',
        'EnvoyPatchPolicy',
        'b',
        { targetRef: { kind: 'GatewayClass', name: 'eg' } },
        { namespace: 'envoy-gateway-system' },
      ),
    ],
    [
      "a stranger's policy of a known name",
      custom('example.com/v1', 'BackendTrafficPolicy', 'b', { targetRef: web }),
    ],
    ['a policy of a kind that nobody knows', custom('example.com/v1', 'WafPolicy', 'b', { targetRef: web })],
    ['an annotation of its own', policy('a', web, undefined, {})],
    [
      'a policy of the class that nobody knows',
      custom('example.com/v1', 'WafPolicy', 'b', { targetRef: { kind: 'GatewayClass', name: 'eg' } }),
    ],
    ['a kind of its own that is newer', custom('gateway.envoyproxy.io/v1', 'EnvoyNewPolicy', 'b', {})],
    [
      'a Namespace with an annotation of its own',
      custom('v1', 'Namespace', 'default', {}, { annotations: { 'gateway.envoyproxy.io/new': 'a' } }),
    ],
    ['a second Gateway of its name', gateway('eg')],
  ])('%s', (name, object) => {
    const annotated = { ...route('HTTPRoute', {}, { annotations: { 'gateway.envoyproxy.io/new': 'a' } }) }
    const objects = name.startsWith('an annotation')
      ? [annotated, object]
      : [route('HTTPRoute'), policy('a', web), gatewayClass, gateway('eg'), object]
    expect(theDoor('HTTPRoute', [...objects, ...app2])).toMatchObject({ who: anyone, sure: 'assumed' })
  })

  it('a filter of a kind that nobody knows', () => {
    const extensionRef = { group: 'example.com', kind: 'Script', name: 'a' }
    const rules = [
      { filters: [{ type: 'ExtensionRef', extensionRef }], backendRefs: [{ name: 'app', port: 80 }] },
    ]
    expect(door([policy('a', web)], { rules }).who).toEqual(anyone)
  })

  describe('parameters of its Gateway', () => {
    const parametersRef = { group: 'gateway.envoyproxy.io', kind: 'EnvoyProxy', name: 'a' }
    const with_ = (...proxies: object[]) =>
      door([policy('a', web), gateway('eg', { infrastructure: { parametersRef } }), ...proxies]).who
    const proxy = (spec: object) => custom('gateway.envoyproxy.io/v1alpha1', 'EnvoyProxy', 'a', { ...spec })
    const provider = (envoyService: object) => ({ provider: { kubernetes: { envoyService } } })

    it.each<[string, object[], object]>([
      ['that are not here', [], anyone],
      ['with a bootstrap', [proxy({ bootstrap: { value: 'a' } })], anyone],
      ['with another order of filters', [proxy({ filterOrder: [] })], anyone],
      ['with a patch', [proxy(provider({ patch: {} }))], anyone],
      ['of its Service and logs', [proxy({ ...provider({ type: 'NodePort' }), logging: {} })], app1],
    ])('%s', (_, proxies, who) => expect(with_(...proxies)).toEqual(who))
  })

  it.each<[string, object]>([
    ['a ClientTrafficPolicy of timeouts', own('ClientTrafficPolicy', { timeout: {} })],
    ['a BackendTrafficPolicy', own('BackendTrafficPolicy', {})],
  ])('not %s', (_, object) => expect(door([policy('a', web), object]).who).toEqual(app1))
})
