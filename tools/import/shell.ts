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

// --- utils ---

/** A command, which no line of YAML looks like, with the word up to which it reads. */
const begin = /^(?:[$#%>] )?[\w./-]+ [^:]*<<-?\s*(['"\\]?)(?<end>[A-Za-z_]\w*)\1/
