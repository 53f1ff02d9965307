import {
  Document,
  type DocumentOptions,
  isScalar,
  type ParseOptions,
  parseAllDocuments,
  type SchemaOptions,
} from 'yaml'

/**
 * The document that Helm reads of a text, its first, and where another begins that says something and so is lost;
 * a file may end with `---`.
 */
export function firstDocument(
  text: string,
  options: ParseOptions & DocumentOptions & SchemaOptions,
): { document: Document; lost: number | undefined } {
  const parsed = parseAllDocuments(text, options)
  const [document = new Document({}), ...others] = 'empty' in parsed ? [] : parsed
  const lost = others.find(({ contents }) => !isNothing(contents))
  return { document, lost: lost && (lost.contents?.range?.[0] ?? text.length) }
}

// --- utils ---

const isNothing = (node: unknown) => node === null || (isScalar(node) && node.value === null)
