/** Two values as Helm merges them: maps are merged, all else is replaced. */
export const merged = <T extends object>(under: T, over: T): T => ({
  ...under,
  ...over,
  ...Object.fromEntries(
    Object.entries(over).flatMap(([key, value]) => {
      const below = Object.entries(under).find(([name]) => name === key)?.[1]
      return isMap(value) && isMap(below) ? [[key, merged(below, value)]] : []
    }),
  ),
})

// --- utils ---

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
