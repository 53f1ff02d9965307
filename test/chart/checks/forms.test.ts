import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { load } from 'js-yaml'
import { expect, it } from 'vitest'
import { formOf } from '../../../schema/formats.ts'
import { values as schema } from '../../../schema/index.ts'
import type { Schema } from '../../../schema/schema.ts'
import { itemsOf, resolved } from '../../../tools/generate/fields.ts'
import { refusals } from '../../company.ts'

const definitions: Record<string, Schema> = schema.definitions

/** A value with each text in it that has a form put to another. */
function spoiled(one: Schema, value: unknown, text: string): unknown {
  const own: Schema = one.$ref ? (definitions[one.$ref.replace('#/definitions/', '')] ?? {}) : one
  if (typeof value === 'string') return [own, ...(own.anyOf ?? [])].some(formOf) ? text : value
  if (Array.isArray(value))
    return value.map((item, index) => spoiled(own.items ?? {}, item, `${text}${index || ''}`))
  if (typeof value !== 'object' || value === null) return value
  const object = own.anyOf?.find(({ $ref }) => $ref)
  if (object) return spoiled(object, value, text)
  const others = typeof own.additionalProperties === 'object' ? own.additionalProperties : {}
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, spoiled(own.properties?.[key] ?? others, inner, text)]),
  )
}

/** The proxies and gateways of all examples. */
const examples = readdirSync('examples')
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => load(readFileSync(join('examples', name), 'utf8')) as Record<string, object>)
const written = {
  proxies: Object.assign({}, ...examples.map(({ proxies }) => proxies)),
  gateways: Object.assign({}, ...examples.map(({ gateways }) => gateways)),
}

it.each(['x y', 'a\nb', ':::', '1:2:3:4:5:6:7:8:9', '999.1/99', 'a: {"b', '-'])(
  'whatever stands in place of a text, as %j, there are problems and no failure of a template',
  async (text) => {
    const said = await refusals(spoiled(schema, written, text) as object)
    expect(said.filter((line) => line.endsWith('[value-form]')).length).toBeGreaterThan(20)
  },
)

