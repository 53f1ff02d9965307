import type { HeaderModifier, RouteFilter, RouteMatch, RouteRule } from '../../../schema/generated/values.ts'
import { app, route } from '../../values.ts'
import { check } from './check.ts'

const at = 'proxies.app.routes.web.rules[0]'
const on = (rules: RouteRule[]) => app(route({ rules }))
const grpc = (rules: RouteRule[]) => app(route({ kind: 'GRPCRoute', rules }, { protocol: 'grpc' }))
const match = (...matches: RouteMatch[]) => on([{ matches }])
const filter = (...filters: RouteFilter[]) => on([{ filters }])
const redirect = { type: 'RequestRedirect', requestRedirect: { scheme: 'https' } } as const
const rewrite = { type: 'URLRewrite', urlRewrite: { hostname: 'app2.example.com' } } as const

check('route-rule-field', {
  'bytes match nothing': {
    refused: app(route({ kind: 'TCPRoute', rules: [{ matches: [] }] })),
    says: `${at}.matches: a rule of a TCPRoute has no such field, only backendRefs: leave it out`,
    accepted: app(route({ kind: 'TCPRoute', rules: [{ backendRefs: [{ proxy: 'app', weight: 3 }] }] })),
  },
  'and of their matches nothing more is said': {
    refused: app(route({ kind: 'TCPRoute', rules: [{ matches: [{ path: { value: 'api' } }] }] })),
    says: `${at}.matches: a rule of a TCPRoute has no such field, only backendRefs: leave it out`,
    accepted: app(route({ kind: 'TCPRoute', rules: [{}] })),
  },
  'gRPC has no timeouts': {
    refused: grpc([{ timeouts: { request: '1s' } }]),
    says: `${at}.timeouts: a rule of a GRPCRoute has no such field, only matches, filters, backendRefs: leave it out`,
    accepted: on([{ timeouts: { request: '1s' } }]),
  },
})

check('route-timeouts', {
  'one try is shorter than all': {
    refused: on([{ timeouts: { request: '1m', backendRequest: '61s' } }]),
    says: `${at}.timeouts.backendRequest: 61s is longer than request, 1m, which holds for both: write that at most`,
    accepted: on([{ timeouts: { request: '1m1s', backendRequest: '61s' } }]),
  },
  'the whole may be said for the proxy': {
    refused: app(
      route({ rules: [{ timeouts: { backendRequest: '10s' } }] }, { timeouts: { request: '5s' } }),
    ),
    says: `${at}.timeouts.backendRequest: 10s is longer than backend.timeouts.request, 5s, which holds for both: write that at most`,
    accepted: app(
      route({ rules: [{ timeouts: { backendRequest: '5s' } }] }, { timeouts: { request: '5s' } }),
    ),
  },
})

check('route-match-grpc', {
  'a service has no slash': {
    refused: grpc([{ matches: [{ method: { service: 'app2/Orders' } }] }]),
    says: `${at}.matches[0].method.service: app2/Orders is not the name of a service of gRPC: write app2.Orders, for example`,
    accepted: grpc([{ matches: [{ method: { service: 'app2.Orders' } }] }]),
  },
  'nor has a method a dot': {
    refused: grpc([{ matches: [{ method: { method: 'Orders.List' } }] }]),
    says: `${at}.matches[0].method.method: Orders.List is not the name of a method of gRPC: write List, for example`,
    accepted: grpc([{ matches: [{ method: { type: 'RegularExpression', method: 'Orders.List' } }] }]),
  },
})

const modifying = (requestHeaderModifier: HeaderModifier) =>
  filter({ type: 'RequestHeaderModifier', requestHeaderModifier })
const set = (...names: string[]) => modifying({ set: names.map((name) => ({ name, value: '1' })) })
check('filter-header-twice', {
  'names are compared without case': {
    refused: set('X-Version', 'x-version'),
    says: `${at}.filters[0].requestHeaderModifier.set[1]: x-version is set[0] already: leave one of them out`,
    accepted: set('X-Version', 'X-Flavor'),
  },
  'of those that are added': {
    refused: modifying({ add: ['a', 'A'].map((name) => ({ name, value: '1' })) }),
    says: `${at}.filters[0].requestHeaderModifier.add[1]: A is add[0] already: leave one of them out`,
    accepted: modifying({ add: [{ name: 'a', value: '1' }], set: [{ name: 'a', value: '1' }] }),
  },
  'and of those that are removed': {
    refused: modifying({ remove: ['a', 'A'] }),
    says: `${at}.filters[0].requestHeaderModifier.remove[1]: A is remove[0] already: leave one of them out`,
    accepted: modifying({ remove: ['a', 'b'] }),
  },
})

