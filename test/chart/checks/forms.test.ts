import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { load } from 'js-yaml'
import { expect, it } from 'vitest'
import { formOf } from '../../../schema/formats.ts'
import { values as schema } from '../../../schema/index.ts'
import type { Schema } from '../../../schema/schema.ts'
import { resolved } from '../../../tools/generate/fields.ts'
import { refusals } from '../../refusals.ts'
import { app } from '../../values.ts'

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
const inExamples = {
  proxies: Object.assign({}, ...examples.map(({ proxies }) => proxies)),
  gateways: Object.assign({}, ...examples.map(({ gateways }) => gateways)),
}

it.concurrent.each(['x y', 'a\nb', ':::', '1:2:3:4:5:6:7:8:9', '999.1/99', 'a: {"b', '-'])(
  'whatever stands in place of a text, as %j, there are problems and no failure of a template',
  async (text) => {
    const said = await refusals(spoiled(schema, inExamples, text) as object)
    expect(said.filter((line) => line.endsWith('[value-form]')).length).toBeGreaterThan(20)
  },
)

/** How values are made from the schema. */
interface Making {
  /** What stands for a text, a number or a word, one after the other; nothing leaves it out. */
  leaf: (own: Schema, isRequired: boolean) => unknown[]
  /** What else stands in place of an object, list or map that may be left out. */
  instead: unknown[]
  /** The keys that a map has besides its own. */
  keys: string[]
  /** The fields that a closed object has besides its own. */
  more: (own: Schema) => object
}

/** A value that a text or number may have. */
const right = ({ enum: choices, examples }: Schema) => choices?.[0] ?? examples?.[0] ?? 'a'

/** Values of a schema that have all of it between them: each of its fields, and whatever may stand there. */
function made(one: Schema, how: Making, isRequired = false): unknown[] {
  const own = resolved(one, definitions)
  if (own.anyOf) return own.anyOf.flatMap((choice) => made(choice, how, isRequired))
  const others = isRequired ? [] : how.instead
  if (own.items) return [made(own.items, how, true), ...others]
  if (typeof own.additionalProperties === 'object') {
    const [first = right(own.additionalProperties), ...rest] = made(own.additionalProperties, how)
    const named = [first, ...rest].map((value, index) => [`a${index || ''}`, value])
    return [Object.fromEntries([...named, ...how.keys.map((key) => [key, first])]), ...others]
  }
  if (!own.properties) return own.type === 'object' ? [] : how.leaf(own, isRequired)
  const fields = Object.entries(own.properties).flatMap(([name, field]): [string, unknown[]][] => {
    const all = made(field, how, own.required?.includes(name))
    return all.length > 0 ? [[name, all]] : []
  })
  const count = Math.max(1, ...fields.map(([, all]) => all.length))
  const objects = Array.from({ length: count }, (_, index) => ({
    ...Object.fromEntries(fields.map(([name, all]) => [name, all[index % all.length]])),
    ...(own.additionalProperties === false && how.more(own)),
  }))
  return [...objects, ...others]
}

const wrong = 'x\ny'
const seen = 'x↵y'
const mistyped = (own: Schema) => Object.keys(own.properties ?? {})[0]?.toUpperCase() ?? ''

const spoiling: Making = {
  leaf: (own, isRequired) => {
    if (formOf(own)) return [own.type === 'integer' ? 0 : wrong]
    return isRequired ? [right(own)] : []
  },
  instead: [],
  keys: [wrong],
  more: (own) => ({ zzz: 'a', [mistyped(own)]: 'a' }),
}

/** Where something is that spoiling put there: a text or number, a key, a field. */
function spoiledIn(value: unknown, at = ''): string[] {
  if (value === wrong || value === 0) return [at]
  if (Array.isArray(value)) return value.flatMap((item, index) => spoiledIn(item, `${at}[${index}]`))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const path = `${at}${at && '.'}${key === wrong ? seen : key}`
    const isSpoiled = key === wrong || key === 'zzz' || /^[A-Z]+$/.test(key)
    return [...(isSpoiled ? [path] : []), ...spoiledIn(inner, path)]
  })
}

