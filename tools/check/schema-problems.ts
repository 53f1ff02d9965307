import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import { formOf, forms, type Words, wordsOf } from '../../schema/formats.ts'
import { values } from '../../schema/index.ts'
import { withNulls } from '../../schema/nulls.ts'
import { type Problem, pathOfPointer } from '../chart/problems.ts'
import { nearest } from './nearest.ts'

/** What the schema says of values, and which part of the source it is about. */
export interface SchemaProblem extends Problem {
  part: 'key' | 'value'
  allowed?: string[]
  nearest?: string
}

/**
 * What the schema has against values, which Helm has refused: Helm's libraries differ in words, and name no field
 * that could be meant.
 * @param merged the values as Helm merges them
 */
export function schemaProblems(merged: unknown): SchemaProblem[] {
  validate ??= compiled()
  validate(merged)
  const errors = meant(validate.errors ?? [])
  return errors.flatMap((error) => described(error) ?? [])
}

// --- utils ---

/** For as long as the process lives, since to compile it takes longer than to read values by it. */
let validate: ValidateFunction | undefined

function compiled(): ValidateFunction {
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    strict: false,
    validateFormats: false, // The schema gives their patterns, too.
    validateSchema: false, // It is this project's own.
    code: { optimize: false }, // That takes longer than it saves.
  })
  return ajv.compile(withNulls(values))
}

/**
 * Without what only says that another error is there, and of the branches of an anyOf those alone that allow this
 * type at all.
 */
function meant(errors: readonly ErrorObject[]): ErrorObject[] {
  const branched = errors.filter(({ keyword }) => keyword === 'anyOf').map(({ instancePath }) => instancePath)
  const own = errors.filter(({ keyword }) => !['if', 'anyOf', 'propertyNames'].includes(keyword))
  const ofOtherType = own.filter(
    ({ instancePath, keyword }) => keyword === 'type' && branched.includes(instancePath),
  )
  const rest = own.filter((error) => !ofOtherType.includes(error))
  const seen = new Set<string>()
  return own.filter((error) => {
    const isOther = ofOtherType.includes(error)
    const better = rest.some(({ instancePath }) => isAtOrBelow(instancePath, error.instancePath))
    // Of two types that are allowed, the first is named.
    const about = error.keyword === 'type' ? '' : JSON.stringify(error.params)
    const key = `${error.instancePath} ${error.keyword} ${error.propertyName} ${about}`
    if ((isOther && better) || seen.has(key)) return false
    seen.add(key)
    return true
  })
}

const isAtOrBelow = (pointer: string, above: string) => pointer === above || pointer.startsWith(`${above}/`)

function described(error: ErrorObject): SchemaProblem {
  const { instancePath, keyword, params, propertyName, data } = error
  const key: unknown = params.additionalProperty ?? propertyName
  const path = pathOfPointer(typeof key === 'string' ? `${instancePath}/${pointerOf(key)}` : instancePath)
  const part = typeof key === 'string' || keyword === 'required' ? 'key' : 'value'
  const allowed = allowedBy(error)
  const written = String(typeof key === 'string' ? key : data)
  const near = allowed && nearest(written, allowed)
  const isUnknown = keyword === 'additionalProperties'
  const meant = near ? `${isUnknown ? ';' : ':'} did you mean ${near}?` : ''
  const hint = isUnknown && isOfUmbrella(error, written) ? umbrella : meant
  const start = near ? ' Allowed' : '; allowed'
  const list = allowed && hint === meant ? `${start}: ${allowed.join(', ')}` : ''
  return {
    path,
    message: `${words(error)}${hint}${list}`,
    code: isUnknown ? 'value-unknown' : formWords(error) ? 'value-form' : 'schema',
    part,
    ...(allowed && { allowed }),
    ...(near && { nearest: near }),
  }
}

/** Do a whole chart's values stand below this key, as in those of a chart that has this one among its dependencies? */
const isOfUmbrella = ({ instancePath, data }: ErrorObject, key: string) =>
  instancePath === '' && Object.hasOwn(Object(Object(data)[key]), 'proxies')
const umbrella =
  '; this looks like the values of an umbrella chart: give what stands below this key as a file of its own'

const pointerOf = (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1')

function allowedBy({ keyword, params, parentSchema }: ErrorObject): string[] | undefined {
  if (keyword === 'enum') return named(params.allowedValues)
  if (keyword !== 'additionalProperties') return undefined
  const own: unknown = parentSchema?.properties
  return Object.keys(own ?? {}).sort()
}

/** The words of a list, null aside: nobody writes it for its own sake. */
const named = (words: readonly (string | number | null)[]) =>
  words.flatMap((word) => (word === null ? [] : word === '' ? '""' : `${word}`))

/** The chart's own words for a form that was not met. */
function formWords({ keyword, params, parentSchema = {} }: ErrorObject): Words | undefined {
  if (keyword === 'pattern') return wordsOf(params.pattern)
  const form = ['minimum', 'maximum', 'enum'].includes(keyword) ? formOf(parentSchema) : undefined
  return form && forms[form.name]
}

/** What was found, and what is allowed where that is not a list. */
function words(error: ErrorObject): string {
  const { keyword, params, propertyName, data } = error
  const form = formWords(error)
  if (form) return `${plain(propertyName ?? data)} is not ${form.is}: write ${form.write}`
  const found = propertyName === undefined ? shown(data) : `the name "${propertyName}"`
  switch (keyword) {
    case 'additionalProperties':
      return 'no such value'
    case 'required':
      return `${params.missingProperty} is missing`
    case 'type':
      return wrongType([params.type].flat()[0], found, data)
    case 'enum':
      return `${found} is not allowed`
    case 'minimum':
    case 'maximum':
      return `${found} is too ${keyword === 'minimum' ? 'small' : 'large'}: write ${params.comparison} ${params.limit}`
    case 'minLength':
    case 'maxLength':
      return `${found} is too ${keyword === 'minLength' ? 'short' : 'long'}: ${params.limit} characters at ${keyword === 'minLength' ? 'least' : 'most'}`
    case 'minItems':
    case 'maxItems':
    case 'maxProperties':
      return `there are too ${keyword === 'minItems' ? 'few' : 'many'}: ${params.limit} at ${keyword === 'minItems' ? 'least' : 'most'}`
    case 'uniqueItems':
      return `items ${Math.min(params.i, params.j)} and ${Math.max(params.i, params.j)} are the same: write it once`
    default:
      return `${found} is not allowed (${keyword})`
  }
}

const wrongType = (type: string, found: string, data: unknown) =>
  `it must be ${types[type] ?? type}, not ${found}${quotes(type, data)}`

const types: Record<string, string> = {
  object: 'a map',
  array: 'a list',
  string: 'text',
  integer: 'a whole number',
  boolean: 'true or false',
}

/** YAML takes 8080, 1.10 and yes for no text where nothing says so. */
const quotes = (type: string, value: unknown) =>
  type === 'string' && ['number', 'boolean'].includes(typeof value) ? ': put quotes around it' : ''

/** A text or number as the chart's checks show it. */
function plain(value: unknown): string {
  const text = String(value).replaceAll('\n', '↵')
  return text === '' || text !== text.trim() ? JSON.stringify(text) : text
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'a map'
  return value === undefined || value === null ? 'nothing' : JSON.stringify(value)
}
