import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { read } from '../../tools/check/read.ts'
import { graphOf } from '../../tools/diagram/graph.ts'
import { mermaidOf } from '../../tools/diagram/mermaid.ts'
import { svgOf } from '../../tools/diagram/svg.ts'
import { textOf as drawnAsText } from '../../tools/diagram/text.ts'
import { doorsOf } from '../../tools/doors/doors.ts'
import { imported } from '../../tools/import/import.ts'
import { pageOf } from '../../tools/report/page.ts'
import { resolved } from '../../tools/resolve/resolve.ts'
import { documentsOf, textOf } from '../../tools/sources/files.ts'
import { fc } from '../fast-check.ts'

/** Values and manifests that are right, before they are mangled; in one order, so that a seed has the same samples. */
const originals = [
  'examples',
  'examples/by-hand',
  'test/tools/import/fixtures',
  'test/tools/doors/fixtures',
].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => readFileSync(join(folder, name))),
)

const joined = (...parts: (string | Uint8Array)[]) => Buffer.concat(parts.map((part) => Buffer.from(part)))

/** What happens to files: each makes another of the bytes of one, by two numbers between 0 and 1. */
const mangles: Record<string, (bytes: Buffer, where: number, what: number) => Uint8Array> = {
  'a byte is another': (bytes, where, what) => {
    const copy = Buffer.from(bytes)
    copy[Math.floor(where * copy.length)] = Math.floor(what * 256)
    return copy
  },
  'a bit is flipped': (bytes, where, what) => {
    const copy = Buffer.from(bytes)
    const index = Math.floor(where * copy.length)
    copy[index] = (copy[index] ?? 0) ^ (1 << Math.floor(what * 8))
    return copy
  },
  'it is cut': (bytes, where) => bytes.subarray(0, Math.floor(where * bytes.length)),
  'its beginning is gone': (bytes, where) => bytes.subarray(Math.floor(where * bytes.length)),
  'a piece is there twice': (bytes, where, what) => {
    const [start, end] = [where, what].sort().map((part) => Math.floor(part * bytes.length))
    return joined(bytes.subarray(0, end), bytes.subarray(start))
  },
  'a line is indented otherwise': (bytes, where, what) => {
    const lines = bytes.toString().split('\n')
    const index = Math.floor(where * lines.length)
    lines[index] = ' '.repeat(Math.floor(what * 9)) + (lines[index] ?? '').trimStart()
    return Buffer.from(lines.join('\n'))
  },
  'tabs are for spaces': (bytes) => Buffer.from(bytes.toString().replaceAll('  ', '\t')),
  'it begins with a byte order mark': (bytes) => joined('\uFEFF', bytes),
  'it is UTF-16': (bytes) => Buffer.from(bytes.toString(), 'utf16le'),
  'it is deep': (bytes, where, what) => {
    const depth = 10 ** Math.floor(1 + 3.5 * what)
    return joined(
      bytes,
      where < 0.5 ? `\nx: ${'['.repeat(depth)}` : `\nx: ${'{a: '.repeat(depth)}${'}'.repeat(depth)}`,
    )
  },
  'it has aliases of aliases': (bytes) =>
    joined(
      ...['\nb0: &b0 [x, x, x, x, x, x, x, x, x]\n'],
      ...Array.from(
        { length: 9 },
        (_, level) => `b${level + 1}: &b${level + 1} [${`*b${level}, `.repeat(9)}]\n`,
      ),
      bytes,
    ),
  'a value is of another kind': (bytes, where, what) => {
    const values = [
      'null',
      '[]',
      '{}',
      '-1',
      '1e999',
      'yes',
      '"\\0"',
      '!!binary aGk=',
      '*none',
      '&a',
      '2026-01-01',
      '.nan',
      '? x',
    ]
    const lines = bytes.toString().split('\n')
    const index = Math.floor(where * lines.length)
    lines[index] = (lines[index] ?? '').replace(/:.*/, `: ${values[Math.floor(what * values.length)]}`)
    return Buffer.from(lines.join('\n'))
  },
  'a key is one that objects have': (bytes, where, what) => {
    const names = ['__proto__', 'constructor', 'hasOwnProperty', 'toString', '']
    const lines = bytes.toString().split('\n')
    const index = Math.floor(where * lines.length)
    lines[index] = (lines[index] ?? '').replace(/[\w-]+:/, `${names[Math.floor(what * names.length)]}:`)
    return Buffer.from(lines.join('\n'))
  },
}

const mangled = fc
  .tuple(
    fc.constantFrom(...originals),
    fc.array(
      fc.tuple(
        fc.constantFrom(...Object.values(mangles)),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
      ),
      {
        minLength: 1,
        maxLength: 2,
      },
    ),
  )
  .map(([original, all]) => {
    const bytes = all.reduce(
      (before, [mangle, where, what]) => Buffer.from(mangle(before, where, what)),
      original,
    )
    return { bytes, [fc.toStringMethod]: () => JSON.stringify(bytes.toString().slice(0, 1000)) }
  })

const judged = (bytes: Uint8Array) => doorsOf(documentsOf(textOf(bytes, 'in.yaml'), 'in.yaml'))

const tools: Record<string, (bytes: Uint8Array) => unknown> = {
  check: (bytes) => read('values.yaml', bytes),
  doors: judged,
  import: (bytes) => imported([{ file: 'in.yaml', text: textOf(bytes, 'in.yaml') }]),
  // Of objects of any form, as those of values never are.
  diagram: async (bytes) => {
    const graph = graphOf(judged(bytes))
    return [drawnAsText(graph), mermaidOf(graph, 'down'), await svgOf(graph), await svgOf(graph, 'down')]
  },
  report: async (bytes) => {
    const { wrong } = read('values.yaml', bytes)
    const page = { sources: ['values.yaml'], wrong }
    if (wrong.length > 0) return pageOf(page)
    const judgement = judged(bytes)
    const picture = await svgOf(graphOf(judgement))
    return pageOf({
      ...page,
      made: { ...judgement, manifests: [], pictures: { wide: picture, narrow: picture } },
    })
  },
  // Names are not followed: nobody is asked.
  resolve: (bytes) => resolved(textOf(bytes, 'in.yaml').replaceAll('name:', 'nome:')),
}

/** What a programmer's slip looks like, rather than words for who wrote the file. */
const slips = /call stack|undefined|is not a function|is not iterable|Cannot read|Cannot convert|\n\s+at /

describe('of a mangled file there is an answer, or words that say what is wrong', () => {
  it.each(Object.entries(tools))('%s', { timeout: 600_000 }, async (_, tool) => {
    await fc.assert(
      fc.asyncProperty(mangled, async ({ bytes }) => {
        // What hangs does so each time; collecting the garbage of those before takes its time once.
        for (let time = 1; (await secondsOf(() => tool(bytes))) > 5; time += 1) expect(time).toBeLessThan(3)
      }),
      { numRuns: Math.ceil(10_000 / Object.keys(tools).length) },
    )
  })
})

/** How much of a processor a tool takes to give an answer, or words that say what is wrong: a busy machine takes none. */
async function secondsOf(act: () => unknown): Promise<number> {
  const start = process.cpuUsage()
  try {
    await act()
  } catch (error) {
    expect(error).toBeInstanceOf(Error)
    const { name, message } = error as Error
    expect(name).toBe('Error')
    expect(message).not.toMatch(slips)
    expect(message).not.toBe('')
  }
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1e6
}
