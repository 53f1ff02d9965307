import { isIPv4, isIPv6 } from 'node:net'
import { Ajv, type ValidateFunction } from 'ajv'
import type { Schema } from '../../schema/schema.ts'
import { helmSchema } from '../../tools/generate/helm-schema.ts'
import type { Field } from './fields.ts'

type Root = Schema & { definitions: Record<string, Schema> }

/** Whether the schema, and whether Helm's part of it, takes a value as a field. */
type Judge = (name: string, value: unknown) => { all: boolean; helm: boolean }

/** What judges the fields of {@link Field} by a schema: `values` is the root, `dns` a definition, `dns.ttl` its field. */
export function judgeOf(schema: Root): Judge {
  const [all, helm] = [validatorsOf(schema), validatorsOf(helmSchema(schema))]
  return (name, value) => ({ all: all(name)(value), helm: helm(name)(value) })
}

/** Values of a field that are judged otherwise than it is specified, in words, one by one. */
export function* misjudged(judge: Judge, name: string, { takes, refuses, stops }: Field): Generator<string> {
  const expected = [
    [takes, { all: true, helm: true }],
    [refuses, { all: false, helm: true }],
    [stops, { all: false, helm: false }],
  ] as const
  for (const [some, verdict] of expected)
    for (const value of some) {
      const found = judge(name, value)
      if (found.all !== verdict.all || found.helm !== verdict.helm)
        yield `${name}: ${JSON.stringify(value).slice(0, 80)}: ${JSON.stringify({ found, verdict })}`
    }
}

/** The part of a schema that has such a name. */
export function partOf(schema: Root, name: string): Schema {
  const [definition = '', field] = name.split('.')
  const whole: Schema | undefined = definition === 'values' ? schema : schema.definitions[definition]
  return (field ? whole?.properties?.[field] : whole) ?? {}
}

// --- utils ---

/** A definition that several refer to is read once. */
function validatorsOf({ $schema: _, ...schema }: Root): (name: string) => ValidateFunction {
  // Texts of a megabyte are among the values: to count code points in them takes as long as all else, and no test has another.
  const quick = { code: { optimize: false }, unicode: false, logger: false } as const
  const ajv = new Ajv({ strict: false, meta: false, validateSchema: false, ...quick })
  ajv
    .addFormat('ipv4', isIPv4)
    .addFormat('ipv6', isIPv6)
    .addFormat('hostname', /^[^_\s]+$/)
    .addSchema(schema, 'values')
  return (name) => {
    const [definition = '', field] = name.split('.')
    const whole = definition === 'values' ? 'values#' : `values#/definitions/${definition}`
    return ajv.getSchema(field ? `${whole}/properties/${field}` : whole) ?? ajv.compile({})
  }
}
