import { describe, expect, it } from 'vitest'
import { refusals } from '../../company.ts'
import { everyCheck } from './check.ts'

/**
 * The advice of each refusal, followed to the letter as far as a machine can: `leave it out`, `write X` and `add X`. It
 * must lead to values that are accepted, or to other advice, never back.
 */
describe.concurrent.each(await everyCheck())('%s', (_, rows) => {
  it.each(Object.entries(rows))('%s: its advice leads on', async (_, { refused }) => {
    expect(await follow(refused)).not.toMatch(/circle/)
  })
})

it.each<[string, object, string, object]>([
  ['leave it out', { a: { b: 1, c: 2 } }, 'a.b: 1, and so on: leave it out', { a: { c: 2 } }],
  ['of a list', { a: ['x', 'y'] }, 'a[0]: x is not one: leave it out', { a: ['y'] }],
  ['of a key that is named', { a: { 'x/y': '1' } }, 'a: x/y is read by Z: leave it out', { a: {} }],
  ['write', { a: { b: 1 } }, 'a.b: 1, and 2 is the most: write 2', { a: { b: 2 } }],
  ['a text', { a: ['fd00::1'] }, 'a[0]: no prefix: write fd00::1/128 for it', { a: ['fd00::1/128'] }],
  ['add', { a: { b: ['x'] } }, 'a.b: too few: add y to say so', { a: { b: ['x', 'y'] } }],
])('%s', (_, values, problem, cured) => {
  expect(cure(values, `${problem} [code]`)).toEqual(cured)
})

// --- utils ---

/** How following the advice ends. */
async function follow(values: object): Promise<string> {
  const seen: string[] = []
  for (let node: object | undefined = values; node; ) {
    const problem: string | undefined = (await refusals(node))[0]
    if (!problem) return 'accepted'
    const state = JSON.stringify(node)
    if (seen.includes(state)) return `a circle: ${problem}`
    seen.push(state)
    node = cure(node, problem)
    if (JSON.stringify(node) === state) return `a circle: ${problem}`
  }
  return 'by hand'
}

/** The values with a problem's first mechanical advice followed; nothing where there is none. */
function cure(values: object, problem: string): object | undefined {
  const [, path = '', text = ''] = /^(\S+): (.*) \[[a-z-]+\]$/.exec(problem) ?? []
  const advice = text.slice(text.lastIndexOf(': ') + 2)
  const keys = path.split(/[.[\]]+/).filter(Boolean)
  const key = keys.pop() ?? ''
  const cured = structuredClone(values)
  const parent = keys.reduce<unknown>((node, one) => (isMap(node) ? node[one] : undefined), cured)
  if (!isMap(parent)) return undefined
  const [, added] = /^add (\S+) to say so/.exec(advice) ?? []
  if (added && Array.isArray(parent[key])) {
    parent[key].push(added)
    return cured
  }
  if (/^leave (it|them) out/.test(advice)) {
    const at = parent[key]
    const [named = ''] = text.split(/[ ,]/)
    if (isMap(at) && Object.hasOwn(at, named)) delete at[named]
    else if (Array.isArray(parent)) parent.splice(Number(key), 1)
    else delete parent[key]
    return cured
  }
  const [, written] = /^write ([-\w./:]+)( for .*|,.*| or .*)?$/.exec(advice) ?? []
  if (!written || words.includes(written) || isMap(parent[key])) return undefined
  parent[key] = /^\d+$/.test(written) ? Number(written) : written === 'true' ? true : written
  return cured
}

/** What stands for values that only people can choose. */
const words = ['a', 'another', 'both', 'each', 'it', 'one', 'that', 'the', 'type']

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
