// Generated from tools/chart/crds by: npm run generate (twice, where one changes: the schema reads it)
/** The most that lists of the kinds of the Gateway API can hold. */
export const limits = {
  addresses: 16,
  allMatches: 128,
  backendRefs: 16,
  filters: 16,
  grants: 16,
  headers: 16,
  hostnames: 16,
  listeners: 64,
  matches: 64,
  modifiedHeaders: 16,
  parentRefs: 32,
  policyTargets: 16,
  queryParams: 16,
  rules: 16,
} as const
