/** What a field takes, and the nearest that it refuses. */
export interface Field {
  takes: unknown[]
  /** What the chart refuses in words: a form, or a field that there is not. Helm's own schema lets it through. */
  refuses: unknown[]
  /** What Helm's own schema refuses, too: types, bounds, choices, what is required. */
  stops: unknown[]
  /** The n-th of values that all differ. */
  nth?: (n: number) => unknown
}

const a = (length: number) => 'a'.repeat(length)

/** A text of a form. */
const form = (most: number, takes: string[], refuses: string[], nth: (n: number) => string): Field => ({
  takes,
  refuses,
  stops: [takes[0]?.padEnd(most + 1, a(most)), 5],
  nth,
})
/** The same, or nothing. */
const optional = ({ takes, refuses, ...field }: Field): Field => ({
  ...field,
  takes: [...takes, ''],
  refuses: refuses.filter((one) => one !== ''),
})
/** An address or network, each family of a form of its own: what is too long is of none. */
const byFamily = (takes: string[], refuses: string[], nth: (n: number) => string): Field => ({
  takes,
  refuses,
  stops: [5],
  nth,
})

const ipv4 = (n: number) => `10.${n >> 16}.${(n >> 8) % 256}.${n % 256}`
const notIp = ['256.0.0.1', '1.2.3', '1.2.3.4.5', '01.2.3.4', '1.2.3.4/32', 'example.com', '', 'fd00::ABCD']
const notIpv6 = [
  'fd00::0bcd',
  'fd00::abcde',
  '1:2:3:4:5:6:7',
  '1:2:3:4:5:6:7:8:9',
  '1::2::3',
  '::ffff:1.2.3.4',
]
const ip = byFamily(
  ['0.0.0.0', '255.255.255.255', '::', '::1', '1::', 'fd00::abcd', '1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7::'],
  [...notIp, ...notIpv6, '1.2.3.4::', 'fe80::1%eth0'],
  ipv4,
)
const notCidr = ['1.2.3.4/33', '1.2.3.4/00', '1.2.3.4/', '1.2.3/24', 'fd00::/129', 'fd00::/', 'any', '']
const cidr = byFamily(['0.0.0.0/0', '1.2.3.4/32', '::/0', 'fd00::/128', '1.2.3.4', 'fd00::'], notCidr, ipv4)
const network = byFamily(
  ['0.0.0.0/0', '1.2.3.4/32', '::/0', 'fd00::/128'],
  [...notCidr, '1.2.3.4', 'fd00::'],
  (n) => `${ipv4(n)}/32`,
)

