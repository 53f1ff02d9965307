/** One thing wrong with the values. */
export interface Problem {
  /** Where: `proxies.myapp-proxy.addresses[0]`; `(root)` for the values as a whole. */
  path: string
  /** What was found, what is allowed, what to write. From the schema: in the words of Helm's library. */
  message: string
  /** The check's code, as in `[address-twice]`; `schema` where the schema refuses. */
  code: string
}

/**
 * Reads the problems out of what Helm prints: the lines of the chart's checks, or of the schema, whose libraries
 * differ (Helm 3: gojsonschema, `- proxies.a.addresses.0: …`; Helm 4: santhosh-tekuri, `- at '/proxies/a': …`,
 * nested, of which only the innermost lines say something).
 * @param stderr what Helm wrote to its standard error
 * @returns the problems in Helm's order; none where the error is of another sort
 */
export function parseProblems(stderr: string): Problem[] {
  const lines = stderr.split('\n')
  if (stderr.includes(' in the values:\n')) {
    return lines.flatMap((line) => {
      const found = /^- (?<path>.+?): (?<message>.*) \[(?<code>[a-z-]+)\]$/.exec(line)?.groups
      return found ? [problem(found.path, found.message, found.code)] : []
    })
  }
  return lines.flatMap((line, index) => {
    const found = /^(?<indent> *)- (?:at '(?<pointer>[^']*)'|(?<dotted>[^:]+)): (?<message>.*)$/.exec(
      line,
    )?.groups
    if (!found) return []
    const outer =
      lines[index + 1]?.startsWith(`${found.indent}  - `) || found.message?.startsWith('Must validate ')
    if (outer) return []
    const path = found.pointer === undefined ? fromDotted(found.dotted ?? '') : pathOfPointer(found.pointer)
    return [problem(path, found.message, 'schema')]
  })
}

/** A JSON pointer in the form of a problem's path. */
export function pathOfPointer(pointer: string): string {
  if (pointer === '') return '(root)'
  const dotted = pointer.slice(1).replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~')
  return fromDotted(dotted)
}

// --- utils ---

const problem = (path = '', message = '', code = ''): Problem => ({ path, message, code })

/** `proxies.a.addresses.0` as `proxies.a.addresses[0]`; a map's key of digits alone reads as an index. */
const fromDotted = (dotted: string) => dotted.replaceAll(/\.(\d+)(?=\.|$)/g, '[$1]')
