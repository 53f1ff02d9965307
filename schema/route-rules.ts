import { duration, headerName, httpMethod } from './formats.ts'
import { limits } from './generated/limits.ts'
import { mirrorRef } from './route-filters.ts'
import { list, ref, type Schema } from './schema.ts'

const comparison = (...types: string[]): Schema => ({
  description: 'How it is compared.',
  type: 'string',
  enum: types,
  examples: [types[0]],
})

/** A rule in the Gateway API's own words, but for backendRefs, which name proxies. */
export const routeRule: Schema = {
  description: 'What is done with the requests that match.',
  type: 'object',
  additionalProperties: false,
  properties: {
    matches: list('Which requests; each of these will do. Default: all.', 'routeMatch', limits.matches, [
      { path: { type: 'Exact', value: '/api' }, method: 'GET' },
    ]),
    filters: list('What is changed on the way.', 'routeFilter', limits.filters, [
      { type: 'RequestRedirect', requestRedirect: { scheme: 'https' } },
    ]),
    timeouts: ref('routeTimeouts'),
    backendRefs: list(
      'Proxies of these values, with weights. Default: this proxy alone.',
      'backendRef',
      limits.backendRefs,
      [
        { proxy: 'myapp-proxy', weight: 9 },
        { proxy: 'myapp-proxy-new', weight: 1 },
      ],
    ),
  },
}

export const routeTimeouts: Schema = {
  description: 'Timeouts of this rule, before backend.timeouts.request.',
  type: 'object',
  additionalProperties: false,
  properties: {
    request: { ...duration, description: 'For the whole of an answer to App1.', examples: ['30s'] },
    backendRequest: { ...duration, description: 'For one try at App2.', examples: ['10s'] },
  },
}

export const backendRef: Schema = {
  description: 'A proxy that requests go to.',
  type: 'object',
  additionalProperties: false,
  required: ['proxy'],
  properties: {
    ...mirrorRef.properties,
    weight: {
      description: 'Its share, of the sum of all weights.',
      type: 'integer',
      minimum: 0,
      maximum: 1000000,
      default: 1,
      examples: [10],
    },
  },
}

export const routeMatch: Schema = {
  description: 'All that it says must hold.',
  type: 'object',
  additionalProperties: false,
  properties: {
    path: ref('pathMatch'),
    method: {
      description: "HTTPRoute: the HTTP method. GRPCRoute: the method's service and name.",
      anyOf: [httpMethod, ref('grpcMethod')],
      examples: ['GET', { service: 'app2.Orders', method: 'List' }],
    },
    headers: list('Headers that it has.', 'headerMatch', limits.headers, [{ name: 'X-Version', value: '2' }]),
    queryParams: list('Parameters of its query.', 'queryMatch', limits.queryParams, [
      { name: 'beta', value: 'yes' },
    ]),
  },
}

export const grpcMethod: Schema = {
  description: 'A method of gRPC.',
  type: 'object',
  additionalProperties: false,
  properties: {
    type: comparison('Exact', 'RegularExpression'),
    service: {
      description: "The service's full name.",
      type: 'string',
      minLength: 1,
      maxLength: 1024,
      examples: ['app2.Orders'],
    },
    method: {
      description: "The method's name.",
      type: 'string',
      minLength: 1,
      maxLength: 1024,
      examples: ['List'],
    },
  },
}

export const pathMatch: Schema = {
  description: "The request's path.",
  type: 'object',
  additionalProperties: false,
  required: ['value'],
  properties: {
    type: comparison('PathPrefix', 'Exact', 'RegularExpression'),
    value: {
      description: 'The path, from its slash on, or a regular expression.',
      type: 'string',
      minLength: 1,
      maxLength: 1024,
      examples: ['/api'],
    },
  },
}

/** What a header or a parameter is compared with. */
const valueMatch = (
  description: string,
  maxLength: number,
  example: { name: string; value: string },
): Schema => ({
  description,
  type: 'object',
  additionalProperties: false,
  required: ['name', 'value'],
  properties: {
    type: comparison('Exact', 'RegularExpression'),
    name: { ...headerName, description: 'Its name.', examples: [example.name] },
    value: { description: 'Its value.', type: 'string', minLength: 1, maxLength, examples: [example.value] },
  },
})

export const headerMatch = valueMatch('A header.', 4096, { name: 'X-Version', value: '2' })

export const queryMatch = valueMatch('A parameter of the query.', 1024, { name: 'beta', value: 'yes' })
