/**
 * A page with a text in place of what stands between its two markers, on lines of their own.
 * @throws Error where a marker is missing
 */
export function inserted(page: string, text: string): string {
  return between(page, ['<!-- reference:begin -->', '<!-- reference:end -->'], `\n${text}\n`)
}

/**
 * The same for markers of any form, with the text right behind the first.
 * @throws Error where a marker is missing
 */
export function between(page: string, [begin, end]: readonly [string, string], text: string): string {
  const [before, rest] = page.split(begin)
  const after = rest?.split(end)[1]
  if (before === undefined || after === undefined) throw new Error(`the page lacks ${begin} or ${end}`)
  return `${before}${begin}${text}${end}${after}`
}
