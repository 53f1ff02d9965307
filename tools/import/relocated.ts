import { isMap, isScalar, isSeq, Pair, Scalar, YAMLMap } from 'yaml'
import { type Document, keyOf } from './documents.ts'
import type { Finding } from './finding.ts'
import { type Shape, shapes } from './shapes.ts'

/**
 * Moves the fields of an object that stand at the wrong indent to where its kind has them: into the nearest place
 * below, or else above, that knows the name and lacks the field. The document is changed.
 * @returns what was moved, and where to
 */
export function relocated(document: Document, kind: string): Finding[] {
  const shape = shapes[kind]
  if (!shape || !isMap(document.root)) return []
  const root: Level = { map: document.root, shape, path: '' }
  return moveIn(root, [], document)
}

// --- utils ---

interface Level {
  map: YAMLMap
  shape: Shape
  path: string
}

const pairOf = (map: YAMLMap, field: string) => map.items.find((pair) => keyOf(pair) === field)

const shapeOf = (shape: Shape[string] | undefined): Shape | undefined =>
  Array.isArray(shape) ? shape[0] : shape === true ? undefined : shape

const isOpen = (shape: Shape) => Object.keys(shape).length === 0

function moveIn(level: Level, above: readonly Level[], document: Document): Finding[] {
  if (isOpen(level.shape)) return []
  const strays = level.map.items.filter((pair) => !Object.hasOwn(level.shape, keyOf(pair)))
  const findings = strays.flatMap((pair) => {
    const field = keyOf(pair)
    const below = pathTo(level.shape, field)
    const target = below ? opened(level, below) : above.findLast((one) => takes(one, field))
    // What it merges may have the field already.
    if (!target || pairOf(target.map, field) || pairOf(target.map, '<<')) return []
    level.map.items.splice(level.map.items.indexOf(pair), 1)
    target.map.items.push(pair)
    const offset = isScalar(pair.key) ? (pair.key.range?.[0] ?? 0) : 0
    const message = `${field} stands at the wrong indent: read as ${target.path ? `${target.path}.` : ''}${field}`
    return [{ file: document.file, line: document.lineOf(offset), what: 'corrected' as const, message }]
  })
  return [...findings, ...children(level).flatMap((child) => moveIn(child, [...above, level], document))]
}

/** The fields that lead to the one place below, nearest first, that knows the name; undefined where there is none. */
function pathTo(shape: Shape, field: string): string[] | undefined {
  let level: { path: string[]; shape: Shape }[] = [{ path: [], shape }]
  while (level.length > 0) {
    const [known] = level.filter((one) => one.path.length > 0 && Object.hasOwn(one.shape, field))
    if (known) return known.path
    level = level.flatMap((one) =>
      Object.entries(one.shape).flatMap(([name, child]) => {
        const below = shapeOf(child)
        return below ? [{ path: [...one.path, name], shape: below }] : []
      }),
    )
  }
  return undefined
}

const takes = ({ shape, map }: Level, field: string) =>
  Object.hasOwn(shape, field) && (pairOf(map, field) === undefined || isEmpty(pairOf(map, field)?.value))

const isEmpty = (value: unknown) =>
  value === null || value === undefined || (isScalar(value) && value.value === null)

/** The map at a path, made where there is nothing yet; of a list, its last item. */
function opened(level: Level, path: readonly string[]): Level | undefined {
  const [field, ...rest] = path
  if (field === undefined) return level
  const shape = shapeOf(level.shape[field])
  if (!shape) return undefined
  let pair = pairOf(level.map, field)
  if (!pair) {
    pair = new Pair(new Scalar(field), null)
    level.map.items.push(pair)
  }
  if (isEmpty(pair.value)) pair.value = new YAMLMap()
  const map = isSeq(pair.value) ? pair.value.items.at(-1) : pair.value
  if (!isMap(map)) return undefined
  return opened({ map, shape, path: level.path ? `${level.path}.${field}` : field }, rest)
}

function children({ map, shape, path }: Level): Level[] {
  return map.items.flatMap((pair) => {
    const below = shapeOf(shape[keyOf(pair)])
    const here = path ? `${path}.${keyOf(pair)}` : keyOf(pair)
    if (!below) return []
    const values = isSeq(pair.value) ? pair.value.items : [pair.value]
    return values.flatMap((value) => (isMap(value) ? [{ map: value, shape: below, path: here }] : []))
  })
}
