/** A part of a source's text: offsets of its first character, and of the one behind its last. */
export type Span = readonly [start: number, end: number]

/** How far a source writes a path of the values. */
export interface Reached {
  /** So many characters of the path lead somewhere. */
  length: number
  /** Does it write the whole path? */
  whole: boolean
  /** Does it replace what is there, so that what an earlier source writes below it is lost? */
  replaces: boolean
  /** Where the key is, or a list's item; the text's first line for the root. */
  key: Span
  /** Where the value is; the same as the key where it takes several lines. */
  value: Span
}

/** Where values come from: a file, standard input, or an expression of --set. */
export interface SourceText {
  /** As the user named it. */
  name: string
  /** Is it an expression of --set, and no file? */
  isExpression?: true
  text: string
  /**
   * How far the source writes a path, as `proxies.myapp-proxy.addresses[0]`.
   * @param path empty for the root
   */
  reach(path: string): Reached
}

/** Where something is in a source. */
export interface Place {
  source: SourceText
  span: Span
}

/**
 * Where a path of the merged values was written: in the source that writes most of it, and of those the last one,
 * as Helm's later sources win.
 * @param part what to show there: a key that may not be, or a value that is wrong
 */
export function placeOf(
  sources: readonly SourceText[],
  path: string,
  part: 'key' | 'value',
): Place | undefined {
  let best: { source: SourceText; reached: Reached } | undefined
  for (const source of [...sources].reverse()) {
    const reached = source.reach(path)
    if (!best || reached.length > best.reached.length) best = { source, reached }
    if (reached.replaces) break
  }
  if (!best) return undefined
  const { source, reached } = best
  return { source, span: reached.whole && part === 'value' ? reached.value : reached.key }
}

/** The keys that a path may begin with, as `key` or `.key`, from the longest on, each with what is left behind it. */
export function beginnings(path: string): { key: string; rest: string }[] {
  const start = path.startsWith('.') ? 1 : 0
  const ends = Array.from({ length: path.length - start }, (_, index) => path.length - index)
  return ends
    .filter((end) => end === path.length || '.['.includes(path.charAt(end)))
    .map((end) => ({ key: path.slice(start, end), rest: path.slice(end) }))
}
