import { Document, isMap, isPair, isScalar, visit } from 'yaml'
import type { Finding } from './finding.ts'
import type { ImportedProxy } from './services.ts'

/** The values file of proxies, with all that was found above them. */
export function written(proxies: readonly ImportedProxy[], findings: readonly Finding[]): string {
  const proxiesByName = Object.fromEntries(proxies.map(({ name, values }) => [name, values]))
  // What proxies share each has for itself: who edits one means that one.
  const options = { schema: 'yaml-1.1', aliasDuplicateObjects: false } as const
  const document = new Document({ proxies: proxiesByName }, options)
  const nodes = new Map(pairsOf(document.get('proxies')).map(({ key, value }) => [String(key), value]))
  for (const { name, comments } of proxies)
    for (const [field, comment] of Object.entries(comments)) annotate(nodes.get(name), field, comment)
  visit(document, {
    // Helm reads YAML 1.1 by a parser that takes no colon at the end of a plain text in a line.
    Scalar: (_, node) => {
      if (typeof node.value === 'string' && /^:|:$/.test(node.value)) node.type = 'QUOTE_DOUBLE'
    },
    // What holds no maps of its own, as an address or a port, stands in one line.
    Collection: (_, node, path) => {
      const isInside = path.filter(isPair).length > 2
      const items = node.items.map((item) => (isPair(item) ? item.value : item))
      if (isInside && items.every(isScalar)) node.flow = true
    },
  })
  const head = findings.map((finding) => ` ${lineOf(finding)}`)
  if (head.length > 0) document.commentBefore = head.join('\n')
  return document.toString({ lineWidth: 0, flowCollectionPadding: false })
}

// --- utils ---

/** A finding as a line: where, what, and the words. */
const lineOf = ({ file, line, what, message }: Finding): string => `${file}:${line}: ${what}: ${message}`

const pairsOf = (node: unknown) => (isMap(node) ? node.items : [])

function annotate(proxy: unknown, field: string, comment: string): void {
  const pair = pairsOf(proxy).find(({ key }) => String(key) === field)
  if (pair && isScalar(pair.key)) pair.key.commentBefore = ` ${comment}`
}
