/**
 * Two values as Helm merges them: maps are merged, all else is replaced, and null takes away what stands under it. No
 * null is left, but in lists.
 */
export const merged = <T extends object>(under: T, over: T): T => {
  const all = Object.entries({ ...under, ...over }).filter(([, value]) => value !== null)
  return Object.fromEntries(
    all.map(([key, value]) => [key, isMap(value) ? ofMap(under, key, value) : value]),
  ) as T
}

// --- utils ---

function ofMap(under: object, key: string, value: Record<string, unknown>): object {
  const below: unknown = Object.entries(under).find(([name]) => name === key)?.[1]
  return merged(isMap(below) ? below : {}, value)
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
