import { readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** The links of Markdown pages in a folder, pictures' among them, that lead nowhere in it, as `PAGE: LINK`; but for those to the web. */
export async function lostLinks(folder: string, pages: readonly string[]): Promise<string[]> {
  const lost = pages.map(async (page) => {
    const links = linksIn(await readFile(join(folder, page), 'utf8'))
    const found = await Promise.all(links.map((link) => isThere(folder, page, link)))
    return links.flatMap((link, index) => (found[index] ? [] : [`${page}: ${link}`]))
  })
  return (await Promise.all(lost)).flat()
}

// --- utils ---

const linksIn = (text: string): string[] =>
  [...text.matchAll(/(?:\]\(|(?:href|src|srcset)=")([^)"\s]+)/g)].flatMap(([, link = '']) =>
    /^[a-z]+:/.test(link) ? [] : [link],
  )

async function isThere(folder: string, page: string, link: string): Promise<boolean> {
  const [path = '', anchor] = link.split('#')
  const file = path === '' ? page : join(dirname(page), path)
  const found = file.startsWith('..') ? undefined : await stat(join(folder, file)).catch(() => undefined)
  if (!found || anchor === undefined) return found !== undefined
  return found.isFile() && anchorsOf(await readFile(join(folder, file), 'utf8')).includes(anchor)
}

/** The anchors of a page's headings, as GitHub makes them: small letters, no punctuation, a dash for a space. */
const anchorsOf = (text: string) =>
  [...text.replaceAll(/^```.*?^```/gms, '').matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-'),
  )
