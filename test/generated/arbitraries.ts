import type { Arbitrary } from 'fast-check'
import { controllers } from '../../schema/controllers.ts'
import type { Schema } from '../../schema/schema.ts'
import { fc } from '../fast-check.ts'
import * as pools from './pools.ts'

/**
 * Values as the schema describes them, as an arbitrary of fast-check: every field of it, each by its type, its words,
 * its bounds or its pattern, so that a new field is generated from the day on which it is described. Where only few
 * texts make sense together, they come from pools.ts. One in two hundred stands at an edge of what the schema allows.
 * @param schema a part of the values' schema, with `definitions` for what it refers to
 * @param path where it stands in the values: `proxies.*.service.type`
 */
function arbitraryOf(schema: Schema, path: string, definitions: Record<string, Schema>): Arbitrary<unknown> {
  const usual = chosenFor(path) ?? bySchema(schema, path, definitions)
  // Names in the root are told apart by what stands before them.
  if (/^(proxies|gateways)$/.test(path)) return usual
  // Made when it is chosen: each is as much work as all that is usual.
  const edge = fc.constant(undefined).chain(() => edgeOf(schema, path, definitions))
  return fc.oneof({ weight: 200, arbitrary: usual }, { weight: edges, arbitrary: edge })
}

function bySchema(schema: Schema, path: string, definitions: Record<string, Schema>): Arbitrary<unknown> {
  if (schema.$ref) {
    const name = schema.$ref.replace('#/definitions/', '')
    return arbitraryOf(definitions[name] ?? {}, path, definitions)
  }
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((one) => arbitraryOf(one, path, definitions)))
  if (schema.enum) return fc.constantFrom(...schema.enum)
  switch (schema.type) {
    case 'boolean':
      return fc.boolean()
    case 'integer':
      return fc.integer({ min: schema.minimum ?? 0, max: schema.maximum ?? 65535 })
    case 'string':
      return textOf(schema)
    case 'array':
      return fc.uniqueArray(arbitraryOf(schema.items ?? {}, `${path}[]`, definitions), {
        minLength: schema.minItems ?? (/(hosts|hostnames|parentRefs)$/.test(path) ? 1 : 0),
        maxLength: Math.min(schema.maxItems ?? 3, 3),
        selector: (item) => JSON.stringify(item),
      })
    case 'object':
      return schema.properties ? recordOf(schema, path, definitions) : mapOf(schema, path, definitions)
    default:
      return fc.constant({})
  }
}

/** Values of one sample, `proxies` and `gateways`, whose proxies may meet: see {@link pools.own}. */
export const sampleOf = (values: Schema): Arbitrary<Sample> => {
  const definitions = values.definitions ?? {}
  const { proxies = {}, gateways = {} } = values.properties ?? {}
  return fc.record({
    proxies: mapOf(proxies, 'proxies', definitions) as Arbitrary<Sample['proxies']>,
    gateways: fc.oneof(
      { weight: 15, arbitrary: fc.constant({}) },
      { weight: 1, arbitrary: mapOf(gateways, 'gateways', definitions) },
    ) as Arbitrary<Sample['gateways']>,
  })
}

export interface Sample {
  proxies: Record<string, object>
  gateways: Record<string, object>
}

/** The root's other fields, which all samples of a render share. */
export const rootOf = (values: Schema): Arbitrary<object> => {
  const { proxies, gateways, enabled, global, ...shared } = values.properties ?? {}
  const schema: Schema = { type: 'object', properties: shared }
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: arbitraryOf(schema, '', values.definitions ?? {}) as Arbitrary<object> },
  )
}

// --- utils ---

/** How often, for two hundred usual ones, a value stands at an edge. */
const edges = 1

/** Sizes of lists and maps that some kind of Kubernetes draws a line at, and one more. */
const sizes = [1, 8, 15, 16, 17, 33]

/** The longest text, the fullest list or map, by the schema alone: the pools hold no such. */
function edgeOf(schema: Schema, path: string, definitions: Record<string, Schema>): Arbitrary<unknown> {
  const { type, items, additionalProperties: values, propertyNames: names = {} } = schema
  const most = schema.maxItems ?? schema.maxProperties ?? 0
  const counts = fc.constantFrom(...sizes.filter((size) => size < most), Math.min(most, 65))
  if (schema.then && schema.else) return fc.oneof(edgeText(schema.then), edgeText(schema.else))
  if (type === 'string' && !schema.enum) return edgeText(schema)
  if (type === 'integer') return fc.constantFrom(schema.minimum ?? 0, schema.maximum ?? 65535)
  if (type === 'array' && items)
    return counts.chain((count) =>
      fc.uniqueArray(bySchema(items, `${path}[]`, definitions), {
        minLength: count,
        maxLength: count,
        selector: (item) => JSON.stringify(item),
      }),
    )
  if (type === 'object' && typeof values === 'object')
    return counts.chain((count) =>
      fc.dictionary(textOf(names), arbitraryOf(values, `${path}.*`, definitions), {
        minKeys: count,
        maxKeys: count,
      }),
    )
  return bySchema(schema, path, definitions)
}

