import { either, open, type Verdict } from '../door.ts'
import { speaksHttp } from '../kinds.ts'
import { at, fields, isMap, list, type Targeting, type Thing, text, texts, type World } from '../things.ts'
import { around, type Controller, heldByList } from './held.ts'
import type { GatewayRef, RouteVisit } from './index.ts'

/** Envoy Gateway (read in 1.9: api/v1alpha1, internal/gatewayapi/securitypolicy.go). */
export const envoyGateway: Controller = {
  title: 'Envoy Gateway',
  clientAddress: 'the Service of its Envoy has externalTrafficPolicy Local, its default',
  sure: 'seen',
  groups: /^gateway\.envoyproxy\.io$/,
  kinds: [
    'Backend',
    'BackendTrafficPolicy',
    'ClientTrafficPolicy',
    'EnvoyExtensionPolicy',
    'EnvoyPatchPolicy',
    'EnvoyProxy',
    'HTTPRouteFilter',
    'SecurityPolicy',
  ],
  prefixes: ['gateway.envoyproxy.io/'],
  harmless: [],
}

const group = 'gateway.envoyproxy.io'

/**
 * Who gets in by the SecurityPolicy in force: that of the rule, else of the route, of the listener, of the Gateway;
 * the nearer one stands in the place of the others.
 * @returns undefined where no SecurityPolicy means the route
 */
export function envoyGatewayRoute(visit: RouteVisit, world: World): Verdict | undefined {
  const { route, ruleName, gateway } = visit
  const ofRoute = policies(world.targeting(route), route)
  const nearest = [
    ofRoute.filter(({ section }) => section !== undefined && section === ruleName),
    ofRoute.filter(({ section }) => section === undefined),
    ...ofListeners(gateway, world),
  ]
  const ofOwn = nearest.slice(0, 2).find((found) => found.length > 0)
  const groups = ofOwn ? [ofOwn] : nearest.slice(2)
  if (groups.every((found) => found.length === 0)) return undefined
  if (!speaksHttp(route)) return open('seen', layer4(route.kind))
  const undoing = undoingPolicy(visit, world)
  if (undoing) return open('assumed', `${undoing.title} may undo the list`)
  const verdicts = groups.flatMap((found) =>
    found.length > 0
      ? found.map((targeting) => policyVerdict(targeting, visit, world))
      : [open('read', `a listener of ${gateway.kind} ${gateway.title} has no SecurityPolicy`)],
  )
  const [first = open('assumed'), ...others] = verdicts
  return others.reduce(either, first)
}

// --- utils ---

/** Those of its own namespace; their targets are Gateway API's alone (a rule of the CRD). */
const policies = (targeting: readonly Targeting[], { namespace }: Pick<Thing, 'namespace'>) =>
  targeting.filter(
    ({ policy, group: ofTarget }) =>
      policy.kind === 'SecurityPolicy' &&
      policy.group === group &&
      policy.namespace === namespace &&
      ofTarget === 'gateway.networking.k8s.io',
  )

/** For each listener the policies of its own, else the Gateway's. Where none is known, each may be the one. */
function ofListeners(gateway: GatewayRef, world: World): Targeting[][] {
  const found = policies(world.targeting(gateway), gateway)
  const whole = found.filter(({ section }) => section === undefined)
  if (gateway.sections.length === 0) {
    return [whole, ...found.filter(({ section }) => section !== undefined).map((one) => [one])]
  }
  return gateway.sections.map((name) => {
    const own = found.filter(({ section }) => section === name)
    return own.length > 0 ? own : whole
  })
}

/** envoyproxy/envoy issue 9023: the network RBAC filter decides at the first bytes, when App2 has been dialled. */
const layer4 = (kind: string) =>
  kind === 'TCPRoute'
    ? 'Envoy dials App2 before its list judges: a client that stays silent gets what App2 says first'
    : `a SecurityPolicy does not hold a ${kind}`

/** A policy of Envoy Gateway's own that can change what a list judges, or take it out. */
function undoingPolicy({ route, gateway }: RouteVisit, world: World): Thing | undefined {
  const around = [
    ...[route, gateway, ...gateway.things].flatMap((one) => world.targeting(one).map(({ policy }) => policy)),
    // Of a GatewayClass, in whatever namespace.
    ...world
      .ofKind('EnvoyPatchPolicy', group)
      .filter(({ raw }) => at(raw, 'spec', 'targetRef', 'kind') === 'GatewayClass'),
  ]
  return around.find(({ group: own, kind, raw }) => {
    if (own !== group) return false
    if (['EnvoyPatchPolicy', 'EnvoyExtensionPolicy'].includes(kind)) return true
    const spec = fields(at(raw, 'spec'))
    const client = ['clientIPDetection', 'proxyProtocol', 'enableProxyProtocol']
    return (
      kind === 'ClientTrafficPolicy' &&
      client.some((field) => spec[field] !== undefined && spec[field] !== false)
    )
  })
}

/** What an EnvoyProxy may say without touching Envoy's filters. */
const harmlessOfProxy = [
  'concurrency',
  'ipFamily',
  'logging',
  'mergeGateways',
  'preserveRouteOrder',
  'provider',
  'routingType',
  'shutdown',
  'telemetry',
]

/** Why the parameters of a Gateway, or its class, may undo the list: a bootstrap, a patch, another order of filters. */
function unknownProxy({ things }: GatewayRef, world: World): string | undefined {
  const named = things.flatMap(({ raw, namespace }) =>
    [at(raw, 'spec', 'parametersRef'), at(raw, 'spec', 'infrastructure', 'parametersRef')]
      .filter(isMap)
      .map((reference) => ({ reference, namespace: text(reference.namespace) ?? namespace })),
  )
  for (const { reference, namespace } of named) {
    const title = `${text(reference.kind)} ${namespace}/${text(reference.name)}`
    const found = world.named(
      text(reference.group) ?? '',
      text(reference.kind) ?? '',
      namespace,
      text(reference.name) ?? '',
    )
    if (found.length === 0) return `${title} says how its Envoy is, and is not here`
    const unknown = found.flatMap(({ raw }) => {
      const spec = fields(at(raw, 'spec'))
      const isPatched = JSON.stringify(spec.provider ?? {}).includes('"patch":')
      return [
        ...Object.keys(spec).filter((key) => !harmlessOfProxy.includes(key)),
        ...(isPatched ? ['patch'] : []),
      ]
    })
    if (unknown.length > 0) return `${unknown.join(', ')} of ${title} may undo the list`
  }
  return undefined
}

function policyVerdict({ policy, byLabels }: Targeting, visit: RouteVisit, world: World): Verdict {
  const authorization = at(policy.raw, 'spec', 'authorization')
  if (!isMap(authorization)) return open('read', `${policy.title} has no authorization`)
  if (byLabels) return open('assumed', `${policy.title} chooses by labels, and may or may not mean it`)
  if (at(policy.raw, 'spec', 'mergeType') !== undefined)
    return open('assumed', `${policy.title} is merged with another`)
  if (authorization.defaultAction === 'Allow') return open('read', `${policy.title} allows by default`)
  const allowing = list(authorization.rules).filter((rule) => at(rule, 'action') !== 'Deny')
  const ranges = allowing.map((rule) => texts(at(rule, 'principal', 'clientCIDRs')))
  if (ranges.some((one) => one.length === 0)) {
    return open('read', `a rule of ${policy.title} asks for no address`)
  }
  const proxy = unknownProxy(visit.gateway, world)
  if (proxy) return open('assumed', proxy)
  return heldByList(envoyGateway, ranges.flat(), policy.title, [policy, ...around(visit)], world)
}