it('each name, key and text that no example has is judged at its own path', async () => {
  const wrong = 'x y'
  const keyed = (value: unknown) => ({ [wrong]: value })
  const metadata = {
    name: wrong,
    namespace: wrong,
    labels: { ...keyed('a'), a: wrong },
    annotations: keyed('a'),
  }
  const filters = [
    { type: 'CORS', cors: { allowMethods: [wrong], allowHeaders: [wrong], exposeHeaders: [wrong] } },
    { type: 'RequestMirror', requestMirror: { backendRef: { proxy: 'app', port: wrong } } },
    { type: 'RequestRedirect', requestRedirect: { hostname: wrong, port: 0 } },
  ]
  const matches = [{ queryParams: [{ name: wrong, value: 'a', unknown: 'a' }] }]
  const said = await refusals({
    namePrefix: wrong,
    loadBalancerClasses: keyed('generic'),
    harmlessKeys: [wrong],
    harmlessKinds: [wrong],
    commonLabels: { ...keyed('a'), a: wrong },
    commonAnnotations: keyed('a'),
    extraObjects: {
      ...keyed({ apiVersion: 'v1', kind: 'ConfigMap' }),
      a: { apiVersion: wrong, kind: wrong, metadata },
    },
    access: {
      namespace: wrong,
      addresses: [wrong],
      resources: { ...keyed(['a']), a: [wrong] },
      subjects: [{ kind: 'ServiceAccount', name: 'a', namespace: wrong }],
    },
    gateways: {
      edge: {
        kind: 'ListenerSet',
        parentRef: { name: wrong, namespace: wrong },
        addresses: [wrong],
        listeners: keyed({ port: 80, protocol: 'HTTP' }),
      },
    },
    proxies: {
      app: {
        addresses: [{ ip: '2.3.4.5', name: wrong }],
        ports: { http: { port: 80, appProtocol: wrong } },
        backend: { tls: { caSecret: wrong, serverName: wrong } },
        routes: {
          web: { namespace: wrong, port: wrong, annotations: keyed('a'), rules: [{ filters, matches }] },
        },
      },
    },
  })
  const paths = said
    .filter((line) => line.endsWith('[value-form]'))
    .map((line) => line.slice(0, line.indexOf(': ')))
  expect(paths.sort()).toEqual([
    'access.addresses[0]',
    'access.namespace',
    'access.resources.a[0]',
    'access.resources.x y',
    'access.subjects[0].namespace',
    'commonAnnotations.x y',
    'commonLabels.a',
    'commonLabels.x y',
    'extraObjects.a.apiVersion',
    'extraObjects.a.kind',
    'extraObjects.a.metadata.annotations.x y',
    'extraObjects.a.metadata.labels.a',
    'extraObjects.a.metadata.labels.x y',
    'extraObjects.a.metadata.name',
    'extraObjects.a.metadata.namespace',
    'extraObjects.x y',
    'gateways.edge.addresses[0]',
    'gateways.edge.listeners.x y',
    'gateways.edge.parentRef.name',
    'gateways.edge.parentRef.namespace',
    'harmlessKeys[0]',
    'harmlessKinds[0]',
    'loadBalancerClasses.x y',
    'namePrefix',
    'proxies.app.addresses[0].name',
    'proxies.app.backend.tls.caSecret',
    'proxies.app.backend.tls.serverName',
    'proxies.app.ports.http.appProtocol',
    'proxies.app.routes.web.annotations.x y',
    'proxies.app.routes.web.namespace',
    'proxies.app.routes.web.port',
    'proxies.app.routes.web.rules[0].filters[0].cors.allowHeaders[0]',
    'proxies.app.routes.web.rules[0].filters[0].cors.allowMethods[0]',
    'proxies.app.routes.web.rules[0].filters[0].cors.exposeHeaders[0]',
    'proxies.app.routes.web.rules[0].filters[1].requestMirror.backendRef.port',
    'proxies.app.routes.web.rules[0].filters[2].requestRedirect.hostname',
    'proxies.app.routes.web.rules[0].filters[2].requestRedirect.port',
    'proxies.app.routes.web.rules[0].matches[0].queryParams[0].name',
  ])
})

/** A value of a schema with a field that it does not know in each of its objects, and else what must be there alone. */
function withUnknown(one: Schema): unknown {
  const own = resolved(one, definitions)
  const object = own.anyOf
    ?.map((choice) => resolved(choice, definitions))
    .find(({ properties }) => properties)
  if (object) return withUnknown(object)
  const items = itemsOf(own, definitions)
  if (items) return own.items ? [withUnknown(items)] : { a: withUnknown(items) }
  if (!own.properties) return undefined
  const fields = Object.entries(own.properties).flatMap(([name, field]): [string, unknown][] => {
    const inner = withUnknown(field)
    if (inner !== undefined) return [[name, inner]]
    const { enum: choices, examples: told, minimum } = resolved(field, definitions)
    return own.required?.includes(name) ? [[name, choices?.[0] ?? told?.[0] ?? minimum ?? 'a']] : []
  })
  return { ...Object.fromEntries(fields), ...(own.additionalProperties === false && { zzz: 'a' }) }
}

/** Where the unknown fields are. */
function unknownIn(value: unknown, at = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => unknownIn(item, `${at}[${index}]`))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const path = at ? `${at}.${key}` : key
    return key === 'zzz' ? [path] : unknownIn(inner, path)
  })
}

it('each field that no object of the values knows is said at its own path', async () => {
  const values = withUnknown(schema) as Record<string, unknown>
  const said = (await refusals(values)).filter((line) => line.endsWith('[value-unknown]'))
  const expected = unknownIn(values)
  expect(expected.length).toBeGreaterThan(40)
  expect(said.map((line) => line.slice(0, line.indexOf(': '))).sort()).toEqual(expected.sort())
})
