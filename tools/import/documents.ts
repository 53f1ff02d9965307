import {
  isAlias,
  isNode,
  LineCounter,
  type Node,
  parseAllDocuments,
  type Document as YamlDocument,
} from 'yaml'
import { inWords } from '../sources/yaml-words.ts'
import type { Finding } from './finding.ts'
import { indented } from './indentation.ts'
import { withoutShell } from './shell.ts'

/** A document of a YAML file. */
export interface Document {
  file: string
  root: Node | undefined
  lineOf(offset: number): number
  resolved(node: unknown): Node | undefined
  plain(node: Node): unknown
  /** The pairs that somebody has read. */
  read: Set<unknown>
}

/**
 * The documents of a YAML or JSON file, or of what a page prints for a shell to apply. Lines that are indented so that YAML can't be read are moved to where they
 * can, each with a finding.
 * @throws Error with the line where that is of no help
 */
export function documentsIn(text: string, file: string): { documents: Document[]; findings: Finding[] } {
  const { text: yaml, shell } = withoutShell(text.replace(/^\uFEFF/, ''))
  const { text: readable, moved } = indented(yaml)
  const counter = new LineCounter()
  const documents = parseAllDocuments(readable, { lineCounter: counter, uniqueKeys: false })
  const found = Array.isArray(documents) ? documents : []
  for (const { errors } of found) {
    const [error] = errors
    if (error) throw new Error(`${file}:${error.linePos?.[0].line ?? 1}: ${inWords(error)}`)
  }
  return {
    documents: found.filter(({ contents }) => contents !== null).map((one) => documentOf(one, file, counter)),
    findings: [
      ...shell.map(
        (one): Finding => ({
          file,
          line: one.line,
          what: 'left out',
          message: `for a shell: ${one.text}`,
        }),
      ),
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

// --- utils ---

const documentOf = (document: YamlDocument.Parsed, file: string, counter: LineCounter): Document => ({
  file,
  root: document.contents ?? undefined,
  lineOf: (offset) => counter.linePos(offset).line,
  resolved: (node) => (isAlias(node) ? node.resolve(document) : isNode(node) ? node : undefined),
  plain: (node) => node.toJS(document),
  read: new Set(),
})
