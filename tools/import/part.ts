import { isMap, isScalar, isSeq, type Node, type Pair } from 'yaml'
import { type Document, keyOf } from './documents.ts'

/**
 * A place in a YAML document. Whatever is read by it is noted, so that in the end what nobody read can be named with
 * its line: no field is lost in silence.
 */
export class Part {
  /** Its fields from the document's root on, as `spec.rules[0].host`. */
  readonly path: string
  private readonly document: Document
  private readonly node: Node | undefined
  private readonly pair: Pair | undefined

  /** Of the document's root: `new Part(document, document.root)`. */
  constructor(document: Document, node: unknown, path = '', pair?: Pair) {
    this.pair = pair
    this.document = document
    this.node = document.resolved(node)
    this.path = path
  }

  /** Where it stands in the file, from 1 on. */
  get line(): number {
    return this.document.lineOf(this.node?.range?.[0] ?? 0)
  }

  get file(): string {
    return this.document.file
  }

  /** Is anything written there, be it null? */
  get isThere(): boolean {
    return this.node !== undefined
  }

  /** Has it a field of that name? It is not noted as read. */
  has(field: string): boolean {
    return this.pairs.some((one) => keyOf(one) === field)
  }

  /** What is at a path of fields below it. */
  at(...fields: readonly string[]): Part {
    return fields.reduce<Part>((part, field) => part.field(field), this)
  }

  /** Is something written there of which no text can be read, as a list or a map? */
  get isIllegible(): boolean {
    return this.node !== undefined && !isScalar(this.node)
  }

  /** All of it as plain values; nothing is noted as read. */
  get plain(): unknown {
    return this.node === undefined ? undefined : this.document.plain(this.node)
  }

  /**
   * The text that is written there, a number's or a boolean's too; undefined for all else. A list or a map in its place
   * is not noted as read.
   */
  get text(): string | undefined {
    if (this.isIllegible && this.pair) this.document.read.delete(this.pair)
    const value = isScalar(this.node) ? this.node.value : undefined
    return value === null || value === undefined ? undefined : String(value)
  }

  get number(): number | undefined {
    const value = Number(this.text)
    return this.text !== undefined && Number.isInteger(value) ? value : undefined
  }

  /** The items of a list; a lone one, which is a usual slip, counts as a list of one. */
  get items(): Part[] {
    if (isSeq(this.node))
      return this.node.items.map((item, index) => new Part(this.document, item, `${this.path}[${index}]`))
    return isMap(this.node) || this.text !== undefined ? [this] : []
  }

  /** The fields of a map, each noted as read. */
  get fields(): [string, Part][] {
    return this.pairs.map((pair) => [keyOf(pair), this.field(keyOf(pair))])
  }

  /** Notes all of it as read, and gives it as plain values. */
  take(): unknown {
    if (this.pair) this.document.read.add(this.pair)
    this.noteBelow(new Set())
    return this.plain
  }

  private noteBelow(seen: Set<Node>): void {
    if (!this.node || seen.has(this.node)) return
    seen.add(this.node)
    for (const [, part] of this.fields) part.noteBelow(seen)
    if (isSeq(this.node)) for (const item of this.items) item.noteBelow(seen)
  }

  /** The topmost fields below it that nobody read. */
  get unread(): Part[] {
    return this.unreadBelow(new Set())
  }

  /** @param seen what was looked at already: many aliases may lead to one place */
  private unreadBelow(seen: Set<Node>): Part[] {
    if (!this.node || seen.has(this.node)) return []
    seen.add(this.node)
    const below = this.pairs.flatMap((pair) => {
      const part = new Part(this.document, pair.value, joined(this.path, keyOf(pair)), pair)
      return this.document.read.has(pair) ? part.unreadBelow(seen) : [part]
    })
    return isSeq(this.node) ? this.items.flatMap((item) => item.unreadBelow(seen)) : below
  }

  private get pairs(): readonly Pair[] {
    return this.document.pairsOf(this.node)
  }

  private field(name: string): Part {
    // Of two the last, as the API server takes it; the first stays unread.
    const pair = this.pairs.findLast((one) => keyOf(one) === name)
    if (pair) this.document.read.add(pair)
    return new Part(this.document, pair?.value, joined(this.path, name), pair)
  }
}

const joined = (path: string, field: string) => (path ? `${path}.${field}` : field)
