import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { load } from 'js-yaml'
import { expect, it } from 'vitest'
import { formOf } from '../../../schema/formats.ts'
import { values as schema } from '../../../schema/index.ts'
import type { Schema } from '../../../schema/schema.ts'
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

it.each(['x y', ':::', '1:2:3:4:5:6:7:8:9', '999.1/99', 'a: {"b', '-'])(
  'whatever stands in place of a text, as %j, there are problems and no failure of a template',
  async (text) => {
    const said = await refusals(spoiled(schema, written, text) as object)
    expect(said.filter((line) => line.endsWith('[value-form]')).length).toBeGreaterThan(20)
  },
)
