import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { load } from 'js-yaml'
import { chart } from '../../../tools/chart/render.ts'

/**
 * What a problem tells the user to write, one piece of advice each: `leave it out, or write service.type LoadBalancer`
 * is two.
 * @param problem `PATH: MESSAGE [CODE]`
 */
export function adviceOf(problem: string): string[] {
  const { text } = partsOf(problem)
  const [meant] = /did you mean .*\?$/.exec(text) ?? []
  if (meant) return [meant]
  if (/; there are /.test(text)) return ['leave it out']
  const [, advice = ''] = /^.*: ((?:add|hang|install|leave|write) .*)$/.exec(text) ?? []
  let verb = ''
  return advice.split(/,? or (?=(?:add|leave|write) )|, or |, (?=leave it out)/).flatMap((part) => {
    const [begins = ''] = /^(?:add|hang|install|leave|write) /.exec(part) ?? []
    verb = begins || verb
    const piece = begins ? part : verb + part
    const [, before = '', words] =
      /^(write (?:[\w.]*controller )?)([-\w./:]+(?: with className [-\w]+)?(?: or [-\w./:]+(?: with className [-\w]+)?)+)$/.exec(
        piece,
      ) ?? []
    return words ? words.split(' or ').map((word) => before + word) : [piece]
  })
}

/**
 * The values with a piece of advice followed to the letter; nothing where it leaves a choice to people.
 * @param values what is refused
 * @param problem the refusal's line
 * @param advice one of {@link adviceOf}
 */
export function followed(values: object, problem: string, advice: string): object | undefined {
  const { keys, text } = partsOf(problem)
  // Not a structured clone, in which what two proxies share stays one.
  const cured: Node = JSON.parse(JSON.stringify(values))
  const at = new Place(cured, keys, text)
  for (const [words, follow] of ways) {
    const found = words.exec(advice)
    if (found && follow(at, found[1] ?? '', found[2] ?? '')) return cured
  }
  return undefined
}

// --- utils ---

type Node = Record<string, unknown>

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null

/** A problem's path, and what is said. */
function partsOf(problem: string): { keys: string[]; text: string } {
  const [, path = '', text = ''] = /^(.*?): (.*?)(?: \[[-a-z]+\])?$/.exec(problem) ?? []
  return { keys: path.split(/[.[\]]+/).filter(Boolean), text }
}

/** Every field's name that there is in values. */
const fields = new Set(
  [...(await readFile(join(chart, 'values.full.schema.json'), 'utf8')).matchAll(/"(\w+)":/g)].map(
    ([, name]) => name,
  ),
)

const isField = (text: string) => text.includes('.') && fields.has(text.split('.').at(-1) ?? '')

/** Where a problem is, in values that are changed there. */
class Place {
  readonly values: Node
  readonly keys: string[]
  readonly text: string
  constructor(values: Node, keys: string[], text: string) {
    this.values = values
    this.keys = keys
    this.text = text
  }

  /** Another field's place, as the text of a problem names it: beside this one, or from the proxy on. */
  other(field: string): Place {
    const [door] =
      field === 'controller' || field === 'kind'
        ? (/(?<= for )(?:ingress|routes\.\w+)(?=, since)/.exec(this.text) ?? [])
        : []
    const path = (door ? `${door}.${field}` : field).split('.')
    const above = this.keys.map((_, index) => this.keys.slice(0, this.keys.length - 1 - index))
    const [first = ''] = path
    const holder = above.find((keys) => {
      const node = new Place(this.values, keys, '').value
      return isNode(node) && Object.hasOwn(node, first)
    })
    const [, proxy] = / write another (?:or null )?in proxies\.([^.]+)/.exec(this.text) ?? []
    const owner = proxy ? ['proxies', proxy] : this.keys.slice(0, this.keys[0] === 'defaults' ? 1 : 2)
    return new Place(this.values, [...(holder ?? owner), ...path], this.text)
  }

  get value(): unknown {
    return this.keys.reduce<unknown>((node, key) => (isNode(node) ? node[key] : undefined), this.values)
  }

  set value(value: unknown) {
    const key = this.keys.at(-1) ?? ''
    const parent = this.keys.slice(0, -1).reduce<Node>((node, one) => {
      node[one] = isNode(node[one]) ? node[one] : {}
      return node[one] as Node
    }, this.values)
    parent[key] = value
  }

