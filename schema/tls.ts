import { dnsNameOrWildcard, dnsSubdomain, optional } from './formats.ts'
import { ref, type Schema } from './schema.ts'

export const issuer: Schema = {
  description: "cert-manager's issuer of the certificate.",
  type: 'object',
  additionalProperties: false,
  properties: {
    kind: {
      description: 'Kind of the issuer.',
      type: 'string',
      enum: ['ClusterIssuer', 'Issuer'],
      default: 'ClusterIssuer',
      examples: ['Issuer'],
    },
    name: {
      ...optional(dnsSubdomain),
      description: 'Name of the issuer; without one cert-manager is not asked.',
      default: '',
      examples: ['letsencrypt'],
    },
  },
}

export const tls: Schema = {
  description: 'The certificate that the controller shows to App1.',
  type: 'object',
  additionalProperties: false,
  properties: {
    enabled: {
      description: 'Whether the hosts are served by https. Default: true with issuer.name or secretName.',
      type: 'boolean',
      examples: [true],
    },
    secretName: {
      ...optional(dnsSubdomain),
      description:
        "Secret of the certificate: cert-manager's, with an issuer, else one that is there. Default: NAME-tls.",
      default: '',
      examples: ['myapp-proxy-tls'],
    },
    certificates: {
      description:
        'Several certificates, each with the hosts that it is for, in place of the one of secretName for all of them.',
      type: 'array',
      items: ref('certificate'),
      maxItems: 100,
      default: [],
      examples: [[{ secretName: 'somehost-tls', hosts: ['myapp-proxy.somehost.net'] }]],
    },
    issuer: ref('issuer'),
  },
}

export const certificate: Schema = {
  description: 'A certificate of some of the hosts.',
  type: 'object',
  additionalProperties: false,
  required: ['secretName', 'hosts'],
  properties: {
    secretName: {
      ...dnsSubdomain,
      description: "Its Secret: cert-manager's, with an issuer, else one that is there.",
      examples: ['somehost-tls'],
    },
    hosts: {
      description: 'The hosts that it is for, of ingress.hosts.',
      type: 'array',
      items: dnsNameOrWildcard,
      minItems: 1,
      maxItems: 100,
      uniqueItems: true,
      examples: [['myapp-proxy.somehost.net']],
    },
  },
}
