import fc from 'fast-check'
import type { HeaderMatch, PathMatch, RouteMatch, RouteRule } from '../../schema/generated/values.ts'

/** A request that a rule of a route takes, beside its host. */
export interface RuleRequest {
  /** With its query. */
  path: string
  /** GET where left out. */
  method?: string
  headers?: Record<string, string>
  /** The path of the match that it is for, as the rule has it. */
  rulePath: string
}

interface Found {
  requests: RuleRequest[]
  /** The matches that nothing is sent at, and why. */
  skipped: { what: string; why: string; rulePath: string; foreign?: boolean }[]
}

/**
 * A request for each match of each rule of a route: with the method, headers and query that it asks for, and a text
 * made from each regular expression.
 * @param rules as the values have them
 * @param self the key of the proxy whose route it is
 */
export function requestsOf(rules: readonly RouteRule[], self: string): Found {
  const found: Found = { requests: [], skipped: [] }
  for (const [number, rule] of (rules.length > 0 ? rules : [{}]).entries()) {
    const matches = rule.matches?.length ? rule.matches : [{}]
    for (const [index, match] of matches.entries()) {
      const request = whyNot(rule, self) ?? requestFor(match)
      const taken =
        typeof request === 'string' ? request : (takenByOther(request, number, rules, self) ?? request)
      const rulePath = match.path?.value ?? '/'
      if (typeof taken === 'string')
        found.skipped.push({
          rulePath,
          what: `rules[${number}]${rule.matches ? `.matches[${index}]` : ''}`,
          why: taken,
          foreign: extensionOf(rule) !== undefined,
        })
      else found.requests.push({ ...taken, rulePath })
      for (const proxy of copiesTo(rule, self)) {
        const why = `${proxy} gets a copy, and what it answers is dropped`
        found.skipped.push({ what: `rules[${number}].filters`, why, rulePath })
      }
    }
  }
  return found
}

/** A text that a regular expression describes as a whole, and that a request can carry; undefined where none is found. */
export function textFor(expression: string, allowed: RegExp): string | undefined {
  try {
    // Anchored, since it would have anything around it otherwise; the shortest is the plainest.
    const texts = fc.sample(fc.stringMatching(new RegExp(`^(?:${expression})$`)), { numRuns: 2000, seed: 1 })
    return texts.filter((text) => allowed.test(text)).sort((a, b) => a.length - b.length)[0]
  } catch {
    return undefined // RE2 has what JavaScript lacks.
  }
}

// --- utils ---