/** The longest of some, and what is not of this alphabet where the schema does not mind. */
function edgeText({ pattern, minLength = 0, maxLength = 64 }: Schema): Arbitrary<string> {
  if (!pattern) {
    const long = Math.min(maxLength, 5000)
    return fc.oneof(
      fc.string({ minLength, maxLength: 20, unit: 'binary' }),
      fc.string({ minLength: long, maxLength: long, unit: fc.constantFrom('a', '-', 'é', '$') }),
      fc.constantFrom(
        'y',
        'no',
        '1',
        '0x1',
        '1e3',
        'null',
        '~',
        '2026-01-01',
        '|',
        ' a ',
        '{{ . }}',
        'a: b',
        '#',
      ),
    )
  }
  const text = matching(pattern, { size: 'max', maxLength })
  return fc.array(text, { minLength: 3, maxLength: 3 }).map((some) => {
    const fitting = some.filter((one) => one.length <= maxLength)
    return fitting.sort((a, b) => b.length - a.length)[0] ?? ''
  })
}

const one = (texts: readonly string[]) => fc.constantFrom(...texts)

const mostly = (usual: Arbitrary<unknown>, other: Arbitrary<unknown>) =>
  fc.oneof({ weight: 4, arbitrary: usual }, { weight: 1, arbitrary: other })

const drained = one(pools.addresses).map((ip) => ({ ip, ready: false }))

/** What stands at a path by choice rather than by its schema; the first that fits. */
const choices: [RegExp, Arbitrary<unknown>][] = [
  [/^gateways.*\.addresses\[\]$/, one(pools.addresses)],
  [
    /(^|\.)addresses$/,
    mostly(
      fc.shuffledSubarray(
        pools.addresses.filter((address) => !address.includes(':')),
        { minLength: 1 },
      ),
      fc.uniqueArray(fc.oneof(one(pools.addresses), drained), {
        minLength: 1,
        maxLength: 4,
        selector: JSON.stringify,
      }),
    ),
  ],
  [
    /(^|\.)sourceRanges$/,
    mostly(
      fc.constantFrom(...pools.usualRanges),
      fc.uniqueArray(one(pools.ranges), { minLength: 1, maxLength: 3 }),
    ),
  ],
  [/service\.type$/, mostly(one(['LoadBalancer', 'ClusterIP']), one(['NodePort', 'ExternalName']))],
  [/(^|\.)ports\.\*\.(port|targetPort)$/, fc.constantFrom(...pools.portNumbers)],
  [/ingress\.controller$/, mostly(one(pools.ingressPresets), one(controllers))],
  [/routes\.\*\.controller$/, mostly(one(pools.routePresets), one(controllers))],
  [/(hosts|hostnames)\[\]$/, one(pools.hosts)],
  [/listeners\.\*\.hostname$/, one(['', ...pools.hosts])],
  [/(^|\.)(annotations|commonAnnotations)$/, keyed(pools.annotationKeys, pools.annotationValues)],
  [/(^|\.)(labels|commonLabels)$/, keyed(pools.labelKeys, pools.labelValues)],
  [/(parentRefs\[\]|requestMirror)\.name$|parentRef\.name$/, one([`${pools.own}edge`, `${pools.own}b`])],
  [/sectionName$/, one(pools.sections)],
  [/backendRefs?(\[\])?\.proxy$/, one(pools.names)],
  [/\.port$/, mostly(one(['', 'http']), one(pools.portNames))],
  [/^harmlessKeys$/, fc.constant(['example.com/'])],
  [/^access$/, fc.constant({})],
  [/^harmlessKinds$/, fc.constant(['example.com/Thing'])],
  [
    /^extraObjects$/,
    fc.constant({
      ca: { apiVersion: 'v1', kind: 'ConfigMap', data: { 'ca.crt': '-----BEGIN CERTIFICATE-----' } },
    }),
  ],
  [/^loadBalancerClasses$/, keyed(pools.loadBalancerClasses.slice(0, 2), ['generic', 'aws', 'hetzner'])],
  [/loadBalancerClass$/, one(['', ...pools.loadBalancerClasses])],
  [/className$/, one(['', `${pools.own}one`, `${pools.own}two`])],
  [/certificates\[\]\.secretName$/, one([`${pools.own}tls`])],
  [/(secretName|caSecret|caConfigMap)$/, one(['', `${pools.own}tls`, `${pools.own}ca`])],
  [/\.(namespace|secretNamespace)$/, one(['', 'default', 'edge'])],
  [/dns\.target$/, one(['', 'lb.example.com', '198.51.100.7'])],
  [/externalName$/, one(['app2.example.com'])],
  [/clusterIP$/, one(['', 'None', '10.96.0.7', 'fd00:96::7'])],
  [/(timeouts\.\w+|interval|[rR]equest)$/, one(['1s', '500ms', '1m30s'])],
  [/nodeName$/, one(['', 'node1'])],
]

