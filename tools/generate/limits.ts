import { type Crd, crds } from '../chart/crds.ts'

/** Where in the kinds of the Gateway API each limit stands, in the version that the chart writes. */
const places: Record<string, [kind: string, version: string, path: string]> = {
  addresses: ['Gateway', 'v1', 'addresses'],
  backendRefs: ['HTTPRoute', 'v1', 'rules.backendRefs'],
  filters: ['HTTPRoute', 'v1', 'rules.filters'],
  grants: ['ReferenceGrant', 'v1beta1', 'to'],
  headers: ['HTTPRoute', 'v1', 'rules.matches.headers'],
  hostnames: ['HTTPRoute', 'v1', 'hostnames'],
  listeners: ['Gateway', 'v1', 'listeners'],
  matches: ['HTTPRoute', 'v1', 'rules.matches'],
  modifiedHeaders: ['HTTPRoute', 'v1', 'rules.filters.requestHeaderModifier.set'],
  parentRefs: ['HTTPRoute', 'v1', 'parentRefs'],
  policyTargets: ['BackendTLSPolicy', 'v1', 'targetRefs'],
  queryParams: ['HTTPRoute', 'v1', 'rules.matches.queryParams'],
  rules: ['HTTPRoute', 'v1', 'rules'],
}

interface Part {
  maxItems?: number
  'x-kubernetes-validations'?: { rule: string }[]
  properties?: Record<string, Part>
  items?: Part
}

/** The most that lists of the kinds can hold, as their CRDs say, as a module for the schema and the templates. */
export async function limitsModule(): Promise<string> {
  const all = await crds()
  const lists = Object.entries(places).map(([name, place]) => [name, limitAt(all, ...place)] as const)
  const found = [...lists, ['allMatches', allMatches(all)] as const].sort(([a], [b]) => (a < b ? -1 : 1))
  const lines = found.map(([name, limit]) => `  ${name}: ${limit},`)
  return [
    '// Generated from tools/chart/crds by: npm run generate (twice, where one changes: the schema reads it)',
    '/** The most that lists of the kinds of the Gateway API can hold. */',
    'export const limits = {',
    ...lines,
    '} as const',
    '',
  ].join('\n')
}

// --- utils ---

function partAt(all: readonly Crd[], kind: string, version: string, path: string): Part | undefined {
  const spec = all.find((one) => one.kind === kind)?.definition.spec
  const schema = spec?.versions.find(({ name }) => name === version)?.schema.openAPIV3Schema
  let part = (schema as Part | undefined)?.properties?.spec
  for (const name of path.split('.')) part = (part?.items ?? part)?.properties?.[name]
  return part
}

function limitAt(all: readonly Crd[], kind: string, version: string, path: string): number {
  const limit = partAt(all, kind, version, path)?.maxItems
  if (limit === undefined) throw new Error(`${kind} ${version} has no maxItems at spec.${path}`)
  return limit
}

/** How many matches all rules of a route can have together: no list has a bound for it, so an expression of CEL says it. */
function allMatches(all: readonly Crd[]): number {
  const rules = partAt(all, 'HTTPRoute', 'v1', 'rules')?.['x-kubernetes-validations'] ?? []
  const [limit] = rules.flatMap(({ rule }) => /matches\.size\(\)[^<]*<= (\d+)$/s.exec(rule)?.[1] ?? [])
  if (limit === undefined)
    throw new Error('HTTPRoute v1 does not say how many matches its rules can have together')
  return Number(limit)
}
