/**
 * Markup that is whole and safe. A class, so that nothing read from a file can pass for it; and no template library:
 * pages here have no state, and all that is asked of one is that no text becomes markup.
 */
export class Html {
  readonly markup: string
  constructor(markup: string) {
    this.markup = markup
  }
}

type Part = string | number | undefined | Html | readonly Part[]

/** Markup of a template: what stands in it is text, and shown as such, unless it is markup itself; lists are joined. */
export const html = (texts: TemplateStringsArray, ...parts: Part[]): Html =>
  new Html(texts.map((text, index) => text + markupOf(parts[index])).join(''))

// --- utils ---

function markupOf(part: Part): string {
  if (part instanceof Html) return part.markup
  if (Array.isArray(part)) return part.map(markupOf).join('')
  return String(part ?? '').replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
