import { dnsSubdomain, optional } from './formats.ts'
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
    issuer: ref('issuer'),
  },
}