const paths = /^(?!.*\/\/)(?!.*\/\.{1,2}(\/|$))\/[\w.~!$&'()*+,;=:@/-]*$/
const headerValues = /^[!-~]([ -~]*[!-~])?$/
/** Controllers compare a query as it is sent, or decoded: so without what would be sent encoded. */
const queryValues = /^[\w.~-]+$/
/** Headers that say how a request is sent, and not what it asks for. */
const ofTheConnection = [
  'connection',
  'content-length',
  'expect',
  'host',
  'te',
  'transfer-encoding',
  'upgrade',
]

type Sent = Omit<RuleRequest, 'rulePath'>

/** The other proxies to which a rule sends copies of what it takes. */
const copiesTo = ({ filters = [] }: RouteRule, self: string): string[] =>
  filters
    .flatMap(({ requestMirror }) => requestMirror?.backendRef.proxy ?? [])
    .filter((proxy) => proxy !== self)

/** Why nothing that a rule takes shows who answers. */
function whyNot({ filters = [], backendRefs = [] }: RouteRule, self: string): string | undefined {
  if (filters.some(({ type }) => type === 'RequestRedirect')) return 'it redirects, and leads to no App2'
  const extension = extensionOf({ filters })
  if (extension) return `${extension.kind} ${extension.name}, its filter, is not of these values`
  const sends = backendRefs.filter(({ weight = 1 }) => weight > 0)
  if (backendRefs.length > 0 && sends.length === 0) return 'its backendRefs have no weight'
  const others = [...new Set(sends.map(({ proxy }) => proxy))].filter((proxy) => proxy !== self)
  return others.length > 0 ? `it leads to ${others.join(', ')} too` : undefined
}

/** A filter of a controller's own, which is not of these values, and so not here. */
const extensionOf = ({ filters = [] }: RouteRule) =>
  filters.find(({ type }) => type === 'ExtensionRef')?.extensionRef

/** A request that a match takes; else why there is none. */
function requestFor({ path, method, headers = [], queryParams = [] }: RouteMatch): Sent | string {
  if (method === 'HEAD' || method === 'CONNECT') return `an answer to ${method} does not say whose it is`
  const own = headers.find(({ name }) => ofTheConnection.includes(name.toLowerCase()))
  if (own) return `header ${own.name} is the connection's own`
  const wanted = path?.type === 'RegularExpression' ? textFor(path.value, paths) : (path?.value ?? '/')
  if (wanted === undefined) return `no path is found for the expression ${path?.value}`
  const values = [
    ...headers.map((one) => filled(one, headerValues)),
    ...queryParams.map((one) => filled(one, queryValues)),
  ]
  const missing = values.find(({ value }) => value === undefined)
  if (missing) return `no value of ${missing.name} that a request can carry is found for ${missing.wanted}`
  const [ofHeaders, ofQuery] = [values.slice(0, headers.length), values.slice(headers.length)]
  const query = ofQuery.map(({ name, value }) => `${name}=${value}`).join('&')
  return {
    path: query ? `${wanted}?${query}` : wanted,
    ...(typeof method === 'string' && method !== 'GET' && { method }),
    ...(headers.length > 0 && {
      headers: Object.fromEntries(ofHeaders.map(({ name, value = '' }) => [name.toLowerCase(), value])),
    }),
  }
}

function filled({ name, value, type }: HeaderMatch, allowed: RegExp) {
  const text =
    type === 'RegularExpression' ? textFor(value, allowed) : allowed.test(value) ? value : undefined
  return { name, value: text, wanted: value }
}

/** Why another rule takes the request that was made for this one, where that one would lead elsewhere. */
function takenByOther(
  request: Sent,
  number: number,
  rules: readonly RouteRule[],
  self: string,
): string | undefined {
  const taking = rules.flatMap((rule, index) =>
    (rule.matches?.length ? rule.matches : [{}])
      .filter((match) => takes(match, request))
      .map((match) => ({ index, match, leads: whyNot(rule, self) === undefined })),
  )
  if (taking.every(({ leads }) => leads)) return undefined
  if (taking.some(({ match }) => match.path?.type === 'RegularExpression'))
    return 'another rule may take its requests: which one an expression gives way to, each controller says itself'
  const [first] = taking.sort((a, b) => compare(rank(b.match), rank(a.match)) || a.index - b.index)
  return first && first.index !== number && !first.leads
    ? `rules[${first.index}] takes its requests`
    : undefined
}

/** What decides between rules, by HTTPRouteRule's reference: the path, then the method, headers, query. */
function rank({ path, method, headers = [], queryParams = [] }: RouteMatch): number[] {
  const value = path?.value ?? '/'
  return [path?.type === 'Exact' ? 1 : 0, value.length, method ? 1 : 0, headers.length, queryParams.length]
}

const compare = (a: readonly number[], b: readonly number[]): number =>
  a.map((one, index) => one - (b[index] ?? 0)).find((difference) => difference !== 0) ?? 0

function takes({ path, method, headers = [], queryParams = [] }: RouteMatch, request: Sent): boolean {
  const [ownPath = '', query = ''] = request.path.split('?')
  const parameters = new URLSearchParams(query)
  return (
    takesPath(path, ownPath) &&
    (!method || method === (request.method ?? 'GET')) &&
    headers.every((one) => takesValue(one, request.headers?.[one.name.toLowerCase()])) &&
    queryParams.every((one) => takesValue(one, parameters.get(one.name)))
  )
}

function takesPath(path: PathMatch | undefined, asked: string): boolean {
  const { type = 'PathPrefix', value = '/' } = path ?? {}
  if (type === 'Exact') return asked === value
  if (type === 'RegularExpression') return isWhole(value, asked)
  const prefix = value.replace(/\/$/, '')
  return asked === prefix || asked.startsWith(`${prefix}/`)
}

const takesValue = ({ type, value }: HeaderMatch, asked: string | null | undefined): boolean =>
  typeof asked === 'string' && (type === 'RegularExpression' ? isWhole(value, asked) : value === asked)

/** Where an expression can't be read here, it may be any. */
function isWhole(expression: string, text: string): boolean {
  try {
    return new RegExp(`^(?:${expression})$`).test(text)
  } catch {
    return true
  }
}