const named = (n: number) => `a${n}`
const serviceName = form(63, ['a', a(63), 'a-1'], ['A', '1a', 'a-', 'a.b', ''], named)
const label = form(63, ['a', a(63), '1-a'], ['A', 'a-', 'a.b', ''], named)
const subdomain = form(253, ['a', '1a', 'a.b-c'], ['A', 'a-', 'a..b', 'a_b', `${a(64)}.b`, ''], named)
const notName = ['App2.example.com', '1.2.3.4', 'a..b', '-a', 'a_b', 'a.', `${a(64)}.b`, '']
const dnsName = form(253, ['a', 'app2.example.com', '1a.2b'], [...notName, '*.a'], named)
const dnsNameOrWildcard = form(
  253,
  ['a', '*.example.com'],
  [...notName, '*', 'a.*.com', 'a:80', 'a/b'],
  named,
)
const notQualified = ['a b', 'a/', '/a', 'a/b/c', 'a-', 'A/b', '']
const qualified = form(317, ['a', 'A_b.c', 'example.com/A_b'], notQualified, named)
const qualifiedOrPrefix = form(317, ['a', 'example.com/'], ['a b', '/', '/a', 'a/b/', ''], named)
const labelValue = form(63, ['a', '', 'B_c.d', a(63)], ['-b', 'a b', 'a-'], named)
const duration = form(
  28,
  ['1s', '99999h1m30s500ms'],
  ['1', 's', '1.5s', '-1s', '1d', '123456s', '1s1s1s1s1s', ''],
  named,
)
const headerName = form(256, ['X-Version', "!#$%&'*+.^_`|~-", a(256)], ['a b', 'a:', 'ü', ''], named)
const namePrefix = form(40, ['edge-', a(40)], ['Edge-', '-edge', '1-', ''], named)
const urlPath = form(
  1024,
  ['/', '/api/v1', '/a(/|$)(.*)', '/~u/%20?x=y&z=1', '/[a-z]+'],
  ['a', '/a b', '/a\tb', '/a\nb', '/a{b}', '/a;b', '/a"b', "/a'b", '/a#b', '/<', ''],
  (n) => `/${n}`,
)
const kindName = form(63, ['HTTPRouteFilter', 'a-1'], ['1a', 'a-', 'a.b', ''], named)
const manifestKind = form(63, ['ConfigMap'], ['configMap', 'A-b', ''], named)
const apiVersion = form(285, ['v1', 'a.b/v1alpha1'], ['1', 'v', 'A/v1', 'v1gamma1', ''], named)
const groupKind = form(
  317,
  ['ConfigMap', 'traefik.io/Middleware'],
  ['middleware', 'a/b', '/A', ''],
  (n) => `A${n}`,
)
const resourceName = form(63, ['httpproxies', 'a-1'], ['A', '1a', 'a/b', ''], named)
const origins = ['*', 'https://a.example.com', 'http://*.a.b:8080', 'https://*']
const origin = form(
  253,
  origins,
  ['a.example.com', 'ftp://a', 'https://a/', 'https://a:123456', ''],
  (n) => `http://a${n}`,
)
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH', '*']
const methodOrAny = form(256, methods, ['get', 'ANY', ''], (n) => methods[n] ?? 'GET')
const nameOrAddress = form(
  253,
  ['', 'lb.example.com', '1.2.3.4', 'fd00::1'],
  ['LB.example.com', 'a b', '1.2.3'],
  named,
)
const addressOrNone = form(39, ['', 'None', '10.96.0.7', 'fd00::7'], ['none', '10.96.0.256', 'a'], named)

const yesOrNo: Field = { takes: [true, false], refuses: [], stops: ['true', 1] }
const text = (most: number, least = 0): Field => ({
  takes: [a(most), ...(least === 0 ? [''] : ['a'])],
  refuses: [],
  stops: [a(most + 1), 5, ...(least > 0 ? [''] : [])],
})
const one = (...words: (string | number)[]): Field => ({
  takes: words,
  refuses: [],
  stops: ['none of them', 999, String(words[0]).toUpperCase(), String(words[0]).toLowerCase()].filter(
    (word) => !words.includes(word),
  ),
  nth: (n) => words[n % words.length],
})
const number = (least: number, most: number): Field => ({
  takes: [least, most],
  refuses: [],
  stops: [least - 1, most + 1, least + 0.5, String(least)],
})
/** A port's number, which is of a form. */
const port = (least: number, most: number): Field => ({
  takes: [least, most],
  refuses: [least - 1, most + 1],
  stops: [least + 0.5, String(least)],
})

/** An object that is of these fields at least, and of no unknown one. */
const object = (least: Record<string, unknown> = {}): Field => ({
  takes: [least],
  refuses: [{ ...least, unknown: true }],
  stops: [
    5,
    ...Object.keys(least).map((left) =>
      Object.fromEntries(Object.entries(least).filter(([name]) => name !== left)),
    ),
  ],
  nth: () => least,
})
/** More items than these take ajv seconds to tell apart. */
const fast = 1000
const list = ({ takes, refuses, stops, nth = () => takes[0] }: Field, most: number, least = 0): Field => {
  const some = (count: number) => Array.from({ length: count }, (_, n) => nth(n))
  return {
    takes: [...takes.map((item) => [item]), ...(least === 0 ? [[]] : []), some(Math.min(most, fast))],
    refuses: refuses.map((item) => [item]),
    stops: [{}, ...stops.map((item) => [item]), ...(least > 0 ? [[]] : []), some(most + 1)],
  }
}
/** The same, where no two may be alike. */
const set = (item: Field, most: number, least = 0): Field => {
  const { stops, ...field } = list(item, most, least)
  return { ...field, stops: [[item.takes[0], item.takes[0]], ...stops] }
}
const map = (key: Field, { takes, refuses, stops }: Field, most: number): Field => {
  const some = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, n) => [String(key.nth?.(n)), takes[0]]))
  const keyed = (keys: unknown[]) => keys.map((one) => ({ [String(one)]: takes[0] }))
  const [first] = key.takes
  const entries = (values: unknown[]) => values.map((value) => ({ [String(first)]: value }))
  return {
    takes: [{}, ...keyed(key.takes), ...entries(takes), some(most)],
    refuses: [...keyed(key.refuses), ...entries(refuses)],
    stops: [[], ...keyed(key.stops.slice(0, 1)), ...entries(stops), some(most + 1)],
  }
}

