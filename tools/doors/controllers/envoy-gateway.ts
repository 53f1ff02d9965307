import { either, open, type Verdict } from '../door.ts'
import { speaksHttp } from '../kinds.ts'
import { at, fields, isMap, list, type Targeting, type Thing, texts, type World } from '../things.ts'
import { type Controller, heldByList } from './held.ts'
import type { RouteVisit } from './index.ts'

/** Envoy Gateway (read in 1.9: api/v1alpha1, internal/gatewayapi/securitypolicy.go). */
const envoyGateway: Controller = {
  title: 'Envoy Gateway',
  clientAddress: 'the Service of its Envoy has externalTrafficPolicy Local, its default',
  sure: 'seen',
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
  const ofRoute = policies(world.targeting(route.kind, route.namespace, route.name), route.namespace)
  const ofGateway = policies(
    world.targeting(gateway.kind, gateway.namespace, gateway.name),
    gateway.namespace,
  )
  const ofRule = ofRoute.filter(({ section }) => section !== undefined && section === ruleName)
  const ofListener = ofGateway.filter(({ section }) => section !== undefined && section === gateway.section)
  // On every listener, each of which may have a policy of its own.
  const ofSomeListener =
    gateway.section === undefined ? ofGateway.filter(({ section }) => section !== undefined) : []
  const nearest = [
    ofRule,
    ofRoute.filter(({ section }) => section === undefined),
    ofListener,
    [...ofSomeListener, ...ofGateway.filter(({ section }) => section === undefined)],
  ].find((found) => found.length > 0)
  if (!nearest) return undefined
  if (!speaksHttp(route)) return open('seen', layer4(route.kind))
  const undoing = undoingPolicy(visit, world)
  if (undoing) return open('assumed', `${undoing.title} may undo the list`)
  const verdicts = nearest.map((targeting) => policyVerdict(targeting, visit, world))
  const [first = open('assumed'), ...others] = verdicts
  return others.reduce(either, first)
}

// --- utils ---

const policies = (targeting: readonly Targeting[], namespace: string) =>
  targeting.filter(
    ({ policy }) =>
      policy.kind === 'SecurityPolicy' && policy.group === group && policy.namespace === namespace,
  )

/** envoyproxy/envoy issue 9023: the network RBAC filter decides at the first bytes, when App2 has been dialled. */
const layer4 = (kind: string) =>
  kind === 'TCPRoute'
    ? 'Envoy dials App2 before its list judges: a client that stays silent gets what App2 says first'
    : `a SecurityPolicy does not hold a ${kind}`

/** A policy of Envoy Gateway's own that can change what a list judges, or take it out. */
function undoingPolicy({ route, gateway }: RouteVisit, world: World): Thing | undefined {
  const around = [
    ...[route, gateway].flatMap(({ kind, namespace, name }) =>
      world.targeting(kind, namespace, name).map(({ policy }) => policy),
    ),
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

function policyVerdict(
  { policy, byLabels }: Targeting,
  { route, services }: RouteVisit,
  world: World,
): Verdict {
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
  return heldByList(envoyGateway, ranges.flat(), policy.title, [policy, route, ...services], world)
}
