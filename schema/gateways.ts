import { dnsLabel, dnsNameOrWildcard, dnsSubdomain, ip, optional, portNumber } from './formats.ts'
import { limits } from './generated/limits.ts'
import { annotations } from './metadata.ts'
import { ref, type Schema } from './schema.ts'

export const gateway: Schema = {
  description: 'A Gateway for the routes, or a ListenerSet that adds listeners to one that is there.',
  type: 'object',
  additionalProperties: false,
  properties: {
    enabled: {
      description: 'Whether it is there.',
      type: 'boolean',
      default: true,
      examples: [false],
    },
    kind: {
      description: 'Kind of the object.',
      type: 'string',
      enum: ['Gateway', 'ListenerSet'],
      default: 'Gateway',
      examples: ['ListenerSet'],
    },
    className: {
      ...optional(dnsSubdomain),
      description: 'The gatewayClassName of a Gateway.',
      default: '',
      examples: ['eg'],
    },
    parentRef: ref('gatewayRef'),
    addresses: {
      description: 'Addresses that a Gateway asks for.',
      type: 'array',
      items: ip,
      maxItems: limits.addresses,
      uniqueItems: true,
      default: [],
      examples: [['198.51.100.7']],
    },
    listeners: {
      description: 'Listeners by name.',
      type: 'object',
      propertyNames: dnsSubdomain,
      additionalProperties: ref('listener'),
      maxProperties: limits.listeners,
      default: {},
      examples: [{ https: { port: 443, protocol: 'HTTPS', tls: { secretName: 'edge-tls' } } }],
    },
    issuer: ref('issuer'),
    annotations: annotations('Annotations of the object alone.', {
      'external-dns.kubernetes.io/target': '198.51.100.7',
    }),
  },
}

export const gatewayRef: Schema = {
  description: 'The Gateway that a ListenerSet adds to.',
  type: 'object',
  additionalProperties: false,
  properties: {
    name: { ...optional(dnsSubdomain), description: 'Its name.', default: '', examples: ['edge'] },
    namespace: {
      ...optional(dnsLabel),
      description: "Its namespace. Default: the release's.",
      default: '',
      examples: ['edge'],
    },
  },
}

export const listener: Schema = {
  description: 'What a Gateway listens on.',
  type: 'object',
  additionalProperties: false,
  required: ['port', 'protocol'],
  properties: {
    port: {
      ...portNumber,
      description: 'Port that App1 connects to.',
      examples: [443],
    },
    protocol: {
      description: 'What is spoken. TLS passes on as it comes.',
      type: 'string',
      enum: ['HTTP', 'HTTPS', 'TLS', 'TCP', 'UDP'],
      examples: ['HTTPS'],
    },
    hostname: {
      ...optional(dnsNameOrWildcard),
      description: 'The host name that it is for. Default: any.',
      default: '',
      examples: ['*.somehost.net'],
    },
    tls: ref('listenerTls'),
    allowedRoutes: {
      description: 'Whose routes may hang on it: those of its own namespace, or of all.',
      type: 'string',
      enum: ['Same', 'All'],
      default: 'Same',
      examples: ['All'],
    },
  },
}

export const listenerTls: Schema = {
  description: 'The certificate that a listener of protocol HTTPS shows.',
  type: 'object',
  additionalProperties: false,
  properties: {
    secretName: {
      ...optional(dnsSubdomain),
      description: "Secret of the certificate: cert-manager's, with an issuer, else one that is there.",
      default: '',
      examples: ['edge-tls'],
    },
    secretNamespace: {
      ...optional(dnsLabel),
      description:
        "Its namespace, where it is another's: a ReferenceGrant is written there. Default: the release's.",
      default: '',
      examples: ['certificates'],
    },
  },
}
