import { cidr } from './formats.ts'
import type { Schema } from './schema.ts'

export const sourceRanges: Schema = {
  description:
    'App1: the networks that may come in, by load balancer, Ingress or route. Required wherever one of these is opened, and for each family of the Service. 0.0.0.0/0 and ::/0 are the explicit words for anyone.',
  type: 'array',
  items: cidr,
  maxItems: 1000,
  uniqueItems: true,
  default: [],
  examples: [['1.2.3.4/32', '2001:db8:1::/64']],
}
