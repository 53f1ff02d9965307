import { Document, isMap, LineCounter, type YAMLError } from 'yaml'
import { firstDocument } from '../sources/first-document.ts'
import { findKeysTwice } from '../sources/unique-keys.ts'
import { inWords, secondDocument } from '../sources/yaml-words.ts'
import type { SourceText } from './source.ts'
import type { Wrong } from './wrong.ts'
import { yamlSource } from './yaml-source.ts'

/** A values file as it was read, with what is wrong with its YAML. */
export interface Read {
  source: SourceText
  wrong: Wrong[]
}

/**
 * Reads a values file.
 * @param name as the user named it
 */
export function read(name: string, bytes: Uint8Array): Read {
  const text = textOf(bytes)
  if (text === undefined) return unreadable(name, bytes)
  const lineCounter = new LineCounter()
  const { document, lost } = firstDocument(text, {
    lineCounter,
    prettyErrors: false,
    keepSourceTokens: false,
    uniqueKeys: false,
    version: '1.1', // Helm's own library reads YAML 1.1.
  })
  findKeysTwice(document, lineCounter)
  const source = yamlSource(name, text, document)
  const at = (start: number, end: number, message: string, code: string): Wrong => ({
    path: '(root)',
    message,
    code,
    place: { source, span: [start, Math.max(end, start + 1)] },
  })
  const wrong = errorsOf(document).map((error) => {
    const start = isRunOn(error, document) ? nextLine(text, error.pos[0]) : undefined
    return start === undefined
      ? at(...error.pos, inWords(error), codeOf(error))
      : at(start, start + 1, runOn, codeOf(error))
  })
  if (wrong.length > 0) return { source, wrong }
  if (lost !== undefined) wrong.push(at(lost, lost + 1, secondDocument, 'yaml-second-document'))
  const { contents } = document
  if (contents && !isMap(contents) && contents.range && contents.range[1] > contents.range[0]) {
    const [start] = contents.range
    wrong.push(
      at(start, endOfLine(text, start), 'values are a map, as "proxies: {…}", and this is none', 'yaml'),
    )
  }
  return { source, wrong }
}

// --- utils ---

/** The text of UTF-8, with the byte order mark that it may begin with left out, as YAML has it. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** Says in which line the first byte is that is not UTF-8. */
function unreadable(name: string, bytes: Uint8Array): Read {
  const newline = 10
  let start = 0
  for (;;) {
    const end = bytes.indexOf(newline, start)
    const line = bytes.subarray(start, end < 0 ? bytes.length : end)
    if (end < 0 || textOf(line) === undefined) break
    start = end + 1
  }
  const before = new TextDecoder().decode(bytes.subarray(0, start))
  const text = new TextDecoder().decode(bytes)
  const source = yamlSource(name, text, new Document({}))
  const message = 'this line is not UTF-8: save the file as UTF-8'
  const place = { source, span: [before.length, endOfLine(text, before.length)] as const }
  return { source, wrong: [{ path: '(root)', message, code: 'not-utf-8', place }] }
}

function endOfLine(text: string, start: number): number {
  const end = text.indexOf('\n', start)
  return Math.max(end < 0 ? text.length : end, start + 1)
}

/** Every key that is written twice; of other errors the first alone, since the rest mostly come of it. */
function errorsOf({ errors }: Document): readonly YAMLError[] {
  const [first] = errors.filter(({ code }) => code !== 'DUPLICATE_KEY')
  return first ? [first] : errors
}

/**
 * Is a value taken to go on with the next line's key? The library then points at the value, and means that the key
 * begins too far to the right, or that a comma is missing before it.
 */
const isRunOn = ({ code, pos, message }: YAMLError, { errors }: Document) => {
  const also = errors.filter((one) => one.pos[0] === pos[0]).map((one) => one.code)
  const isInside = also.includes('BLOCK_IN_FLOW') || also.includes('BLOCK_AS_IMPLICIT_KEY')
  return (
    (code === 'MULTILINE_IMPLICIT_KEY' && (isInside || message.includes('flow sequence'))) ||
    (code === 'BLOCK_AS_IMPLICIT_KEY' &&
      also.includes('MULTILINE_IMPLICIT_KEY') &&
      !errors.some((one) => one.code === 'BLOCK_IN_FLOW'))
  )
}

const runOn =
  'this is no YAML: the line before goes on here: write a comma between them where they stand in brackets, else begin this line in the column of the key before'

/** Where the text of the next line begins that has any; undefined behind the last. */
function nextLine(text: string, from: number): number | undefined {
  const found = /\n\s*(?=\S)/.exec(text.slice(from))
  return found ? from + found.index + found[0].length : undefined
}

const codeOf = ({ code }: YAMLError) => (code === 'DUPLICATE_KEY' ? 'yaml-key-twice' : 'yaml')
