import { Ajv, type ValidateFunction } from 'ajv'
import { crds } from '../../../tools/chart/crds.ts'
import type { KubernetesObject } from '../../../tools/chart/objects.ts'

/** What checks an object against its CRD; compiled when it is asked for. */
type Validators = ReadonlyMap<string, () => ValidateFunction>

/** Checks objects against the CRDs, by `APIVERSION KIND`; versions that are not served are left out. */
export async function validators(): Promise<Validators> {
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true, code: { optimize: false } })
  const entries = (await crds()).flatMap(({ kind, definition: { spec } }) =>
    spec.versions
      .filter(({ served }) => served)
      .map(({ name, schema }) => {
        let compiled: ValidateFunction | undefined
        const validate = () => {
          compiled ??= ajv.compile(closed(withMetadata(schema.openAPIV3Schema)))
          return compiled
        }
        return [`${spec.group}/${name} ${kind}`, validate] as const
      }),
  )
  return new Map(entries)
}

/** What is wrong with objects of kinds that have a CRD here; CEL rules are left to the API server. */
export function wrongs(all: Validators, objects: readonly KubernetesObject[]): string[] {
  return objects.flatMap((object) => {
    const kind = `${object.apiVersion} ${object.kind}`
    const validate = all.get(kind)?.()
    if (!validate || validate(object)) return []
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${kind}${instancePath} ${message} ${JSON.stringify(params)}`,
    )
  })
}

// --- utils ---

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What every object has, and a CRD need not say. */
const withMetadata = (schema: { properties?: object }) => ({
  ...schema,
  properties: { apiVersion: {}, kind: {}, metadata: {}, ...schema.properties },
})

/** A structural schema as JSON Schema: fields that it doesn't name are wrong, as with `--validate=strict`. */
function closed(schema: object): object {
  const copy = Object.fromEntries(
    Object.entries(schema)
      .flatMap(([key, value]) => {
        if (/^exclusiveM/.test(key) && typeof value === 'boolean') return [] // JSON Schema's draft 4
        return [[key, value] as const]
      })
      .map(([key, value]) => {
        if (key === 'properties' && isMap(value))
          return [
            key,
            Object.fromEntries(
              Object.entries(value).map(([name, one]) => [name, isMap(one) ? closed(one) : one]),
            ),
          ]
        if (Array.isArray(value)) return [key, value.map((one) => (isMap(one) ? closed(one) : one))]
        return [key, isMap(value) && key !== 'default' ? closed(value) : value]
      }),
  )
  const open = copy['x-kubernetes-preserve-unknown-fields'] || copy.additionalProperties
  // Only where a type is said: what stands within anyOf or oneOf adds to it.
  const close = copy.type === 'object' && copy.properties && !open
  return {
    ...copy,
    ...(close && { additionalProperties: false }),
    ...(copy['x-kubernetes-int-or-string'] === true && { type: ['integer', 'string'] }),
  }
}