function chosenFor(path: string): Arbitrary<unknown> | undefined {
  // A parent's and a listener's port are numbers, which the schema describes; every other is a port's name.
  if (/(parentRefs\[\]|listeners\.\*|requestRedirect)\.port$/.test(path))
    return fc.constantFrom(...pools.portNumbers)
  return choices.find(([where]) => where.test(path))?.[1]
}

function keyed(keys: readonly string[], values: readonly string[]) {
  return fc.dictionary(one(keys), one(values), { minKeys: 1, maxKeys: 2 })
}

const keysOf: [RegExp, readonly string[]][] = [
  [/^(proxies|gateways)$/, pools.names],
  [/routes$/, pools.routeNames],
  [/ports$/, pools.portNames],
  [/listeners$/, pools.sections],
]

function mapOf(schema: Schema, path: string, definitions: Record<string, Schema>): Arbitrary<object> {
  const values = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : {}
  const keys = keysOf.find(([where]) => where.test(path))?.[1] ?? ['a']
  const [usual = ''] = keys
  const names = path.endsWith('ports') ? mostly(fc.constant(usual), one(keys)) : one(keys)
  return fc.dictionary(names as Arbitrary<string>, arbitraryOf(values, `${path}.*`, definitions), {
    minKeys: 1,
    maxKeys: path === 'proxies' ? 3 : 2,
  })
}

/** How often, in a hundred, a field is written. What makes a proxy is nearly always there, the rest seldom. */
const presence: [RegExp, number][] = [
  [
    /^proxies\.\*\.(addresses|ports|sourceRanges)$|ports\.\*\.port$|(parentRefs|listeners|hosts|hostnames)$/,
    98,
  ],
  [/ingress\.(controller|enabled)$/, 80],
  [/(ipFamilies|ipFamilyPolicy|port|nodePort)$/, 4],
  [/\.(targetPort|hosts|hostnames|controller|kind|className)$/, 60],
  [/\.(ingress|routes|service)$/, 35],
  [
    /\.(externalName|enabled|rules|endpoints|apiVersion|clusterIP|trafficDistribution|externalTrafficPolicy)$/,
    4,
  ],
]

function recordOf(schema: Schema, path: string, definitions: Record<string, Schema>): Arbitrary<object> {
  const fields = Object.entries(schema.properties ?? {}).map(([name, field]) => {
    const at = path === '' ? name : `${path}.${name}`
    const weight = schema.required?.includes(name)
      ? 100
      : (presence.find(([where]) => where.test(at))?.[1] ?? 12)
    const there = arbitraryOf(field, at, definitions).map((value) => [[name, value]])
    return fc.oneof({ weight: 100 - weight, arbitrary: fc.constant([]) }, { weight, arbitrary: there })
  })
  return fc.tuple(...fields).map((entries) => Object.fromEntries(entries.flat()))
}

function textOf({ pattern, maxLength = 20, minLength = 0, ...schema }: Schema): Arbitrary<string> {
  if (schema.then && schema.else) return fc.oneof(textOf(schema.then), textOf(schema.else))
  if (!pattern) return fc.string({ minLength, maxLength: Math.min(maxLength, 20) })
  return matching(pattern, { maxLength: Math.min(maxLength, 40) })
}

/** Texts of a pattern, each read once: those of addresses are long. */
function matching(pattern: string, options: { maxLength: number; size?: 'max' }): Arbitrary<string> {
  const key = JSON.stringify([pattern, options])
  const known = texts.get(key) ?? fc.stringMatching(new RegExp(pattern), options)
  texts.set(key, known)
  return known
}

const texts = new Map<string, Arbitrary<string>>()
