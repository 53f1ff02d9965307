import { routeKindNames } from './kinds.ts'
import { at, fields, list, texts } from './things.ts'

/** What the judge knows of a kind's fields, by their paths without the indexes of lists. What is not here may hold somebody. */
export interface KnownFields {
  /** They keep nobody out, or stand in what a door is known by. */
  harmless: readonly string[]
  /** Lists that the judge reads. */
  lists?: readonly string[]
  /** What stands at a path, and may be what the verdict takes to be wider than it is: then its lists are not compared by whom they let in. */
  read?: Readonly<Record<string, (value: unknown) => boolean>>
  /** They keep people out, and let nobody past another. */
  holding?: readonly string[]
  /** They say from where a door can be reached, as a class does. */
  placing?: readonly string[]
  /** They say which of a host's paths takes a request. */
  choosing?: readonly string[]
}

/** What a filter of a route does to what it carries, and not to who may ask. */
const filters = [
  'type',
  'cors',
  'requestHeaderModifier',
  'requestMirror',
  'requestRedirect',
  'responseHeaderModifier',
  'urlRewrite',
]

const route: KnownFields = {
  harmless: [
    ...['hostnames', 'parentRefs', 'useDefaultGateways'].map((field) => `spec.${field}`),
    ...['matches', 'name', 'retry', 'sessionPersistence', 'timeouts'].map((field) => `spec.rules.${field}`),
    ...filters.map((field) => `spec.rules.filters.${field}`),
    ...['group', 'kind', 'name', 'namespace', 'port', 'weight'].map(
      (field) => `spec.rules.backendRefs.${field}`,
    ),
    ...filters.map((field) => `spec.rules.backendRefs.filters.${field}`),
  ],
  holding: ['spec.rules.filters.externalAuth'],
}

/** What Traefik's reference to a Service says of how it is spoken to, and not of who may ask (3.7: LoadBalancerSpec). */
const traefikService = (path: string) =>
  [
    'healthCheck',
    'kind',
    'name',
    'namespace',
    'nativeLB',
    'nodePortLB',
    'passHostHeader',
    'passiveHealthCheck',
    'port',
    'responseForwarding',
    'scheme',
    'serversTransport',
    'sticky',
    'strategy',
    'weight',
  ].map((field) => `${path}.${field}`)

/** Where a TraefikService has such references. */
const traefikServices = [
  'weighted.services',
  'highestRandomWeight.services',
  'mirroring',
  'mirroring.mirrors',
]

const traefikTls = ['certResolver', 'domains', 'secretName', 'store'].map((field) => `spec.tls.${field}`)

