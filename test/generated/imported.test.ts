import { load, loadAll } from 'js-yaml'
import { expect, it } from 'vitest'
import { stringify } from 'yaml'
import type { Problem } from '../../tools/chart/problems.ts'
import { RefusedError, render } from '../../tools/chart/render.ts'
import { nobody } from '../../tools/doors/cidr.ts'
import { compare } from '../../tools/doors/compare.ts'
import type { Door, Judged } from '../../tools/doors/door.ts'
import { doorsOf } from '../../tools/doors/doors.ts'
import { elsewhere } from '../../tools/doors/endpoints.ts'
import { isWider } from '../../tools/doors/requests.ts'
import { accepted } from '../../tools/import/accepted.ts'
import { fc } from '../fast-check.ts'
import { type Manifest, several } from './manifests/manifests.ts'

/** As text, one after the other. */
const writtenOut = (objects: readonly unknown[]) => objects.map((one) => JSON.stringify(one)).join('\n---\n')

/** What the judge is not sure of was nobody's: an import opens nothing that it does not understand. */
const sureOf = (judged: Judged): Judged =>
  ofEach(judged, (door) => (door.sure === 'assumed' ? { ...door, who: nobody } : door))

/** What the chart makes is all there is: of addresses that are all drained it writes no slice. */
const wholeOf = (judged: Judged): Judged =>
  ofEach(judged, (door) => ({ ...door, to: door.to.filter((one) => one !== elsewhere) }))

const ofEach = ({ doors, problems, paths }: Judged, change: (door: Door) => Door): Judged => ({
  doors: doors.map(change),
  problems,
  paths: paths.map((one) => (one.door ? { ...one, door: change(one.door) } : one)),
})

const isGateway = ({ kind }: Manifest) => kind === 'Gateway'

/**
 * Holds the values of a text against each of several readings of the objects that it was made of: nobody gets in by
 * them who did not by any of these.
 * @throws where somebody does, and where the chart refuses the values
 */
async function holdsNobodyNew(text: string, ...befores: (readonly unknown[])[]) {
  const made = await accepted([{ file: 'in.yaml', text }], 'default', problemsOf).catch((error: Error) => {
    // What can't be read is refused with its line.
    if (/^in\.yaml:\d+: /.test(error.message)) return undefined
    throw error
  })
  if (!made) return
  const [first] = made.proxies
  const namespace = first?.namespace ?? 'default'
  const { objects } = await render(load(made.values) as object, { namespace })
  const stays = (befores[0] ?? []).filter((one) => isGateway(one as Manifest))
  const now = wholeOf(doorsOf([...objects, ...stays]))
  const [one = [], ...others] = befores.map((before) =>
    compare(sureOf(doorsOf(before)), now)
      .filter(isWider)
      .map(({ door, wider, by, restraints }) => ({ door: door.id, wider, by, restraints })),
  )
  const changes = one.filter(({ door }) => others.every((all) => all.some((other) => other.door === door)))
  expect(changes, made.values).toEqual([])
}

async function problemsOf(values: string): Promise<readonly Problem[]> {
  return render(load(values) as object).then(
    () => [],
    (error: unknown) => {
      if (error instanceof RefusedError) return error.problems
      throw error
    },
  )
}

it(
  'no door of imported values is wider than it was, and the chart takes them',
  () =>
    fc.assert(
      fc.asyncProperty(several, (objects) => holdsNobodyNew(writtenOut(objects), objects)),
      { numRuns: 30 },
    ),
  600_000,
)

/** The places of an object, but for what it is. */
const placesIn = (value: unknown, path: string[] = []): string[][] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, one]) => [[...path, key], ...placesIn(one, [...path, key])])
    : []

const fraction = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
const at = <T>(list: readonly T[], where: number): T => list[Math.floor(where * list.length)] as T

/** Another value in a place: nothing, of another type, one in a list. */
const odd = fc.constantFrom<((value: unknown) => unknown)[]>(
  () => null,
  () => [],
  () => ({}),
  () => true,
  () => 'x',
  () => 0,
  (value) => [value],
  (value) => ({ value }),
)

const oddObjects = fc
  .tuple(several, fc.array(fc.tuple(fraction, fraction, odd), { minLength: 1, maxLength: 4 }))
  .map(([objects, changes]) => {
    const copy = structuredClone(objects) as Record<string, unknown>[]
    for (const [which, where, change] of changes) {
      const object = at(copy, which)
      const places = placesIn(object).filter(([first]) => first !== 'apiVersion' && first !== 'kind')
      const path = at(places, where) ?? []
      const holder_ = path
        .slice(0, -1)
        .reduce<unknown>((found, key) => (found as Record<string, unknown>)[key], object)
      const key = path.at(-1) ?? ''
      Object.assign(holder_ as object, { [key]: change((holder_ as Record<string, unknown>)[key]) })
    }
    return [objects, copy] as const
  })

it(
  'nor where a value is of another type, or none',
  () =>
    fc.assert(
      fc.asyncProperty(oddObjects, ([objects, copy]) => holdsNobodyNew(writtenOut(copy), objects, copy)),
      { numRuns: 30 },
    ),
  600_000,
)

/** As kubectl prints what a cluster has: a List, with what the API server and controllers write. */
const asPrinted = (objects: readonly Manifest[]) =>
  stringify({
    apiVersion: 'v1',
    kind: 'List',
    metadata: { resourceVersion: '' },
    items: objects.map(({ metadata, ...object }) => ({
      ...object,
      metadata: {
        ...(metadata as object),
        creationTimestamp: '2026-01-01T00:00:00Z',
        generation: 1,
        resourceVersion: '1',
        uid: 'c2a5',
        managedFields: [{ manager: 'kubectl', operation: 'Update', fieldsV1: { 'f:spec': {} } }],
      },
      status: { loadBalancer: {} },
    })),
  })

it(
  'nor of a List as kubectl prints it',
  () =>
    fc.assert(
      fc.asyncProperty(several, (objects) => holdsNobodyNew(asPrinted(objects), objects)),
      { numRuns: 10 },
    ),
  600_000,
)

/** Lines that are indented otherwise. */
const broken = fc
  .tuple(several, fc.array(fc.tuple(fraction, fc.constantFrom(-2, -1, 1, 2)), { minLength: 1, maxLength: 2 }))
  .map(([objects, changes]) => {
    const lines = objects
      .map((one) => stringify(one))
      .join('---\n')
      .split('\n')
    for (const [where, by] of changes) {
      const index = Math.floor(where * lines.length)
      const line = lines[index] ?? ''
      const indent = line.length - line.trimStart().length
      if (line !== '---' && indent > 0) lines[index] = ' '.repeat(Math.max(0, indent + by)) + line.trimStart()
    }
    return [objects, lines.join('\n')] as const
  })

it(
  'nor where a line is indented otherwise',
  () =>
    fc.assert(
      fc.asyncProperty(broken, async ([objects, text]) => {
        const read = loaded(text)
        await holdsNobodyNew(text, objects, ...(read ? [read] : []))
      }),
      { numRuns: 30 },
    ),
  600_000,
)

function loaded(text: string): unknown[] | undefined {
  try {
    return loadAll(text)
  } catch {
    return undefined
  }
}
