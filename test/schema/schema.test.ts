import { isIPv4, isIPv6 } from 'node:net'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { wordsOf } from '../../schema/formats.ts'
import { values } from '../../schema/index.ts'
import type { Schema } from '../../schema/schema.ts'
import { app } from '../values.ts'

const ajv = new Ajv({ strict: true, strictRequired: true, allErrors: true })
ajv.addFormat('ipv4', isIPv4)
ajv.addFormat('ipv6', isIPv6)
ajv.addFormat('hostname', /^[^_\s]+$/)
const validate = ajv.compile(values)
/** The paths at which the schema refuses the values; none where it accepts them. */
const refusals = (candidate: object) => {
  validate(candidate)
  return [...new Set((validate.errors ?? []).map(({ instancePath }) => instancePath))]
}

/** Every schema within the schema, by its place. */
function* within(schema: Schema, place = '#'): Generator<[string, Schema]> {
  yield [place, schema]
  const maps = { properties: schema.properties, definitions: schema.definitions }
  for (const [word, map] of Object.entries(maps))
    for (const [name, inner] of Object.entries(map ?? {})) yield* within(inner, `${place}/${word}/${name}`)
  const { items, propertyNames, additionalProperties, if: condition, then, else: otherwise } = schema
  const single = { items, propertyNames, additionalProperties, if: condition, then, else: otherwise }
  for (const [word, inner] of Object.entries(single))
    if (typeof inner === 'object') yield* within(inner, `${place}/${word}`)
  for (const [index, inner] of (schema.anyOf ?? []).entries()) yield* within(inner, `${place}/anyOf/${index}`)
}
const every = [...within(values)]
const fields = every.filter(([place]) => /\/properties\/[^/]+$/.test(place))
const places = (found: [string, Schema][]) => found.map(([place]) => place)