const cors = (field: string, ...words: string[]) => filter({ type: 'CORS', cors: { [field]: words } })
check('filter-cors-any', {
  'any is all': {
    refused: cors('allowOrigins', '*', 'https://app1.example.com'),
    says: `${at}.filters[0].cors.allowOrigins: * allows any, and https://app1.example.com beside it says nothing more: leave one of them out`,
    accepted: cors('allowOrigins', '*'),
  },
  'of methods, too': {
    refused: cors('allowMethods', 'GET', '*', 'POST'),
    says: `${at}.filters[0].cors.allowMethods: * allows any, and GET, POST beside it says nothing more: leave one of them out`,
    accepted: cors('allowMethods', 'GET', 'POST'),
  },
  'of headers that requests may have': {
    refused: cors('allowHeaders', '*', 'X-Token'),
    says: `${at}.filters[0].cors.allowHeaders: * allows any, and X-Token beside it says nothing more: leave one of them out`,
    accepted: cors('allowHeaders', 'X-Token'),
  },
  'of headers that pages may read': {
    refused: cors('exposeHeaders', '*', 'X-Token'),
    says: `${at}.filters[0].cors.exposeHeaders: * allows any, and X-Token beside it says nothing more: leave one of them out`,
    accepted: cors('exposeHeaders', 'X-Token'),
  },
})

check('route-match-field', {
  'gRPC has no paths': {
    refused: grpc([{ matches: [{ path: { value: '/a' } }] }]),
    says: `${at}.matches[0].path: a GRPCRoute does not match by it, only by method and headers: leave it out`,
    accepted: match({ path: { value: '/a' } }),
  },
})

check('route-match-method', {
  "HTTP's method in a GRPCRoute": {
    refused: grpc([{ matches: [{ method: 'GET' }] }]),
    says: `${at}.matches[0].method: GET is a method of HTTP, and that of a GRPCRoute has a service and a method: write {service: app2.Orders}, for example`,
    accepted: grpc([{ matches: [{ method: { service: 'app2.Orders' } }] }]),
  },
  "gRPC's method in an HTTPRoute": {
    refused: match({ method: { service: 'app2.Orders' } }),
    says: `${at}.matches[0].method: has fields, and the method of an HTTPRoute is one word: write GET, for example`,
    accepted: match({ method: 'GET' }),
  },
  'a method of nothing': {
    refused: grpc([{ matches: [{ method: { type: 'Exact' } }] }]),
    says: `${at}.matches[0].method: has neither service nor method: write one of them`,
    accepted: grpc([{ matches: [{ method: { type: 'Exact', method: 'List' } }] }]),
  },
})

check('route-path', {
  'no slash at its beginning': {
    refused: match({ path: { value: 'api' } }),
    says: `${at}.matches[0].path.value: api does not begin with a slash: write /api`,
    accepted: match({ path: { type: 'RegularExpression', value: '.*/api' } }),
  },
  'a parent folder': {
    refused: match({ path: { type: 'Exact', value: '/a/../b' } }),
    says: `${at}.matches[0].path.value: /a/../b has //, /./, /../, %2f or a character that no path has, which the Gateway API refuses: write the path without it`,
    accepted: match({ path: { type: 'Exact', value: '/a/b' } }),
  },
  'a character that is written by its code': {
    refused: match({ path: { value: '/ä' } }),
    says: `${at}.matches[0].path.value: /ä has //, /./, /../, %2f or a character that no path has, which the Gateway API refuses: write the path without it`,
    accepted: match({ path: { value: '/%C3%A4' } }),
  },
})

check('route-match-twice', {
  'a header, whatever its case': {
    refused: match({
      headers: [
        { name: 'X-A', value: '1' },
        { name: 'x-a', value: '2' },
      ],
    }),
    says: `${at}.matches[0].headers[1].name: x-a is headers[0] already: leave one of them out`,
    accepted: match({
      queryParams: [
        { name: 'X-A', value: '1' },
        { name: 'x-a', value: '2' },
      ],
    }),
  },
  'a parameter': {
    refused: match({
      queryParams: [
        { name: 'a', value: '1' },
        { name: 'a', value: '2' },
      ],
    }),
    says: `${at}.matches[0].queryParams[1].name: a is queryParams[0] already: leave one of them out`,
    accepted: match(
      { queryParams: [{ name: 'a', value: '1' }] },
      { queryParams: [{ name: 'a', value: '2' }] },
    ),
  },
})

check('filter-field', {
  'no field': {
    refused: filter({ type: 'URLRewrite' }),
    says: `${at}.filters[0]: a filter of type URLRewrite has the field urlRewrite: write that field, and no other`,
    accepted: filter(rewrite),
  },
  "another type's field": {
    refused: filter({ ...rewrite, cors: {} }),
    says: `${at}.filters[0]: a filter of type URLRewrite has the field urlRewrite, and here is cors: write that field, and no other`,
    accepted: filter(rewrite, { type: 'CORS', cors: {} }),
  },
})

check('filter-kind', {
  'gRPC is not redirected': {
    refused: grpc([{ filters: [redirect] }]),
    says: `${at}.filters[0]: a GRPCRoute has no filter RequestRedirect: leave it out`,
    accepted: on([{ filters: [redirect] }]),
  },
})

