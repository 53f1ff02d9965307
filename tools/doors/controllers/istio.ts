import { anyone, intersection, nobody, union, type Who, whoOf } from '../cidr.ts'
import { open, type Verdict } from '../door.ts'
import { speaksHttp } from '../kinds.ts'
import { at, fields, list, type Thing, text, texts, type World } from '../things.ts'
import { around, type Controller, heldByList } from './held.ts'
import type { GatewayRef, RouteVisit } from './index.ts'

/** Istio's gateways (read in 1.30: AuthorizationPolicy; pilot/pkg/model/policyattachment.go; pilot/pkg/security/authz). */
export const istio: Controller = {
  title: 'Istio',
  clientAddress: 'the Service of its Gateway has externalTrafficPolicy Local',
  sure: 'read',
  // Neither EnvoyFilter nor WasmPlugin is among them: those rewrite what Envoy does.
  groups: /(^|\.)istio\.io$/,
  kinds: [
    'AuthorizationPolicy',
    'DestinationRule',
    'Gateway',
    'PeerAuthentication',
    'RequestAuthentication',
    'ServiceEntry',
    'Sidecar',
    'Telemetry',
    'VirtualService',
    'WorkloadEntry',
    'WorkloadGroup',
  ],
  ofNamespaces: [
    'rev',
    'tag',
    'dataplane-mode',
    'use-waypoint',
    'use-waypoint-namespace',
    'ingress-use-waypoint',
  ],
  prefixes: ['', 'ambient.', 'gateway.', 'networking.', 'proxy.', 'security.', 'sidecar.', 'traffic.'].map(
    (part) => `${part}istio.io/`,
  ),
  harmless: [],
}

/**
 * Who gets in by the AuthorizationPolicies that name the route's Gateway: whoever none denies and, where any allows,
 * one allows.
 * @returns undefined where none names it
 */
export function istioRoute(visit: RouteVisit, world: World): Verdict | undefined {
  const { gateway, route, host } = visit
  const naming = policiesOf(gateway, world).filter(
    ({ raw }) => istioSpecFor(host, at(raw, 'spec')) !== undefined,
  )
  if (naming.length === 0) return undefined
  if (!speaksHttp(route)) {
    return open('read', `Envoy dials App2 before an AuthorizationPolicy judges a ${route.kind}`)
  }
  if (gateway.manual)
    return open('read', `Gateway ${gateway.title} was deployed by hand: Istio ignores targetRefs there`)
  const sleeping = naming.find(({ annotations }) => (annotations['istio.io/dry-run'] ?? 'false') !== 'false')
  if (sleeping) return open('read', `${sleeping.title} is there for istio.io/dry-run alone`)
  const denied = naming.flatMap((policy) => (action(policy) === 'DENY' ? spared(policy, visit) : []))
  const allowing = allowingPolicies(naming, visit, world)
  const allowed = allowing.length > 0 ? [allowing.map(allowedBy).reduce(union, nobody)] : []
  const lists = [...denied, ...allowed]
  if (lists.length === 0)
    return open(
      'read',
      `no AuthorizationPolicy of Gateway ${gateway.title} holds this host, with and without a port`,
    )
  const { IPv4, IPv6 } = lists.reduce(intersection, anyone)
  const titles = naming.map(({ title }) => title).join(', ')
  const verdict = heldByList(istio, [...IPv4, ...IPv6], titles, [...naming, ...around(visit)], world)
  if (verdict.heldBy.length === 0) return verdict
  return {
    ...verdict,
    conditions: [
      ...verdict.conditions,
      `Istio deployed Gateway ${gateway.title} itself: it ignores targetRefs to one deployed by hand`,
      ...(allowing.length > 0 ? [`${root} is the root namespace of Istio's mesh`] : []),
    ],
  }
}

/** The policies of a Gateway that deny by what only HTTP has. */
export const httpDenials = (gateway: GatewayRef, world: World): Thing[] =>
  policiesOf(gateway, world).filter(
    (policy) =>
      action(policy) === 'DENY' &&
      list(at(policy.raw, 'spec', 'rules')).some((rule) => list(at(rule, 'to')).length > 0),
  )

/**
 * What of a policy may mean a host: of one that denies, or asks somebody else, the rules that don't name other hosts
 * alone. One that allows means each, since whom it doesn't name it keeps out.
 * @returns undefined where nothing of it does
 */
