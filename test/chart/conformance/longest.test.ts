import { describe, expect, it } from 'vitest'
import { values } from '../../../schema/index.ts'
import type { Schema } from '../../../schema/schema.ts'
import { crds } from '../../../tools/chart/crds.ts'
import { fc } from '../../fast-check.ts'

/** A field of the values beside the field of a kind that it is written to. */
interface Pair {
  own: Schema
  theirs: Schema
}

const definitions: Record<string, Schema> = values.definitions
const all = await crds()

/** What a kind takes as its `spec`, in v1, as its CRD has it. */
function specOf(kind: string): Schema {
  const versions = all.find((one) => one.kind === kind)?.definition.spec.versions ?? []
  const { openAPIV3Schema } = versions.find(({ name }) => name === 'v1')?.schema ?? {}
  return (openAPIV3Schema as Schema).properties?.spec ?? {}
}

const resolved = (schema: Schema): Schema =>
  definitions[schema.$ref?.replace('#/definitions/', '') ?? ''] ?? schema

/** All that values and a kind of the Gateway API call by the same names, in pairs. */
function* pairs(field: Schema, theirs: Schema, path = ''): Generator<[path: string, Pair]> {
  const { anyOf, ...alone } = resolved(field)
  // A method is a text of an HTTPRoute, and an object of a GRPCRoute.
  const own = anyOf?.map(resolved).find(({ type }) => type === theirs.type) ?? alone
  // A proxy's port is named, a kind's is a number: the one does not go to the other as it is.
  if (own.type !== theirs.type) return
  yield [path, { own, theirs }]
  if (own.items && theirs.items) yield* pairs(own.items, theirs.items, `${path}[]`)
  for (const [name, one] of Object.entries(own.properties ?? {})) {
    const same = theirs.properties?.[name]
    if (same) yield* pairs(one, same, path ? `${path}.${name}` : name)
  }
}

const known = new Map<string, string[]>()

/** Texts of a form, which several fields have. */
function textsOf(pattern: string): string[] {
  const texts =
    known.get(pattern) ?? fc.sample(fc.stringMatching(new RegExp(pattern)), { numRuns: 200, seed: 1 })
  known.set(pattern, texts)
  return texts
}

/** What a field of the values lets through that the kind's field refuses. */
function beyond({ own, theirs }: Pair): string[] {
  const { maxLength = 0, maxItems = Infinity, maximum = Infinity, minimum = -Infinity } = theirs
  if (own.enum) return own.enum.filter((word) => theirs.enum && !theirs.enum.includes(word)).map(String)
  const form = new RegExp(theirs.pattern ?? '')
  const texts = own.pattern ? textsOf(own.pattern) : []
  return [
    ...(maxLength && !(Number(own.maxLength) <= maxLength)
      ? [`${own.maxLength} characters, not ${maxLength}`]
      : []),
    ...((own.maxItems ?? 0) > maxItems ? [`${own.maxItems} items, not ${maxItems}`] : []),
    ...((own.maximum ?? 0) > maximum ? [`${own.maximum}, not at most ${maximum}`] : []),
    ...((own.minimum ?? 0) < minimum ? [`${own.minimum}, not at least ${minimum}`] : []),
    // The empty text is "not written".
    ...texts.filter((one) => one !== '' && !form.test(one)).slice(0, 1),
  ]
}

/** What only one of several kinds takes, each with the code of the check that says so. */
const checked: Record<string, string> = {
  'GRPCRoute rules[].filters[].type': 'filter-kind',
  'TLSRoute rules': 'route-rules',
  'TCPRoute rules': 'route-rules',
  'UDPRoute rules': 'route-rules',
}

describe.concurrent('at its longest, each value is within the bounds of the kind that it goes to', () => {
  const kinds = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute', 'ListenerSet']
  it.each(kinds)('%s', (kind) => {
    const own = kind === 'ListenerSet' ? definitions.gateway : definitions.route
    const found = [...pairs(own ?? {}, specOf(kind))].map(
      ([path, pair]) => [`${kind} ${path}`, beyond(pair)] as const,
    )
    expect(found.length).toBeGreaterThan(2)
    expect(found.filter(([path, wrong]) => wrong.length > 0 && !checked[path])).toEqual([])
  })
})
