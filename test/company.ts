import { RefusedError, render } from '../tools/chart/render.ts'

/**
 * What a refused render says, as lines `PATH: MESSAGE [CODE]`; nothing where it isn't refused. All that is asked at the
 * same time, as by tests that are concurrent, is asked of few runs of Helm: the chart says all problems at once,
 * and proxies don't touch each other. Where two do, by a host or a class that both have, one of them is asked again.
 */
export function refusals(values: object): Promise<string[]> {
  return new Promise((resolve, reject) => {
    waiting.push({ values, resolve, reject })
    clearTimeout(gathering)
    gathering = setTimeout(() => void askedTogether(waiting.splice(0)), 10)
  })
}

/** The same of one run of Helm for these values alone. */
export async function refusalsAlone(values: object): Promise<string[]> {
  return (await problems(values)).map(({ line }) => line)
}

// --- utils ---

interface Asked {
  values: { proxies?: object; gateways?: object }
  resolve: (lines: string[]) => void
  reject: (error: unknown) => void
}

const waiting: Asked[] = []
let gathering: NodeJS.Timeout

/** Those whose values differ in nothing but proxies and gateways make a company. */
async function askedTogether(asked: readonly Asked[]): Promise<void> {
  const companies = new Map<string, Asked[]>()
  for (const [index, one] of asked.entries()) {
    const { proxies, gateways, ...rest } = one.values
    const key = canDisguise(one.values) ? JSON.stringify(rest) : `${index}`
    companies.set(key, [...(companies.get(key) ?? []), one])
  }
  for (const members of companies.values())
    for (let at = 0; at < members.length; at += ids.length) await answer(members.slice(at, at + ids.length))
}

/** Answers every member. */
async function answer(members: readonly Asked[]): Promise<void> {
  if (members.length < 2) return aside(members)
  const said = await saidOf(members.map(({ values }) => values)).catch(() => undefined)
  // A template that fails for one fails for all, and what is said of the whole is of no one: smaller companies tell.
  if (!said) {
    const half = Math.ceil(members.length / 2)
    await answer(members.slice(0, half))
    return answer(members.slice(half))
  }
  const right = members.filter((_, index) => said[index]?.length === 0)
  await aside(members.filter((_, index) => said[index] === undefined))
  for (const [index, { resolve }] of members.entries()) if (said[index]?.length) resolve(said[index])
  // Objects are judged only where all values are right: of one that is right beside one that is wrong nothing is known.
  if (right.length < members.length) return answer(right)
  for (const { resolve } of right) resolve([])
}

/** Answers each alone. */
async function aside(members: readonly Asked[]): Promise<void> {
  for (const { values, resolve, reject } of members) await refusalsAlone(values).then(resolve, reject)
}

/** What is said of each, undefined of one that is held against another; nothing at all where it is of no one. */
async function saidOf(all: readonly object[]): Promise<(string[] | undefined)[] | undefined> {
  const disguises = all.map((values, index) => new Disguise(values, ids[index] ?? ''))
  const worn = disguises.map((disguise) => disguise.worn)
  const proxies = Object.assign({}, ...worn.map(({ proxies }) => proxies))
  const gateways = Object.assign({}, ...worn.map(({ gateways }) => gateways))
  const found = await problems({ ...all[0], proxies, ...(Object.keys(gateways).length > 0 && { gateways }) })
  const known = disguises.map((disguise) => found.filter(({ path }) => disguise.isIn(path)))
  if (known.flat().length !== found.length) return undefined
  return disguises.map((disguise, index) => {
    const lines: string[] = (known[index] ?? []).map(({ line }) => line)
    const touches = lines.some((line) => disguises.some((other) => other !== disguise && other.isIn(line)))
    return touches ? undefined : lines.map((line) => disguise.taken(line))
  })
}

/** A letter and a digit, either first: no word ends in these, and no address is written with these letters. */
const ids = [...'ghjklmnpqrstvwxz'].flatMap((letter) =>
  [...'0123456789'].flatMap((digit) => [letter + digit, digit + letter]),
)

const namesOf = ({ proxies, gateways }: Asked['values']) =>
  Object.keys({ ...proxies, ...gateways, edge: 0, example: 0 })

/** Have all names letters before the two that are exchanged, which tell them apart? */
const canDisguise = (values: Asked['values']) => {
  const starts = namesOf(values).map((name) => name.slice(0, -2))
  return !starts.includes('') && new Set(starts).size === starts.length
}

/** Values with names of their own, as long as those before: of proxies and gateways, and of what all rows have. */
class Disguise {
  readonly worn: Asked['values']
  readonly #back: Map<string, string>
  constructor(values: Asked['values'], id: string) {
    const names = new Map(namesOf(values).map((name) => [name, `${name.slice(0, -2)}${id}`]))
    this.#back = new Map([...names].map(([name, worn]) => [worn, name]))
    this.worn = JSON.parse(exchanged(JSON.stringify(values), names))
  }

  /** Is one of its names in a text? */
  isIn(text: string): boolean {
    return wordsOf(this.#back).test(text)
  }

  /** A text as it would be without. */
  taken(text: string): string {
    return exchanged(text, this.#back)
  }
}

const wordsOf = (words: Map<string, string>) =>
  new RegExp(`\\b(?:${[...words.keys()].sort((a, b) => b.length - a.length).join('|')})\\b`, 'g')

const exchanged = (text: string, words: Map<string, string>) =>
  text.replaceAll(wordsOf(words), (word) => words.get(word) ?? word)

async function problems(values: object): Promise<{ path: string; line: string }[]> {
  const refused = await render(values).then(
    () => ({ problems: [] }),
    (error: unknown) => {
      if (error instanceof RefusedError) return error
      throw error
    },
  )
  return refused.problems.map(({ path, message, code }) => ({ path, line: `${path}: ${message} [${code}]` }))
}