export function istioSpecFor(host: string | undefined, spec: unknown): unknown {
  if (!['DENY', 'CUSTOM'].includes(String(at(spec, 'action')))) return spec
  const rules = list(at(spec, 'rules')).filter((rule) => {
    const to = list(at(rule, 'to'))
    return to.length === 0 || to.some((one) => mayBeAmong(texts(at(one, 'operation', 'hosts')), host))
  })
  return rules.length > 0 ? { ...fields(spec), rules } : undefined
}

// --- utils ---

/** May a host be one of these? Istio compares them whole, or by an end or a beginning, in any case (HostMatcher). */
function mayBeAmong(hosts: readonly string[], host: string | undefined): boolean {
  if (hosts.length === 0 || host === undefined || host.startsWith('*')) return true
  const own = host.toLowerCase()
  return hosts.some((one) => {
    const [name = ''] = one.toLowerCase().split(':')
    if (name.startsWith('*')) return own.endsWith(name.slice(1))
    return name.endsWith('*') ? own.startsWith(name.slice(0, -1)) : name === own
  })
}

/** The mesh's own namespace, whose objects mean every other. */
const root = 'istio-system'

const reaches = (namespace: string, { gateway }: RouteVisit) => [gateway.namespace, root].includes(namespace)

const policiesOf = (gateway: GatewayRef, world: World): Thing[] =>
  world
    .targeting(gateway)
    .filter(
      ({ policy, group, byLabels }) =>
        policy.kind === 'AuthorizationPolicy' &&
        policy.group === 'security.istio.io' &&
        policy.namespace === gateway.namespace &&
        group === gateway.group &&
        !byLabels,
    )
    .map(({ policy }) => policy)

const action = ({ raw }: Thing) => text(at(raw, 'spec', 'action')) ?? 'ALLOW'

/** Those whom each rule of a DENY leaves alone, for the rules that surely mean this door. */
function spared(policy: Thing, visit: RouteVisit): Who[] {
  return list(at(policy.raw, 'spec', 'rules')).flatMap((rule) => {
    if (!means(rule, visit)) return []
    // One that asks for no source denies everyone; one of another form is none.
    if (at(rule, 'from') === undefined) return [nobody]
    return list(at(rule, 'from')).flatMap((from) => {
      const source = fields(at(from, 'source'))
      const isPlain = Object.keys(source).join() === 'notIpBlocks'
      return isPlain ? [whoOf(texts(source.notIpBlocks)).who] : []
    })
  })
}

/** Does a rule mean every request of this door? Envoy routes a host with a port too, so a host must be there twice. */
function means(rule: unknown, { host }: RouteVisit): boolean {
  const [to, when] = [list(at(rule, 'to')), list(at(rule, 'when'))]
  if (when.length > 0) return false
  if (to.length === 0) return true
  return to.some((one) => {
    const operation = fields(at(one, 'operation'))
    const hosts = texts(operation.hosts)
    const isPlain = Object.keys(operation).join() === 'hosts'
    return isPlain && host !== undefined && hosts.includes(host) && hosts.includes(`${host}:*`)
  })
}

/** Every ALLOW that may have a say: also those that name pods, a class or nothing, in the Gateway's namespace and the root's. */
function allowingPolicies(naming: readonly Thing[], visit: RouteVisit, world: World): Thing[] {
  const named = naming.filter((policy) => action(policy) === 'ALLOW')
  if (named.length === 0) return []
  const others = world
    .ofKind('AuthorizationPolicy', 'security.istio.io')
    .filter(
      (policy) => action(policy) === 'ALLOW' && reaches(policy.namespace, visit) && !named.includes(policy),
    )
    .filter(({ raw }) => {
      const targets = [at(raw, 'spec', 'targetRef'), ...list(at(raw, 'spec', 'targetRefs'))]
      return !targets.some((one) => at(one, 'kind') === 'Gateway')
    })
  return [...named, ...others]
}

/** Whoever a rule of an ALLOW may let in: its addresses, or anyone where it asks for none. */
function allowedBy(policy: Thing): Who {
  const sources = list(at(policy.raw, 'spec', 'rules')).flatMap((rule) => {
    const from = list(at(rule, 'from'))
    return from.length === 0
      ? [anyone]
      : from.map((one) => {
          const blocks = texts(at(one, 'source', 'ipBlocks'))
          return blocks.length === 0 ? anyone : whoOf(blocks).who
        })
  })
  return sources.reduce(union, nobody)
}
