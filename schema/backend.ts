import { dnsName, dnsSubdomain, duration, optional, urlPath } from './formats.ts'
import { ref, type Schema } from './schema.ts'

/** How App2 wants to be spoken to by whoever speaks HTTP to it. */
export const backend: Schema = {
  description:
    'How App2 wants to be spoken to by what speaks HTTP to it: an Ingress, an HTTPRoute, a GRPCRoute. The other doors carry bytes as they come.',
  type: 'object',
  additionalProperties: false,
  properties: {
    protocol: {
      description: "What App2 speaks: the letter s is TLS, by App2's own certificate.",
      type: 'string',
      enum: ['http', 'https', 'h2c', 'grpc', 'grpcs'],
      default: 'http',
      examples: ['https'],
    },
    host: {
      ...optional(dnsName),
      description: "Host header that App2 expects. Default: App1's.",
      default: '',
      examples: ['app2.example.com'],
    },
    tls: ref('backendTls'),
    timeouts: ref('timeouts'),
    healthCheck: ref('healthCheck'),
  },
}

export const backendTls: Schema = {
  description:
    "How App2's certificate is verified, with protocol https and grpcs. Without a CA here, by the CAs that the controller's system trusts.",
  type: 'object',
  additionalProperties: false,
  properties: {
    caConfigMap: {
      ...optional(dnsSubdomain),
      description: 'ConfigMap of the namespace whose key ca.crt holds the CA.',
      default: '',
      examples: ['app2-ca'],
    },
    caSecret: {
      ...optional(dnsSubdomain),
      description: 'Secret of the namespace whose key ca.crt holds the CA.',
      default: '',
      examples: ['app2-ca'],
    },
    serverName: {
      ...optional(dnsName),
      description: "Name in App2's certificate, sent as SNI. Default: backend.host.",
      default: '',
      examples: ['app2.example.com'],
    },
    insecureSkipVerify: {
      description: 'Whether whoever answers is taken for App2, whatever its certificate.',
      type: 'boolean',
      default: false,
      examples: [true],
    },
  },
}

export const timeouts: Schema = {
  description: 'How long the controller waits for App2.',
  type: 'object',
  additionalProperties: false,
  properties: {
    connect: {
      ...optional(duration),
      description: "For a connection. Default: the controller's.",
      default: '',
      examples: ['2s'],
    },
    request: {
      ...optional(duration),
      description: "For the whole of an answer. Default: the controller's.",
      default: '',
      examples: ['1m30s'],
    },
  },
}

export const healthCheck: Schema = {
  description: 'Requests that find out which of App2 lives: one that fails it gets no more until it passes.',
  type: 'object',
  additionalProperties: false,
  properties: {
    path: {
      ...optional(urlPath),
      description: 'Path that answers 200 while App2 is well; without one nothing is checked.',
      default: '',
      examples: ['/healthz'],
    },
    interval: {
      ...duration,
      description: 'How often each address is asked.',
      default: '5s',
      examples: ['2s'],
    },
  },
}
