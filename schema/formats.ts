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
export const optional = ({ format, pattern, ...schema }: Schema): Schema => ({
  ...schema,
  pattern: `^(${pattern?.slice(1, -1)})?$`,
})

/** IPv6 where there is a colon, and no dot before it, as of IPv4 with a port; else IPv4: the error then speaks of that family alone. */
const byFamily = (ipv6: Schema, ipv4: Schema): Schema => ({
  type: 'string',
  if: { type: 'string', pattern: '^[^.:]*:' },
  // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own word
  then: ipv6,
  else: ipv4,
})

/** Without leading zeros, which the API refuses (KEP-4858); IPv6 in lower case. The checks ask for RFC 5952. */
export const ip = byFamily(
  pattern(ipv6Text, { format: 'ipv6', maxLength: 39 }),
  pattern(ipv4Text, { format: 'ipv4', maxLength: 15 }),
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
export const headerName = pattern("[A-Za-z0-9!#$%&'*+.^_`|~-]+", { maxLength: 256 })

/** What stands before objects' names. */
export const namePrefix = pattern('[a-z][-a-z0-9]*', { maxLength: 40 })
/**
 * A URL's path, from its slash on. What ends a word, a line or a block in a controller's own configuration is not in
 * it: HAProxy's maps and nginx's locations take a path as it is written.
 */
export const urlPath = pattern('/[!$%&(-:=?-z|~]*', { maxLength: 1024 })
/** What a kind of Kubernetes is called. */
export const kindName = pattern('[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?', { maxLength: 63 })
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
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH']
/** An HTTP method; the Gateway API's own list. */
export const httpMethod: Schema = { type: 'string', enum: methods }
/** The same, or any. */
export const methodOrAny = pattern(`(${methods.join('|')}|\\*)`)
/** What a browser calls a site, or any. */
export const originOrAny = pattern(
  '(\\*|https?://(\\*|(\\*\\.)?([a-zA-Z0-9-]+\\.)*[a-zA-Z0-9-]+)(:[0-9]{1,5})?)',
  { maxLength: 253 },
)

/** A port's number. */
export const portNumber: Schema = { type: 'integer', minimum: 1, maximum: 65535 }
/** A port's number on every node: those that the API server gives out by default. */
export const nodePortNumber: Schema = { type: 'integer', minimum: 30000, maximum: 32767 }
/** What a record may point to; or nothing. */
export const nameOrAddress = pattern(`(${nameText}|${ipv4Text}|${ipv6Text})?`, { maxLength: 253 })
/** What the API takes for a Service's own address, or for none; or nothing. */
export const addressOrNone = pattern(`(None|${ipv4Text}|${ipv6Text})?`, { maxLength: 39 })

/** What a form is, and what to write in place of what is none: for people. */
export interface Words {
  is: string
  write: string
}

/** What people type by hand, as an address or a name: a schema of it with words, for IPv6 with words of its own. */
export interface Form extends Words {
  schema: Schema
  ipv6?: Words
  /** A number's bounds as an expression. */
  digits?: string
}

const form = (schema: Schema, is: string, write: string, ipv6?: Words): Form => ({
  schema,
  is,
  write,
  ...(ipv6 && { ipv6 }),
})
const lowerCase = 'in lower case, without zeros before a number'

/** The forms by name. The chart's own checks judge them, so that `helm install` says these words: see docs/architecture.md. */
export const forms: Record<string, Form> = {
  ip: form(ip, 'an IP address', 'one, as 2.3.4.5', {
    is: `an IPv6 address ${lowerCase}`,
    write: 'one, as fd00::5',
  }),
  cidr: form(cidr, 'a network of IPv4', 'an address and 0 to 32, as 1.2.3.4/32', {
    is: `a network of IPv6 ${lowerCase}`,
    write: 'an address and 0 to 128, as fd00::/64',
  }),
  network: form(network, 'a network of IPv4', 'an address and 0 to 32, as 10.0.0.0/8', {
    is: `a network of IPv6 ${lowerCase}`,
    write: 'an address and 0 to 128, as fd00::/64',
  }),
  portNumber: {
    ...form(portNumber, "a port's number", 'one of 1 to 65535'),
    digits: '[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]',
  },
  nodePortNumber: {
    ...form(nodePortNumber, "a node port's number", 'one of 30000 to 32767'),
    digits: '3[01][0-9]{3}|32[0-6][0-9]{2}|327[0-5][0-9]|3276[0-7]',
  },
  rfc1035Label: form(
    rfc1035Label,
    'a name of lower case letters, digits and -, beginning with a letter',
    'one of at most 63, as myapp-proxy',
  ),
  dnsLabel: form(dnsLabel, 'a name of lower case letters, digits and -', 'one of at most 63, as http'),
  dnsSubdomain: form(dnsSubdomain, 'a name of lower case letters, digits, - and .', 'one, as myapp.example'),
  dnsName: form(dnsName, 'a DNS name in lower case', 'one, as app2.example.com'),
  dnsNameOrWildcard: form(
    dnsNameOrWildcard,
    'a DNS name in lower case',
    'one, as app2.example.com or *.example.com',
  ),
  nameOrAddress: form(nameOrAddress, 'a DNS name in lower case or an IP address', 'one, as lb.example.com'),
  addressOrNone: form(addressOrNone, 'an IP address or None', 'one, as 10.96.0.7'),
  qualifiedName: form(qualifiedName, 'a name, or PREFIX/NAME', 'one, as example.com/owner'),
  qualifiedNameOrPrefix: form(
    qualifiedNameOrPrefix,
    'a key, or all of a prefix',
    'one, as example.com/owner or example.com/',
  ),
  labelValue: form(
    labelValue,
    'a value of a label, which has letters, digits, -, _ and ., a letter or digit at its ends',
    'one, as eu-west-1a',
  ),
  duration: form(duration, 'a length of time', 'one, as 30s or 1m30s'),
  headerName: form(headerName, "an HTTP header's name", 'one, as X-Request-Id'),
  namePrefix: form(namePrefix, 'lower case letters, digits and -, beginning with a letter', 'some, as edge-'),
  urlPath: form(
    urlPath,
    'a path, which begins with a slash and has no space, quote, #, ;, <, > or brace',
    'one, as /api',
  ),
  kindName: form(kindName, 'a kind, of letters and digits', 'one, as HTTPRouteFilter'),
  manifestKind: form(manifestKind, 'a kind, of letters and digits, the first a capital', 'one, as ConfigMap'),
  apiVersion: form(apiVersion, 'a version, with its group', 'one, as v1 or networking.k8s.io/v1'),
  groupKind: form(
    groupKind,
    'GROUP/KIND, or KIND of the group that has no name',
    'one, as traefik.io/Middleware or ConfigMap',
  ),
  resourceName: form(resourceName, 'a resource, of lower case letters, digits and -', 'one, as httpproxies'),
  httpMethod: form(httpMethod, 'a method of HTTP', 'one in upper case, as GET'),
  methodOrAny: form(methodOrAny, 'a method of HTTP, or *', 'one in upper case, as GET, or *'),
  originOrAny: form(originOrAny, 'an origin, or *', 'one, as https://app1.example.com, or *'),
}

/** Of which form a part of the schema is, and whether it may be empty; undefined where it is of none. */
export function formOf(schema: Schema): { name: string; isOptional: boolean } | undefined {
  const same = (one: Schema, other: Schema) =>
    // With null beside it, too.
    [one.type].flat().includes(other.type) &&
    one.pattern === other.pattern &&
    one.minimum === other.minimum &&
    one.maximum === other.maximum &&
    one.then?.pattern === other.then?.pattern &&
    String(one.enum) === String(other.enum)
  for (const [name, form] of Object.entries(forms)) {
    if (same(schema, form.schema)) return { name, isOptional: false }
    if (form.schema.pattern && same(schema, optional(form.schema))) return { name, isOptional: true }
  }
  return undefined
}

/** What is said of a pattern that was not met; undefined of one that only tells families apart. */
export function wordsOf(pattern: string): Words | undefined {
  for (const { schema, ipv6, ...words } of Object.values(forms)) {
    if (schema.then?.pattern === pattern) return ipv6
    if ([schema.else?.pattern, schema.pattern, optional(schema).pattern].includes(pattern)) return words
  }
  return undefined
}
