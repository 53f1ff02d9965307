import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { beforeAll, describe, expect, it } from 'vitest'
import { findHelm } from '../../../tools/chart/helm.ts'
import { check } from '../../../tools/check/check.ts'
import { positions } from '../../../tools/check/lines.ts'
import { read } from '../../../tools/check/read.ts'

/** Texts that are no YAML, or none that Helm reads, with the place where that is seen. */
const rows: Record<string, [text: string, place: string]> = {
  'a comma that is missing between lines in braces': ['a: {\n  b: "1"\n  c: "2"\n}\n', '3:3'],
  'one behind a number': ['a: {\n  b: 1\n  c: 2\n}\n', '3:3'],
  'one behind a map': ['a: {\n  b: {}\n  c: {}\n}\n', '3:3'],
  'one in brackets': ['a:\n  b: [\n    "1"\n    "2"\n  ]\n', '4:5'],
  'one between maps in brackets': ['a:\n  b: [\n    {c: 1}\n    {c: 2}\n  ]\n', '4:5'],
  'one between words of a line': ['a:\n  b: ["x" y]\n', '2:11'],
  'a bracket that is left open': ['a:\n  b: [1, 2\n  c: 3\n', '3:3'],
  'one before a deeper line': ['a:\n  b:\n    [1,\n     2\n    c: 1\n', '5:5'],
  'one before a comment': ['a:\n  b: [1, 2 # two\n  c: 3\n', '3:3'],
  'one at the end': ['a:\n  b: [1, 2\n', '3:1'],
  'one of Windows': ['a:\r\n  b: [1, 2\r\n  c: 3\r\n', '3:3'],
  'one behind a byte order mark': ['\ufeffa:\n  b: [1, 2\n  c: 3\n', '3:3'],
  'a brace that is left open': ['a:\n  b: {c: {d: 80}\n  e: [1]\n', '3:3'],
  'a bracket that a brace closes': ['a:\n  b: [1, 2}\n', '2:11'],
  'a brace that a bracket closes': ['a:\n  b: {c: 1]\n', '2:11'],
  'one inside of the other': ['a:\n  b: {c: [1, 2}\n', '2:15'],
  'a bracket too many': ['a:\n  b: [1, 2]]\n  c: 3\n', '2:12'],
  'a brace too many': ['a:\n  b: {c: 2}}\n  d: 3\n', '2:12'],
  'words behind a bracket': ['a:\n  b: [1, 2] x\n', '2:13'],
  'a comma too many': ['a:\n  b: [1, , 2]\n', '2:10'],
  'one in a line of its own': ['a:\n  b: [\n    1,\n    ,\n    2]\n', '4:5'],
  'one that comes first': ['a:\n  b: [\n   , 2]\n', '3:4'],
  'no key before a colon': ['a: 1\nb: {c: 1,\n  : 2, d}\n', '3:3'],
  'a key of two lines in braces': ['a: {b\n  c: 1}\n', '2:3'],
  'a key of two lines in brackets': ['a: [b\n  c: 1]\n', '2:3'],
  'items with - in brackets': ['a:\n  b: [\n    - 1\n  ]\n', '3:5'],
  'a map by lines in braces': ['a:\n  b: {\n    c:\n      d: 1\n      e: 2\n  }\n', '4:10'],
  'a tab': ['a:\n\tb: 1\n', '2:1'],
  'a tab behind spaces': ['a:\n  b:\n  \tc: 1\n', '3:3'],
  'a line too far to the left': ['a:\n  b: 1\n c: 2\n', '3:1'],
  'a line too far to the right': ['a:\n  b: 1\n    c: 2\n', '3:5'],
  'an item too far to the left': ['a:\n  b:\n    - 1\n   - 2\n', '4:1'],
  'items beside keys': ['a:\n  b: 1\n  - c\n', '3:1'],
  'keys beside items': ['a:\n  - b\n  c: 1\n', '3:1'],
  'a quote that is left open': ['a:\n  b: "x\n  c: 2\n', '4:1'],
  'an escape that there is not': ['a:\n  b: "\\q"\n', '2:7'],
  'two colons': ['a:\n  b: c: d\n', '2:6'],
  'words behind a quote': ['a:\n  b: "x" y\n', '2:10'],
  'an anchor without a name': ['a:\n  b: &\n  c: 1\n', '2:6'],
  'two anchors': ['a:\n  b: &x &y 1\n', '2:9'],
  'a tag that is left open': ['a:\n  b: !<x 1\n', '2:6'],
  'a sign that begins no word': ['a:\n  b: @x\n', '2:6'],
  'a word beside |': ['a:\n  b: |x\n    y\n', '2:7'],
  'a line of text too far to the left': ['a:\n  b: |\n      x\n    y\n  c: 1\n', '4:1'],
  'a tag of a template': ['a:\n  b:\n    {{ .x }}\n    c: 2\n', '4:1'],
  // Of these Helm says no line.
  'a tag of a template for a value': ['a:\n  b: {{ .x }}\n', '2:7'],
  'an alias of nothing': ['a:\n  b: *x\n', '2:6'],
  'what is merged and no map': ['a:\n  <<: 1\n  b: 2\n', '2:3'],
  'a list for a key': ['a:\n  [b, c]: 1\n', '2:3'],
  'a control character': ['a:\n  b: "\u0001"\n', '2:7'],
}

/** Where Helm counts from 0: what its parser says, and not the scanner. */
const isFromZero = (message: string) => /expected (key|node content|'-'|',' or)/.test(message)

/** What Helm says of texts, by fromYaml, which reads them as it reads values files: of all in one run. */
async function saidOf(texts: object): Promise<Record<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), 'go-yaml-'))
  await mkdir(join(folder, 'templates'))
  await writeFile(join(folder, 'Chart.yaml'), 'apiVersion: v2\nname: go-yaml\nversion: 0.1.0\n')
  const template =
    '{{ range $name, $text := .Values }}{{ $_ := set $.Values $name ($text | fromYaml).Error }}{{ end }}'
  await writeFile(join(folder, 'templates', 'said.yaml'), `${template}{{ toJson .Values }}`)
  const args = ['template', 'x', folder, '--values=-']
  const { stdout } = await execa(await findHelm('4.1'), args, { input: JSON.stringify(texts) })
  await rm(folder, { recursive: true })
  return JSON.parse(stdout.slice(stdout.indexOf('{')))
}

describe('the place of what is no YAML is where it is seen, and in the line that Helm means', () => {
  let said: Record<string, string> = {}
  beforeAll(async () => {
    said = await saidOf(Object.fromEntries(Object.entries(rows).map(([name, [text]]) => [name, text])))
  })

  it.each(Object.entries(rows))('%s', async (row, [text, place]) => {
    const [name, bytes] = ['a.yaml', Buffer.from(text)] as const
    // Where reading it finds something, that is all that check says, and Helm need not be asked.
    const { wrong: unread } = read(name, bytes)
    const wrong = unread.length > 0 ? unread : await check([{ name, bytes }])
    const [at] = positions(wrong)
    expect(wrong.map(({ code }) => code)).toEqual(['yaml'])
    expect(`${at?.line}:${at?.column}`).toBe(place)
    const [, line, message = ''] = /yaml: (?:line (\d+): )?(.+)/.exec(said[row] ?? '') ?? []
    expect(message).not.toBe('')
    if (line !== undefined) expect(at?.line).toBe(Number(line) + (isFromZero(message) ? 1 : 0))
  })
})