/** Sources: each kind's CRD, and what the controllers' files beside this one name. */
const kinds: Readonly<Record<string, KnownFields>> = {
  '/Namespace': { harmless: ['spec.finalizers'] },
  '/ConfigMap': { harmless: [], holding: ['data', 'binaryData'] },
  '/Secret': { harmless: [], holding: ['data', 'stringData'] },
  '/Service': {
    harmless: [
      'allocateLoadBalancerNodePorts',
      'clusterIP',
      'clusterIPs',
      'externalIPs',
      'externalName',
      'healthCheckNodePort',
      'ipFamilies',
      'ipFamilyPolicy',
      'ports',
      'publishNotReadyAddresses',
      'selector',
      'sessionAffinity',
      'sessionAffinityConfig',
      'trafficDistribution',
      'type',
    ].map((field) => `spec.${field}`),
    lists: ['spec.internalTrafficPolicy', 'spec.loadBalancerSourceRanges'],
    placing: ['spec.loadBalancerClass', 'spec.loadBalancerIP'],
  },
  'networking.k8s.io/Ingress': {
    harmless: ['defaultBackend', 'backend', 'ingressClassName', 'rules', 'tls'].map(
      (field) => `spec.${field}`,
    ),
    holding: ['ClusterIP that drops all', 'https alone'],
    choosing: ['choice of the path'],
    placing: ['class'],
  },
  'networking.k8s.io/IngressClass': { harmless: [], placing: ['spec.controller'] },
  'gateway.networking.k8s.io/GatewayClass': {
    harmless: ['spec.description'],
    placing: ['spec.controllerName'],
  },
  'gateway.networking.k8s.io/Gateway': {
    harmless: [
      'spec.allowedListeners',
      'spec.defaultScope',
      'spec.parentRef',
      ...['allowedRoutes', 'hostname', 'name', 'port', 'protocol', 'tls.certificateRefs', 'tls.mode'].map(
        (field) => `spec.listeners.${field}`,
      ),
    ],
    holding: ['spec.listeners.tls.frontendValidation', 'spec.tls.frontend'],
    placing: ['spec.gatewayClassName'],
  },
  ...Object.fromEntries(routeKindNames.map((kind) => [`gateway.networking.k8s.io/${kind}`, route])),
  'gateway.networking.k8s.io/BackendTLSPolicy': { harmless: ['spec'] },
  'projectcontour.io/HTTPProxy': {
    harmless: [
      'spec.ingressClassName',
      'spec.includes',
      ...['corsPolicy', 'fqdn'].map((field) => `spec.virtualhost.${field}`),
      ...['maximumProtocolVersion', 'minimumProtocolVersion', 'passthrough', 'secretName'].map(
        (field) => `spec.virtualhost.tls.${field}`,
      ),
      ...[
        'conditions',
        'cookieRewritePolicies',
        'enableWebsockets',
        'healthCheckPolicy',
        'internalRedirectPolicy',
        'loadBalancerPolicy',
        'pathRewritePolicy',
        'requestHeadersPolicy',
        'responseHeadersPolicy',
        'retryPolicy',
        'services',
        'timeoutPolicy',
      ].map((field) => `spec.routes.${field}`),
      ...['healthCheckPolicy', 'loadBalancerPolicy', 'services'].map((field) => `spec.tcpproxy.${field}`),
    ],
    lists: ['spec.virtualhost.ipAllowPolicy', 'spec.routes.ipAllowPolicy'],
    holding: [
      ...['authorization', 'ipDenyPolicy', 'jwtProviders', 'rateLimitPolicy', 'tls.clientValidation'].map(
        (field) => `spec.virtualhost.${field}`,
      ),
      ...['authPolicy', 'ipDenyPolicy', 'jwtVerificationPolicy', 'rateLimitPolicy'].map(
        (field) => `spec.routes.${field}`,
      ),
    ],
    placing: ['class'],
  },
  'projectcontour.io/ExtensionService': { harmless: [], holding: ['spec'] },
  'gateway.envoyproxy.io/Backend': {
    harmless: ['appProtocols', 'endpoints', 'fallback', 'tls', 'type'].map((field) => `spec.${field}`),
  },
  'gateway.envoyproxy.io/SecurityPolicy': {
    harmless: ['cors', ...targets()].map((field) => `spec.${field}`),
    lists: [
      'spec.authorization.defaultAction',
      'spec.authorization.rules.action',
      'spec.authorization.rules.name',
      'spec.authorization.rules.principal.clientCIDRs',
    ],
    read: { 'spec.authorization.rules': (rules) => list(rules).every((one) => at(one, 'action') !== 'Deny') },
    holding: ['apiKeyAuth', 'basicAuth', 'extAuth', 'jwt', 'oidc'].map((field) => `spec.${field}`),
  },
  'gateway.envoyproxy.io/BackendTrafficPolicy': {
    harmless: [
      'compression',
      'compressor',
      'connection',
      'dns',
      'healthCheck',
      'http2',
      'loadBalancer',
      'proxyProtocol',
      'requestBuffer',
      'retry',
      'tcpKeepalive',
      'telemetry',
      'timeout',
      'useClientProtocol',
      ...targets(),
    ].map((field) => `spec.${field}`),
    holding: ['spec.circuitBreaker', 'spec.rateLimit'],
  },
  'gateway.envoyproxy.io/ClientTrafficPolicy': {
    harmless: [
      'connection',
      'healthCheck',
      'http1',
      'http2',
      'http3',
      'tcpKeepalive',
      'timeout',
      ...targets(),
    ].map((field) => `spec.${field}`),
    holding: ['spec.tls'],
  },
  'security.istio.io/AuthorizationPolicy': {
    harmless: targets().map((field) => `spec.${field}`),
    lists: [
      'spec.action',
      'spec.rules.from.source.ipBlocks',
      'spec.rules.from.source.notIpBlocks',
      'spec.rules.to.operation.hosts',
    ],
    read: { spec: isReadByIstio },
  },
  'security.istio.io/RequestAuthentication': {
    harmless: targets().map((field) => `spec.${field}`),
    holding: ['spec.jwtRules'],
  },
  'telemetry.istio.io/Telemetry': { harmless: ['spec'] },
  'traefik.io/IngressRoute': {
    harmless: [
      'spec.ingressClassName',
      'spec.parentRefs',
      ...['kind', 'match', 'observability', 'respondingTimeouts', 'syntax'].map(
        (field) => `spec.routes.${field}`,
      ),
      ...traefikService('spec.routes.services'),
      ...traefikTls,
    ],
    holding: [
      'ClusterIP that drops all',
      'spec.routes.middlewares',
      'spec.routes.services.middlewares',
      'spec.tls.options',
      'what it hangs on',
    ],
    choosing: ['spec.routes.priority'],
    placing: ['class', 'spec.entryPoints'],
  },
  'traefik.io/IngressRouteTCP': {
    harmless: [
      'spec.ingressClassName',
      ...['match', 'syntax'].map((field) => `spec.routes.${field}`),
      ...traefikService('spec.routes.services'),
      ...['proxyProtocol', 'terminationDelay', 'tls'].map((field) => `spec.routes.services.${field}`),
      ...traefikTls,
      'spec.tls.passthrough',
    ],
    holding: ['ClusterIP that drops all', 'spec.routes.middlewares', 'spec.tls.options'],
    choosing: ['spec.routes.priority'],
    placing: ['class', 'spec.entryPoints'],
  },
  'traefik.io/IngressRouteUDP': {
    harmless: ['spec.ingressClassName', ...traefikService('spec.routes.services')],
    holding: ['ClusterIP that drops all'],
    placing: ['class', 'spec.entryPoints'],
  },
  'traefik.io/TraefikService': {
    harmless: [
      'spec.weighted.sticky',
      ...['maxBodySize', 'mirrorBody', 'mirrors.percent'].map((field) => `spec.mirroring.${field}`),
      ...traefikServices.flatMap((path) => traefikService(`spec.${path}`)),
    ],
    holding: traefikServices.map((path) => `spec.${path}.middlewares`),
  },
  'traefik.io/TLSOption': {
    harmless: [
      'alpnProtocols',
      'cipherSuites',
      'curvePreferences',
      'maxVersion',
      'minVersion',
      'preferServerCipherSuites',
      'sniStrict',
    ].map((field) => `spec.${field}`),
    holding: ['spec.clientAuth'],
  },
  'traefik.io/MiddlewareTCP': {
    harmless: [],
    lists: ['spec.ipAllowList'],
    holding: ['spec.inFlightConn'],
  },
  'traefik.io/Middleware': {
    harmless: [],
    lists: ['spec.ipAllowList'],
    read: { 'spec.ipAllowList': (value) => at(value, 'ipStrategy') === undefined },
    holding: ['basicAuth', 'digestAuth', 'forwardAuth', 'inFlightReq', 'rateLimit'].map(
      (field) => `spec.${field}`,
    ),
  },
}

