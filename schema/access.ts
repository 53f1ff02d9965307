import { apiGroup, dnsLabel, network, optional, resourceName } from './formats.ts'
import { list, type Schema } from './schema.ts'

export const access: Schema = {
  description: 'Who may deploy proxies in a namespace, and what is held there whoever does.',
  type: 'object',
  additionalProperties: false,
  properties: {
    namespace: {
      ...optional(dnsLabel),
      description: "The namespace of the proxies, another than this release's. Default: no access kit.",
      default: '',
      examples: ['edge'],
    },
    subjects: list('Who deploys, by a Role for that and no more.', 'accessSubject', 100, [
      { kind: 'ServiceAccount', name: 'deployer', namespace: 'ci' },
    ]),
    addresses: {
      description:
        'The networks that App2 may be in. EndpointSlices and Endpoints with other addresses are refused.',
      type: 'array',
      items: network,
      maxItems: 20,
      uniqueItems: true,
      examples: [['2.3.4.0/24', 'fd00:2::/64']],
    },
    resources: {
      description:
        'What else the proxies are made of: API group (core, where it has no name) → resources. Each is a door of its own, which the Role opens to whoever deploys.',
      type: 'object',
      propertyNames: apiGroup,
      additionalProperties: {
        type: 'array',
        items: resourceName,
        minItems: 1,
        maxItems: 100,
        uniqueItems: true,
      },
      maxProperties: 100,
      default: {},
      examples: [{ 'projectcontour.io': ['httpproxies'] }],
    },
    nodePorts: {
      description: 'Whether Services may have node ports, which no list holds: some platforms need them.',
      type: 'boolean',
      default: false,
      examples: [true],
    },
  },
}

export const accessSubject: Schema = {
  description: 'Who deploys.',
  type: 'object',
  additionalProperties: false,
  required: ['kind', 'name'],
  properties: {
    kind: {
      description: 'What it is.',
      type: 'string',
      enum: ['User', 'Group', 'ServiceAccount'],
      examples: ['Group'],
    },
    name: {
      description: 'Its name.',
      type: 'string',
      minLength: 1,
      maxLength: 253,
      examples: ['edge-deployers'],
    },
    namespace: {
      ...optional(dnsLabel),
      description: "A ServiceAccount's namespace.",
      default: '',
      examples: ['ci'],
    },
  },
}
