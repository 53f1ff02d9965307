/** Two names that follow one another. */
export type Step = [from: string, to: string]

/**
 * A way through names, on which each step begins where the one before ended: every ordered pair once, as Hierholzer has
 * it, or, for a part of it, every name once and back to the first.
 */
export function walk(names: readonly string[], isWhole: boolean): Step[] {
  const [first = ''] = names
  const way = isWhole ? everyPair(names, first) : [...names, first]
  return way.slice(1).map((name, index) => [way[index] ?? '', name])
}

// --- utils ---

function everyPair(names: readonly string[], first: string): string[] {
  const left = new Map(names.map((name) => [name, names.filter((other) => other !== name)]))
  const stack = [first]
  const way: string[] = []
  for (let at = stack.at(-1); at !== undefined; at = stack.at(-1)) {
    const next = left.get(at)?.pop()
    if (next !== undefined) stack.push(next)
    else way.unshift(stack.pop() ?? '')
  }
  return way
}