const annotations = map(qualified, text(262144), 100)
const labels = map(qualified, labelValue, 100)
const controllers = ['none', 'contour', 'envoy-gateway', 'haproxy', 'istio', 'nginx', 'traefik']
const platforms = ['generic', 'aws', 'azure', 'cilium', 'digitalocean', 'gcp', 'hetzner', 'oci', 'openstack']

/** Every definition of the schema (`values` is the root), and every field that is not one itself. */
export const fields: Record<string, Field> = {
  values: object(),
  'values.enabled': yesOrNo,
  'values.global': { takes: [{}, { any: { thing: 1 } }], refuses: [], stops: [[]] },
  'values.platform': one(...platforms),
  'values.namePrefix': optional(namePrefix),
  'values.clusterRanges': set(network, 100),
  'values.loadBalancerClasses': map(qualified, one(...platforms), 100),
  'values.harmlessKeys': set(qualifiedOrPrefix, 100),
  'values.harmlessKinds': set(groupKind, 100),
  'values.commonLabels': labels,
  'values.commonAnnotations': annotations,
  'values.proxies': map(serviceName, object(), 10_000),
  'values.gateways': map(serviceName, object(), 100),
  'values.extraObjects': map(
    label,
    { takes: [{ apiVersion: 'v1', kind: 'A' }], refuses: [], stops: [{}] },
    100,
  ),

  access: object(),
  'access.namespace': optional(label),
  'access.subjects': list(object({ kind: 'User', name: 'a' }), 100),
  'access.addresses': set(network, 20),
  'access.resources': map(subdomain, set(resourceName, 100, 1), 100),
  'access.nodePorts': yesOrNo,

  accessSubject: object({ kind: 'User', name: 'a' }),
  'accessSubject.kind': one('User', 'Group', 'ServiceAccount'),
  'accessSubject.name': text(253, 1),
  'accessSubject.namespace': optional(label),

  address: object({ ip: '2.3.4.5' }),
  'address.ip': ip,
  'address.name': optional(dnsName),
  'address.ready': yesOrNo,
  'address.zone': labelValue,
  'address.nodeName': optional(subdomain),

  backend: object(),
  'backend.protocol': one('http', 'https', 'h2c', 'grpc', 'grpcs'),
  'backend.host': optional(dnsName),

  backendRef: object({ proxy: 'a' }),
  'backendRef.proxy': serviceName,
  'backendRef.port': optional(label),
  'backendRef.weight': number(0, 1_000_000),

  backendTls: object(),
  'backendTls.caConfigMap': optional(subdomain),
  'backendTls.caSecret': optional(subdomain),
  'backendTls.serverName': optional(dnsName),
  'backendTls.insecureSkipVerify': yesOrNo,

  certificate: object({ secretName: 'a', hosts: ['a'] }),
  'certificate.secretName': subdomain,
  'certificate.hosts': set(dnsNameOrWildcard, 100, 1),

  cors: object(),
  'cors.allowOrigins': set(origin, 64),
  'cors.allowMethods': set(methodOrAny, 9),
  'cors.allowHeaders': set(headerName, 64),
  'cors.exposeHeaders': set(headerName, 64),
  'cors.allowCredentials': yesOrNo,
  'cors.maxAge': number(1, 2147483647),

  dns: object(),
  'dns.hostnames': set(dnsNameOrWildcard, 100),
  'dns.ttl': number(0, 2147483647),
  'dns.target': nameOrAddress,

  endpoints: object(),
  'endpoints.kind': one('EndpointSlice', 'Endpoints'),

  extensionRef: object({ group: 'a', kind: 'A', name: 'a' }),
  'extensionRef.group': subdomain,
  'extensionRef.kind': kindName,
  'extensionRef.name': subdomain,

  extraMetadata: object(),
  'extraMetadata.name': optional(subdomain),
  'extraMetadata.namespace': optional(label),
  'extraMetadata.labels': labels,
  'extraMetadata.annotations': annotations,

  // What stands in a manifest beside these is its kind's own.
  extraObject: { ...object({ apiVersion: 'v1', kind: 'A' }), refuses: [] },
  'extraObject.apiVersion': apiVersion,
  'extraObject.kind': manifestKind,

  gateway: object(),
  'gateway.enabled': yesOrNo,
  'gateway.kind': one('Gateway', 'ListenerSet'),
  'gateway.className': optional(subdomain),
  'gateway.addresses': set(ip, 16),
  'gateway.listeners': map(subdomain, object({ port: 80, protocol: 'HTTP' }), 64),
  'gateway.annotations': annotations,

  gatewayRef: object(),
  'gatewayRef.name': optional(subdomain),
  'gatewayRef.namespace': optional(label),

  grpcMethod: object(),
  'grpcMethod.type': one('Exact', 'RegularExpression'),
  'grpcMethod.service': text(1024, 1),
  'grpcMethod.method': text(1024, 1),

  header: object({ name: 'a', value: 'a' }),
  'header.name': headerName,
  'header.value': text(4096, 1),

  headerMatch: object({ name: 'a', value: 'a' }),
  'headerMatch.type': one('Exact', 'RegularExpression'),
  'headerMatch.name': headerName,
  'headerMatch.value': text(4096, 1),

  headerModifier: object(),
  'headerModifier.set': list(object({ name: 'a', value: 'a' }), 16),
  'headerModifier.add': list(object({ name: 'a', value: 'a' }), 16),
  'headerModifier.remove': set(headerName, 16),

  healthCheck: object(),
  'healthCheck.path': optional(urlPath),
  'healthCheck.interval': duration,

  ingress: object(),
  'ingress.enabled': yesOrNo,
  'ingress.className': optional(subdomain),
  'ingress.controller': one(...controllers),
  'ingress.hosts': set(dnsNameOrWildcard, 100),
  'ingress.port': optional(label),
  'ingress.paths': set({ ...object({ path: '/' }), nth: (n) => ({ path: `/${n}` }) }, 100, 1),
  'ingress.annotations': annotations,

  issuer: object(),
  'issuer.kind': one('ClusterIssuer', 'Issuer'),
  'issuer.name': optional(subdomain),

  listener: object({ port: 80, protocol: 'HTTP' }),
  'listener.port': port(1, 65535),
  'listener.protocol': one('HTTP', 'HTTPS', 'TLS', 'TCP', 'UDP'),
  'listener.hostname': optional(dnsNameOrWildcard),
  'listener.allowedRoutes': one('Same', 'All'),

  listenerTls: object(),
  'listenerTls.secretName': optional(subdomain),
  'listenerTls.secretNamespace': optional(label),

  mirrorRef: object({ proxy: 'a' }),
  'mirrorRef.proxy': serviceName,
  'mirrorRef.port': optional(label),

  parentRef: object({ name: 'a' }),
  'parentRef.kind': one('Gateway', 'ListenerSet'),
  'parentRef.name': subdomain,
  'parentRef.namespace': optional(label),
  'parentRef.sectionName': optional(subdomain),
  'parentRef.port': port(1, 65535),

  path: object({ path: '/' }),
  'path.path': urlPath,
  'path.pathType': one('Prefix', 'Exact', 'ImplementationSpecific'),

  pathMatch: object({ value: '/' }),
  'pathMatch.type': one('PathPrefix', 'Exact', 'RegularExpression'),
  'pathMatch.value': text(1024, 1),

  pathModifier: object({ type: 'ReplaceFullPath' }),
  'pathModifier.type': one('ReplaceFullPath', 'ReplacePrefixMatch'),
  'pathModifier.replaceFullPath': text(1024),
  'pathModifier.replacePrefixMatch': text(1024),

  port: object(),
  'port.port': port(1, 65535),
  'port.targetPort': port(1, 65535),
  'port.nodePort': port(30000, 32767),
  'port.protocol': one('TCP', 'UDP', 'SCTP'),
  'port.appProtocol': optional(qualified),

  proxy: object(),
  'proxy.enabled': yesOrNo,
  'proxy.addresses': set({ ...ip, takes: [...ip.takes, { ip: '2.3.4.5' }], stops: [5, {}] }, 10_000),
  'proxy.externalName': optional(dnsName),
  'proxy.ports': map(label, object(), 100),
  'proxy.sourceRanges': set(cidr, 1000),
  'proxy.allowClusterSources': yesOrNo,
  'proxy.routes': map(label, object(), 100),

  queryMatch: object({ name: 'a', value: 'a' }),
  'queryMatch.type': one('Exact', 'RegularExpression'),
  'queryMatch.name': headerName,
  'queryMatch.value': text(1024, 1),

  requestMirror: object({ backendRef: { proxy: 'a' } }),
  'requestMirror.percent': number(0, 100),

  requestRedirect: object(),
  'requestRedirect.scheme': one('http', 'https'),
  'requestRedirect.hostname': dnsName,
  'requestRedirect.port': port(1, 65535),
  'requestRedirect.statusCode': { ...one(301, 302, 303, 307, 308), stops: [300, 304, 305, 306, 309, '301'] },

  route: object(),
  'route.enabled': yesOrNo,
  'route.kind': one('HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'),
  'route.apiVersion': one('v1', 'v1beta1', 'v1alpha2', 'v1alpha3'),
  'route.controller': one(...controllers),
  'route.namespace': optional(label),
  'route.parentRefs': set({ ...object({ name: 'a' }), nth: (n) => ({ name: `a${n}` }) }, 32),
  'route.hostnames': set(dnsNameOrWildcard, 16),
  'route.port': optional(label),
  'route.rules': list(object(), 16),
  'route.annotations': annotations,

  routeFilter: object({ type: 'CORS' }),
  'routeFilter.type': one(
    'RequestHeaderModifier',
    'ResponseHeaderModifier',
    'RequestMirror',
    'RequestRedirect',
    'URLRewrite',
    'CORS',
    'ExtensionRef',
  ),

  routeMatch: object(),
  'routeMatch.method': { takes: [...methods.slice(0, -1), {}], refuses: ['get', '*', ''], stops: [5] },
  'routeMatch.headers': list(object({ name: 'a', value: 'a' }), 16),
  'routeMatch.queryParams': list(object({ name: 'a', value: 'a' }), 16),

  routeRule: object(),
  'routeRule.matches': list(object(), 64),
  'routeRule.filters': list(object({ type: 'CORS' }), 16),
  'routeRule.backendRefs': list(object({ proxy: 'a' }), 16),

  routeTimeouts: object(),
  'routeTimeouts.request': duration,
  'routeTimeouts.backendRequest': duration,

  service: object(),
  'service.type': one('LoadBalancer', 'ClusterIP', 'NodePort', 'ExternalName'),
  'service.inCluster': yesOrNo,
  'service.allocateLoadBalancerNodePorts': yesOrNo,
  'service.labels': labels,
  'service.annotations': annotations,
  'service.loadBalancerClass': optional(qualified),
  'service.externalTrafficPolicy': one('Cluster', 'Local'),
  'service.sessionAffinity': one('None', 'ClientIP'),
  'service.ipFamilyPolicy': one('SingleStack', 'PreferDualStack', 'RequireDualStack'),
  'service.ipFamilies': set(one('IPv4', 'IPv6'), 2, 1),
  'service.trafficDistribution': one('PreferClose', 'PreferSameZone', 'PreferSameNode'),
  'service.clusterIP': addressOrNone,

  timeouts: object(),
  'timeouts.connect': optional(duration),
  'timeouts.request': optional(duration),

  tls: object(),
  'tls.enabled': yesOrNo,
  'tls.secretName': optional(subdomain),
  'tls.certificates': list(object({ secretName: 'a', hosts: ['a'] }), 100),

  urlRewrite: object(),
  'urlRewrite.hostname': dnsName,
}