describe('the schema', () => {
  it('is valid draft-07, in strict mode', () => {
    expect(values.$schema).toBe('http://json-schema.org/draft-07/schema#')
    expect(ajv.validateSchema(values)).toBe(true)
  })

  it('describes every field', () => {
    const described = ({ description, $ref }: Schema) => Boolean(description ?? $ref)
    expect(places(fields.filter(([, field]) => !described(field)))).toEqual([])
  })

  it('gives every field of a value of its own a type and an example that it accepts', () => {
    const bare = fields.filter(([, field]) => !field.$ref)
    expect(places(bare.filter(([, { type, anyOf }]) => !type && !anyOf))).toEqual([])
    const wrong = bare.filter(([, field]) => {
      const accepts = ajv.compile({ ...field, definitions: values.definitions })
      return !field.examples?.length || !field.examples.every((example) => accepts(example))
    })
    expect(places(wrong)).toEqual([])
  })

  it('accepts every default', () => {
    const wrong = fields.filter(
      ([, field]) =>
        'default' in field && !ajv.compile({ ...field, definitions: values.definitions })(field.default),
    )
    expect(places(wrong)).toEqual([])
  })

  it('bounds every text, number and list', () => {
    const unbounded = every.filter(([place, schema]) => {
      if (/\/(if|propertyNames)$/.test(place) || schema.enum) return false
      if (schema.type === 'integer') return schema.minimum === undefined || schema.maximum === undefined
      if (schema.type === 'array') return schema.maxItems === undefined
      return schema.type === 'string' && !schema.maxLength && !schema.then
    })
    expect(places(unbounded)).toEqual([])
  })

  it('closes every object but global and those that are not its own', () => {
    const open = every.filter(
      ([, { type, additionalProperties }]) =>
        type === 'object' && (additionalProperties === undefined || additionalProperties === true),
    )
    expect(places(open)).toEqual(['#/properties/global', '#/definitions/extraObject'])
  })

  it('has patterns that RE2 and ECMAScript read alike', () => {
    const patterns = every.flatMap(([place, { pattern }]) => (pattern ? [[place, pattern] as const] : []))
    expect(patterns.filter(([, pattern]) => /\(\?|\\[1-9dDwWsSbBpPk]/.test(pattern))).toEqual([])
    const unanchored = patterns.filter(
      ([place, pattern]) => !place.endsWith('/if') && !/^\^.*\$$/.test(pattern),
    )
    expect(unanchored).toEqual([])
  })

  it('backs every format with a pattern', () => {
    expect(places(every.filter(([, { format, pattern }]) => format && !pattern))).toEqual([])
  })
})

/** Values that a field takes, and their neighbours that it refuses. */
function field(path: string, build: (value: unknown) => object, accepted: unknown[], refused: unknown[]) {
  describe(path, () => {
    it.each(accepted.map((value) => [JSON.stringify(value), value]))('takes %s', (_, value) => {
      expect(refusals(build(value))).toEqual([])
    })
    it.each(refused.map((value) => [JSON.stringify(value), value]))('refuses %s', (_, value) => {
      expect(refusals(build(value))).not.toEqual([])
    })
  })
}

/** Values of a proxy with a field that may be wrong. */
const of = (fields: object) => ({ proxies: { app: { ...app().proxies.app, ...fields } } })
const on = (name: string) => (value: unknown) => of({ [name]: value })
const inside = (outer: string, name: string) => (value: unknown) => of({ [outer]: { [name]: value } })
const port = (name: string) => (value: unknown) => of({ ports: { http: { [name]: value } } })
const a = (length: number) => 'a'.repeat(length)

field(
  'addresses[]',
  (value) => of({ addresses: [value] }),
  [
    '0.0.0.0',
    '255.255.255.255',
    '::',
    '::1',
    '1::',
    'fd00::5',
    '1:2:3:4:5:6:7:8',
    '1:2:3:4:5:6:7::',
    '1::3:4:5:6:7:8',
  ],
  ['256.0.0.1', '1.2.3', '1.2.3.4.5', '01.2.3.4', '1.2.3.4/32', 'example.com', '', 5, null],
)
field(
  'addresses[] by IPv6',
  (value) => of({ addresses: [value] }),
  ['fd00::abcd'],
  [
    'fd00::ABCD',
    'fd00::0bcd',
    'fd00::abcde',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1::2::3',
    '::ffff:1.2.3.4',
    'fe80::1%eth0',
  ],
)
field(
  'addresses[] as an object',
  (value) => of({ addresses: [value] }),
  [{ ip: '2.3.4.5' }, { ip: 'fd00::5', ready: false, zone: 'a', nodeName: 'node1.example.com' }],
  [
    {},
    { ready: true },
    { ip: '2.3.4.5', port: 80 },
    { ip: '2.3.4.5', ready: 'false' },
    { ip: '2.3.4.5', nodeName: 'Node1' },
  ],
)
field('addresses', on('addresses'), [[]], [['2.3.4.5', '2.3.4.5'], '2.3.4.5', null])
field(
  'sourceRanges[]',
  (value) => of({ sourceRanges: [value] }),
  ['0.0.0.0/0', '1.2.3.4/32', '::/0', 'fd00::/128', '1.2.3.4', 'fd00::'],
  ['1.2.3.4/33', '1.2.3.4/00', '1.2.3.4/', '1.2.3/24', 'fd00::/129', 'fd00::/', 'any', '', 0],
)
field(
  'externalName',
  on('externalName'),
  ['', 'a', 'app2.example.com', '1a.2b'],
  ['App2.example.com', '1.2.3.4', 'a..b', '-a', 'a_b', 'a.', `${a(64)}.b`],
)
field(
  'ports',
  on('ports'),
  [{}, { a: { port: 1 } }, { [a(63)]: { port: 1 } }],
  [{ A: { port: 1 } }, { [a(64)]: { port: 1 } }, { 'a.b': { port: 1 } }, []],
)
field('ports.NAME.port', port('port'), [1, 65535], [0, 65536, 80.5, '80', null])
field('ports.NAME.targetPort', port('targetPort'), [1, 65535], [0, 65536, 'http'])
field('ports.NAME.nodePort', port('nodePort'), [30000, 32767], [0, 80, 32768, '30080'])
field('ports.NAME.protocol', port('protocol'), ['TCP', 'UDP', 'SCTP'], ['tcp', 'HTTP', ''])
field(
  'ports.NAME.appProtocol',
  port('appProtocol'),
  ['', 'http', 'kubernetes.io/h2c'],
  ['/http', 'a/b/c', 'http-'],
)
field(
  'service.type',
  inside('service', 'type'),
  ['LoadBalancer', 'ClusterIP', 'NodePort', 'ExternalName'],
  ['clusterip', ''],
)
field('service.inCluster', inside('service', 'inCluster'), [true, false], ['true', 1])
field(
  'service.labels',
  inside('service', 'labels'),
  [{ a: '' }, { 'example.com/a': 'B_c.d' }],
  [{ a: true }, { a: '-b' }, { 'a/': 'b' }, { a: a(64) }],
)
field(
  'service.annotations',
  inside('service', 'annotations'),
  [{ a: '' }, { 'example.com/a': 'any text, {"x": 1}' }],
  [{ a: true }, { a: 1 }, { 'a b': 'c' }],
)
field(
  'service.externalTrafficPolicy',
  inside('service', 'externalTrafficPolicy'),
  ['Cluster', 'Local'],
  ['local', ''],
)
field(
  'service.sessionAffinity',
  inside('service', 'sessionAffinity'),
  ['None', 'ClientIP'],
  ['none', 'Cookie'],
)
field(
  'service.ipFamilyPolicy',
  inside('service', 'ipFamilyPolicy'),
  ['SingleStack', 'PreferDualStack', 'RequireDualStack'],
  ['DualStack'],
)
field(
  'service.ipFamilies',
  inside('service', 'ipFamilies'),
  [['IPv4'], ['IPv6', 'IPv4']],
  [[], ['IPv4', 'IPv4'], ['ipv4'], 'IPv4'],
)
field(
  'service.clusterIP',
  inside('service', 'clusterIP'),
  ['', 'None', '10.96.0.7', 'fd00::7'],
  ['none', '10.96.0.256', 'a'],
)
field(
  'service.loadBalancerClass',
  inside('service', 'loadBalancerClass'),
  ['', 'service.k8s.aws/nlb'],
  ['a b', '/a'],
)
field('endpoints.kind', inside('endpoints', 'kind'), ['EndpointSlice', 'Endpoints'], ['EndpointSlices', ''])
field(
  'dns.hostnames[]',
  (value) => of({ dns: { hostnames: [value] } }),
  ['a.example.com', '*.example.com'],
  ['A.example.com', 'a.*.com', '', '1.2.3.4'],
)
field('dns.ttl', inside('dns', 'ttl'), [0, 2147483647], [-1, 2147483648, '60s'])
field(
  'dns.target',
  inside('dns', 'target'),
  ['', 'lb.example.com', '1.2.3.4', 'fd00::1'],
  ['LB.example.com', 'a b'],
)
field('ingress.controller', inside('ingress', 'controller'), ['none', 'contour'], ['apache', ''])
field(
  'ingress.hosts[]',
  (value) => of({ ingress: { hosts: [value] } }),
  ['a.example.com', '*.example.com'],
  ['*', 'a.example.com/path', '1.2.3.4', 'a.example.com:80'],
)
field(
  'ingress.paths',
  inside('ingress', 'paths'),
  [[{ path: '/' }], [{ path: '/a', pathType: 'Exact' }]],
  [[], [{ path: 'a' }], [{ pathType: 'Exact' }], [{ path: '/', pathType: 'prefix' }], [{ path: '/a b' }]],
)
field(
  'ingress.tls',
  inside('ingress', 'tls'),
  [{ enabled: false }, { issuer: { kind: 'Issuer', name: 'ca' } }],
  [{ issuer: { kind: 'Vault', name: 'ca' } }, { secretName: 'A' }, true],
)
field(
  "a redirect's status, as the Gateway API has it",
  (value) => {
    const redirect = { type: 'RequestRedirect', requestRedirect: { statusCode: value } }
    return of({ routes: { web: { rules: [{ filters: [redirect] }] } } })
  },
  [301, 302, 303, 307, 308],
  [300, 304, 305, 306, 309, '301'],
)
field(
  'proxies',
  (value) => ({ proxies: value }),
  [{}, { a: {} }, { [a(63)]: {} }],
  [{ A: {} }, { '1a': {} }, { 'a-': {} }, { [a(64)]: {} }, [], null],
)
field(
  'a proxy',
  (value) => ({ proxies: { app: value } }),
  [{}, { enabled: false }],
  [{ address: ['2.3.4.5'] }, { backends: {} }, { routes: { web: {}, Web: {} } }, null],
)
field(
  'defaults',
  (value) => ({ defaults: value }),
  [{}, { sourceRanges: ['1.2.3.4/32'] }],
  [{ sourceRange: [] }, null],
)
field('platform', (value) => ({ platform: value }), ['generic', 'hetzner'], ['onprem', ''])
field('namePrefix', (value) => ({ namePrefix: value }), ['', 'edge-', a(40)], ['Edge-', '-edge', '1-', a(41)])
field(
  'the root',
  (value) => value as object,
  [{}, { enabled: false }, { global: { any: { thing: 1 } } }],
  [{ proxy: {} }, { enabled: 'no' }],
)

it.each(['/a b', '/a\tb', '/a\nb', '/a{b}', '/a;b', '/a"b', "/a'b", '/a#b', 'a'])(
  'a path is not %j',
  (path) => {
    const ingress = { hosts: ['a.example.com'], paths: [{ path }] }
    expect(refusals(app({ ingress }))).toContain('/proxies/app/ingress/paths/0/path')
  },
)

it.each(['/', '/api/v1', '/a(/|$)(.*)', '/~u/%20?x=y&z=1', '/[a-z]+'])('a path is %s', (path) => {
  expect(refusals(app({ ingress: { hosts: ['a.example.com'], paths: [{ path }] } }))).toEqual([])
})

it('each pattern has words for people, but the one that tells families apart', () => {
  const patterns = [...within(values)].flatMap(([, { pattern }]) => pattern ?? [])
  expect([...new Set(patterns.filter((pattern) => wordsOf(pattern) === undefined))]).toEqual([':'])
})
