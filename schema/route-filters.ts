import {
  dnsLabel,
  dnsName,
  dnsSubdomain,
  headerName,
  kindName,
  methodOrAny,
  optional,
  originOrAny,
  portNumber,
  rfc1035Label,
} from './formats.ts'
import { limits } from './generated/limits.ts'
import { list, ref, type Schema } from './schema.ts'

export const routeFilter: Schema = {
  description: 'One change: its type, and the field that is named like it.',
  type: 'object',
  additionalProperties: false,
  required: ['type'],
  properties: {
    type: {
      description: 'What the filter does. GRPCRoute knows header changes, RequestMirror and ExtensionRef.',
      type: 'string',
      enum: [
        'RequestHeaderModifier',
        'ResponseHeaderModifier',
        'RequestMirror',
        'RequestRedirect',
        'URLRewrite',
        'CORS',
        'ExtensionRef',
      ],
      examples: ['URLRewrite'],
    },
    requestHeaderModifier: ref('headerModifier'),
    responseHeaderModifier: ref('headerModifier'),
    requestMirror: ref('requestMirror'),
    requestRedirect: ref('requestRedirect'),
    urlRewrite: ref('urlRewrite'),
    cors: ref('cors'),
    extensionRef: ref('extensionRef'),
  },
}

export const headerModifier: Schema = {
  description: 'Changes of headers.',
  type: 'object',
  additionalProperties: false,
  properties: {
    set: list('Headers that it has then with this value.', 'header', limits.modifiedHeaders, [
      { name: 'X-Via', value: 'edge' },
    ]),
    add: list('Values that a header gets beside its own.', 'header', limits.modifiedHeaders, [
      { name: 'X-Via', value: 'edge' },
    ]),
    remove: {
      description: 'Names of headers that it loses.',
      type: 'array',
      items: headerName,
      maxItems: limits.modifiedHeaders,
      uniqueItems: true,
      examples: [['X-Internal']],
    },
  },
}

export const header: Schema = {
  description: 'A header.',
  type: 'object',
  additionalProperties: false,
  required: ['name', 'value'],
  properties: {
    name: { ...headerName, description: 'Its name.', examples: ['X-Via'] },
    value: { description: 'Its value.', type: 'string', minLength: 1, maxLength: 4096, examples: ['edge'] },
  },
}

export const requestMirror: Schema = {
  description: 'A second proxy that gets a copy; its answers are dropped.',
  type: 'object',
  additionalProperties: false,
  required: ['backendRef'],
  properties: {
    backendRef: ref('mirrorRef'),
    percent: {
      description: 'How many of a hundred requests. Default: all.',
      type: 'integer',
      minimum: 0,
      maximum: 100,
      examples: [10],
    },
  },
}

export const mirrorRef: Schema = {
  description: 'The proxy that gets the copy.',
  type: 'object',
  additionalProperties: false,
  required: ['proxy'],
  properties: {
    proxy: { ...rfc1035Label, description: 'Its key in proxies.', examples: ['myapp-proxy-new'] },
    port: {
      ...optional(dnsLabel),
      description: "Name of its port. Default: the route's.",
      examples: ['http'],
    },
  },
}

export const pathModifier: Schema = {
  description: 'Another path.',
  type: 'object',
  additionalProperties: false,
  required: ['type'],
  properties: {
    type: {
      description: 'What is replaced.',
      type: 'string',
      enum: ['ReplaceFullPath', 'ReplacePrefixMatch'],
      examples: ['ReplacePrefixMatch'],
    },
    replaceFullPath: {
      description: 'What stands in place of the whole path.',
      type: 'string',
      maxLength: 1024,
      examples: ['/v2'],
    },
    replacePrefixMatch: {
      description: "What stands in place of the prefix that the rule's one PathPrefix match has.",
      type: 'string',
      maxLength: 1024,
      examples: ['/v2'],
    },
  },
}

export const requestRedirect: Schema = {
  description: 'An answer that sends App1 elsewhere.',
  type: 'object',
  additionalProperties: false,
  properties: {
    scheme: {
      description: "Scheme. Default: the request's.",
      type: 'string',
      enum: ['http', 'https'],
      examples: ['https'],
    },
    hostname: {
      ...dnsName,
      description: "Host name. Default: the request's.",
      examples: ['app2.example.com'],
    },
    path: ref('pathModifier'),
    port: {
      ...portNumber,
      description: "Port. Default: the scheme's, or the listener's.",
      examples: [443],
    },
    statusCode: {
      description: 'Status. Default: 302.',
      type: 'integer',
      enum: [301, 302, 303, 307, 308],
      examples: [301],
    },
  },
}

export const urlRewrite: Schema = {
  description: 'Another host or path for App2.',
  type: 'object',
  additionalProperties: false,
  properties: {
    hostname: {
      ...dnsName,
      description: 'Host header. Default: backend.host.',
      examples: ['app2.example.com'],
    },
    path: ref('pathModifier'),
  },
}

const texts = (description: string, maxItems: number, item: Schema, example: string[]): Schema => ({
  description,
  type: 'array',
  items: { maxLength: 256, ...item },
  maxItems,
  uniqueItems: true,
  examples: [example],
})

export const cors: Schema = {
  description: 'Which other sites may have their pages ask App2.',
  type: 'object',
  additionalProperties: false,
  properties: {
    allowOrigins: texts('Origins, or * for any.', 64, originOrAny, ['https://app1.example.com']),
    allowMethods: texts('Methods, or * for any.', 9, methodOrAny, ['GET']),
    allowHeaders: texts('Headers that requests may have.', 64, headerName, ['X-Token']),
    exposeHeaders: texts('Headers of answers that pages may read.', 64, headerName, ['X-Token']),
    allowCredentials: {
      description: 'Whether requests may carry cookies.',
      type: 'boolean',
      examples: [true],
    },
    maxAge: {
      description: 'For how many seconds a browser remembers. Default: 5.',
      type: 'integer',
      minimum: 1,
      maximum: 2147483647,
      examples: [600],
    },
  },
}

export const extensionRef: Schema = {
  description: "A filter of the controller's own kind, in the route's namespace.",
  type: 'object',
  additionalProperties: false,
  required: ['group', 'kind', 'name'],
  properties: {
    group: { ...dnsSubdomain, description: 'Its API group.', examples: ['gateway.envoyproxy.io'] },
    kind: { ...kindName, description: 'Its kind.', examples: ['HTTPRouteFilter'] },
    name: { ...dnsSubdomain, description: 'Its name.', examples: ['direct-response'] },
  },
}