  leaveOut(): true {
    const { value } = this
    const [named = ''] = this.text.split(/[ ,]/)
    // A key of a map, or one of a list, that the text begins with.
    if (Array.isArray(value) && value.includes(named)) value.splice(value.indexOf(named), 1)
    else if (isNode(value) && Object.hasOwn(value, named)) delete value[named]
    else this.remove()
    return true
  }

  remove(): true {
    const parent = new Place(this.values, this.keys.slice(0, -1), '').value
    const key = this.keys.at(-1) ?? ''
    if (Array.isArray(parent)) parent.splice(Number(key), 1)
    else if (isNode(parent)) delete parent[key]
    return true
  }

  rename(name: string): true {
    const key = this.keys.at(-1) ?? ''
    const parent = new Place(this.values, this.keys.slice(0, -1), '').value as Node
    // What has a right name already is right.
    if (!Object.hasOwn(parent, name)) parent[name] = parent[key]
    delete parent[key]
    return true
  }
}

/** Adds to a list. */
function push(place: Place, ...added: string[]): true {
  place.value = [...(Array.isArray(place.value) ? place.value : []), ...added]
  return true
}

function write(place: Place, text: string): true {
  place.value = load(text)
  return true
}

/** How each advice is followed: by its words, and whether that was to be followed here. */
const ways: [RegExp, (at: Place, first: string, second: string) => boolean][] = [
  [/^leave (?:it|them) out$/, (at) => at.leaveOut()],
  [
    /^leave ([\w.]+) out$/,
    (at, field) => {
      if (fields.has(field.split('.').at(-1) ?? '')) return at.other(field).remove()
      return Array.isArray(at.value) && at.leaveOut()
    },
  ],
  [/^did you mean (.*)\?$/, (at, name) => at.rename(name)],
  [
    /^write another or null in (\S+)$/,
    (at, path) => write(new Place(at.values, path.split('.'), ''), 'null'),
  ],
  [/^(?:write|add) .*for example (.+)$/, (at, text) => !text.startsWith('in ') && write(at, text)],
  [/^write (.+), for example$/, write],
  [
    /^write [^,]*, as (\S+)(?: or \S+)?$/,
    (at, text) => (at.text.startsWith(`${at.keys.at(-1)} is not `) ? at.rename(text) : write(at, text)),
  ],
  [/^write one of (\d+) to \d+$/, write],
  [
    /^write (?:controller )?([-\w]+) with className ([-\w]+)$/,
    (at, controller, name) => {
      const place = at.keys.at(-1) === 'controller' ? at : at.other('controller')
      write(new Place(at.values, [...place.keys.slice(0, -1), 'className'], ''), name)
      return write(place, controller)
    },
  ],
  [
    /^(?:write|add) (\S+)(?: and (\S+))? for anyone$/,
    (at, one, other) => (other ? write(at, `[${one}, "${other}"]`) : push(at, one)),
  ],
  [/^write (\S+) as well for anyone$/, (at, range) => push(at, range)],
  [
    /^write (\S+) and (\S+) in sourceRanges$/,
    (at, one, other) => write(at.other('sourceRanges'), `[${one}, "${other}"]`),
  ],
  [/^write (\S+) in harmlessKinds$/, (at, kind) => push(new Place(at.values, ['harmlessKinds'], ''), kind)],
  [/^add (\S+) to say so$/, (at, range) => push(at, range)],
  [/^add (IPv[46])$/, (at, family) => push(at, family)],
  [
    /^write ([\w.]*\w):? (\S+|\[.*\])(?: in its place)?$/,
    (at, field, value) => fields.has(field.split('.').at(-1) ?? '') && write(at.other(field), value),
  ],
  [
    /^write another(?: number| host| name)?$/,
    (at) => {
      if (typeof at.value === 'number') at.value = at.value + 1
      else if (typeof at.value === 'string') at.value = `another${/\..*/.exec(at.value)?.[0] ?? ''}`
      return ['number', 'string'].includes(typeof at.value)
    },
  ],
  [
    /^write ([-\w./:]+)(?: for that address alone)?$/,
    (at, text) =>
      !isNode(at.value) && !isField(text) && write(at, /^[\w.]*$/.test(text) ? text : `"${text}"`),
  ],
]
