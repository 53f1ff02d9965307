import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseAllDocuments,
  type Document as YamlDocument,
} from 'yaml'
import { inWords } from '../sources/yaml-words.ts'
import type { Finding } from './finding.ts'
import { indented } from './indentation.ts'
import { withoutPage, withoutShell } from './shell.ts'
import { plain } from './typography.ts'

/** A document of a YAML file. */
export interface Document {
  file: string
  root: Node | undefined
  lineOf(offset: number): number
  resolved(node: unknown): Node | undefined
  plain(node: Node): unknown
  /** The pairs of a map, those that it merges by `<<` before its own; of all else none. */
  pairsOf(node: Node | undefined): readonly Pair[]
  /** The pairs that somebody has read. */
  read: Set<unknown>
}

/**
 * The documents of a YAML or JSON file, of a page in Markdown, or of what a page prints for a shell to apply. Signs that
 * a page makes finer than YAML's, and lines that are indented so that YAML can't be read, are read as they were meant, each
 * with a finding.
 * @throws Error with the line where that is of no help
 */
export function documentsIn(text: string, file: string): { documents: Document[]; findings: Finding[] } {
  const { text: yaml, shell } = withoutShell(apart(text.replace(/^\uFEFF/, '')))
  const page = shell.length > 0 ? undefined : withoutPage(yaml)
  const isPage = page !== undefined && isFaulty(parsed(yaml).found)
  const { text: typed, replaced } = plain(isPage ? page : yaml)
  const { text: readable, moved, found, counter } = read(typed)
  for (const { errors } of found) {
    const [error] = errors
    if (!error) continue
    const { line } = error.linePos?.[0] ?? { line: 1 }
    const isTemplate = /\{[{%]/.test(readable.split('\n')[line - 1] ?? '')
    throw new Error(`${file}:${line}: ${isTemplate ? template : inWords(error)}`)
  }
  return {
    documents: found.filter(isWritten).map((one) => documentOf(one, file, counter)),
    findings: [
      ...(isPage
        ? [{ file, line: 1, what: 'left out', message: 'the page around its blocks of code' } as const]
        : []),
      ...shell.map(
        (one): Finding => ({
          file,
          line: one.line,
          what: 'left out',
          message: `for a shell: ${one.text}`,
        }),
      ),
      ...replaced.map((one): Finding => ({ file, what: 'corrected', ...one })),
      ...moved.map(
        ({ line, by }): Finding => ({
          file,
          line,
          what: 'corrected',
          message: `indented by ${by.from}, read as by ${by.to}`,
        }),
      ),
    ],
  }
}

/** A field's name; that of a merge, which is no text, is `<<`. */
export function keyOf({ key }: Pair): string {
  if (isAlias(key)) return key.source
  const name = isScalar(key) ? key.value : key
  return typeof name === 'symbol' ? (name.description ?? '') : String(name)
}

// --- utils ---

/** What is read of a text; of one that can't be, as its lines were meant. */
function read(text: string) {
  const asWritten = { text, moved: [], ...parsed(text) }
  if (!isFaulty(asWritten.found)) return asWritten
  const { text: readable, moved } = indented(text)
  return { text: readable, moved, ...parsed(readable) }
}

const isFaulty = (found: readonly YamlDocument.Parsed[]) => found.some(({ errors }) => errors.length > 0)

const template =
  'this is a template, and no YAML yet: make YAML of it first, as `helm template` does, and import that'

/** Is anything in it? Between two `---` may be nothing. */
const isWritten = ({ contents }: YamlDocument.Parsed): boolean =>
  contents !== null && !(isScalar(contents) && contents.value === null)

function parsed(text: string): { found: readonly YamlDocument.Parsed[]; counter: LineCounter } {
  const counter = new LineCounter()
  const found = parseAllDocuments(text, { lineCounter: counter, uniqueKeys: false, merge: true })
  return { found: Array.isArray(found) ? found : [], counter }
}

/** Objects of JSON that follow each other, as several calls of `kubectl get -o json` print them, as documents of YAML. */
const apart = (text: string): string => text.replaceAll(/^(.*\}\s*\n)(?=\{)/gm, '$1--- ')

function documentOf(document: YamlDocument.Parsed, file: string, counter: LineCounter): Document {
  const resolved = (node: unknown) =>
    isAlias(node) ? node.resolve(document) : isNode(node) ? node : undefined
  const known = new Map<Node, readonly Pair[]>()
  function pairsOf(node: Node | undefined): readonly Pair[] {
    if (!isMap(node)) return []
    if (!node.items.some((pair) => keyOf(pair) === '<<')) return node.items
    const before = known.get(node)
    if (before) return before
    known.set(node, []) // One that merges itself merges nothing.
    const merged = node.items.filter((pair) => keyOf(pair) === '<<').flatMap(({ value }) => sources(value))
    const own = node.items.filter((pair) => keyOf(pair) !== '<<')
    const names = new Set(own.map(keyOf))
    const inherited = new Map<string, Pair>()
    for (const pair of merged.flatMap((one) => pairsOf(one)))
      if (!names.has(keyOf(pair)) && !inherited.has(keyOf(pair))) inherited.set(keyOf(pair), pair)
    const pairs = [...inherited.values(), ...own]
    known.set(node, pairs)
    return pairs
  }
  const sources = (value: unknown) => {
    const node = resolved(value)
    return isSeq(node) ? node.items.map(resolved) : [node]
  }
  return {
    file,
    root: document.contents ?? undefined,
    lineOf: (offset) => counter.linePos(offset).line,
    resolved,
    plain: (node) => {
      try {
        return node.toJS(document)
      } catch (error) {
        if (!(error instanceof ReferenceError)) throw error
        const { line } = counter.linePos(node.range?.[0] ?? 0)
        throw new Error(
          `${file}:${line}: its aliases unfold to more than can be read: write what they stand for`,
        )
      }
    },
    pairsOf,
    read: new Set(),
  }
}
