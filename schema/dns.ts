import { dnsNameOrWildcard, nameOrAddress } from './formats.ts'
import type { Schema } from './schema.ts'

export const dns: Schema = {
  description:
    "Names that External DNS gives to the load balancer's own address, or to target, whatever the Service's type.",
  type: 'object',
  additionalProperties: false,
  properties: {
    hostnames: {
      description: 'The names.',
      type: 'array',
      items: dnsNameOrWildcard,
      maxItems: 100,
      uniqueItems: true,
      default: [],
      examples: [['myapp.somehost.net']],
    },
    ttl: {
      description: 'Time to live of the records, in seconds; 0 leaves it to External DNS.',
      type: 'integer',
      minimum: 0,
      maximum: 2147483647,
      default: 0,
      examples: [60],
    },
    target: {
      ...nameOrAddress,
      description: "Name or address that the records point to, in place of the load balancer's own.",
      default: '',
      examples: ['lb.somehost.net'],
    },
  },
}
