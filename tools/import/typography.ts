/** What was read as something else. */
export interface Replaced {
  /** From 1 on. */
  line: number
  message: string
}

/**
 * Text with the signs of YAML where a page or a word processor put finer ones: spaces of other kinds before a line's text
 * or behind a colon, a dash before an item, quotes around a whole value. What stands inside of a value stays, and so do the
 * quotes of an annotation, by which its reader may have taken a list for nobody's.
 */
export function plain(text: string): { text: string; replaced: Replaced[] } {
  const replaced: Replaced[] = []
  const lines = text.split('\n').map((line, index) => {
    const said = new Set<string>()
    const read = (as: string, message: string) => {
      if (!said.has(message)) replaced.push({ line: index + 1, message })
      said.add(message)
      return as
    }
    const plainly = (sign: string) =>
      sign.replaceAll(space, () => read(' ', 'a space of another kind: read as a plain one'))
    const mended = line
      .replace(/^[\s–—-]+/, plainly)
      .replaceAll(behindColon, plainly)
      .replace(
        /^( *)([–—])(?= )/,
        (_, before, sign) => before + read('-', `${sign} before an item: read as -`),
      )
    if (annotation.test(mended)) return mended
    return mended.replace(quoted, (sign, value) => read(`"${value}"`, `${sign}: read as "${value}"`))
  })
  return { text: lines.join('\n'), replaced }
}

// --- utils ---

const space = /[\u00a0\u2000-\u200a\u202f\u3000]/g

const behindColon = /:[\u00a0\u2000-\u200a\u202f\u3000]+/g

/** A value, or an item between brackets. */
const quoted = /(?=[“”„‘’])(?<=(?:[:[{,]|- ) *)[“”„‘’]([^"\\“”„‘’]*)[“”‘’](?= *(?:[,\]}\r]|#|$))/g

const annotation = /[\w.]\/[\w.-]+"? *:/
