import type { Schema } from './schema.ts'

// Every pattern reads alike in Go's RE2 and in ECMAScript: no lookaround, no back-references, no classes by letter.

const octet = '(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])'
const ipv4Text = `(${octet}\\.){3}${octet}`
const group = '(0|[1-9a-f][0-9a-f]{0,3})'
const ipv6Text = `(${[
  `(${group}:){7}${group}`,
  `(${group}:){1,7}:`,
  `(${group}:){1,6}:${group}`,
  ...[2, 3, 4, 5].map((right) => `(${group}:){1,${7 - right}}(:${group}){1,${right}}`),
  `${group}:(:${group}){1,6}`,
  `:((:${group}){1,7}|:)`,
].join('|')})`

const label = '[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?'
/** A DNS name whose last label holds a letter, so that no IP address is one. */
const nameText = `(${label}\\.)*[0-9]*[a-z]([-a-z0-9]{0,61}[a-z0-9])?`
const qualifiedText = `(${label}(\\.${label})*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?`

const pattern = (text: string, more: Schema = {}): Schema => ({
  type: 'string',
  pattern: `^${text}$`,
  ...more,
})
/** The same, or nothing: the empty text is "not written". */
export const optional = ({ format, minLength, pattern, ...schema }: Schema): Schema => ({
  ...schema,
  pattern: `^(${pattern?.slice(1, -1)})?$`,
})

/** IPv6 where there is a colon, else IPv4: the error then speaks of that family alone. */
const byFamily = (ipv6: Schema, ipv4: Schema): Schema => ({
  type: 'string',
  if: { type: 'string', pattern: ':' },
  // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own word
  then: ipv6,
  else: ipv4,
})

/** Without leading zeros, which the API refuses (KEP-4858); IPv6 in lower case. The checks ask for RFC 5952. */
export const ip = byFamily(
  pattern(ipv6Text, { format: 'ipv6', minLength: 2, maxLength: 39 }),
  pattern(ipv4Text, { format: 'ipv4', minLength: 7, maxLength: 15 }),
)
const prefix = { ipv4: '/(3[0-2]|[12]?[0-9])', ipv6: '/(12[0-8]|1[01][0-9]|[1-9]?[0-9])' }
/** A network; without its prefix length, which is the usual slip, the checks say what to write. */
export const cidr = byFamily(
  pattern(`${ipv6Text}(${prefix.ipv6})?`, { maxLength: 43 }),
  pattern(`${ipv4Text}(${prefix.ipv4})?`, { maxLength: 18 }),
)
/** The same, with its prefix length. */
export const network = byFamily(
  pattern(`${ipv6Text}${prefix.ipv6}`, { maxLength: 43 }),
  pattern(`${ipv4Text}${prefix.ipv4}`, { maxLength: 18 }),
)
/** RFC 1035 label: what a Service's name is before Kubernetes 1.36 (KEP-5311). */
export const rfc1035Label = pattern('[a-z]([-a-z0-9]{0,61}[a-z0-9])?', { maxLength: 63 })
/** RFC 1123 label: what a port's name is. */
export const dnsLabel = pattern(label, { maxLength: 63 })
/** RFC 1123 subdomain: what most objects' names are. */
export const dnsSubdomain = pattern(`${label}(\\.${label})*`, { maxLength: 253 })
/** A host's name in lower case: External DNS and controllers compare it as it is. */
export const dnsName = pattern(nameText, { format: 'hostname', maxLength: 253 })
/** The same, or a wildcard for its first label. */
export const dnsNameOrWildcard = pattern(`(\\*\\.)?${nameText}`, { maxLength: 253 })
/** `http` or `kubernetes.io/h2c`: what keys of labels and annotations, classes and appProtocol are. */
export const qualifiedName = pattern(qualifiedText, { maxLength: 317 })
/** The same, or what keys begin with, up to the slash. */
export const qualifiedNameOrPrefix = pattern(`(${qualifiedText}|${label}(\\.${label})*/)`, { maxLength: 317 })
/** What the values of labels are, a node's zone among them. */
export const labelValue = pattern('([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?', { maxLength: 63 })
/** GEP-2257: what the Gateway API takes for a length of time; the presets turn it into their controller's own form. */
export const duration = pattern('([0-9]{1,5}(h|m|s|ms)){1,4}', { maxLength: 28 })
/** RFC 9110 token: what an HTTP header's name is. */
export const headerName = pattern("[A-Za-z0-9!#$%&'*+.^_`|~-]+", { minLength: 1, maxLength: 256 })