it.concurrent('each text, number, key and field of the schema that is wrong is said at its own path, as it is written', async () => {
  const [values] = made(schema, spoiling, true) as object[]
  const said = (await refusals(values ?? {})).filter((line) => /\[value-(form|unknown)\]$/.test(line))
  const expected = spoiledIn(values)
  expect(expected.length).toBeGreaterThan(200)
  expect(said.map((line) => line.slice(0, line.indexOf(': '))).sort()).toEqual(expected.sort())
  const wordsOf = (line: string) => {
    const last = /([^.]*): /.exec(line)?.[1] ?? ''
    if (last === 'zzz') return 'no such value; there are '
    return /^[A-Z]+$/.test(last) ? 'no such value; did you mean ' : '(x↵y|0) is not '
  }
  expect(said.filter((line) => !new RegExp(`: ${wordsOf(line)}`).test(line))).toEqual([])
})

it.concurrent.each([
  ['a letter too much', 'addressses', 'addresses'],
  ['a letter too few', 'adresses', 'addresses'],
  ['another letter', 'addrexses', 'addresses'],
  ['two letters in the other order', 'addresess', 'addresses'],
  ['one for several', 'address', 'addresses'],
  ['other signs', 'source-ranges', 'sourceRanges'],
  ['a part of it', 'ranges', 'sourceRanges'],
])('of %s, %s, the field that is meant is said', async (_, written, meant) => {
  const [said] = await refusals({ proxies: { app: { [written]: [] } } })
  expect(said).toBe(`proxies.app.${written}: no such value; did you mean ${meant}? [value-unknown]`)
})

it.concurrent('several that end with an s are one, however that is spelt', async () => {
  expect(await refusals(app({ service: { ipFamily: ['IPv4'] } as object }))).toEqual([
    'proxies.app.service.ipFamily: no such value; did you mean ipFamilies? [value-unknown]',
  ])
})

it.concurrent('an end of a line and a tab are shown', async () => {
  expect(await refusals(app({ dns: { hostnames: ['a\tb\nc'] } }))).toEqual([
    expect.stringMatching(/^proxies\.app\.dns\.hostnames\[0\]: a⇥b↵c is not /),
  ])
})

/** A copy without any null. */
const written = <T>(value: T): T =>
  JSON.parse(JSON.stringify(value), (_, one) => {
    if (typeof one !== 'object' || one === null || Array.isArray(one)) return one
    return Object.fromEntries(Object.entries(one).filter(([, inner]) => inner !== null))
  })

it.concurrent('what is null is judged as if it were not written, wherever it stands', async () => {
  const nulls: Making = {
    leaf: (own, isRequired) => (isRequired ? [right(own)] : [null]),
    instead: [null],
    keys: [],
    more: () => ({}),
  }
  const all = made(schema, nulls, true) as { defaults?: unknown }[]
  expect(all.length).toBeGreaterThan(1)
  // Null takes away what defaults say: that is another thing.
  const judged = async ({ defaults: _, ...values }: (typeof all)[number]) =>
    expect(await refusals(values)).toEqual(await refusals(written(values)))
  await Promise.all(all.map(judged))
})

it.concurrent("a text that looks like a neighbour's address is none itself", async () => {
  const said = await refusals({
    proxies: {
      ...app().proxies,
      b: { ...app().proxies.app, addresses: ['{"ip":"2.3.4.6"}'] },
      c: { ...app().proxies.app, addresses: [{ ip: '2.3.4.6' }] },
    },
  })
  expect(said).toEqual([expect.stringMatching(/^proxies\.b\.addresses\[0\]: .* \[value-form\]$/)])
})