/** What is known of a kind that the judge doesn't know: only how it would name what it is for. */
export const nothing: KnownFields = { harmless: targets().map((field) => `spec.${field}`) }

/** What is known of a kind's fields. */
export function knownFields({ group, kind }: { group: string; kind: string }): KnownFields {
  const name = kind === 'ListenerSet' ? 'Gateway' : kind
  return kinds[`${group === 'extensions' ? 'networking.k8s.io' : group}/${name}`] ?? nothing
}

// --- utils ---

/** Of an ALLOW the verdict reads the addresses alone, of a DENY those whom it leaves alone, for whole hosts. */
function isReadByIstio(spec: unknown): boolean {
  const isDenying = at(spec, 'action') === 'DENY'
  const only = (value: unknown, field: string) => Object.keys(fields(value)).join() === field
  return list(at(spec, 'rules')).every((rule) => {
    const to = list(at(rule, 'to')).map((one) => at(one, 'operation'))
    return (
      list(at(rule, 'from')).every((one) =>
        only(at(one, 'source'), isDenying ? 'notIpBlocks' : 'ipBlocks'),
      ) &&
      (isDenying
        ? to.every((one) => only(one, 'hosts') && areWhole(texts(at(one, 'hosts'))))
        : to.length === 0)
    )
  })
}

/** Envoy routes a host with a port too, so each is there twice; of a wildcard none is found with a port. */
const areWhole = (hosts: readonly string[]) =>
  hosts.every((host) => !host.startsWith('*') && (host.endsWith(':*') || hosts.includes(`${host}:*`)))

/** By which a policy says what it is for. */
function targets() {
  return ['targetRef', 'targetRefs', 'targetSelectors']
}
