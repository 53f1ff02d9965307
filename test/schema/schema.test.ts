import { isIPv4, isIPv6 } from 'node:net'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { wordsOf } from '../../schema/formats.ts'
import { values } from '../../schema/index.ts'
import type { Schema } from '../../schema/schema.ts'
import { fields as specified } from './fields.ts'
import { judgeOf, misjudged } from './judged.ts'

const ajv = new Ajv({ strict: true, strictRequired: true, allErrors: true, code: { optimize: false } })
ajv.addFormat('ipv4', isIPv4)
ajv.addFormat('ipv6', isIPv6)
ajv.addFormat('hostname', /^[^_\s]+$/)
ajv.addSchema(values, 'values')
/** Whether the schema takes a value at one of its places. */
const accepts = (place: string, value: unknown) => ajv.getSchema(`values${place}`)?.(value) === true
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
    const wrong = bare.filter(
      ([place, { examples = [] }]) =>
        examples.length === 0 || !examples.every((example) => accepts(place, example)),
    )
    expect(places(wrong)).toEqual([])
  })

  it('accepts every default', () => {
    const wrong = fields.filter(([place, field]) => 'default' in field && !accepts(place, field.default))
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

describe('each field takes and refuses what is written of it', () => {
  const judge = judgeOf(values)
  it('and something is written of each', () => {
    const all: [string, Schema][] = [['values', values], ...Object.entries(values.definitions)]
    const named = all.flatMap(([name, { properties = {} }]) => {
      const own = Object.entries(properties).filter(([, { $ref }]) => !$ref)
      return [name, ...own.map(([field]) => `${name}.${field}`)]
    })
    expect(Object.keys(specified).sort()).toEqual(named.sort())
  })
  it.each(Object.entries(specified))('%s', (name, field) => {
    expect([...misjudged(judge, name, field)]).toEqual([])
  })
})

it('each pattern has words for people, but the one that tells families apart', () => {
  const patterns = [...within(values)].flatMap(([, { pattern }]) => pattern ?? [])
  expect([...new Set(patterns.filter((pattern) => wordsOf(pattern) === undefined))]).toEqual(['^[^.:]*:'])
})
