import { controllers } from './controllers.ts'
import { dnsLabel, dnsNameOrWildcard, dnsSubdomain, optional, urlPath } from './formats.ts'
import { annotations } from './metadata.ts'
import { ref, type Schema } from './schema.ts'

export const path: Schema = {
  description: 'One path of every host.',
  type: 'object',
  additionalProperties: false,
  required: ['path'],
  properties: {
    path: {
      ...urlPath,
      description: 'The path, from its slash on.',
      examples: ['/api'],
    },
    pathType: {
      description: 'How it is compared: by segments, as a whole, or as the controller sees fit.',
      type: 'string',
      enum: ['Prefix', 'Exact', 'ImplementationSpecific'],
      default: 'Prefix',
      examples: ['Exact'],
    },
  },
}

export const ingress: Schema = {
  description: 'Host names that an Ingress controller leads to App2, by HTTP.',
  type: 'object',
  additionalProperties: false,
  properties: {
    enabled: {
      description: 'Whether the host names are led anywhere. Default: true with hosts.',
      type: 'boolean',
      examples: [false],
    },
    className: {
      ...optional(dnsSubdomain),
      description: "Ingress class; without one the cluster's default.",
      default: '',
      examples: ['contour'],
    },
    controller: {
      description:
        'Preset of the controller that serves the class: what holds the hosts to sourceRanges. none holds nothing, so sourceRanges must say anyone.',
      type: 'string',
      enum: controllers,
      default: 'none',
      examples: ['contour'],
    },
    hosts: {
      description: 'Host names of App2; a wildcard may stand for the first label.',
      type: 'array',
      items: dnsNameOrWildcard,
      maxItems: 100,
      uniqueItems: true,
      default: [],
      examples: [['myapp-proxy.somehost.net']],
    },
    port: {
      ...optional(dnsLabel),
      description: 'Name of the port that the hosts lead to. Default: the only TCP port.',
      default: '',
      examples: ['http'],
    },
    paths: {
      description: 'Paths of every host.',
      type: 'array',
      items: ref('path'),
      minItems: 1,
      maxItems: 100,
      uniqueItems: true,
      default: [{ path: '/', pathType: 'Prefix' }],
      examples: [[{ path: '/api', pathType: 'Prefix' }]],
    },
    annotations: annotations('Annotations of the Ingress, or of the object in its place, alone.', {
      'example.com/owner': 'edge',
    }),
    tls: ref('tls'),
  },
}
