import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { expect, it } from 'vitest'
import { chart } from '../../tools/chart/render.ts'

it('no line of a template or a declaration passes 140 characters', async () => {
  const files = [...(await textOf('templates')), ...(await textOf('controllers'))]
  expect(files.length).toBeGreaterThan(40)
  const long = files.flatMap(({ name, text }) =>
    text.split('\n').flatMap((line, index) => (line.length > 140 ? [`${name}:${index + 1}`] : [])),
  )
  expect(long).toEqual([])
})

it('tags are indented by their depth', async () => {
  const files = await textOf('templates')
  expect(files.flatMap(({ name, text }) => wrongColumns(text).map((line) => `${name}:${line}`))).toEqual([])
})

it.each([
  ['flush in a block', '{{- if .a }}\n{{- $b := 1 }}\n{{- end }}', [2]],
  ['too deep in a block', '{{- if .a }}\n    {{- $b := 1 }}\n{{- end }}', [2]],
  ['as deep as the lines that it stands among', '{{- if .a }}\nb:\n    {{- .c }}\n{{- end }}', []],
  ['an end elsewhere', '{{- if .a }}\n  {{- $b := 1 }}\n  {{- end }}', [3]],
  ['in a definition, which indents nothing', '{{- define "a" }}\n{{- $b := 1 }}\n{{- end }}', []],
  ['deep in a definition', '{{- define "a" }}\n  {{- $b := 1 }}\n{{- end }}', [2]],
  [
    'too deep after a tag of two lines',
    '{{- if .a }}\n  {{- b\n    .c }}\n    {{- $d := 1 }}\n{{- end }}',
    [4],
  ],
  [
    'an else with a block that the line before closed',
    '{{- if .a }}{{ if .b }}{{ end }}\n{{- else }}\n{{- end }}',
    [],
  ],
])('%s', (_, text, lines) => {
  expect(wrongColumns(text)).toEqual(lines)
})

// --- utils ---

/** Every file of a folder of the chart. */
async function textOf(folder: string): Promise<{ name: string; text: string }[]> {
  const entries = await readdir(join(chart, folder), { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return Promise.all(
    paths.map(async (path) => ({ name: relative(chart, path), text: await readFile(path, 'utf8') })),
  )
}

/**
 * The lines that begin with `{{-` in a wrong column: `else` and `end` stand under what they belong to, all else two
 * deeper than the block that it is in, or deeper than that where the block has written lines by then.
 */
function wrongColumns(template: string): number[] {
  const wrong: number[] = []
  const open: { inside: number; column: number; wrote: boolean }[] = []
  let within = false // a tag of several lines
  for (const [index, line] of template.split('\n').entries()) {
    let column = line.search(/\S/)
    const tag = /^\s*\{\{- *(?:\/\*|(\w+)\b)?/.exec(line)
    const around = open.at(-1)
    if (tag) {
      const own = tag[1] === 'else' || tag[1] === 'end' ? around?.column : undefined
      const least = own ?? around?.inside ?? 0
      if (own === undefined && around?.wrote ? column < least : column !== least) wrong.push(index + 1)
      if (own !== undefined) column = own
    }
    for (const [, word] of line.matchAll(/\{\{-? *(if|with|range|define|else|end)\b/g)) {
      if (word === 'end') open.pop()
      else if (word === 'else')
        open.splice(-1, 1, { ...(open.at(-1) ?? { inside: 0, column }), wrote: false })
      else open.push({ inside: word === 'define' ? column : column + 2, column, wrote: false })
    }
    if (!tag && !within && column >= 0) for (const block of open) block.wrote = true
    within = line.lastIndexOf('{{') > line.lastIndexOf('}}') || (within && !line.includes('}}'))
  }
  return wrong
}
