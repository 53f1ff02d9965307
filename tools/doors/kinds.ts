import type { RouteKind } from '../../schema/kinds.ts'
import type { Thing } from './things.ts'

/**
 * What the judge knows of each kind of route, in its own words: how it is spoken to, and whether that is HTTP, which
 * alone can be judged before App2 is dialled.
 */
export const routeKinds: Record<RouteKind, { protocol: string; http: boolean }> = {
  HTTPRoute: { protocol: 'http', http: true },
  GRPCRoute: { protocol: 'grpc', http: true },
  TLSRoute: { protocol: 'tls', http: false },
  TCPRoute: { protocol: 'tcp', http: false },
  UDPRoute: { protocol: 'udp', http: false },
}

export const routeKindNames = Object.keys(routeKinds) as RouteKind[]
export const httpRouteKinds = routeKindNames.filter((kind) => routeKinds[kind].http)

/** Does a route speak HTTP? */
export const speaksHttp = ({ kind }: Thing): boolean => httpRouteKinds.some((one) => one === kind)

/** Kinds that are judged as doors, or are what a route hangs on or leads to. */
const judged = [
  'gateway.envoyproxy.io/Backend',
  'gateway.networking.k8s.io/Gateway',
  'gateway.networking.k8s.io/GatewayClass',
  'gateway.networking.k8s.io/ListenerSet',
  ...routeKindNames.map((kind) => `gateway.networking.k8s.io/${kind}`),
  'projectcontour.io/HTTPProxy',
  'traefik.io/IngressRoute',
  'traefik.io/IngressRouteTCP',
  'traefik.io/IngressRouteUDP',
]

/** Policies that name a route, a Gateway or a Service, and are judged with it, or let nobody in. */
const policies = [
  'gateway.envoyproxy.io/BackendTrafficPolicy',
  'gateway.envoyproxy.io/ClientTrafficPolicy',
  'gateway.envoyproxy.io/EnvoyExtensionPolicy',
  'gateway.envoyproxy.io/EnvoyPatchPolicy',
  'gateway.envoyproxy.io/SecurityPolicy',
  'gateway.networking.k8s.io/BackendTLSPolicy',
  'security.istio.io/AuthorizationPolicy',
  'security.istio.io/RequestAuthentication',
  'telemetry.istio.io/Telemetry',
]

/** Kinds that say how App2 is spoken to, or that it may be, and not by whom. */
const harmless = [
  'gateway.envoyproxy.io/EnvoyProxy',
  'gateway.envoyproxy.io/HTTPRouteFilter',
  'gateway.networking.k8s.io/ReferenceGrant',
  'networking.istio.io/DestinationRule',
  'projectcontour.io/TLSCertificateDelegation',
  'traefik.io/ServersTransport',
  'traefik.io/ServersTransportTCP',
]

/** Groups whose kinds lead nobody anywhere, or are judged: Kubernetes's own, but ConfigMap, and some makers'. */
const groups = [
  '',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apps',
  'autoscaling',
  'batch',
  'cert-manager.io',
  'discovery.k8s.io',
  'extensions',
  'monitoring.coreos.com',
  'networking.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
]

const named = new Set([...judged, ...policies, ...harmless])

/** Does the judge know what a kind does, so that a Service's name in it is no door by itself? */
export const isKnown = ({ group, kind }: Thing): boolean =>
  groups.includes(group) ? !(group === '' && kind === 'ConfigMap') : named.has(`${group}/${kind}`)

/** Kinds by which somebody deploys: of a Service's own name, they mean no Service. */
export const isOfDeployers = ({ group }: Thing): boolean =>
  /(^|\.)(argoproj\.io|fluxcd\.io|external-secrets\.io|bitnami\.com|velero\.io|keda\.sh|autoscaling\.k8s\.io|helm\.cattle\.io)$/.test(
    group,
  )

/** Is it of a kind that others name for what it says: a Secret, a ConfigMap, or a maker's own that is no door? */
export const mayBeNamed = (thing: Thing): boolean =>
  thing.group === ''
    ? ['ConfigMap', 'Secret'].includes(thing.kind)
    : !groups.includes(thing.group) &&
      !judged.includes(`${thing.group}/${thing.kind}`) &&
      !isOfDeployers(thing)

/** Does it know what a policy does? */
export const isKnownPolicy = ({ group, kind }: Thing): boolean => policies.includes(`${group}/${kind}`)
