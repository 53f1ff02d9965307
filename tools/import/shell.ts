/**
 * Of what a page prints for a shell, the YAML alone: what `kubectl apply -f - <<EOF` and its like are given up to their
 * `EOF`. Each line stays where it is. A text without such a line is left as it is.
 * @returns the text, and the lines that are for the shell, from 1 on
 */
export function withoutShell(text: string): { text: string; shell: { line: number; text: string }[] } {
  const lines = text.split('\n')
  if (!lines.some((line) => begin.test(line))) return { text, shell: [] }
  const shell: { line: number; text: string }[] = []
  let end: string | undefined
  const kept = lines.map((line, index) => {
    if (end !== undefined && line.trim() !== end) return line
    if (end === undefined && line.trim() !== '') shell.push({ line: index + 1, text: line.trim() })
    end = end === undefined ? begin.exec(line)?.groups?.end : undefined
    return end === undefined ? '' : '---'
  })
  return { text: kept.join('\n'), shell }
}

/**
 * Of a page in Markdown, the YAML alone: what stands in its blocks of code that are YAML, JSON or of no language. Each
 * line stays where it is.
 * @returns undefined where it has no such block
 */
export function withoutPage(text: string): string | undefined {
  let fence: { mark: string; indent: number; isKept: boolean } | undefined
  let isPage = false
  const kept = text.split('\n').map((line) => {
    const { indent = '', mark = '', language = '' } = ticks.exec(line)?.groups ?? {}
    if (fence && mark.startsWith(fence.mark) && language === '') fence = undefined
    else if (fence)
      return fence.isKept ? line.slice(Math.min(fence.indent, line.length - line.trimStart().length)) : ''
    else if (mark) {
      fence = { mark, indent: indent.length, isKept: /^(ya?ml|json)?$/i.test(language) }
      isPage ||= fence.isKept
    }
    return fence?.isKept ? '---' : ''
  })
  return isPage ? kept.join('\n') : undefined
}

// --- utils ---

/** Where a block of code begins or ends; behind its language may stand more, as a title. */
const ticks = /^(?<indent>\s*)(?<mark>```+|~~~+)\s*(?<language>[\w-]*)/

/** A command, which no line of YAML looks like, with the word up to which it reads. */
const begin = /^(?:[$#%>] )?[\w./-]+ [^:]*<<-?\s*(['"\\]?)(?<end>[A-Za-z_]\w*)\1/
