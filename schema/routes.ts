import { controllers } from './controllers.ts'
import { dnsLabel, dnsNameOrWildcard, dnsSubdomain, optional, portNumber } from './formats.ts'
import { limits } from './generated/limits.ts'
import { routeKinds } from './kinds.ts'
import { annotations } from './metadata.ts'
import { ref, type Schema } from './schema.ts'

/** Routes of the Gateway API (read in its 1.6, standard channel). */
export const route: Schema = {
  description: 'One route of the Gateway API that leads to App2.',
  type: 'object',
  additionalProperties: false,
  properties: {
    enabled: {
      description: 'Whether the route is there.',
      type: 'boolean',
      default: true,
      examples: [false],
    },
    kind: {
      description:
        'Kind of the route. A TLSRoute passes TLS on as it comes, TCPRoute and UDPRoute carry bytes.',
      type: 'string',
      enum: routeKinds,
      default: 'HTTPRoute',
      examples: ['TCPRoute'],
    },
    apiVersion: {
      description:
        'Version of gateway.networking.k8s.io, where the cluster does not serve v1 of the kind: HTTPRoute v1beta1, TLSRoute v1alpha2 and v1alpha3, TCPRoute and UDPRoute v1alpha2.',
      type: 'string',
      enum: ['v1', 'v1beta1', 'v1alpha2', 'v1alpha3'],
      default: 'v1',
      examples: ['v1alpha2'],
    },
    controller: {
      description:
        'Preset of the controller that serves the Gateway: what holds the route to sourceRanges. none holds nothing, so sourceRanges must say anyone.',
      type: 'string',
      enum: controllers,
      default: 'none',
      examples: ['contour'],
    },
    namespace: {
      ...optional(dnsLabel),
      description:
        "Namespace of the route, where a Gateway takes routes of certain namespaces only. Default: the release's.",
      default: '',
      examples: ['edge'],
    },
    parentRefs: {
      description: 'Gateways or ListenerSets that the route hangs on. Required.',
      type: 'array',
      items: ref('parentRef'),
      maxItems: limits.parentRefs,
      uniqueItems: true,
      default: [],
      examples: [[{ name: 'edge', namespace: 'edge', sectionName: 'https' }]],
    },
    hostnames: {
      description: "Host names of App2; a wildcard may stand for the first label. Default: the listener's.",
      type: 'array',
      items: dnsNameOrWildcard,
      maxItems: limits.hostnames,
      uniqueItems: true,
      default: [],
      examples: [['myapp-proxy.somehost.net']],
    },
    port: {
      ...optional(dnsLabel),
      description: 'Name of the port that the route leads to. Default: the only one of its protocol.',
      default: '',
      examples: ['http'],
    },
    rules: {
      description:
        'Rules as the Gateway API has them, of HTTPRoute and GRPCRoute; backendRefs serve every kind. Default: everything goes to this proxy.',
      type: 'array',
      items: ref('routeRule'),
      maxItems: limits.rules,
      default: [],
      examples: [[{ matches: [{ path: { type: 'PathPrefix', value: '/api' } }] }]],
    },
    annotations: annotations('Annotations of the route alone.', { 'example.com/owner': 'edge' }),
  },
}

export const parentRef: Schema = {
  description: 'What a route hangs on.',
  type: 'object',
  additionalProperties: false,
  required: ['name'],
  properties: {
    kind: {
      description: 'Kind of the parent.',
      type: 'string',
      enum: ['Gateway', 'ListenerSet'],
      default: 'Gateway',
      examples: ['ListenerSet'],
    },
    name: { ...dnsSubdomain, description: 'Its name.', examples: ['edge'] },
    namespace: {
      ...optional(dnsLabel),
      description: "Its namespace. Default: the route's.",
      examples: ['edge'],
    },
    sectionName: {
      ...optional(dnsSubdomain),
      description: 'The one listener that the route hangs on. Default: all that take it.',
      examples: ['https'],
    },
    port: {
      ...portNumber,
      description: 'The port whose listeners the route hangs on. Default: all.',
      examples: [443],
    },
  },
}