/** What stands before objects' names. */
export const namePrefix = pattern('[a-z][-a-z0-9]*', { maxLength: 40 })
/**
 * A URL's path, from its slash on. What ends a word, a line or a block in a controller's own configuration is not in
 * it: HAProxy's maps and nginx's locations take a path as it is written.
 */
export const urlPath = pattern('/[!$%&(-:=?-z|~]*', { maxLength: 1024 })
/** What a kind of Kubernetes is called. */
export const kindName = pattern('[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?', { minLength: 1, maxLength: 63 })
/** What a manifest calls a kind: letters, the first a capital. */
export const manifestKind = pattern('[A-Z][A-Za-z0-9]*', { maxLength: 63 })
/** What a manifest says of a kind's group and version. */
export const apiVersion = pattern(`(${label}(\\.${label})*/)?v[0-9]+((alpha|beta)[0-9]+)?`, {
  maxLength: 285,
})
/** A kind with its group, which Kubernetes's first has none of. */
export const groupKind = pattern(`(${label}(\\.${label})*/)?[A-Z][A-Za-z0-9]*`, { maxLength: 317 })

/** A group of the API; core is the one that has no name. */
export const apiGroup = pattern(`${label}(\\.${label})*`, { maxLength: 253 })
/** What the API calls a kind's objects. */
export const resourceName = pattern('[a-z]([-a-z0-9]*[a-z0-9])?', { maxLength: 63 })
/** An HTTP method, or any; the Gateway API's own list. */
export const methodOrAny = pattern('(GET|HEAD|POST|PUT|DELETE|CONNECT|OPTIONS|TRACE|PATCH|\\*)')
/** What a browser calls a site, or any. */
export const originOrAny = pattern(
  '(\\*|https?://(\\*|(\\*\\.)?([a-zA-Z0-9-]+\\.)*[a-zA-Z0-9-]+)(:[0-9]{1,5})?)',
)

/** What the patterns say, for people: a form without bounds on its length, which the schema has beside it. */
const forms: readonly [Schema, string][] = [
  [rfc1035Label, 'lower case letters, digits and -, beginning with a letter, as myapp-proxy'],
  [dnsLabel, 'lower case letters, digits and -, as http'],
  [dnsSubdomain, 'a name in lower case, as myapp.example'],
  [dnsName, 'a DNS name in lower case, as app2.example.com'],
  [dnsNameOrWildcard, 'a DNS name in lower case, as app2.example.com or *.example.com'],
  [qualifiedName, 'a name, or PREFIX/NAME, as example.com/owner'],
  [labelValue, 'letters, digits, -, _ and ., beginning and ending with a letter or digit'],
  [duration, 'a length of time, as 30s or 1m30s'],
  [headerName, "an HTTP header's name, as X-Request-Id"],
  [qualifiedNameOrPrefix, 'a key, as example.com/owner, or all of a prefix, as example.com/'],
  [namePrefix, 'lower case letters, digits and -, beginning with a letter, as edge-'],
  [urlPath, 'a path, as /api: it begins with a slash, and has no space, quote, #, ;, < or brace'],
  [kindName, 'letters and digits, as HTTPRouteFilter'],
  [manifestKind, 'a kind, as ConfigMap'],
  [apiVersion, 'a version with its group, as v1 or networking.k8s.io/v1'],
  [groupKind, 'GROUP/KIND, as traefik.io/Middleware, or KIND of the group that has no name, as ConfigMap'],
  [resourceName, 'a resource in lower case, as httpproxies'],
  [methodOrAny, 'a method in upper case, as GET, or *'],
  [originOrAny, 'an origin, as https://app1.example.com, or *'],
]

const [ipv6Address, ipv4Address] = [ip.then, ip.else]
const families: readonly [Schema | undefined, string][] = [
  [ipv4Address, 'an IPv4 address, as 2.3.4.5'],
  [ipv6Address, 'an IPv6 address in lower case, as fd00::5'],
  ...[cidr, network].flatMap(({ then: ipv6, else: ipv4 }): [Schema | undefined, string][] => [
    [ipv4, 'an IPv4 network, as 1.2.3.4/32'],
    [ipv6, 'an IPv6 network in lower case, as fd00::/64'],
  ]),
]

/** What to write for a pattern, in words; undefined for one that only tells families apart. */
export const formOf = (pattern: string): string | undefined =>
  [...forms, ...families].find(
    ([schema]) => schema && [schema.pattern, optional(schema).pattern].includes(pattern),
  )?.[1]