const modifier: RouteFilter = {
  type: 'RequestHeaderModifier',
  requestHeaderModifier: { remove: ['X-A'] },
}
const extension = { type: 'ExtensionRef', extensionRef: { group: 'a.b', kind: 'C', name: 'd' } } as const

check('filter-twice', {
  'one filter of a type': {
    refused: filter(modifier, modifier),
    says: `${at}.filters[1].type: RequestHeaderModifier is filters[0] already: write both in one`,
    accepted: filter(extension, extension),
  },
})

const path = (fields: object) =>
  filter({ type: 'URLRewrite', urlRewrite: { path: { type: 'ReplaceFullPath', ...fields } } })

check('filter-path', {
  "another type's path": {
    refused: path({ replacePrefixMatch: '/' }),
    says: `${at}.filters[0].urlRewrite.path: a path of type ReplaceFullPath has the field replaceFullPath: write that field, and no other`,
    accepted: path({ replaceFullPath: '/' }),
  },
})

const prefix = (...matches: RouteMatch[]) =>
  on([
    {
      matches,
      filters: [
        { type: 'URLRewrite', urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/' } } },
      ],
    },
  ])

check('filter-prefix', {
  'which of two prefixes': {
    refused: prefix({ path: { value: '/a' } }, { path: { value: '/b' } }),
    says: `${at}.filters[0].urlRewrite.path: ReplacePrefixMatch needs a rule with one match, of a path of type PathPrefix: write a rule for each, or ReplaceFullPath`,
    accepted: prefix({ path: { value: '/a' } }),
    chosen: {
      'write a rule for each': on(
        ['/a', '/b'].map((value) => ({
          matches: [{ path: { value } }],
          filters: [
            {
              type: 'URLRewrite',
              urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/' } },
            },
          ],
        })),
      ),
      'write ReplaceFullPath': on([
        {
          matches: [{ path: { value: '/a' } }, { path: { value: '/b' } }],
          filters: [
            { type: 'URLRewrite', urlRewrite: { path: { type: 'ReplaceFullPath', replaceFullPath: '/' } } },
          ],
        },
      ]),
    },
  },
  'nor of one whole path': {
    refused: prefix({ path: { type: 'Exact', value: '/a' } }),
    says: `${at}.filters[0].urlRewrite.path: ReplacePrefixMatch needs a rule with one match, of a path of type PathPrefix: write a rule for each, or ReplaceFullPath`,
    accepted: prefix({ path: { type: 'PathPrefix', value: '/a' } }),
    chosen: {
      'write ReplaceFullPath': on([
        {
          matches: [{ path: { type: 'Exact', value: '/a' } }],
          filters: [
            { type: 'URLRewrite', urlRewrite: { path: { type: 'ReplaceFullPath', replaceFullPath: '/' } } },
          ],
        },
      ]),
    },
  },
})

check('filter-redirect', {
  'what is redirected goes to no proxy': {
    refused: on([{ filters: [redirect], backendRefs: [{ proxy: 'app' }] }]),
    says: `${at}: RequestRedirect answers in App2's place, and backendRefs is for what goes to App2: leave one of them out`,
    accepted: on([{ filters: [redirect] }]),
  },
  'nor is it rewritten': {
    refused: filter(redirect, rewrite),
    says: `${at}: RequestRedirect answers in App2's place, and URLRewrite is for what goes to App2: leave one of them out`,
    accepted: filter(rewrite),
  },
})

const mirrors = (count: number) =>
  Array.from({ length: count }, () => ({
    type: 'RequestMirror' as const,
    requestMirror: { backendRef: { proxy: 'app' } },
  }))
/** A rule whose filters are of Traefik's own kinds, the only one that it takes several of. */
const traefik = (count: number) => {
  const extensions = Array.from({ length: count }, (_, index) => ({
    type: 'ExtensionRef' as const,
    extensionRef: { group: 'traefik.io', kind: 'Middleware', name: `m${index}` },
  }))
  const fields = {
    controller: 'traefik',
    hostnames: ['a.example.com'],
    rules: [{ filters: extensions }],
  } as const
  return app({
    ...route({ ...fields, rules: [...fields.rules], hostnames: ['a.example.com'] }),
    sourceRanges: ['1.2.3.4/32'],
  })
}
const host = { host: 'app2.example.com' }
check('route-filters', {
  'backend.host is written by one more': {
    refused: app(route({ rules: [{ filters: mirrors(16) }] }, host)),
    says: 'proxies.app.routes.web.rules[0].filters: are 17 with those that hold the list and write backend.host, and a rule of a HTTPRoute takes 16: leave 1 of them out',
    accepted: app(route({ rules: [{ filters: mirrors(15) }] }, host)),
  },
  "Traefik's list is one more": {
    refused: traefik(16),
    says: 'proxies.app.routes.web.rules[0].filters: are 17 with those that hold the list and write backend.host, and a rule of a HTTPRoute takes 16: leave 1 of them out',
    accepted: traefik(15),
  },
})
