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

function validatorsOf({ $schema: _, ...schema }: Root): (name: string) => ValidateFunction {
  const ajv = new Ajv({ strict: false, meta: false, validateSchema: false, code: { optimize: false } })
  ajv
    .addFormat('ipv4', isIPv4)
    .addFormat('ipv6', isIPv6)
    .addFormat('hostname', /^[^_\s]+$/)
  const known = new Map<string, ValidateFunction>()
  return (name) => {
    const part = partOf(schema, name)
    // Definitions where one is referred to, since ajv reads them all.
    const isAlone = !JSON.stringify(part).includes('$ref')
    const { definitions, ...alone } = { ...part, definitions: schema.definitions }
    const validate = known.get(name) ?? ajv.compile(isAlone ? alone : { ...alone, definitions })
    known.set(name, validate)
    return validate
  }
}
